#include "feel/lexer.h"

#include <cstring>

#include "base/text.h"

namespace hougu::feel {
namespace {
bool digit(char c) { return c >= '0' && c <= '9'; }

// FEEL's white space beyond ASCII.
bool wide_space(char32_t c) {
  return c == 0x85 || c == 0xA0 || c == 0x1680 || c == 0x180E || (c >= 0x2000 && c <= 0x200B) ||
         c == 0x2028 || c == 0x2029 || c == 0x202F || c == 0x205F || c == 0x3000 || c == 0xFEFF;
}

// Name characters beyond ASCII, as the standard lists them.
bool wide_name(char32_t c) {
  return c == 0xB7 || (c >= 0xC0 && c <= 0xD6) || (c >= 0xD8 && c <= 0xF6) ||
         (c >= 0xF8 && c <= 0x1FFF && c != 0x1680 && c != 0x180E) || c == 0x200C || c == 0x200D ||
         c == 0x203F || c == 0x2040 || (c >= 0x2070 && c <= 0x218F) ||
         (c >= 0x2C00 && c <= 0x2FEF) || (c >= 0x3001 && c <= 0xD7FF) ||
         (c >= 0xF900 && c <= 0xFDCF) || (c >= 0xFDF0 && c <= 0xFFFD && c != 0xFEFF) ||
         (c >= 0x10000 && c <= 0xEFFFF);
}

bool ascii_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || digit(c) || c == '_' || c == '?';
}

std::size_t quoted_end(std::string_view source, std::size_t at) {
  for (++at; at < source.size(); ++at) {
    if (source[at] == '\\') {
      ++at;
    } else if (source[at] == '"') {
      return at + 1;
    }
  }
  return std::string_view::npos;
}

std::size_t number_end(std::string_view source, std::size_t at) {
  while (at < source.size() && digit(source[at])) ++at;
  if (at + 1 < source.size() && source[at] == '.' && digit(source[at + 1])) {
    ++at;
    while (at < source.size() && digit(source[at])) ++at;
  }
  if (at < source.size() && (source[at] == 'e' || source[at] == 'E')) {
    std::size_t behind = at + 1;
    if (behind < source.size() && (source[behind] == '+' || source[behind] == '-')) ++behind;
    if (behind < source.size() && digit(source[behind])) {
      at = behind;
      while (at < source.size() && digit(source[at])) ++at;
    }
  }
  return at;
}

int hex_value(std::string_view digits) {
  int out = 0;
  for (const char c : digits) {
    int value = 0;
    if (digit(c)) {
      value = c - '0';
    } else if (c >= 'a' && c <= 'f') {
      value = c - 'a' + 10;
    } else if (c >= 'A' && c <= 'F') {
      value = c - 'A' + 10;
    } else {
      return -1;
    }
    out = out * 16 + value;
  }
  return out;
}

// A \u or \U escape at `at` (the letter); moves behind it.
bool decode_unicode(std::string_view text, std::size_t& at, std::string& out) {
  const std::size_t size = text[at] == 'u' ? 4 : 6;
  if (at + 1 + size > text.size()) return false;
  int code = hex_value(text.substr(at + 1, size));
  if (code < 0 || code > 0x10FFFF) return false;
  at += 1 + size;
  if (code >= 0xD800 && code < 0xDC00 && at + 6 <= text.size() && text[at] == '\\' &&
      text[at + 1] == 'u') {
    const int low = hex_value(text.substr(at + 2, 4));
    if (low >= 0xDC00 && low < 0xE000) {
      code = 0x10000 + ((code - 0xD800) << 10) + (low - 0xDC00);
      at += 6;
    }
  }
  if (code >= 0xD800 && code < 0xE000) code = 0xFFFD;
  append_code_point(out, static_cast<char32_t>(code));
  return true;
}
}  // namespace

std::size_t skip_space(std::string_view source, std::size_t at) {
  while (at < source.size()) {
    const auto c = static_cast<unsigned char>(source[at]);
    if (c == ' ' || (c >= 9 && c <= 13)) {
      ++at;
    } else if (c == '/' && at + 1 < source.size() && source[at + 1] == '/') {
      while (at < source.size() && source[at] != '\n') ++at;
    } else if (c == '/' && at + 1 < source.size() && source[at + 1] == '*') {
      const std::size_t end = source.find("*/", at + 2);
      if (end == std::string_view::npos) return at;
      at = end + 2;
    } else if (c >= 0x80) {
      std::size_t behind = at;
      if (!wide_space(next_code_point(source, behind))) return at;
      at = behind;
    } else {
      return at;
    }
  }
  return at;
}

std::size_t word_end(std::string_view source, std::size_t at) {
  while (at < source.size()) {
    if (static_cast<unsigned char>(source[at]) < 0x80) {
      if (!ascii_name(source[at])) return at;
      ++at;
    } else {
      std::size_t behind = at;
      if (!wide_name(next_code_point(source, behind))) return at;
      at = behind;
    }
  }
  return at;
}

Token next_token(std::string_view source, std::size_t at) {
  at = skip_space(source, at);
  Token out;
  out.begin = static_cast<std::uint32_t>(at);
  const auto finish = [&](TokenKind kind, std::size_t end) {
    out.kind = kind;
    out.end = static_cast<std::uint32_t>(end);
    return out;
  };
  if (at >= source.size()) return finish(TokenKind::kEnd, at);
  const char c = source[at];
  const char next = at + 1 < source.size() ? source[at + 1] : '\0';
  if (digit(c) || (c == '.' && digit(next))) {
    return finish(TokenKind::kNumber, number_end(source, at));
  }
  if (c == '"' || (c == '@' && next == '"')) {
    const std::size_t end = quoted_end(source, c == '@' ? at + 1 : at);
    if (end == std::string_view::npos) {
      out.error = "feel.string_not_closed";
      return finish(TokenKind::kError, source.size());
    }
    return finish(c == '@' ? TokenKind::kAt : TokenKind::kString, end);
  }
  if (const std::size_t end = word_end(source, at); end != at) {
    return finish(TokenKind::kWord, end);
  }
  static constexpr const char* kPairs[] = {"<=", ">=", "!=", "**", "..", "->"};
  for (const char* pair : kPairs) {
    if (c == pair[0] && next == pair[1]) {
      out.symbol = symbol(pair);
      return finish(TokenKind::kSymbol, at + 2);
    }
  }
  if (c == '/' && next == '*') {
    out.error = "feel.comment_not_closed";
    return finish(TokenKind::kError, source.size());
  }
  if (std::strchr("()[]{},:.+-*/<>=", c) != nullptr && c != '\0') {
    out.symbol = static_cast<std::uint16_t>(c);
    return finish(TokenKind::kSymbol, at + 1);
  }
  out.error = "feel.unexpected_character";
  return finish(TokenKind::kError, at + 1);
}

bool decode_string(std::string_view literal, std::string& out) {
  const std::string_view text = literal.substr(1, literal.size() - 2);
  out.clear();
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at++];
    if (c != '\\') {
      out += c;
      continue;
    }
    if (at == text.size()) return false;
    switch (text[at]) {
      case 'n':
        out += '\n';
        break;
      case 'r':
        out += '\r';
        break;
      case 't':
        out += '\t';
        break;
      case '"':
        out += '"';
        break;
      case '\'':
        out += '\'';
        break;
      case '\\':
        out += '\\';
        break;
      case 'u':
      case 'U':
        if (!decode_unicode(text, at, out)) return false;
        continue;
      default:  // "\s", "\d": for regular expressions
        out += '\\';
        continue;
    }
    ++at;
  }
  return true;
}

std::vector<std::string> name_parts(std::string_view name) {
  std::vector<std::string> out;
  for (std::size_t at = skip_space(name, 0); at < name.size(); at = skip_space(name, at)) {
    std::size_t end = word_end(name, at);
    if (end == at) {
      if (static_cast<unsigned char>(name[at]) < 0x80) {
        ++end;
      } else {
        next_code_point(name, end);
      }
    }
    out.emplace_back(name.substr(at, end - at));
    at = end;
  }
  return out;
}

std::size_t match_name(std::string_view source, std::size_t at,
                       const std::vector<std::string>& parts) {
  bool first = true;
  for (const std::string& part : parts) {
    if (!first) at = skip_space(source, at);
    first = false;
    const std::size_t end = word_end(source, at);
    if (end == at) {
      if (source.substr(at, part.size()) != part) return std::string_view::npos;
      at += part.size();
    } else {
      if (source.substr(at, end - at) != part) return std::string_view::npos;
      at = end;
    }
  }
  return at;
}

std::string normal_name(std::string_view name) {
  std::string out;
  bool gap = false;
  for (std::size_t at = 0; at < name.size();) {
    std::size_t behind = at;
    const char32_t c = next_code_point(name, behind);
    if (c == ' ' || (c >= 9 && c <= 13) || wide_space(c)) {
      gap = !out.empty();
    } else {
      if (gap) out += ' ';
      gap = false;
      out.append(name.substr(at, behind - at));
    }
    at = behind;
  }
  return out;
}
}  // namespace hougu::feel
