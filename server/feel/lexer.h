// The words of FEEL's source. Names are resolved by the parser, which knows the scope: the lexer
// gives the single words they are made of.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace hougu::feel {

enum class TokenKind : std::uint8_t { kEnd, kError, kNumber, kString, kAt, kWord, kSymbol };

struct Token {
  TokenKind kind = TokenKind::kEnd;
  std::uint32_t begin = 0;
  std::uint32_t end = 0;
  std::uint16_t symbol = 0;     // of kSymbol: see symbol()
  const char* error = nullptr;  // of kError: a code
};

// One or two ASCII characters as one number.
constexpr std::uint16_t symbol(const char* text) {
  return static_cast<std::uint16_t>(
      text[1] == 0 ? text[0]
                   : (static_cast<unsigned>(text[0]) << 8 | static_cast<unsigned>(text[1])));
}

// The token at or behind `at`, white space and comments skipped.
Token next_token(std::string_view source, std::size_t at);
// Behind white space and comments.
std::size_t skip_space(std::string_view source, std::size_t at);
// Behind the name characters that begin at `at`; `at` itself when there are none.
std::size_t word_end(std::string_view source, std::size_t at);
// The value of a string literal with its quotes; false at a malformed escape.
bool decode_string(std::string_view literal, std::string& out);

// A name as its words and single symbols: "Student's name" is Student ' s name.
std::vector<std::string> name_parts(std::string_view name);
// Behind the name in the source, or npos when it does not stand there.
std::size_t match_name(std::string_view source, std::size_t at,
                       const std::vector<std::string>& parts);
// White space trimmed, and inside made single spaces.
std::string normal_name(std::string_view name);
}  // namespace hougu::feel
