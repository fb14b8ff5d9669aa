#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "store/new_file.h"
#include "store/sqlite/connection.h"
#include "store/sqlite/sqlite_database.h"

namespace hougu::store::sqlite {
namespace {
constexpr int kPagesPerStep = 1024;  // 4 MB
constexpr int kCacheKib = 4096;

bool exists(const std::string& path) {
  struct stat status {};
  return ::lstat(path.c_str(), &status) == 0;
}

Result<void> copy_pages(Connection& from, Connection& to) {
  auto* copy = sqlite3_backup_init(to.handle(), "main", from.handle(), "main");
  if (copy == nullptr) return to.last_error("backup");
  int code = SQLITE_OK;
  while (code == SQLITE_OK || code == SQLITE_BUSY || code == SQLITE_LOCKED)
    code = sqlite3_backup_step(copy, kPagesPerStep);
  sqlite3_backup_finish(copy);
  if (code != SQLITE_DONE) return to.last_error("backup");
  return {};
}

Error damaged(const std::string& file, std::string_view why) {
  Error error = invalid("backup.damaged", {}, {{"file", file}});
  error.cause = file + ": " + std::string(why);
  return error;
}

// quick_check reads every page.
Result<void> check(const std::string& file) {
  auto opened = Connection::open(file, Access::kCopy, 0, kCacheKib);
  if (!opened.ok()) return damaged(file, opened.error().cause);
  auto statement = (*opened)->prepare("PRAGMA quick_check(1)");
  if (!statement.ok()) return damaged(file, statement.error().cause);
  if (sqlite3_step(statement->handle()) != SQLITE_ROW) return damaged(file, "not readable");
  const auto* answer = reinterpret_cast<const char*>(sqlite3_column_text(statement->handle(), 0));
  if (answer == nullptr || std::string_view(answer) != "ok")
    return damaged(file, answer == nullptr ? "no answer" : answer);
  return {};
}

Result<void> copy_file(const std::string& from, NewFile& to) {
  const int file = ::open(from.c_str(), O_RDONLY | O_CLOEXEC);
  if (file < 0) return file_error(from, "backup.missing");
  std::string block(1u << 20, '\0');
  Result<void> result;
  for (;;) {
    const auto count = ::read(file, block.data(), block.size());
    if (count < 0) result = file_error(from, "backup.missing");
    if (count <= 0) break;
    result = to.write(std::string_view(block.data(), static_cast<std::size_t>(count)));
    if (!result.ok()) break;
  }
  ::close(file);
  return result;
}
}  // namespace

Result<void> backup_file(const std::string& path, const std::string& target) {
  HOUGU_TRY(auto file, NewFile::create(target, "backup.exists"));
  {
    HOUGU_TRY(auto from, Connection::open(path, Access::kReadOnly, 5000, kCacheKib));
    // The open snapshot keeps the copy from starting anew on each commit of the writer.
    HOUGU_CHECK(from->script("BEGIN; SELECT count(*) FROM sqlite_schema"));
    HOUGU_TRY(auto to, Connection::open(file.partial(), Access::kCopy, 0, kCacheKib));
    HOUGU_CHECK(copy_pages(*from, *to));
  }
  // Opened anew, the copy leaves the write-ahead mode of the original: one file, complete in
  // itself.
  if (auto closed = Connection::open(file.partial(), Access::kCopy, 0, kCacheKib); !closed.ok())
    return std::move(closed).error();
  return file.publish();
}

Result<void> restore_file(const std::string& path, const std::string& file) {
  if (!exists(file)) return Error{ErrorKind::kNotFound, "backup.missing", {}, {{"file", file}}};
  for (const char* suffix : {"-wal", "-shm", "-journal"})
    if (exists(path + suffix)) return conflict("restore.exists", {{"file", path + suffix}});
  HOUGU_TRY(auto target, NewFile::create(path, "restore.exists"));
  HOUGU_CHECK(copy_file(file, target));
  HOUGU_CHECK(check(target.partial()));
  return target.publish();
}
}  // namespace hougu::store::sqlite
