#include "store/postgres/workers.h"

#include <random>

#include "base/log.h"

namespace hougu::store::postgres {
namespace {
using std::chrono::milliseconds;
constexpr int kMaxAttempts = 100;
constexpr milliseconds kLongestPause{50};
constexpr milliseconds kLongestReconnectPause{1000};

// A random part of a growing pause, so that those who collided don't meet again.
void pause(int attempt, milliseconds longest) {
  thread_local std::minstd_rand random{std::random_device{}()};
  const auto most = std::min<std::int64_t>(1LL << std::min(attempt, 20), longest.count());
  std::this_thread::sleep_for(std::chrono::microseconds(
      std::uniform_int_distribution<std::int64_t>(0, most * 1000)(random)));
}
}  // namespace

Workers::Workers(Kind kind, int threads, const Options& options, Numbers& numbers,
                 Notifier& notifier, Counts& counts)
    : kind_(kind),
      url_(options.url),
      patience_(options.busy_timeout),
      queue_(options.queue_limit),
      numbers_(numbers),
      notifier_(notifier),
      counts_(counts) {
  for (int i = 0; i < std::max(threads, 1); ++i) threads_.emplace_back([this] { run(); });
}

Workers::~Workers() {
  queue_.close();
  for (auto& thread : threads_) thread.join();
}

void Workers::run() {
  const DatabaseThread mark;
  std::unique_ptr<Connection> connection;
  for (Job job; queue_.pop(job); job = {}) {
    auto result = run_verb(connection, job.verb);
    if (!result.ok()) result.error().retry = false;
    complete(job.done, std::move(result));
  }
}

Result<void> Workers::run_verb(std::unique_ptr<Connection>& connection, const Verb& verb) {
  const auto deadline = std::chrono::steady_clock::now() + milliseconds(patience_);
  bool reconnected = false;
  for (int tries = 1;; ++tries) {
    HOUGU_CHECK(ensure_connected(connection, deadline));
    auto result = attempt(*connection, verb);
    if (result.ok()) return result;
    const bool in_time = tries < kMaxAttempts && std::chrono::steady_clock::now() < deadline;
    if (connection->lost()) {
      const bool unknown = kind_ == Kind::kWriters && connection->outcome_unknown();
      const std::string cause = result.error().cause;
      connection.reset();
      if (unknown) {
        Error error{ErrorKind::kUnavailable, "database.outcome_unknown"};
        error.cause = cause;
        return error;
      }
      if (std::exchange(reconnected, true)) return unreachable(cause);
    } else if (result.error().retry && in_time) {
      if (result.error().code != "database.busy") connection->forget_statements();
      pause(tries, kLongestPause);
    } else {
      return result;
    }
    ++counts_.retries;
  }
}

Result<void> Workers::attempt(Connection& connection, const Verb& verb) {
  PgTransaction tx(connection, numbers_, kind_ == Kind::kReaders);
  auto result = tx.end(call(verb, tx));
  if (!result.ok()) return result;
  if (kind_ == Kind::kWriters) {
    ++counts_.commits;
    ++counts_.verbs;
  }
  for (const auto& action : tx.actions()) run_action(action);
  if (!tx.events().empty()) notifier_.publish(std::move(tx.events()));
  return result;
}

// A verb waits for the server to come back; once one has waited in vain, the next ones fail at once
// until it is there again.
Result<void> Workers::ensure_connected(std::unique_ptr<Connection>& connection, Deadline deadline) {
  if (connection && connection->alive()) return {};
  connection.reset();
  for (int tries = 4;; ++tries) {
    auto opened = Connection::open(url_, patience_);
    if (opened.ok()) {
      counts_.reachable = true;
      connection = std::move(opened).value();
      return {};
    }
    if (!counts_.reachable || std::chrono::steady_clock::now() >= deadline) {
      if (counts_.reachable.exchange(false))
        log(LogLevel::kError, "the database can't be reached", {{"cause", opened.error().cause}});
      return std::move(opened).error();
    }
    pause(tries, kLongestReconnectPause);
  }
}
}  // namespace hougu::store::postgres
