#include "store/backup.h"

#include "store/postgres/postgres_database.h"
#include "store/sqlite/sqlite_database.h"

namespace hougu::store {

Result<void> restore(const std::string& url, const std::string& file) {
  constexpr std::string_view kSqlite = "sqlite:";
  if (url.starts_with(kSqlite)) return sqlite::restore_file(url.substr(kSqlite.size()), file);
  if (url.starts_with("postgresql://") || url.starts_with("postgres://"))
    return postgres::restore_file(url, file);
  return Error{ErrorKind::kInvalid, "database.url"};
}
}  // namespace hougu::store
