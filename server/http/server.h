// HTTP/1.1 server. Sockets run on `threads` threads; handlers are called on those threads and must
// hand work over (Database::read_async/write_async) rather than block.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.h"

namespace hougu::http {

// What may come in as the body of a request, decided when its headers are there. It isn't asked for
// requests without a body, and a body of no bytes may come without a spool file.
struct BodyPolicy {
  std::uint64_t max_bytes = 1u << 20;
  bool spool = false;  // stream to disk (with its SHA-256) instead of memory
};

// Text of an error code in the best language for an Accept-Language header ("" when unknown).
// The server's own codes are:
//   400 http.malformed, http.bad_target   408 http.timeout       413 http.body_too_large
//   416 http.range                        417 http.expectation   431 http.headers_too_large
//   500 internal                          501 http.not_implemented
//   503 http.too_many_connections         505 http.version       507 storage.full
//   404 not_found (a file that is gone)
using ErrorText =
    std::function<std::string(std::string_view code, std::string_view accept_language)>;

struct ServerOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;  // 0 picks a free one
  int threads = 1;
  int max_connections = 4096;
  // Requests of one connection in work at a time. Those that are safe and have no body run side by
  // side; any other waits for the answers before it. Answers go out in order.
  int max_pipelined = 16;
  std::uint32_t max_header_bytes = 16 * 1024;
  // Bodies (and answers, towards a slow reader) get body_timeout_ms and a millisecond for each
  // byte.
  int header_timeout_ms = 10'000, body_timeout_ms = 60'000, idle_timeout_ms = 75'000;
  int event_heartbeat_ms = 15'000;           // a comment line on silent event streams
  std::string spool_folder;                  // made when missing
  std::vector<std::string> trusted_proxies;  // addresses or networks: "127.0.0.1", "10.0.0.0/8"
  std::size_t compress_from_bytes = 1024;    // text answers, gzip level 1; 0 never
  ErrorText error_text;                      // absent: the code is the text
};

struct ServerMetrics {
  std::uint64_t connections = 0, open_connections = 0, requests = 0, bytes_in = 0, bytes_out = 0;
  std::uint64_t refused = 0;  // malformed, too large, too slow, too many
};

class Server {
 public:
  // Binds and starts; kUnavailable "http.address_in_use" {address, port}, kInvalid
  // "http.bad_address" {address} (also for trusted_proxies), kInternal when it can't.
  static Result<std::unique_ptr<Server>> start(
      const ServerOptions& options, Handler handler,
      std::function<BodyPolicy(const Request& headers_only)> body_policy);
  // Stops with no grace when stop() wasn't called.
  virtual ~Server() = default;
  virtual std::uint16_t port() const = 0;
  virtual ServerMetrics metrics() const = 0;
  // Stops accepting, closes idle connections and event streams, lets requests in flight finish for
  // at most `grace_ms`, then closes. Blocks; not to be called from a handler's thread.
  virtual void stop(int grace_ms) = 0;
};
}  // namespace hougu::http
