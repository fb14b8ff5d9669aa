// Status line and headers of an answer, and the answers the server gives by itself.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "http/message.h"
#include "http/server.h"

namespace hougu::http {

// What the connection knows and the handler doesn't.
struct Framing {
  bool close = false;
  bool http_1_0 = false;
  bool chunked = false;
  std::optional<std::uint64_t> length;  // absent: chunked, or until the connection closes
  std::string_view date;                // IMF-fixdate
  std::string_view request_id;          // "" leaves the header out
};

std::string_view reason_phrase(int status);
// Whether an answer with this status never has a body (RFC 9110 6.4.1).
bool has_no_body(int status);

// Appends the head. Headers that belong to the connection (Content-Length, Transfer-Encoding,
// Connection, Date, X-Request-Id) are taken from `framing` only, and bytes that would end a header
// early become spaces.
void append_head(std::string& out, const Response& response, const Framing& framing);

// The structured error of docs/api.md.
Response error_response(int status, std::string_view code, const ErrorText& text,
                        std::string_view accept_language, std::string_view request_id);

// "Sat, 21 Nov 2026 08:30:00 GMT"
std::string http_date(std::int64_t unix_seconds);
}  // namespace hougu::http
