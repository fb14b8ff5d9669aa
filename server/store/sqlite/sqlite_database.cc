#include "store/sqlite/sqlite_database.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "store/sqlite/reader_pool.h"
#include "store/sqlite/writer.h"

namespace hougu::store::sqlite {
namespace {
constexpr int kWriterCacheKib = 65536;
constexpr int kReaderCacheKib = 16384;

Error unreachable(const std::string& path, std::string_view what) {
  Error error{ErrorKind::kUnavailable, "database.unreachable"};
  error.cause = path + ": " + std::string(what);
  return error;
}

// The lock of the process that serves a file. It is a file of its own: closing a second descriptor
// of the database file would drop SQLite's own locks. The kernel frees it when the process dies.
class ServingLock {
 public:
  static Result<ServingLock> take(const std::string& path) {
    const int file = ::open((path + ".lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0) return unreachable(path + ".lock", std::strerror(errno));
    ServingLock lock(file);
    if (::flock(file, LOCK_EX | LOCK_NB) != 0)
      return Error{ErrorKind::kUnavailable, "database.locked"};
    return lock;
  }
  ServingLock() = default;
  ServingLock(ServingLock&& other) noexcept : file_(std::exchange(other.file_, -1)) {}
  ServingLock& operator=(ServingLock&& other) noexcept {
    std::swap(file_, other.file_);
    return *this;
  }
  ~ServingLock() {
    if (file_ >= 0) ::close(file_);
  }

 private:
  explicit ServingLock(int file) : file_(file) {}
  int file_ = -1;
};

class SqliteDatabase final : public Database {
 public:
  SqliteDatabase(std::string path, ServingLock lock, std::unique_ptr<Connection> writer,
                 std::unique_ptr<Connection> for_checkpoints,
                 std::vector<std::unique_ptr<Connection>> readers, const Options& options)
      : path_(std::move(path)),
        lock_(std::move(lock)),
        writer_(std::move(writer), std::move(for_checkpoints), hub_, options),
        readers_(std::move(readers), options.queue_limit) {}

  Dialect dialect() const override { return Dialect::kSqlite; }
  void write_async(Verb verb, Completion done) override {
    writer_.queue().submit(std::move(verb), std::move(done));
  }
  void read_async(Verb query, Completion done) override {
    readers_.queue().submit(std::move(query), std::move(done));
  }
  std::shared_ptr<void> on_events(std::function<void(const CommittedEvent&)> listener) override {
    return hub_.subscribe(std::move(listener));
  }
  void broadcast(const CommittedEvent& event) override { hub_.publish(event); }
  Result<void> backup(const std::string& file) override { return backup_file(path_, file); }
  Health health() override { return writer_.health(); }

 private:
  const std::string path_;
  ServingLock lock_;
  EventHub hub_;
  Writer writer_;
  ReaderPool readers_;
};
}  // namespace

Result<std::unique_ptr<Database>> open_database(const std::string& path, const Options& options) {
  if (path.empty() || path.front() == ':' || path.find('\0') != std::string::npos)
    return Error{ErrorKind::kInvalid, "database.url"};
  ServingLock lock;
  if (options.serving) {
    HOUGU_TRY(auto taken, ServingLock::take(path));
    lock = std::move(taken);
  }
  // Made by us if it is new, so that nobody else on the machine may read customers' data.
  const int file = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0 && errno != EEXIST) return unreachable(path, std::strerror(errno));
  if (file >= 0) ::close(file);

  const auto open = [&](Access access, int cache_kib) {
    return Connection::open(path, access, options.busy_timeout, cache_kib);
  };
  HOUGU_TRY(auto writer, open(Access::kReadWrite, kWriterCacheKib));
  std::unique_ptr<Connection> for_checkpoints;
  if (options.serving) {
    HOUGU_TRY(auto opened, open(Access::kReadWrite, kReaderCacheKib));
    for_checkpoints = std::move(opened);
  }
  std::vector<std::unique_ptr<Connection>> readers;
  for (int i = 0; i < std::max(options.readers, 1); ++i) {
    HOUGU_TRY(auto reader, open(Access::kReadOnly, kReaderCacheKib));
    readers.push_back(std::move(reader));
  }
  return std::unique_ptr<Database>(
      std::make_unique<SqliteDatabase>(path, std::move(lock), std::move(writer),
                                       std::move(for_checkpoints), std::move(readers), options));
}
}  // namespace hougu::store::sqlite
