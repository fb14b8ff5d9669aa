// Verbs waiting for a database thread. Inside store/ only.
#pragma once

#include <condition_variable>
#include <cstddef>
#include <deque>
#include <mutex>
#include <vector>

#include "store/database.h"

namespace hougu::store {

struct Job {
  Verb verb;
  Completion done;
};

// Bounded, many producers and many consumers.
class JobQueue {
 public:
  explicit JobQueue(std::size_t limit) : limit_(limit) {}

  // Queues the job, or completes it at once with "server.busy" or "server.stopping".
  void submit(Verb verb, Completion done);
  // Waits for a job; false when the queue is closed and empty.
  bool pop(Job& job);
  // Waits for at least one job and takes up to `limit`; false when closed and empty. When the last
  // group was large, waits a moment for as many as were under way then: those who were just
  // answered are about to ask again, and a full group costs hardly more than half of one.
  bool pop_group(std::vector<Job>& group, std::size_t limit);
  // No more jobs are taken; those that wait are still handed out.
  void close();
  std::size_t size() const;

 private:
  const std::size_t limit_;
  mutable std::mutex mutex_;
  std::condition_variable filled_;
  std::deque<Job> jobs_;
  int waiting_ = 0;
  std::size_t wanted_ = 1;     // jobs for which a waiting thread is woken
  std::size_t under_way_ = 0;  // jobs of the last group and those that waited behind it
  bool closed_ = false;
};

// Marks the current thread as the database's own, on which the blocking forms would wait for
// themselves.
class DatabaseThread {
 public:
  DatabaseThread();
  ~DatabaseThread();
  static bool is_current();
};

// Runs a verb; what it throws becomes an internal error.
Result<void> call(const Verb& verb, Transaction& tx);
// Runs a completion or action; what it throws is logged.
void complete(const Completion& done, Result<void> result);
void run_action(const std::function<void()>& action);
}  // namespace hougu::store
