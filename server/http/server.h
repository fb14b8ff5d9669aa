// HTTP/1.1 server. Sockets run on `threads` threads; handlers are called on those threads and must
// hand work over (Database::read_async/write_async) rather than block.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "http/message.h"

namespace hougu::http {

// What may come in as the body of a request, decided when its headers are there.
struct BodyPolicy {
  std::uint64_t max_bytes = 1u << 20;
  bool spool = false;  // stream to disk (with its SHA-256) instead of memory
};

struct ServerOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;  // 0 picks a free one
  int threads = 1;
  int max_connections = 4096;
  int max_pipelined = 16;
  std::uint32_t max_header_bytes = 16 * 1024;
  int header_timeout_ms = 10'000, body_timeout_ms = 60'000, idle_timeout_ms = 75'000;
  std::string spool_folder;
  std::vector<std::string> trusted_proxies;
  std::size_t compress_from_bytes = 1024;  // dynamic JSON/text answers, gzip level 1–5
};

struct ServerMetrics {
  std::uint64_t connections = 0, open_connections = 0, requests = 0, bytes_in = 0, bytes_out = 0;
  std::uint64_t refused = 0;
};

class Server {
 public:
  // Binds and starts; "http.address_in_use" and the like when it can't.
  static Result<std::unique_ptr<Server>> start(
      const ServerOptions& options, Handler handler,
      std::function<BodyPolicy(const Request& headers_only)> body_policy);
  virtual ~Server() = default;
  virtual std::uint16_t port() const = 0;
  virtual ServerMetrics metrics() const = 0;
  // Stops accepting, closes idle connections and event streams, lets requests in flight finish for at
  // most `grace_ms`, then closes. Blocks.
  virtual void stop(int grace_ms) = 0;
};
}  // namespace hougu::http
