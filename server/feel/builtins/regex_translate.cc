// XPath's regular expressions (XQuery and XPath functions 3.1, 5.6) rewritten for ICU. What XPath
// doesn't know (look-around, possessive quantifiers, \b) is refused rather than passed on.
#include <cstring>

#include "feel/builtins/regex.h"

namespace hougu::feel {
namespace {
constexpr int kMaxNesting = 200;

class Translator {
 public:
  Translator(std::string_view pattern, bool dot_all, bool multi_line)
      : in_(pattern), dot_all_(dot_all), multi_line_(multi_line) {}

  std::optional<std::string> run() {
    while (good_ && at_ < in_.size()) atom();
    if (!good_ || !open_.empty()) return std::nullopt;
    return std::move(out_);
  }

 private:
  bool more() const { return at_ < in_.size(); }
  bool next_is(char c) const { return at_ < in_.size() && in_[at_] == c; }

  void atom() {
    const char c = in_[at_++];
    switch (c) {
      case '\\':
        escape(false);
        return;
      case '[':
        char_class(0);
        return;
      case '.':
        out_ += dot_all_ ? "[\\s\\S]" : "[^\\n\\r]";
        return;
      case '^':
        out_ += multi_line_ ? "(?m:^)" : "\\A";
        return;
      case '$':
        out_ += multi_line_ ? "(?m:$)" : "\\z";
        return;
      case '(':
        group();
        return;
      case ')':
        if (open_.empty()) {
          good_ = false;
        } else {
          if (open_.back() != 0) closed_.push_back(open_.back());
          open_.pop_back();
          out_ += ')';
        }
        return;
      case '*':
      case '+':
      case '?':
        out_ += c;
        quantified();
        return;
      case '{':
        braces();
        return;
      case '}':
      case ']':
        good_ = false;
        return;
      case '#':
        out_ += "\\#";
        return;
      default:
        out_ += c;
    }
  }

  // Behind a quantifier only "?" may follow, never another quantifier.
  void quantified() {
    if (next_is('?')) out_ += in_[at_++];
    if (next_is('*') || next_is('+') || next_is('?') || next_is('{')) good_ = false;
  }

  void braces() {
    const std::size_t end = in_.find('}', at_);
    const std::string_view inside = in_.substr(at_, end == std::string_view::npos ? 0 : end - at_);
    if (inside.empty() || inside.find_first_not_of("0123456789,") != std::string_view::npos ||
        inside[0] == ',' || inside.size() > 20) {
      good_ = false;
      return;
    }
    out_ += '{';
    out_ += inside;
    out_ += '}';
    at_ = end + 1;
    quantified();
  }

  void group() {
    if (open_.size() >= kMaxNesting) {
      good_ = false;
      return;
    }
    if (next_is('?')) {
      if (in_.substr(at_, 2) != "?:") {
        good_ = false;
        return;
      }
      at_ += 2;
      open_.push_back(0);
      out_ += "(?:";
      return;
    }
    open_.push_back(++groups_);
    out_ += '(';
  }

  void back_reference(char first) {
    int number = first - '0';
    // As many digits as make a group that exists.
    while (more() && in_[at_] >= '0' && in_[at_] <= '9') {
      const int longer = number * 10 + (in_[at_] - '0');
      if (longer > groups_) break;
      number = longer;
      ++at_;
    }
    bool known = false;
    for (const int closed : closed_) known = known || closed == number;
    if (!known) {
      good_ = false;
      return;
    }
    out_ += "(?:\\" + std::to_string(number) + ")";
  }

  void property(char letter) {
    const std::size_t end = in_.find('}', at_);
    if (!next_is('{') || end == std::string_view::npos) {
      good_ = false;
      return;
    }
    std::string name(in_.substr(at_ + 1, end - at_ - 1));
    at_ = end + 1;
    for (const char c : name) {
      if (std::strchr("{[]\\:^", c) != nullptr) good_ = false;
    }
    if (name.rfind("Is", 0) == 0) {
      name = "block=" + name.substr(2);
    } else if (name.empty() || name.size() > 2) {
      good_ = false;
    }
    out_ += '\\';
    out_ += letter;
    out_ += '{' + name + '}';
  }

  void escape(bool in_class) {
    if (!more()) {
      good_ = false;
      return;
    }
    const char c = in_[at_++];
    const auto set = [&](const std::string& inside) { out_ += '[' + inside + ']'; };
    static constexpr const char* kNameStart = ":_\\p{L}\\p{Nl}";
    static constexpr const char* kName = ":_\\-.\\p{L}\\p{Nl}\\p{Nd}\\p{M}\\u00B7";
    switch (c) {
      case 'n':
      case 'r':
      case 't':
        out_ += '\\';
        out_ += c;
        return;
      case 'd':
        out_ += "\\d";
        return;
      case 'D':
        out_ += "\\D";
        return;
      case 's':
        set(" \\t\\n\\r");
        return;
      case 'S':
        set("^ \\t\\n\\r");
        return;
      case 'w':
        set("^\\p{P}\\p{Z}\\p{C}");
        return;
      case 'W':
        set("\\p{P}\\p{Z}\\p{C}");
        return;
      case 'i':
        set(kNameStart);
        return;
      case 'I':
        set(std::string("^") + kNameStart);
        return;
      case 'c':
        set(kName);
        return;
      case 'C':
        set(std::string("^") + kName);
        return;
      case 'p':
      case 'P':
        property(c);
        return;
      default:
        if (c >= '1' && c <= '9' && !in_class) {
          back_reference(c);
        } else if (std::strchr("\\|.-^?*+{}()[]$", c) != nullptr && c != '\0') {
          out_ += '\\';
          out_ += c;
        } else {
          good_ = false;
        }
    }
  }

  // Behind "[": members, ranges, and "-[…]" taken away.
  void char_class(int depth) {
    if (depth > 20) {
      good_ = false;
      return;
    }
    // Written as "none of these, then any": ICU would widen a negated set when case is ignored.
    const bool none = depth == 0 && next_is('^');
    out_ += none ? "(?:(?![" : "[";
    if (none) ++at_;
    if (next_is('^')) out_ += in_[at_++];
    ranges_ = 0;
    bool first = true;
    for (;; first = false) {
      if (!more() || !good_) {
        good_ = false;
        return;
      }
      const char c = in_[at_++];
      if (c == ']') {
        if (first) good_ = false;
        out_ += none ? "])[\\s\\S])" : "]";
        return;
      }
      if (c == '-' && next_is('[')) {
        out_ += "--";
        ++at_;
        char_class(depth + 1);
        if (!next_is(']')) good_ = false;
        continue;
      }
      if (c == '[') {
        good_ = false;
        return;
      }
      member(c, first);
    }
  }

  void member(char c, bool first) {
    if (c == '\\') {
      escape(true);
    } else if (c == '-') {
      // A hyphen by itself stands first, last or behind a range; elsewhere it makes a range.
      if (first || next_is(']') || ranges_ == 2) {
        out_ += "\\-";
      } else {
        out_ += '-';
        ranges_ = 1;
        return;
      }
    } else if (std::strchr("&^:{}$#", c) != nullptr || c == ' ') {
      out_ += '\\';
      out_ += c;
    } else {
      out_ += c;
    }
    ranges_ = ranges_ == 1 ? 2 : 0;
  }

  std::string_view in_;
  std::size_t at_ = 0;
  bool dot_all_;
  bool multi_line_;
  bool good_ = true;
  int ranges_ = 0;  // 1 behind a range's hyphen, 2 behind its end
  int groups_ = 0;
  std::vector<int> open_{};
  std::vector<int> closed_{};
  std::string out_{};
};

// The flag "x": white space outside of character classes means nothing.
std::string without_space(std::string_view pattern) {
  std::string out;
  int depth = 0;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    const bool space = c == ' ' || c == '\t' || c == '\n' || c == '\r';
    const bool escaped = !out.empty() && i > 0 && pattern[i - 1] == '\\';
    if (c == '[' && !escaped) ++depth;
    if (c == ']' && !escaped && depth > 0) --depth;
    if (!space || depth > 0) out += c;
  }
  return out;
}
}  // namespace

std::optional<std::string> translate_pattern(std::string_view pattern, bool dot_all,
                                             bool multi_line, bool extended) {
  const std::string plain = extended ? without_space(pattern) : std::string(pattern);
  return Translator(plain, dot_all, multi_line).run();
}
}  // namespace hougu::feel
