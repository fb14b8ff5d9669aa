// Bringing a backup (Database::backup()) back into a new, empty database.
#pragma once

#include <string>

#include "base/result.h"

namespace hougu::store {

// SQLite: `file` becomes the database file of `url`; refuses an existing one ("restore.exists").
// PostgreSQL: runs the dump in one transaction; refuses a database that has tables
// ("restore.not_empty"). A file that isn't a whole backup of the same kind is "backup.damaged"; a
// missing one "backup.missing".
Result<void> restore(const std::string& url, const std::string& file);
}  // namespace hougu::store
