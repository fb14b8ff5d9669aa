// Exact decimals for money and quantities: coefficient × 10^-scale, |coefficient| < 10^18, scale
// 0–9. (FEEL has its own 34-digit type in server/feel.) Stored as the integer coefficient at the
// field's scale, so that both databases compare and add exactly.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace hougu {

class Decimal {
 public:
  static constexpr int kMaxScale = 9;
  static constexpr std::int64_t kMaxCoefficient = 999'999'999'999'999'999;

  Decimal() = default;
  Decimal(std::int64_t coefficient, int scale) : coefficient_(coefficient), scale_(scale) {}

  // Optional sign, digits, optional point and digits: "12.50", "-0.5". No exponent, no grouping.
  static std::optional<Decimal> parse(std::string_view text);
  // With exactly scale() fraction digits: Decimal(1250, 2) is "12.50".
  std::string text() const;
  // The same value at another scale; nullopt if digits would be lost or it overflows.
  std::optional<Decimal> rescaled(int scale) const;
  // Rounded half away from zero to another scale; nullopt on overflow.
  std::optional<Decimal> rounded(int scale) const;

  std::int64_t coefficient() const { return coefficient_; }
  int scale() const { return scale_; }
  // By value: 1.0 equals 1.00.
  bool operator==(const Decimal& other) const;
  bool operator<(const Decimal& other) const;

 private:
  std::int64_t coefficient_ = 0;
  int scale_ = 0;
};
}  // namespace hougu
