// Threads with a connection each that take verbs from one queue, retry and reconnect.
#pragma once

#include <atomic>
#include <chrono>
#include <thread>

#include "store/event_hub.h"
#include "store/job_queue.h"
#include "store/postgres/notifier.h"
#include "store/postgres/transaction.h"

namespace hougu::store::postgres {

struct Counts {
  std::atomic<std::uint64_t> commits = 0, verbs = 0, retries = 0;
  std::atomic<bool> reachable = true;
};

class Workers {
 public:
  enum class Kind { kWriters, kReaders };
  Workers(Kind kind, int threads, const Options& options, Numbers& numbers, Notifier& notifier,
          Counts& counts);
  ~Workers();
  JobQueue& queue() { return queue_; }

 private:
  using Deadline = std::chrono::steady_clock::time_point;
  void run();
  Result<void> run_verb(std::unique_ptr<Connection>& connection, const Verb& verb);
  Result<void> attempt(Connection& connection, const Verb& verb);
  Result<void> ensure_connected(std::unique_ptr<Connection>& connection, Deadline deadline);

  const Kind kind_;
  const std::string url_;
  const Millis patience_;
  JobQueue queue_;
  Numbers& numbers_;
  Notifier& notifier_;
  Counts& counts_;
  std::vector<std::thread> threads_;
};
}  // namespace hougu::store::postgres
