// Dates and times as people write them in table files.
#pragma once

#include <optional>
#include <string_view>

#include "schema/calendar.h"

namespace hougu::schema {

struct TypedDate {
  Day day;
  bool with_time = false;
  int hour = 0, minute = 0, second = 0;
};

// 2026-3-5, 2026/03/05, 2026.3.5, 20260305, the Chinese form with year, month and day characters,
// 5-Mar-26, 5 March 2026, 3/5/2026 (month first, as spreadsheets do it in English), each optionally
// followed by a time such as 8:30, 08:30:15 or 8:30 PM. Two-digit years count from 1970 to 2069.
std::optional<TypedDate> read_typed_date(std::string_view text);
}  // namespace hougu::schema
