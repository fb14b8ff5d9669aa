// Values of headers that have a grammar of their own.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hougu::http {

// Content-Disposition (RFC 6266) for a download named `file_name` (UTF-8, any characters): an ASCII
// fallback and the real name in RFC 8187 form.
std::string content_disposition(std::string_view file_name, bool as_attachment = true);

struct CookieOptions {
  std::string path = "/";
  std::optional<std::int64_t> max_age_seconds;  // absent: until the browser closes; 0 deletes it
  bool http_only = true;
  bool secure = false;
  enum class SameSite { kLax, kStrict, kNone } same_site = SameSite::kLax;
};
// Set-Cookie. `value` must need no quoting (tokens, base64url); other characters are left out.
std::string set_cookie(std::string_view name, std::string_view value,
                       const CookieOptions& options = {});

// Whether an Accept-Encoding header allows `coding` ("gzip", "br") with a q above 0.
bool accepts_encoding(std::string_view accept_encoding, std::string_view coding);

// Whether an If-None-Match header names `etag` (weak comparison, RFC 9110 13.1.2).
bool matches_etag(std::string_view if_none_match, std::string_view etag);

// One range of bytes, both ends included.
struct ByteRange {
  std::uint64_t first = 0, last = 0;
};
enum class RangeResult { kWhole, kPart, kUnsatisfiable };
// Reads a Range header against a body of `size` bytes. Several ranges, other units and malformed
// values mean the whole body, as RFC 9110 14.2 allows.
RangeResult parse_range(std::string_view range, std::uint64_t size, ByteRange& out);
}  // namespace hougu::http
