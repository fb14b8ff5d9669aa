// Whole numbers of up to 38 digits in SQLite's SQL, which ends at 64 bits and goes on in floating
// point. Arguments and results are integers, or their digits as text beyond 64 bits.
#pragma once

#include "store/sqlite/connection.h"

namespace hougu::store::sqlite {
// Registers wide_add, wide_subtract, wide_multiply(a, b), wide_absolute(a), wide_compare(a, b) (-1,
// 0, 1) and wide_same(a, b) (1 or 0, also about null); but for the last, null gives null. A result
// beyond 38 digits fails the statement.
int register_wide_numbers(sqlite3* db);
}  // namespace hougu::store::sqlite
