// Threads with read-only connections; each query sees one snapshot.
#pragma once

#include <thread>

#include "store/job_queue.h"
#include "store/sqlite/connection.h"

namespace hougu::store::sqlite {

class ReaderPool {
 public:
  ReaderPool(std::vector<std::unique_ptr<Connection>> connections, std::size_t queue_limit);
  ~ReaderPool();
  JobQueue& queue() { return queue_; }

 private:
  void run(Connection& connection);

  std::vector<std::unique_ptr<Connection>> connections_;
  JobQueue queue_;
  std::vector<std::thread> threads_;
};
}  // namespace hougu::store::sqlite
