// What the connections of one server share, and what those of one thread share.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "base/id.h"
#include "http/compress.h"
#include "http/forwarded.h"
#include "http/loop.h"
#include "http/server.h"
#include "http/worker_pool.h"

namespace hougu::http {

class Connection;
using JudgeBody = std::function<BodyPolicy(const Request& headers_only)>;

// Lives as long as the server or any answer that is still owed.
struct ServerCore {
  static constexpr int kWorkers = 2;

  ServerCore(ServerOptions settings, Handler handle, JudgeBody judge, TrustedProxies trusted)
      : options(std::move(settings)),
        handler(std::move(handle)),
        body_policy(std::move(judge)),
        proxies(std::move(trusted)) {}

  const ServerOptions options;
  const Handler handler;
  const JudgeBody body_policy;
  const TrustedProxies proxies;
  Compressors compressors;
  SystemClock clock;
  SystemRandom random;
  IdSource ids{clock, random};
  WorkerPool workers{kWorkers, "http-work-"};

  std::atomic<std::uint64_t> connections{0}, requests{0}, bytes_in{0}, bytes_out{0}, refused{0};
  std::atomic<int> open{0};
  std::mutex open_mutex;
  std::condition_variable all_closed;
};

// One thread's connections; touched on that thread only.
struct LoopState {
  std::shared_ptr<Loop> loop;
  std::vector<std::shared_ptr<Connection>> connections;
  bool stopping = false;
  std::int64_t date_second = 0;
  std::string date;  // of date_second, for the Date header
};
}  // namespace hougu::http
