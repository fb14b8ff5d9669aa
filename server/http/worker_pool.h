// Threads for what may wait on a disk or a database: spooling, files, chunk producers.
#pragma once

#include <condition_variable>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace hougu::http {

void name_this_thread(const std::string& name);  // at most 15 characters

class WorkerPool {
 public:
  WorkerPool(int threads, const std::string& name);
  ~WorkerPool();
  WorkerPool(const WorkerPool&) = delete;
  WorkerPool& operator=(const WorkerPool&) = delete;
  // From any thread; in order of arrival. After stop() tasks are dropped. Tasks don't throw.
  void run(std::function<void()> task);
  // Waits for the tasks that run; drops those that wait. Not from a worker. Idempotent.
  void stop();

 private:
  void work();

  std::mutex mutex_;
  std::condition_variable wake_;
  std::deque<std::function<void()>> tasks_;
  bool stopped_ = false;
  std::vector<std::thread> threads_;
};
}  // namespace hougu::http
