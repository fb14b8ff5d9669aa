// Bytes of a connection -> requests. The grammar is Beast's; the decisions about what is refused
// beyond it are here. One parser serves one connection, message after message.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "http/message.h"

namespace hougu::http {

// A refusal before or instead of a handler: the status and the stable code of the answer.
struct Refusal {
  int status = 400;
  std::string_view code = "http.malformed";
};

class RequestParser {
 public:
  enum class State {
    kHead,    // wants more bytes of request line and headers
    kBody,    // the head is complete, a body follows
    kDone,    // the message is complete
    kFailed,  // refusal() says why; the connection can't go on
  };

  explicit RequestParser(std::uint32_t max_header_bytes);
  ~RequestParser();

  void reset();  // for the next message
  // Gives the bytes used, 0 when it needs more than there are. It stops behind the head, so that
  // the caller can decide about the body, and behind the message.
  std::size_t parse(std::string_view bytes);
  State state() const;
  Refusal refusal() const;

  // From kBody or kDone on.
  Request& request();
  bool keep_alive() const;
  bool http_1_0() const;
  bool expects_continue() const;
  std::optional<std::uint64_t> content_length() const;  // absent: chunked or no body
  // Bytes of the body since the last take; the sum so far.
  std::string& body();
  std::uint64_t body_bytes() const;

 private:
  struct State_;
  std::unique_ptr<State_> state_;
};
}  // namespace hougu::http
