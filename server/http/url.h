// Percent-encoding (RFC 3986) and the checks on request targets.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace hougu::http {

// Decodes %xx (and '+' as a space when `plus`); nullopt on a malformed escape.
std::optional<std::string> percent_decode(std::string_view text, bool plus);
// Everything except unreserved characters becomes %XX.
std::string percent_encode(std::string_view text);

// The path of a request target, decoded; nullopt unless it starts with '/', decodes to valid UTF-8
// without control characters, and has no "." or ".." segment, no backslash and no encoded slash
// (those are read differently by different programs, so nobody may rely on them).
std::optional<std::string> decode_path(std::string_view raw);
// Whether every escape in a query is well formed and decodes to UTF-8 without NUL.
bool valid_query(std::string_view raw);
}  // namespace hougu::http
