#include "feel/number.h"

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>

#include "feel/number_library.h"

namespace hougu::feel {
namespace {
constexpr int kDigits = 34;
constexpr int kMinExponent = -6176;
constexpr int kMaxExponent = 6111;

struct Powers {
  u128 of[39];
  constexpr Powers() : of() {
    of[0] = 1;
    for (int i = 1; i < 39; ++i) of[i] = of[i - 1] * 10;
  }
};
constexpr Powers kPowers;

int digits_of(u128 value) {
  int low = 0;
  int high = 39;  // value < 10^high
  while (high - low > 1) {
    const int middle = (low + high) / 2;
    (value >= kPowers.of[middle] ? low : high) = middle;
  }
  return value == 0 ? 1 : low + 1;
}

// value / 10^drop, rounded; `sticky` says that digits were lost before.
u128 drop_digits(u128 value, int drop, bool negative, Rounding how, bool sticky = false) {
  if (drop > 38) {
    sticky = sticky || value != 0;
    value = 0;
    drop = 1;
  }
  const u128 unit = kPowers.of[drop];
  u128 out = value / unit;
  const u128 rest = value % unit;
  const u128 half = unit / 2;
  const bool any = rest != 0 || sticky;
  const bool over = rest > half || (rest == half && sticky);
  const bool tie = rest == half && !sticky && unit > 1;
  bool up = false;
  switch (how) {
    case Rounding::kHalfEven:
      up = over || (tie && (out & 1) != 0);
      break;
    case Rounding::kHalfUp:
      up = over || tie;
      break;
    case Rounding::kHalfDown:
      up = over;
      break;
    case Rounding::kUp:
      up = any;
      break;
    case Rounding::kDown:
      break;
    case Rounding::kFloor:
      up = any && negative;
      break;
    case Rounding::kCeiling:
      up = any && !negative;
      break;
  }
  return up ? out + 1 : out;
}

MaybeNumber finish(bool negative, u128 coefficient, std::int64_t exponent, bool sticky = false) {
  if (coefficient == 0 && !sticky) return Number::raw(0, 0, 0, false);
  while (coefficient >= kPowers.of[kDigits]) {
    const int drop = digits_of(coefficient) - kDigits;
    coefficient = drop_digits(coefficient, drop, negative, Rounding::kHalfEven, sticky);
    exponent += drop;
    sticky = false;
  }
  while (exponent > kMaxExponent && coefficient < kPowers.of[kDigits - 1]) {
    coefficient *= 10;
    --exponent;
  }
  if (exponent > kMaxExponent) return std::nullopt;
  if (exponent < kMinExponent) {
    const auto drop = static_cast<int>(std::min<std::int64_t>(kMinExponent - exponent, 39));
    coefficient = drop_digits(coefficient, drop, negative, Rounding::kHalfEven);
    exponent = kMinExponent;
    if (coefficient == 0) return Number();
  }
  return Number::raw(static_cast<std::uint64_t>(coefficient),
                     static_cast<std::uint64_t>(coefficient >> 64), static_cast<int>(exponent),
                     negative);
}

// Brings two to one exponent; false when that does not fit 38 digits.
bool align(const Number& a, const Number& b, u128& left, u128& right, int& exponent) {
  left = a.coefficient();
  right = b.coefficient();
  exponent = std::min(a.exponent(), b.exponent());
  const int up_left = a.exponent() - exponent;
  const int up_right = b.exponent() - exponent;
  if (up_left > 0) {
    if (up_left > 37 || left >= kPowers.of[37 - up_left]) return false;
    left *= kPowers.of[up_left];
  }
  if (up_right > 0) {
    if (up_right > 37 || right >= kPowers.of[37 - up_right]) return false;
    right *= kPowers.of[up_right];
  }
  return true;
}

MaybeNumber add_signed(const Number& a, const Number& b, bool b_negative) {
  if (a.is_zero()) return b_negative == b.sign() ? b : b.negated();
  if (b.is_zero()) return a;
  u128 left = 0;
  u128 right = 0;
  int exponent = 0;
  if (!align(a, b, left, right, exponent)) {
    return library_add(a, b_negative == b.sign() ? b : b.negated());
  }
  if (a.sign() == b_negative) return finish(a.sign(), left + right, exponent);
  if (left >= right) return finish(a.sign(), left - right, exponent);
  return finish(b_negative, right - left, exponent);
}
}  // namespace

MaybeNumber Number::make(bool negative, u128 coefficient, std::int64_t exponent) {
  return finish(negative, coefficient, exponent);
}

MaybeNumber Number::parse(std::string_view text) {
  std::size_t at = 0;
  bool negative = false;
  if (at < text.size() && (text[at] == '-' || text[at] == '+')) negative = text[at++] == '-';
  u128 coefficient = 0;
  std::int64_t exponent = 0;
  bool any = false;
  bool point = false;
  bool sticky = false;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (c == '.' && !point) {
      point = true;
      continue;
    }
    if (c < '0' || c > '9') break;
    any = true;
    if (coefficient < kPowers.of[37]) {
      coefficient = coefficient * 10 + static_cast<unsigned>(c - '0');
      if (point) --exponent;
    } else {
      sticky = sticky || c != '0';
      if (!point) ++exponent;
    }
  }
  if (!any) return std::nullopt;
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    bool down = false;
    if (at < text.size() && (text[at] == '-' || text[at] == '+')) down = text[at++] == '-';
    if (at == text.size()) return std::nullopt;
    std::int64_t given = 0;
    for (; at < text.size() && text[at] >= '0' && text[at] <= '9'; ++at) {
      given = std::min<std::int64_t>(given * 10 + (text[at] - '0'), 1'000'000);
    }
    exponent += down ? -given : given;
  }
  if (at != text.size()) return std::nullopt;
  return finish(negative, coefficient, exponent, sticky);
}

MaybeNumber Number::from_double(double value) {
  if (!std::isfinite(value)) return std::nullopt;
  char buffer[40];
  for (int precision = 15; precision <= 17; ++precision) {
    std::snprintf(buffer, sizeof buffer, "%.*g", precision, value);
    if (std::strtod(buffer, nullptr) == value) break;
  }
  return parse(buffer);
}

std::string Number::text() const {
  u128 value = coefficient();
  if (value == 0) return "0";
  int power = exponent_;
  while (power < 0 && value % 10 == 0) {
    value /= 10;
    ++power;
  }
  char digits[40];
  int count = 0;
  for (u128 rest = value; rest != 0; rest /= 10) {
    digits[count++] = static_cast<char>('0' + static_cast<int>(rest % 10));
  }
  std::reverse(digits, digits + count);
  std::string out = negative_ ? "-" : "";
  if (power > 60 - count || power < -60) {
    out.append(digits, 1);
    if (count > 1) out.append(".").append(digits + 1, static_cast<std::size_t>(count - 1));
    return out + "E" + std::to_string(power + count - 1);
  }
  if (power >= 0) {
    return out.append(digits, static_cast<std::size_t>(count))
        .append(static_cast<std::size_t>(power), '0');
  }
  if (-power >= count) {
    return out.append("0.")
        .append(static_cast<std::size_t>(-power - count), '0')
        .append(digits, static_cast<std::size_t>(count));
  }
  return out.append(digits, static_cast<std::size_t>(count + power))
      .append(".")
      .append(digits + count + power, static_cast<std::size_t>(-power));
}

double Number::to_double() const { return std::strtod(text().c_str(), nullptr); }

bool Number::is_integer() const {
  if (exponent_ >= 0) return true;
  if (exponent_ < -38) return is_zero();
  return coefficient() % kPowers.of[-exponent_] == 0;
}

std::optional<std::int64_t> Number::truncated() const {
  u128 value = coefficient();
  if (value == 0) return 0;
  if (exponent_ < 0) {
    value = exponent_ < -38 ? 0 : value / kPowers.of[-exponent_];
  } else if (exponent_ > 0) {
    if (exponent_ > 18 || value > kPowers.of[19]) return std::nullopt;
    value *= kPowers.of[exponent_];
  }
  if (value > static_cast<u128>(INT64_MAX)) return std::nullopt;
  const auto out = static_cast<std::int64_t>(value);
  return negative_ ? -out : out;
}

std::optional<std::int64_t> Number::to_integer() const {
  if (!is_integer()) return std::nullopt;
  return truncated();
}

Number Number::negated() const {
  Number out = *this;
  out.negative_ = !negative_ && !is_zero();
  return out;
}

MaybeNumber add(const Number& a, const Number& b) { return add_signed(a, b, b.sign()); }
MaybeNumber subtract(const Number& a, const Number& b) { return add_signed(a, b, !b.sign()); }

MaybeNumber multiply(const Number& a, const Number& b) {
  const u128 left = a.coefficient();
  const u128 right = b.coefficient();
  if (left == 0 || right == 0) return Number();
  if (left > ~u128{0} / right) return library_multiply(a, b);
  return finish(a.sign() != b.sign(), left * right, std::int64_t{a.exponent()} + b.exponent());
}

MaybeNumber divide(const Number& a, const Number& b) {
  if (b.is_zero()) return std::nullopt;
  if (a.is_zero()) return Number();
  if (b.high() != 0) return library_divide(a, b);
  const u128 divisor = b.coefficient();
  u128 rest = a.coefficient();
  std::int64_t exponent = std::int64_t{a.exponent()} - b.exponent();
  u128 quotient = rest / divisor;
  rest %= divisor;
  // The rest is below 2^64: eighteen more digits at a time until 35 are known.
  while (rest != 0 && quotient < kPowers.of[kDigits]) {
    const int step = std::min(18, 38 - digits_of(quotient));
    if (step <= 0) break;
    rest *= kPowers.of[step];
    quotient = quotient * kPowers.of[step] + rest / divisor;
    rest %= divisor;
    exponent -= step;
  }
  if (rest == 0) {  // as few digits as the exact quotient needs
    const std::int64_t ideal = std::int64_t{a.exponent()} - b.exponent();
    while (exponent < ideal && quotient % 10 == 0) {
      quotient /= 10;
      ++exponent;
    }
  }
  return finish(a.sign() != b.sign(), quotient, exponent, rest != 0);
}

MaybeNumber modulo(const Number& a, const Number& b) {
  if (b.is_zero()) return std::nullopt;
  u128 left = 0;
  u128 right = 0;
  int exponent = 0;
  if (!align(a, b, left, right, exponent)) return library_modulo(a, b);
  u128 rest = left % right;
  if (rest != 0 && a.sign() != b.sign()) rest = right - rest;
  return finish(b.sign(), rest, exponent);
}

MaybeNumber rounded(const Number& a, std::int64_t scale, Rounding how) {
  if (scale < -6111 || scale > 6176) return std::nullopt;
  if (-a.exponent() <= scale || a.is_zero()) return a;
  const std::int64_t drop = -scale - a.exponent();
  const u128 value = drop_digits(a.coefficient(),
                                 static_cast<int>(std::min<std::int64_t>(drop, 39)), a.sign(), how);
  return finish(a.sign(), value, -scale);
}

int compare(const Number& a, const Number& b) {
  if (a.exponent() == b.exponent() || a.is_zero() || b.is_zero()) {
    const u128 left = a.coefficient();
    const u128 right = b.coefficient();
    if (left == 0 && right == 0) return 0;
    if (a.negative() != b.negative()) return a.negative() ? -1 : 1;
    if (left == 0) return b.negative() ? 1 : -1;
    if (right == 0) return a.negative() ? -1 : 1;
    if (left == right) return 0;
    return (left < right) != a.negative() ? -1 : 1;
  }
  if (a.negative() != b.negative()) return a.negative() ? -1 : 1;
  u128 left = 0;
  u128 right = 0;
  int exponent = 0;
  if (align(a, b, left, right, exponent)) {
    if (left == right) return 0;
    return (left < right) != a.negative() ? -1 : 1;
  }
  const int size_a = digits_of(a.coefficient()) + a.exponent();
  const int size_b = digits_of(b.coefficient()) + b.exponent();
  if (size_a != size_b) return (size_a < size_b) != a.negative() ? -1 : 1;
  return library_compare(a, b);
}
}  // namespace hougu::feel
