#include "http/url.h"

#include <algorithm>

#include "base/text.h"

namespace hougu::http {
namespace {

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_unreserved(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
         c == '.' || c == '_' || c == '~';
}

bool is_control(char c) { return (c >= 0 && c < ' ') || c == '\x7f'; }

bool has_dot_segment(std::string_view path) {
  for (const auto segment : split(path, '/'))
    if (segment == "." || segment == "..") return true;
  return false;
}
}  // namespace

std::optional<std::string> percent_decode(std::string_view text, bool plus) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '%') {
      if (at + 2 >= text.size()) return std::nullopt;
      const int high = hex_value(text[at + 1]);
      const int low = hex_value(text[at + 2]);
      if (high < 0 || low < 0) return std::nullopt;
      out += static_cast<char>(high << 4 | low);
      at += 2;
    } else {
      out += plus && text[at] == '+' ? ' ' : text[at];
    }
  }
  return out;
}

std::string percent_encode(std::string_view text) {
  constexpr char kDigits[] = "0123456789ABCDEF";
  std::string out;
  for (const char c : text) {
    if (is_unreserved(c)) {
      out += c;
    } else {
      const auto byte = static_cast<unsigned char>(c);
      out += '%';
      out += kDigits[byte >> 4];
      out += kDigits[byte & 15];
    }
  }
  return out;
}

std::optional<std::string> decode_path(std::string_view raw) {
  if (raw.empty() || raw[0] != '/') return std::nullopt;
  const auto slashes = std::count(raw.begin(), raw.end(), '/');
  auto path = percent_decode(raw, false);
  if (!path || std::count(path->begin(), path->end(), '/') != slashes) return std::nullopt;
  if (std::any_of(path->begin(), path->end(), [](char c) { return is_control(c) || c == '\\'; }))
    return std::nullopt;
  if (path->find("/.") != std::string::npos && has_dot_segment(*path)) return std::nullopt;
  if (!valid_utf8(*path)) return std::nullopt;
  return path;
}

bool valid_query(std::string_view raw) {
  if (raw.empty()) return true;
  const auto text = percent_decode(raw, true);
  return text && valid_utf8(*text) && text->find('\0') == std::string::npos;
}
}  // namespace hougu::http
