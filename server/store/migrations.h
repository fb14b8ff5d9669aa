// Forward-only, numbered steps; each folder that owns tables declares its list, app/ joins them.
#pragma once

#include <span>
#include <string_view>

#include "store/database.h"

namespace hougu::store {
struct Migration {
  int number;             // unique over the whole product, ascending; never changed once released
  std::string_view name;  // "identity_users"
  // SQL with the type words {id} {int} {real} {text} {bool} {json} {serial} ({serial} = growing
  // integer primary key) replaced per dialect; "--sqlite" / "--postgres" at the end of a line keeps
  // that line for one of them only.
  std::string_view sql;
};

// Applies what is missing, each step in one transaction, under a lock that other nodes respect. The
// text's checksum is kept: a changed old step is refused ("migration.changed"), as is a database
// with a step that this program doesn't know ("database.newer").
Result<int> migrate(Database& database, std::span<const Migration> migrations);
// The number of the last applied step; 0 for an empty database.
Result<int> schema_number(Database& database);

std::span<const Migration> store_migrations();  // event, outbox, setting, sequence, idempotency
}  // namespace hougu::store
