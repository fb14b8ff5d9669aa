#include "schema/fields/html.h"

#include <algorithm>
#include <array>
#include <optional>
#include <vector>

#include "base/text.h"

namespace hougu::schema {
namespace {

constexpr std::array<std::string_view, 15> kAllowed = {
    "p", "b", "i", "u", "s", "ul", "ol", "li", "h3", "h4", "a", "br", "blockquote", "code", "pre"};
// What lies between these is no text for people.
constexpr std::array<std::string_view, 14> kSwallowed = {
    "script", "style", "iframe",   "object", "embed", "noscript", "template",
    "svg",    "math",  "textarea", "title",  "xmp",   "select",   "head"};
constexpr std::size_t kDeepest = 32;

template <typename Names>
bool one_of(const Names& names, std::string_view name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; }

std::string lowered(std::string_view text) {
  std::string out(text);
  std::transform(out.begin(), out.end(), out.begin(), lower);
  return out;
}

struct Tag {
  std::string name;
  bool closing = false;
  std::string href;
};

// A character reference at `at` ("&amp;"): its text, and `at` moved behind it.
std::optional<std::string> reference(std::string_view html, std::size_t& at) {
  const auto length = html.substr(at, 11).find(';');
  if (length == std::string_view::npos || length < 2) return std::nullopt;
  const auto end = at + length;
  const auto name = html.substr(at + 1, length - 1);
  std::string out;
  if (name[0] == '#') {
    const bool hexadecimal = name.size() > 1 && lower(name[1]) == 'x';
    char32_t value = 0;
    const auto digits = name.substr(hexadecimal ? 2 : 1);
    if (digits.empty()) return std::nullopt;
    for (const char c : digits) {
      const char l = lower(c);
      const bool decimal = c >= '0' && c <= '9';
      if (!decimal && !(hexadecimal && l >= 'a' && l <= 'f')) return std::nullopt;
      value =
          value * (hexadecimal ? 16 : 10) + static_cast<char32_t>(decimal ? c - '0' : l - 'a' + 10);
      if (value > 0x10ffff) return std::nullopt;
    }
    const bool control = value < 0x20 && value != '\t' && value != '\n';
    if (control || value == 0x7f || (value >= 0xd800 && value <= 0xdfff)) return std::nullopt;
    append_code_point(out, value);
  } else if (name == "amp") {
    out = "&";
  } else if (name == "lt") {
    out = "<";
  } else if (name == "gt") {
    out = ">";
  } else if (name == "quot") {
    out = "\"";
  } else if (name == "apos") {
    out = "'";
  } else if (name == "nbsp") {
    out = "\u00a0";
  } else {
    return std::nullopt;
  }
  at = end + 1;
  return out;
}

std::string decoded(std::string_view html) {
  std::string out;
  for (std::size_t at = 0; at < html.size();) {
    if (html[at] == '&') {
      if (auto text = reference(html, at)) {
        out += *text;
        continue;
      }
    }
    out += html[at++];
  }
  return out;
}

void escape(std::string& out, std::string_view text) {
  for (const char c : text) {
    switch (c) {
      case '&':
        out += "&amp;";
        break;
      case '<':
        out += "&lt;";
        break;
      case '>':
        out += "&gt;";
        break;
      case '"':
        out += "&quot;";
        break;
      case '\'':
        out += "&#39;";
        break;
      default:
        out += c;
    }
  }
}

// Browsers skip blanks and control characters inside a scheme: so does this.
bool safe_address(std::string_view address) {
  std::string scheme;
  for (const char c : address) {
    if (c == ':') break;
    if (!letter(c)) return false;
    scheme += lower(c);
  }
  if (scheme.size() == address.size()) return false;
  const bool plain = std::none_of(address.begin(), address.end(), [](char c) {
    return static_cast<unsigned char>(c) <= 0x20 || c == '"' || c == '\'' || c == '<' || c == '>';
  });
  return plain && (scheme == "http" || scheme == "https" || scheme == "mailto");
}

// The attributes up to the ">" of a tag; only href is kept. `at` moves behind the ">"; false when
// the tag never ends.
bool attributes(std::string_view html, std::size_t& at, Tag& tag) {
  while (at < html.size()) {
    if (html[at] == '>') return ++at, true;
    if (space(html[at]) || html[at] == '/') {
      ++at;
      continue;
    }
    const auto begin = at;
    while (at < html.size() && !space(html[at]) && html[at] != '=' && html[at] != '>' &&
           html[at] != '/')
      ++at;
    const auto name = lowered(html.substr(begin, at - begin));
    while (at < html.size() && space(html[at])) ++at;
    if (at == begin) ++at;  // a lone "=" is a name for browsers
    if (at >= html.size() || html[at] != '=') continue;
    ++at;
    while (at < html.size() && space(html[at])) ++at;
    if (at >= html.size()) return false;
    std::string_view value;
    if (html[at] == '"' || html[at] == '\'') {
      const auto end = html.find(html[at], at + 1);
      if (end == std::string_view::npos) return false;
      value = html.substr(at + 1, end - at - 1);
      at = end + 1;
    } else {
      const auto start = at;
      while (at < html.size() && !space(html[at]) && html[at] != '>') ++at;
      value = html.substr(start, at - start);
    }
    if (name == "href" && tag.href.empty()) tag.href = std::string(trimmed(decoded(value)));
  }
  return false;
}

// Behind a "<": a tag, or nothing when it is only that character. Comments and declarations are a
// tag without a name.
std::optional<Tag> read_tag(std::string_view html, std::size_t& at) {
  auto i = at + 1;
  Tag tag;
  if (i < html.size() && (html[i] == '!' || html[i] == '?')) {
    const bool comment = html.substr(i, 3) == "!--";
    const auto end = comment ? html.find("-->", i + 3) : html.find('>', i);
    at = end == std::string_view::npos ? html.size() : end + (comment ? 3 : 1);
    return tag;
  }
  if (i < html.size() && html[i] == '/') {
    tag.closing = true;
    ++i;
  }
  if (i >= html.size() || !letter(html[i])) return std::nullopt;
  const auto begin = i;
  while (i < html.size() && !space(html[i]) && html[i] != '>' && html[i] != '/') ++i;
  tag.name = lowered(html.substr(begin, i - begin));
  if (tag.name == "strong") tag.name = "b";
  if (tag.name == "em") tag.name = "i";
  if (tag.name == "div") tag.name = "p";
  if (!attributes(html, i, tag)) {  // it never ends: nothing of it counts
    at = html.size();
    return Tag();
  }
  at = i;
  return tag;
}

// Moves behind the closing tag of a swallowed element.
std::size_t behind(std::string_view html, std::size_t at, const std::string& name) {
  for (; at < html.size(); ++at) {
    if (html[at] != '<' || at + 2 + name.size() > html.size() || html[at + 1] != '/') continue;
    if (lowered(html.substr(at + 2, name.size())) != name) continue;
    const auto end = html.find('>', at);
    return end == std::string_view::npos ? html.size() : end + 1;
  }
  return html.size();
}

class Writer {
 public:
  void text(std::string_view decoded_text) { escape(out_, decoded_text); }
  void open(const Tag& tag) {
    if (tag.name == "br") {
      out_ += "<br>";
    } else if (open_.size() < kDeepest && (tag.name != "a" || safe_address(tag.href))) {
      out_ += "<" + tag.name;
      if (tag.name == "a") {
        out_ += " href=\"";
        escape(out_, tag.href);
        out_ += '"';
      }
      out_ += '>';
      open_.push_back(tag.name);
    }
  }
  // Closes what was opened inside, too; a stray closing tag is left out.
  void close(const std::string& name) {
    if (std::find(open_.begin(), open_.end(), name) == open_.end()) return;
    bool found = false;
    while (!found) {
      found = open_.back() == name;
      out_ += "</" + open_.back() + ">";
      open_.pop_back();
    }
  }
  std::string finish() {
    while (!open_.empty()) close(std::string(open_.back()));
    return std::move(out_);
  }

 private:
  std::string out_;
  std::vector<std::string> open_;
};
}  // namespace

std::string sanitised_html(std::string_view html) {
  Writer writer;
  for (std::size_t at = 0; at < html.size();) {
    if (html[at] == '<') {
      const auto tag = read_tag(html, at);
      if (tag) {
        if (!tag->closing && one_of(kSwallowed, tag->name)) {
          at = behind(html, at, tag->name);
        } else if (one_of(kAllowed, tag->name)) {
          tag->closing ? writer.close(tag->name) : writer.open(*tag);
        }
        continue;
      }
    } else if (html[at] == '&') {
      if (const auto text = reference(html, at)) {
        writer.text(*text);
        continue;
      }
    }
    writer.text(html.substr(at++, 1));
  }
  return writer.finish();
}

std::string html_text(std::string_view html) {
  std::string out;
  for (std::size_t at = 0; at < html.size();) {
    if (html[at] == '<') {
      if (const auto tag = read_tag(html, at)) {
        const bool inside_a_line = tag->name == "a" || tag->name == "b" || tag->name == "i" ||
                                   tag->name == "u" || tag->name == "s" || tag->name == "code";
        if (!inside_a_line && !out.empty() && out.back() != '\n') out += '\n';
        continue;
      }
    } else if (html[at] == '&') {
      if (const auto text = reference(html, at)) {
        out += *text;
        continue;
      }
    }
    out += html[at++];
  }
  return std::string(trimmed(out));
}
}  // namespace hougu::schema
