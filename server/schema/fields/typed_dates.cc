#include "schema/fields/typed_dates.h"

#include <array>
#include <string>
#include <vector>

#include "base/text.h"

namespace hougu::schema {
namespace {

constexpr std::array<std::string_view, 12> kMonths = {"jan", "feb", "mar", "apr", "may", "jun",
                                                      "jul", "aug", "sep", "oct", "nov", "dec"};

// A run of digits or of letters; everything else only separates.
struct Token {
  std::string text;
  bool digits = false;
  char before = 0;  // the separator in front
};

std::vector<Token> tokens_of(const std::string& text) {
  std::vector<Token> tokens;
  char before = 0;
  bool joined = false;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    const bool digit = c >= U'0' && c <= U'9';
    const bool letter = c >= U'a' && c <= U'z';
    if (!digit && !letter) {
      before = c < 0x80 ? static_cast<char>(c) : '/';  // the characters for year, month and day
      joined = false;
      continue;
    }
    if (!joined || tokens.back().digits != digit) tokens.push_back({{}, digit, before});
    tokens.back().text += static_cast<char>(c);
    joined = true;
    before = 0;
  }
  return tokens;
}

int number(const Token& token) {
  return token.digits && token.text.size() <= 4 ? std::stoi(token.text) : -1;
}

int month_named(const Token& token) {
  if (token.digits || token.text.size() < 3) return -1;
  for (std::size_t i = 0; i < kMonths.size(); ++i)
    if (token.text.substr(0, 3) == kMonths[i]) return static_cast<int>(i) + 1;
  return -1;
}

int full_year(const Token& token) {
  const int year = number(token);
  if (token.text.size() == 4) return year;
  if (token.text.size() == 2) return year < 70 ? 2000 + year : 1900 + year;
  return -1;
}

std::optional<Day> checked(int year, int month, int day) {
  if (year < 1000 || month < 1 || month > 12 || day < 1 || day > 31) return std::nullopt;
  return parse_day(day_text({year, static_cast<unsigned>(month), static_cast<unsigned>(day)}));
}

// The day from the first tokens; `used` tells how many.
std::optional<Day> read_day(const std::vector<Token>& tokens, std::size_t& used) {
  if (tokens.empty()) return std::nullopt;
  const auto& first = tokens[0];
  if (first.digits && first.text.size() == 8) {
    used = 1;
    return checked(std::stoi(first.text.substr(0, 4)), std::stoi(first.text.substr(4, 2)),
                   std::stoi(first.text.substr(6, 2)));
  }
  if (tokens.size() < 3) return std::nullopt;
  used = 3;
  if (first.digits && first.text.size() == 4)
    return checked(number(first), number(tokens[1]), number(tokens[2]));
  if (const int month = month_named(tokens[1]); month > 0)
    return checked(full_year(tokens[2]), month, number(first));
  if (const int month = month_named(first); month > 0)
    return checked(full_year(tokens[2]), month, number(tokens[1]));
  return checked(full_year(tokens[2]), number(first), number(tokens[1]));
}

bool read_time(const std::vector<Token>& tokens, std::size_t at, TypedDate& out) {
  if (at < tokens.size() && tokens[at].text == "t") ++at;
  std::array<int, 3> parts = {0, 0, 0};
  std::size_t count = 0;
  for (; at < tokens.size() && tokens[at].digits && count < 3; ++at, ++count) {
    if (tokens[at].before == '.') break;  // fraction
    parts[count] = number(tokens[at]);
  }
  while (at < tokens.size() && tokens[at].digits && tokens[at].before == '.') ++at;
  if (count < 2) return false;
  out.hour = parts[0];
  if (at < tokens.size() && (tokens[at].text == "pm" || tokens[at].text == "am")) {
    if (out.hour < 1 || out.hour > 12) return false;
    out.hour = out.hour % 12 + (tokens[at].text == "pm" ? 12 : 0);
    ++at;
  }
  out.minute = parts[1];
  out.second = parts[2];
  out.with_time = true;
  return at == tokens.size() && out.hour >= 0 && out.hour < 24 && out.minute >= 0 &&
         out.minute < 60 && out.second >= 0 && out.second < 60;
}
}  // namespace

std::optional<TypedDate> read_typed_date(std::string_view text) {
  if (text.size() > 80) return std::nullopt;
  const auto tokens = tokens_of(folded(text));
  std::size_t used = 0;
  const auto day = read_day(tokens, used);
  if (!day) return std::nullopt;
  TypedDate out;
  out.day = *day;
  if (used < tokens.size() && !read_time(tokens, used, out)) return std::nullopt;
  return out;
}
}  // namespace hougu::schema
