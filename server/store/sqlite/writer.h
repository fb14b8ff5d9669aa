// The one writer: runs waiting verbs in groups, one commit and one sync for each group.
#pragma once

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "store/event_hub.h"
#include "store/job_queue.h"
#include "store/sqlite/transaction.h"

namespace hougu::store::sqlite {

// Moves the write-ahead log into the database file, so that commits never wait for it: copies in
// its own thread while the writer goes on, then lets the writer copy the small rest between two
// groups, after which the log starts again at its beginning.
class Checkpointer {
 public:
  explicit Checkpointer(std::unique_ptr<Connection> connection);
  ~Checkpointer();
  // Told by the writer after each commit: frames in the log.
  void log_has(int frames);
  // True once after each run of the thread: the writer finishes what is left.
  bool rest_wanted() { return rest_wanted_.load() && rest_wanted_.exchange(false); }

 private:
  void run();

  std::unique_ptr<Connection> connection_;
  std::mutex mutex_;
  std::condition_variable wanted_;
  bool due_ = false, stopping_ = false;
  int started_at_ = 0;  // frames at the last start; the writer's thread alone uses it
  std::atomic<bool> rest_wanted_ = false;
  std::thread thread_;
};

class Writer {
 public:
  // `checkpointer` may be null (the log is then moved by the commits themselves).
  Writer(std::unique_ptr<Connection> connection, std::unique_ptr<Connection> for_checkpoints,
         EventHub& hub, const Options& options);
  ~Writer();

  JobQueue& queue() { return queue_; }
  Database::Health health();

 private:
  void run();
  void run_group(std::vector<Job>& group);
  // False when the group can't be committed this way; nothing of it is in the database then.
  bool run_together(const std::vector<Job>& group, std::vector<Result<void>>& results,
                    bool savepoints);
  // Nothing when the verb failed after it had written: only the end of the whole transaction takes
  // that back.
  std::optional<Result<void>> run_in_group(const Verb& verb);
  Result<void> run_in_savepoint(const Verb& verb);
  Result<void> run_alone(const Verb& verb);
  Result<void> commit();
  void roll_back();
  void committed(std::size_t verbs);
  void probe();

  std::unique_ptr<Connection> connection_;
  EventHub& hub_;
  const std::size_t group_limit_;
  JobQueue queue_;
  std::unique_ptr<Checkpointer> checkpointer_;
  Effects effects_;
  int frames_ = 0;  // in the write-ahead log
  std::atomic<bool> writable_ = true, probing_ = false;
  std::atomic<std::uint64_t> commits_ = 0, verbs_ = 0, retries_ = 0;
  std::thread thread_;
};
}  // namespace hougu::store::sqlite
