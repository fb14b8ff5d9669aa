#include "store/database.h"

#include <cassert>
#include <condition_variable>
#include <mutex>

#include "store/job_queue.h"
#include "store/postgres/postgres_database.h"
#include "store/sqlite/sqlite_database.h"

namespace hougu::store {
namespace {

// What a blocking caller waits on.
class Answer {
 public:
  void set(Result<void> result) {
    const std::lock_guard lock(mutex_);
    result_ = std::move(result);
    // under the lock: the waiter destroys this object as soon as it may go on
    ready_.notify_one();
  }
  Result<void> wait() {
    std::unique_lock lock(mutex_);
    ready_.wait(lock, [&] { return result_.has_value(); });
    return std::move(*result_);
  }

 private:
  std::mutex mutex_;
  std::condition_variable ready_;
  std::optional<Result<void>> result_;
};
}  // namespace

Result<std::unique_ptr<Database>> Database::open(const Options& options) {
  constexpr std::string_view kSqlite = "sqlite:";
  if (options.url.starts_with(kSqlite))
    return sqlite::open_database(options.url.substr(kSqlite.size()), options);
  if (options.url.starts_with("postgresql://") || options.url.starts_with("postgres://"))
    return postgres::open_database(options);
  return Error{ErrorKind::kInvalid, "database.url"};
}

Result<void> Database::write(const Verb& verb) {
  assert(!DatabaseThread::is_current());
  Answer answer;
  write_async([&](Transaction& tx) { return verb(tx); },
              [&](Result<void> result) { answer.set(std::move(result)); });
  return answer.wait();
}

Result<void> Database::read(const Verb& query) {
  assert(!DatabaseThread::is_current());
  Answer answer;
  read_async([&](Transaction& tx) { return query(tx); },
             [&](Result<void> result) { answer.set(std::move(result)); });
  return answer.wait();
}
}  // namespace hougu::store
