// Plain structs between the sockets and the API; nothing of Beast is visible above server/http.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"

namespace hougu::http {

enum class Method { kGet, kHead, kPost, kPut, kPatch, kDelete, kOptions };
std::string_view method_name(Method method);
// The status that ErrorKind documents: kInvalid is 422, and so on.
int status_of(ErrorKind kind);

using Headers = std::vector<std::pair<std::string, std::string>>;  // names in lower case

// A body that was too large for memory (or of a route that asked for it), already on disk.
// The file is removed when the last owner lets go of it, unless keep() took it.
class SpooledBody {
 public:
  SpooledBody(std::string path, std::uint64_t size, std::string sha256_hex);
  ~SpooledBody();
  SpooledBody(const SpooledBody&) = delete;
  SpooledBody& operator=(const SpooledBody&) = delete;
  const std::string& path() const { return path_; }
  std::uint64_t size() const { return size_; }
  const std::string& sha256() const { return sha256_; }
  void keep() { kept_ = true; }

 private:
  std::string path_;
  std::uint64_t size_;
  std::string sha256_;
  bool kept_ = false;
};

struct Request {
  Method method = Method::kGet;
  std::string path;   // percent-decoded, see decode_path() of http/url.h for what is refused
  std::string query;  // raw, behind '?'
  Headers headers;
  std::string body;
  std::shared_ptr<SpooledBody> spooled;  // instead of body
  std::string remote_address;            // the peer, or X-Forwarded-For of a trusted proxy
  bool secure = false;                   // TLS at the trusted proxy
  std::string id;                        // request id, also in the answer's X-Request-Id

  std::string_view header(std::string_view lower_case_name) const;  // "" when absent
  // First value of a query parameter, percent- and plus-decoded; nullopt when absent.
  std::optional<std::string> parameter(std::string_view name) const;
  std::vector<std::pair<std::string, std::string>> parameters() const;
  std::optional<std::string> cookie(std::string_view name) const;
};

// Server-sent events. The handler keeps the stream and writes to it from any thread.
class EventStream {
 public:
  virtual ~EventStream() = default;
  // False when the client is gone or too slow (its buffer of 1 MiB is full): drop the stream then.
  virtual bool send(std::string_view event, std::string_view id, std::string_view data) = 0;
  virtual bool open() const = 0;
  virtual void close() = 0;
};

// A file to send, or a producer of chunks for exports; the producer runs on the server's worker
// threads, returns false at the end, and is called again only when the last chunk has been sent.
struct FileBody {
  std::string path;
  bool remove_afterwards = false;
};
using ChunkProducer = std::function<Result<bool>(std::string& chunk)>;

struct Response {
  int status = 200;
  Headers headers;
  std::string body;
  std::string_view
      static_body{};  // instead of body: bytes that outlive the server (embedded pages)
  std::optional<FileBody> file;
  ChunkProducer chunks;  // Transfer-Encoding: chunked
  // Set: the answer is text/event-stream; called once with the stream when the headers are out.
  std::function<void(std::shared_ptr<EventStream>)> event_stream;

  Response& set(std::string name, std::string value) {
    headers.emplace_back(std::move(name), std::move(value));
    return *this;
  }
};

class Responder;  // responder.h

// The way back of one answer. One of the two is called, once, from any thread.
class Respond {
 public:
  Respond() = default;
  explicit Respond(std::shared_ptr<Responder> responder) : responder_(std::move(responder)) {}

  void operator()(Response response) const;
  // The answer is made on the connection's thread: for callers whose own thread has more to do.
  // Never called when the server has stopped meanwhile.
  void later(std::function<Response()> make) const;

 private:
  std::shared_ptr<Responder> responder_;
};
using Handler = std::function<void(std::shared_ptr<const Request>, Respond)>;
}  // namespace hougu::http
