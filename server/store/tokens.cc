#include "store/tokens.h"

#include <unicode/uchar.h>
#include <unicode/uscript.h>

#include <algorithm>

#include "base/text.h"

namespace hougu::store {
namespace {
constexpr std::size_t kMaxCharacters = 64;

enum class Kind { kOther, kHan, kWord };

bool common_han(char32_t c) { return c >= 0x4e00 && c <= 0x9fff; }

Kind kind_of(char32_t c) {
  if (c < 0x80) {
    const bool word = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z');
    return word ? Kind::kWord : Kind::kOther;
  }
  if (common_han(c)) return Kind::kHan;
  const auto code = static_cast<UChar32>(c);
  if (u_hasBinaryProperty(code, UCHAR_IDEOGRAPHIC)) return Kind::kHan;
  if (!u_isalnum(code) && (U_GET_GC_MASK(code) & U_GC_M_MASK) == 0) return Kind::kOther;
  UErrorCode error = U_ZERO_ERROR;
  const auto script = uscript_getScript(code, &error);
  // Japanese is written without spaces too
  return script == USCRIPT_HIRAGANA || script == USCRIPT_KATAKANA ? Kind::kHan : Kind::kWord;
}

bool is_connector(char32_t c) {
  return c == '-' || c == '_' || c == '.' || c == '/' || c == '#' || c == '+' || c == '\\' ||
         (c >= 0x2010 && c <= 0x2015) || c == 0x2212;
}

// Text that NFKC and case folding would leave alone but for ASCII capitals: nearly all of it.
bool is_plain(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if ((text[at] & 0x80) == 0) {
      ++at;
    } else if (!common_han(next_code_point(text, at))) {
      return false;
    }
  }
  return true;
}

class Scanner {
 public:
  Scanner(std::string_view text, std::size_t limit) : text_(text), limit_(limit) {}

  std::vector<Token> run() {
    for (std::size_t at = 0; at < text_.size() && tokens_.size() < limit_;) {
      const auto begin = at;
      const char32_t c = next_code_point(text_, at);
      switch (kind_of(c)) {
        case Kind::kOther:
          gap_code_point_ = c;
          ++gap_length_;
          break;
        case Kind::kHan:
          push({std::string(text_.substr(begin, at - begin)), true});
          break;
        case Kind::kWord:
          at = word(begin);
          break;
      }
    }
    return std::move(tokens_);
  }

 private:
  std::size_t word(std::size_t begin) {
    std::size_t end = begin, kept = begin, characters = 0;
    while (end < text_.size()) {
      std::size_t next = end;
      if (kind_of(next_code_point(text_, next)) != Kind::kWord) break;
      end = next;
      if (++characters <= kMaxCharacters) kept = end;
    }
    push({std::string(text_.substr(begin, kept - begin)), false});
    return end;
  }

  void push(Token token) {
    token.join = join_to(token);
    tokens_.push_back(std::move(token));
    gap_length_ = 0;
  }

  Token::Join join_to(const Token& token) const {
    if (tokens_.empty() || gap_length_ > 1) return Token::Join::kNone;
    if (gap_length_ == 0) return Token::Join::kTouch;
    const auto& before = tokens_.back();
    if (before.han || token.han) return Token::Join::kNone;
    if (is_connector(gap_code_point_)) return Token::Join::kCode;
    const bool digits = gap_code_point_ == ' ' && all_digits(before.text) && all_digits(token.text);
    return digits ? Token::Join::kDigits : Token::Join::kNone;
  }

  const std::string_view text_;
  const std::size_t limit_;
  std::vector<Token> tokens_;
  char32_t gap_code_point_ = 0;  // the last one skipped since the last token
  int gap_length_ = 0;           // how many were
};
}  // namespace

bool all_digits(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

std::vector<Token> tokens_of(std::string_view text, std::size_t limit) {
  if (!valid_utf8(text)) return {};
  std::string normal;
  if (is_plain(text)) {
    normal = text;
    for (char& c : normal)
      if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  } else {
    normal = folded(text);
  }
  return Scanner(normal, limit).run();
}
}  // namespace hougu::store
