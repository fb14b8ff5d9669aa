// PostgreSQL behind store/database.h. Inside store/ only.
#pragma once

#include "store/database.h"

namespace hougu::store::postgres {
Result<std::unique_ptr<Database>> open_database(const Options& options);

// A text archive of all tables of the current schema in one snapshot; psql can read it too.
Result<void> backup_file(const std::string& url, const std::string& target);
// Runs such an archive in one transaction in an empty database.
Result<void> restore_file(const std::string& url, const std::string& file);
}  // namespace hougu::store::postgres
