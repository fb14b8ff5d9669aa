#include "http/headers.h"

#include <algorithm>
#include <charconv>

#include "base/text.h"
#include "http/url.h"

namespace hougu::http {
namespace {

bool equals_ignoring_case(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? c + 32 : c + 0; };
  return a.size() == b.size() && std::equal(a.begin(), a.end(), b.begin(),
                                            [&](char x, char y) { return lower(x) == lower(y); });
}

bool read_number(std::string_view text, std::uint64_t& out) {
  const auto result = std::from_chars(text.data(), text.data() + text.size(), out);
  return !text.empty() && result.ec == std::errc{} && result.ptr == text.data() + text.size();
}

// "q=0", "q=0.0": refused.
bool quality_is_zero(std::string_view parameters) {
  const auto at = parameters.find("q=");
  if (at == std::string_view::npos) return false;
  const auto value = trimmed(parameters.substr(at + 2));
  return !value.empty() && value.find_first_not_of("0.") == std::string_view::npos;
}

bool is_cookie_octet(char c) {
  return c > ' ' && c < '\x7f' && c != '"' && c != ',' && c != ';' && c != '\\';
}
}  // namespace

std::string content_disposition(std::string_view file_name, bool as_attachment) {
  std::string fallback, clean;
  for (const char c : file_name) {
    if ((c >= 0 && c < ' ') || c == '\x7f') continue;
    clean += c;
    if ((c & 0x80) != 0) {
      if (fallback.empty() || fallback.back() != '_') fallback += '_';
    } else {
      fallback += c == '"' || c == '\\' || c == '%' || c == '/' ? '_' : c;
    }
  }
  std::string out = as_attachment ? "attachment" : "inline";
  out += "; filename=\"" + fallback + "\"";
  if (clean != fallback) out += "; filename*=UTF-8''" + percent_encode(clean);
  return out;
}

std::string set_cookie(std::string_view name, std::string_view value,
                       const CookieOptions& options) {
  std::string out(name);
  out += '=';
  std::copy_if(value.begin(), value.end(), std::back_inserter(out), is_cookie_octet);
  out += "; Path=" + options.path;
  if (options.max_age_seconds) out += "; Max-Age=" + std::to_string(*options.max_age_seconds);
  if (options.http_only) out += "; HttpOnly";
  if (options.secure) out += "; Secure";
  switch (options.same_site) {
    case CookieOptions::SameSite::kLax:
      return out + "; SameSite=Lax";
    case CookieOptions::SameSite::kStrict:
      return out + "; SameSite=Strict";
    case CookieOptions::SameSite::kNone:
      return out + "; SameSite=None";
  }
  return out;
}

bool accepts_encoding(std::string_view accept_encoding, std::string_view coding) {
  bool any = false;
  while (!accept_encoding.empty()) {
    const auto end = accept_encoding.find(',');
    const auto element = accept_encoding.substr(0, end);
    accept_encoding.remove_prefix(end == std::string_view::npos ? accept_encoding.size() : end + 1);
    const auto semicolon = element.find(';');
    const auto name = trimmed(element.substr(0, semicolon));
    const bool refused =
        semicolon != std::string_view::npos && quality_is_zero(element.substr(semicolon));
    if (equals_ignoring_case(name, coding)) return !refused;
    if (name == "*") any = !refused;
  }
  return any;
}

bool matches_etag(std::string_view if_none_match, std::string_view etag) {
  const auto opaque = [](std::string_view tag) {
    tag = trimmed(tag);
    return tag.substr(0, 2) == "W/" ? tag.substr(2) : tag;
  };
  if (trimmed(if_none_match) == "*") return !etag.empty();
  if (etag.empty()) return false;
  for (const auto tag : split(if_none_match, ','))
    if (opaque(tag) == opaque(etag)) return true;
  return false;
}

RangeResult parse_range(std::string_view range, std::uint64_t size, ByteRange& out) {
  if (range.substr(0, 6) != "bytes=") return RangeResult::kWhole;
  const auto spec = trimmed(range.substr(6));
  const auto dash = spec.find('-');
  if (dash == std::string_view::npos || spec.find(',') != std::string_view::npos)
    return RangeResult::kWhole;
  const auto from = trimmed(spec.substr(0, dash));
  const auto to = trimmed(spec.substr(dash + 1));
  if (from.empty()) {  // the last n bytes
    std::uint64_t count = 0;
    if (!read_number(to, count)) return RangeResult::kWhole;
    if (count == 0 || size == 0) return RangeResult::kUnsatisfiable;
    out = {size - std::min(count, size), size - 1};
    return RangeResult::kPart;
  }
  std::uint64_t first = 0, last = UINT64_MAX;
  if (!read_number(from, first)) return RangeResult::kWhole;
  if (!to.empty() && (!read_number(to, last) || last < first)) return RangeResult::kWhole;
  if (first >= size) return RangeResult::kUnsatisfiable;
  out = {first, std::min(last, size - 1)};
  return RangeResult::kPart;
}
}  // namespace hougu::http
