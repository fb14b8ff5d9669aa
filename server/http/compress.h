// gzip for answers made on the fly (libdeflate). Pages come compressed already.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.h"

namespace hougu::http {

// Keeps compressors for reuse: making one costs more than a small answer. Thread-safe.
class Compressors {
 public:
  Compressors();
  ~Compressors();
  // "" when it fails or wouldn't be smaller.
  std::string gzip(std::string_view data);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// Replaces the body by its gzip form, if the client takes it, the type is text and it pays.
void compress(Response& response, const Request& request, Compressors& compressors,
              std::size_t from_bytes);
}  // namespace hougu::http
