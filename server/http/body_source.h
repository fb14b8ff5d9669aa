// Bodies of answers that come piece by piece: files and the chunks of a producer.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "http/message.h"

namespace hougu::http {

// Used on worker threads, one call at a time.
class BodySource {
 public:
  struct Start {
    int status = 200;
    std::optional<std::uint64_t> length;  // absent: known at the end only
    Headers headers;                      // beside those of the handler
  };
  virtual ~BodySource() = default;
  virtual Result<Start> start() = 0;
  // Appends to `chunk`; false at the end.
  virtual Result<bool> next(std::string& chunk) = 0;
};

// For a response with `file` or `chunks`; takes what it needs out of the response. A file answers
// Range requests (RFC 9110 14) of GET and HEAD with status 200, If-Range by ETag or Last-Modified.
std::shared_ptr<BodySource> make_body_source(Response& response, const Request& request);
}  // namespace hougu::http
