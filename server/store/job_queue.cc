#include "store/job_queue.h"

#include <algorithm>
#include <chrono>
#include <exception>

#include "base/log.h"

namespace hougu::store {
namespace {
constexpr std::size_t kGatherFrom = 8;
constexpr std::chrono::microseconds kGatherFor{400};

thread_local bool database_thread = false;

Error refusal(bool closed) {
  return {ErrorKind::kUnavailable, closed ? "server.stopping" : "server.busy"};
}
}  // namespace

void JobQueue::submit(Verb verb, Completion done) {
  bool closed = false;
  {
    std::unique_lock lock(mutex_);
    closed = closed_;
    if (!closed && jobs_.size() < limit_) {
      jobs_.push_back({std::move(verb), std::move(done)});
      const bool wake = waiting_ > 0 && jobs_.size() >= wanted_;
      lock.unlock();
      if (wake) filled_.notify_one();
      return;
    }
  }
  complete(done, refusal(closed));
}

bool JobQueue::pop(Job& job) {
  std::unique_lock lock(mutex_);
  ++waiting_;
  filled_.wait(lock, [&] { return closed_ || !jobs_.empty(); });
  --waiting_;
  if (jobs_.empty()) return false;
  job = std::move(jobs_.front());
  jobs_.pop_front();
  return true;
}

bool JobQueue::pop_group(std::vector<Job>& group, std::size_t limit) {
  std::unique_lock lock(mutex_);
  ++waiting_;
  filled_.wait(lock, [&] { return closed_ || !jobs_.empty(); });
  if (under_way_ >= kGatherFrom && jobs_.size() < under_way_ && !closed_) {
    wanted_ = std::min(under_way_, limit);
    filled_.wait_for(lock, kGatherFor, [&] { return closed_ || jobs_.size() >= wanted_; });
    wanted_ = 1;
  }
  --waiting_;
  under_way_ = jobs_.size();
  const auto count = std::min(limit, jobs_.size());
  for (std::size_t i = 0; i < count; ++i) {
    group.push_back(std::move(jobs_.front()));
    jobs_.pop_front();
  }
  return count > 0;
}

void JobQueue::close() {
  const std::lock_guard lock(mutex_);
  closed_ = true;
  filled_.notify_all();
}

std::size_t JobQueue::size() const {
  const std::lock_guard lock(mutex_);
  return jobs_.size();
}

DatabaseThread::DatabaseThread() { database_thread = true; }
DatabaseThread::~DatabaseThread() { database_thread = false; }
bool DatabaseThread::is_current() { return database_thread; }

Result<void> call(const Verb& verb, Transaction& tx) {
  try {
    return verb(tx);
  } catch (const std::exception& thrown) {
    return internal(std::string("a verb threw: ") + thrown.what());
  }
}

void complete(const Completion& done, Result<void> result) {
  try {
    done(std::move(result));
  } catch (const std::exception& thrown) {
    log(LogLevel::kError, "a completion threw", {{"what", thrown.what()}});
  }
}

void run_action(const std::function<void()>& action) {
  try {
    action();
  } catch (const std::exception& thrown) {
    log(LogLevel::kError, "an action after commit threw", {{"what", thrown.what()}});
  }
}
}  // namespace hougu::store
