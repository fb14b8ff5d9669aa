// The tokeniser behind store/search.h. Inside store/ only.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace hougu::store {

struct Token {
  std::string text;  // normalised and folded, at most 64 characters
  bool han = false;  // one character of a script written without spaces
  // How it stands to the token before it.
  enum class Join {
    kNone,   // something between them, or nothing before
    kTouch,  // nothing between them
    kCode,   // one connector between two words: "MDV-D22T2"
    kDigits  // one space between two pure numbers: "138 0013 8000"
  } join = Join::kNone;
};

// Empty for text that isn't UTF-8.
std::vector<Token> tokens_of(std::string_view text, std::size_t limit);
bool all_digits(std::string_view text);
}  // namespace hougu::store
