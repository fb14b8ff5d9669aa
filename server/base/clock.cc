#include "base/clock.h"

#include <chrono>
#include <cstdio>

namespace hougu {
namespace {
constexpr Millis kDay = 86'400'000;

// Reads exactly `count` digits at `at` and moves behind them.
bool read_digits(std::string_view text, std::size_t& at, int count, int& out) {
  out = 0;
  for (int i = 0; i < count; ++i, ++at) {
    if (at >= text.size() || text[at] < '0' || text[at] > '9') return false;
    out = out * 10 + (text[at] - '0');
  }
  return true;
}

bool read_char(std::string_view text, std::size_t& at, std::string_view allowed) {
  if (at >= text.size() || allowed.find(text[at]) == std::string_view::npos) return false;
  ++at;
  return true;
}

bool read_fraction(std::string_view text, std::size_t& at, Millis& ms) {
  ms = 0;
  if (at >= text.size() || text[at] != '.') return true;
  ++at;
  Millis unit = 100;
  std::size_t digits = 0;
  for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at, ++digits, unit /= 10)
    ms += (text[at] - '0') * unit;
  return digits >= 1 && digits <= 9;
}

bool read_offset(std::string_view text, std::size_t& at, Millis& offset) {
  offset = 0;
  if (read_char(text, at, "Zz")) return at == text.size();
  const bool west = at < text.size() && text[at] == '-';
  int hours = 0, minutes = 0;
  if (!read_char(text, at, "+-") || !read_digits(text, at, 2, hours) || !read_char(text, at, ":") ||
      !read_digits(text, at, 2, minutes))
    return false;
  if (hours > 23 || minutes > 59 || at != text.size()) return false;
  offset = (hours * 60 + minutes) * Millis{60'000} * (west ? -1 : 1);
  return true;
}
}  // namespace

Millis SystemClock::now() const {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

std::string format_utc(Millis time) {
  auto days = time / kDay;
  auto rest = time % kDay;
  if (rest < 0) {
    rest += kDay;
    --days;
  }
  const std::chrono::year_month_day date{
      std::chrono::sys_days{std::chrono::days{static_cast<int>(days)}}};
  char buffer[48];
  const int length = std::snprintf(
      buffer, sizeof buffer, "%04d-%02u-%02uT%02d:%02d:%02d.%03dZ", static_cast<int>(date.year()),
      static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
      static_cast<int>(rest / 3'600'000), static_cast<int>(rest / 60'000 % 60),
      static_cast<int>(rest / 1000 % 60), static_cast<int>(rest % 1000));
  return {buffer, static_cast<std::size_t>(length)};
}

bool parse_rfc3339(std::string_view text, Millis& out) {
  std::size_t at = 0;
  int year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0;
  Millis fraction = 0, offset = 0;
  if (!read_digits(text, at, 4, year) || !read_char(text, at, "-") ||
      !read_digits(text, at, 2, month) || !read_char(text, at, "-") ||
      !read_digits(text, at, 2, day) || !read_char(text, at, "Tt ") ||
      !read_digits(text, at, 2, hour) || !read_char(text, at, ":") ||
      !read_digits(text, at, 2, minute) || !read_char(text, at, ":") ||
      !read_digits(text, at, 2, second) || !read_fraction(text, at, fraction) ||
      !read_offset(text, at, offset))
    return false;
  const std::chrono::year_month_day date{std::chrono::year{year},
                                         std::chrono::month{static_cast<unsigned>(month)},
                                         std::chrono::day{static_cast<unsigned>(day)}};
  if (!date.ok() || hour > 23 || minute > 59 || second > 60) return false;  // 60: a leap second
  const Millis days = std::chrono::sys_days{date}.time_since_epoch().count();
  out = days * kDay + ((hour * 60 + minute) * 60 + second) * Millis{1000} + fraction - offset;
  return true;
}
}  // namespace hougu
