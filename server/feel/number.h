// FEEL's numbers: IEEE 754-2008 decimal128 values (34 digits, half-even), never doubles. The short
// operations are done here on 128-bit integers; the rest, and the transcendental functions, by
// decNumber. A result that is not a finite number (division by zero, overflow) is nullopt.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hougu::feel {

__extension__ typedef unsigned __int128 u128;
__extension__ typedef __int128 i128;

enum class Rounding { kHalfEven, kHalfUp, kHalfDown, kUp, kDown, kFloor, kCeiling };

// Value = (negative ? -1 : 1) × coefficient × 10^exponent with coefficient < 10^34.
class Number {
 public:
  constexpr Number() = default;
  constexpr Number(std::int64_t value)  // NOLINT: whole numbers are numbers
      : low_(value < 0 ? 0 - static_cast<std::uint64_t>(value) : static_cast<std::uint64_t>(value)),
        negative_(value < 0) {}
  // Rounds a longer coefficient; nullopt when the exponent leaves decimal128.
  static std::optional<Number> make(bool negative, u128 coefficient, std::int64_t exponent);
  // Digits with an optional sign, point and exponent ("-1.5e3", ".5"); nullopt otherwise.
  static std::optional<Number> parse(std::string_view text);
  static std::optional<Number> from_double(double value);

  // Plain digits without an exponent or trailing zeros of the fraction ("12.5", "-0.01"); beyond
  // 60 characters in scientific form.
  std::string text() const;
  double to_double() const;
  // The whole number, when it is one and fits.
  std::optional<std::int64_t> to_integer() const;
  // Whole part towards zero; nullopt when it does not fit.
  std::optional<std::int64_t> truncated() const;
  bool is_integer() const;
  bool is_zero() const { return low_ == 0 && high_ == 0; }
  bool negative() const { return negative_ && !is_zero(); }
  u128 coefficient() const { return (static_cast<u128>(high_) << 64) | low_; }
  int exponent() const { return exponent_; }
  Number negated() const;

  std::uint64_t low() const { return low_; }
  std::uint64_t high() const { return high_; }
  bool sign() const { return negative_; }
  static constexpr Number raw(std::uint64_t low, std::uint64_t high, int exponent, bool negative) {
    Number out;
    out.low_ = low;
    out.high_ = high;
    out.exponent_ = exponent;
    out.negative_ = negative;
    return out;
  }

 private:
  std::uint64_t low_ = 0;
  std::uint64_t high_ = 0;
  int exponent_ = 0;
  bool negative_ = false;
};

using MaybeNumber = std::optional<Number>;
MaybeNumber add(const Number& a, const Number& b);
MaybeNumber subtract(const Number& a, const Number& b);
MaybeNumber multiply(const Number& a, const Number& b);
MaybeNumber divide(const Number& a, const Number& b);
MaybeNumber power(const Number& a, const Number& b);
// Sign of the divisor, as FEEL's modulo: a - b * floor(a / b).
MaybeNumber modulo(const Number& a, const Number& b);
MaybeNumber square_root(const Number& a);
MaybeNumber exponential(const Number& a);
MaybeNumber natural_log(const Number& a);
// At `scale` digits behind the point; -6111 <= scale <= 6176.
MaybeNumber rounded(const Number& a, std::int64_t scale, Rounding how);
// -1, 0, 1; by value: 1.0 equals 1.00.
int compare(const Number& a, const Number& b);
inline bool operator==(const Number& a, const Number& b) { return compare(a, b) == 0; }
inline bool operator<(const Number& a, const Number& b) { return compare(a, b) < 0; }
}  // namespace hougu::feel
