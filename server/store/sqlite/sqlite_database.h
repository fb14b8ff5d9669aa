// SQLite behind store/database.h. Inside store/ only.
#pragma once

#include "store/database.h"

namespace hougu::store::sqlite {
Result<std::unique_ptr<Database>> open_database(const std::string& path, const Options& options);

// A consistent copy of the database at `path` into the new file `target`, while others write.
Result<void> backup_file(const std::string& path, const std::string& target);
// Puts the copy `file` in place as the new database `path`.
Result<void> restore_file(const std::string& path, const std::string& file);
}  // namespace hougu::store::sqlite
