#include "schema/exchange/number_formats.h"

#include <charconv>
#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace hougu::exchange {
namespace {
using Kind = NumberFormat::Kind;

// The code without quoted texts, escaped characters and [colours, locales, conditions]; elapsed
// hours [h] count as a time.
std::string bare_code(std::string_view code, bool& elapsed) {
  std::string out;
  for (std::size_t i = 0; i < code.size(); ++i) {
    const char c = code[i];
    if (c == ';') break;  // the sections for negative numbers say nothing new
    if (c == '"') {
      i = std::min(code.find('"', i + 1), code.size() - 1);
    } else if (c == '\\' || c == '_' || c == '*') {
      ++i;
    } else if (c == '[') {
      const auto end = std::min(code.find(']', i), code.size() - 1);
      const auto inside = code.substr(i + 1, end - i - 1);
      elapsed = elapsed ||
                (!inside.empty() && inside.find_first_not_of("hHmMsS") == std::string_view::npos);
      i = end;
    } else {
      out += static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    }
  }
  return out;
}

// Days since 1970-01-01 to a calendar day (Howard Hinnant, "chrono-compatible low-level date
// algorithms", civil_from_days).
void civil_from_days(std::int64_t days, int& year, unsigned& month, unsigned& day) {
  days += 719468;
  const std::int64_t era = (days >= 0 ? days : days - 146096) / 146097;
  const auto of_era = static_cast<unsigned>(days - era * 146097);
  const unsigned year_of_era = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  const unsigned of_year = of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const unsigned shifted = (5 * of_year + 2) / 153;
  day = of_year - (153 * shifted + 2) / 5 + 1;
  month = shifted < 10 ? shifted + 3 : shifted - 9;
  year = static_cast<int>(year_of_era) + static_cast<int>(era) * 400 + (month <= 2 ? 1 : 0);
}
}  // namespace

NumberFormat format_of_code(std::string_view code) {
  bool elapsed = false;
  const std::string bare = bare_code(code, elapsed);
  if (bare == "general" || bare == "@") return {};
  const bool clock = elapsed || bare.find_first_of("hs") != std::string::npos;
  const bool calendar = bare.find_first_of("yd") != std::string::npos ||
                        (!clock && bare.find('m') != std::string::npos);
  if (calendar) return {clock ? Kind::kDateTime : Kind::kDate};
  if (clock) return {Kind::kTime};
  if (bare.size() > 1 && bare.size() <= 20 && bare.find_first_not_of('0') == std::string::npos) {
    return {Kind::kZeros, static_cast<int>(bare.size())};
  }
  return {};
}

NumberFormat built_in_format(int id) {
  if (id == 22) return {Kind::kDateTime};
  if ((id >= 18 && id <= 21) || (id >= 45 && id <= 47) || (id >= 32 && id <= 35)) {
    return {Kind::kTime};
  }
  // 27–31, 36, 50–58: dates of the Chinese, Japanese and Korean editions
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id == 36 || (id >= 50 && id <= 58)) {
    return {Kind::kDate};
  }
  return {};
}

std::string plain_digits(double value) {
  char text[64];
  std::snprintf(text, sizeof text, "%.15g", value);
  if (std::string_view(text).find('e') == std::string_view::npos) return text;
  // Digits and exponent of "d.ddde±x" put in place.
  std::snprintf(text, sizeof text, "%.14e", value);
  std::string_view all = text;
  const auto e = all.find('e');
  const int exponent = std::atoi(text + e + 1);
  std::string digits;
  for (const char c : all.substr(0, e)) {
    if (c >= '0' && c <= '9') digits += c;
  }
  while (digits.size() > 1 && digits.back() == '0') digits.pop_back();
  const std::string sign = value < 0 ? "-" : "";
  if (exponent < 0) {
    return sign + "0." + std::string(static_cast<std::size_t>(-exponent - 1), '0') + digits;
  }
  const auto whole = static_cast<std::size_t>(exponent) + 1;
  if (digits.size() <= whole) return sign + digits + std::string(whole - digits.size(), '0');
  return sign + digits.substr(0, whole) + "." + digits.substr(whole);
}

std::string serial_date(double serial, Kind kind, bool from_1904) {
  if (!(serial >= 0) || serial > 2'958'466) return {};  // 9999-12-31
  auto days = static_cast<std::int64_t>(std::floor(serial));
  auto seconds =
      static_cast<std::int64_t>(std::llround((serial - static_cast<double>(days)) * 86'400));
  if (seconds == 86'400) {
    ++days;
    seconds = 0;
  }
  char clock[16];
  std::snprintf(clock, sizeof clock, "%02d:%02d:%02d", static_cast<int>(seconds / 3600),
                static_cast<int>(seconds / 60 % 60), static_cast<int>(seconds % 60));
  if (kind == Kind::kTime && days == 0) return clock;
  // 1900 is taken for a leap year there, so that day 60 never was; days before are one off.
  const std::int64_t epoch = from_1904 ? -24'107 : days < 60 ? -25'568 : -25'569;
  int year = 0;
  unsigned month = 0, day = 0;
  civil_from_days(days + epoch, year, month, day);
  char text[32];
  std::snprintf(text, sizeof text, "%04d-%02u-%02u", year, month, day);
  return seconds == 0 && kind != Kind::kTime ? text : std::string(text) + " " + clock;
}

std::string shown_number(std::string_view raw, const NumberFormat& format, bool from_1904) {
  double value = 0;
  const auto end = std::from_chars(raw.data(), raw.data() + raw.size(), value);
  if (end.ec != std::errc() || end.ptr != raw.data() + raw.size() || !std::isfinite(value)) {
    return std::string(raw);
  }
  if (format.kind == Kind::kPlain || format.kind == Kind::kZeros) {
    const bool digits_only = raw.find_first_not_of("0123456789") == std::string_view::npos;
    // Other programs write long numbers out in full: keep every digit.
    std::string text = digits_only ? std::string(raw) : plain_digits(value);
    const auto width = static_cast<std::size_t>(format.digits);
    const bool pad = format.kind == Kind::kZeros && text.size() < width &&
                     text.find_first_not_of("0123456789") == std::string::npos;
    return pad ? std::string(width - text.size(), '0') + text : text;
  }
  std::string date = serial_date(value, format.kind, from_1904);
  return date.empty() ? plain_digits(value) : date;
}
}  // namespace hougu::exchange
