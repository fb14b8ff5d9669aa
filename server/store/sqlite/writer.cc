#include "store/sqlite/writer.h"

#include "base/log.h"

namespace hougu::store::sqlite {
namespace {
constexpr int kCheckpointFrames = 8000;  // 32 MB; pages that change often are moved once for all

int keep_frames(void* frames, sqlite3*, const char*, int count) {
  *static_cast<int*>(frames) = count;
  return SQLITE_OK;
}
}  // namespace

Checkpointer::Checkpointer(std::unique_ptr<Connection> connection)
    : connection_(std::move(connection)), thread_([this] { run(); }) {}

Checkpointer::~Checkpointer() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wanted_.notify_one();
  thread_.join();
}

void Checkpointer::log_has(int frames) {
  if (frames < started_at_) started_at_ = 0;  // the log began again
  if (frames - started_at_ < kCheckpointFrames) return;
  started_at_ = frames;
  {
    const std::lock_guard lock(mutex_);
    due_ = true;
  }
  wanted_.notify_one();
}

void Checkpointer::run() {
  // Statistics for the query planner; a bounded sample, and nothing when they are still good.
  static_cast<void>(connection_->script("PRAGMA analysis_limit=400; PRAGMA optimize=0x10002"));
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      wanted_.wait(lock, [&] { return due_ || stopping_; });
      if (stopping_) return;
      due_ = false;
    }
    // twice: the second run takes what was written during the long first one
    for (int i = 0; i < 2; ++i)
      sqlite3_wal_checkpoint_v2(connection_->handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr,
                                nullptr);
    rest_wanted_ = true;
  }
}

Writer::Writer(std::unique_ptr<Connection> connection, std::unique_ptr<Connection> for_checkpoints,
               EventHub& hub, const Options& options)
    : connection_(std::move(connection)),
      hub_(hub),
      group_limit_(static_cast<std::size_t>(std::max(options.group_limit, 1))),
      queue_(options.queue_limit) {
  // Plans of the writer's statements don't depend on parameter values, so they are never made anew.
  sqlite3_db_config(connection_->handle(), SQLITE_DBCONFIG_ENABLE_QPSG, 1, nullptr);
  if (for_checkpoints) {
    sqlite3_wal_hook(connection_->handle(), keep_frames, &frames_);
    checkpointer_ = std::make_unique<Checkpointer>(std::move(for_checkpoints));
  }
  thread_ = std::thread([this] { run(); });
}

Writer::~Writer() {
  queue_.close();
  thread_.join();
  checkpointer_.reset();
}

Database::Health Writer::health() {
  if (!writable_ && !probing_.exchange(true)) probe();
  return {writable_, queue_.size(), commits_, verbs_, retries_};
}

// Finds out whether writing works again: a real commit that changes nothing.
void Writer::probe() {
  queue_.submit([](Transaction& tx) { return tx.execute_script("PRAGMA user_version=1"); },
                [this](Result<void>) { probing_ = false; });
}

void Writer::run() {
  const DatabaseThread mark;
  std::vector<Job> group;
  while (queue_.pop_group(group, group_limit_)) {
    run_group(group);
    group.clear();
  }
}

void Writer::run_group(std::vector<Job>& group) {
  std::vector<Result<void>> results;
  results.reserve(group.size());
  // A savepoint for each verb copies every page that it touches, so they are for the rare group in
  // which a verb fails after writing.
  bool done = false;
  for (const bool savepoints : {false, true}) {
    if (done || group.size() == 1) break;
    results.clear();
    done = run_together(group, results, savepoints);
    if (!done) retries_ += group.size();
  }
  if (!done) {
    results.clear();
    for (const auto& job : group) results.push_back(run_alone(job.verb));
  }
  for (std::size_t i = 0; i < group.size(); ++i) complete(group[i].done, std::move(results[i]));
  if (!checkpointer_) return;
  checkpointer_->log_has(frames_);
  if (checkpointer_->rest_wanted())
    sqlite3_wal_checkpoint_v2(connection_->handle(), nullptr, SQLITE_CHECKPOINT_PASSIVE, nullptr,
                              nullptr);
}

bool Writer::run_together(const std::vector<Job>& group, std::vector<Result<void>>& results,
                          bool savepoints) {
  if (const auto begun = connection_->run("BEGIN IMMEDIATE"); !begun.ok()) {
    results.assign(group.size(), begun);
    return true;
  }
  for (const auto& job : group) {
    if (savepoints) {
      results.push_back(run_in_savepoint(job.verb));
    } else if (auto result = run_in_group(job.verb)) {
      results.push_back(std::move(*result));
    } else {
      roll_back();
      return false;
    }
    // a full disk or an I/O error may end the whole transaction, not just the statement
    if (!connection_->in_transaction()) return effects_.clear(), false;
  }
  if (const auto done = commit(); !done.ok()) {
    log(LogLevel::kWarning, "a group of verbs is taken apart",
        {{"verbs", group.size()}, {"cause", done.error().cause}});
    return false;
  }
  committed(group.size());
  return true;
}

std::optional<Result<void>> Writer::run_in_group(const Verb& verb) {
  SqliteTransaction tx(*connection_, effects_, false);
  auto result = call(verb, tx);
  if (tx.failure() && result.ok()) result = *tx.failure();
  if (result.ok()) return result;
  if (tx.wrote()) return std::nullopt;
  tx.drop();
  return result;
}

Result<void> Writer::run_in_savepoint(const Verb& verb) {
  HOUGU_CHECK(connection_->run("SAVEPOINT verb"));
  SqliteTransaction tx(*connection_, effects_, false);
  auto result = call(verb, tx);
  if (tx.failure() && result.ok()) result = *tx.failure();
  if (result.ok()) result = connection_->run("RELEASE verb");
  if (result.ok()) return result;
  tx.drop();
  if (!connection_->in_transaction()) return result;
  // should taking back fail, the group must not be committed
  if (!connection_->run("ROLLBACK TO verb").ok() || !connection_->run("RELEASE verb").ok())
    roll_back();
  return result;
}

Result<void> Writer::run_alone(const Verb& verb) {
  HOUGU_CHECK(connection_->run("BEGIN IMMEDIATE"));
  SqliteTransaction tx(*connection_, effects_, false);
  auto result = call(verb, tx);
  if (tx.failure() && result.ok()) result = *tx.failure();
  if (result.ok() && !connection_->in_transaction())
    result = Error{ErrorKind::kUnavailable, "database.failed"};
  bool database_failed = tx.failure().has_value();
  if (result.ok()) {
    result = commit();
    database_failed = !result.ok();
  }
  if (result.ok()) {
    committed(1);
    return result;
  }
  roll_back();
  const auto kind = result.error().kind;
  if (database_failed && (kind == ErrorKind::kStorageFull || kind == ErrorKind::kUnavailable))
    writable_ = false;
  return result;
}

// Ends the transaction, or leaves nothing of it.
Result<void> Writer::commit() {
  auto done = write_search(*connection_, effects_.search);
  if (done.ok()) done = connection_->run("COMMIT");
  if (!done.ok()) roll_back();
  return done;
}

void Writer::roll_back() {
  effects_.clear();
  if (connection_->in_transaction()) static_cast<void>(connection_->run("ROLLBACK"));
}

void Writer::committed(std::size_t verbs) {
  ++commits_;
  verbs_ += verbs;
  writable_ = true;
  for (const auto& action : effects_.actions) run_action(action);
  hub_.publish(std::move(effects_.events));
  effects_.clear();
}
}  // namespace hougu::store::sqlite
