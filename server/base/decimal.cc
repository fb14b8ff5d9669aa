#include "base/decimal.h"

namespace hougu {
namespace {
__extension__ using Wide = __int128;  // products of 18 digits and 10^9 need 90 bits

constexpr std::int64_t kPowers[] = {1,       10,        100,        1'000,       10'000,
                                    100'000, 1'000'000, 10'000'000, 100'000'000, 1'000'000'000};

Wide scaled_up(std::int64_t coefficient, int by) { return Wide{coefficient} * kPowers[by]; }

std::optional<Decimal> checked(Wide coefficient, int scale) {
  if (coefficient > Decimal::kMaxCoefficient || coefficient < -Wide{Decimal::kMaxCoefficient})
    return std::nullopt;
  return Decimal(static_cast<std::int64_t>(coefficient), scale);
}

bool scale_allowed(int scale) { return scale >= 0 && scale <= Decimal::kMaxScale; }
}  // namespace

std::optional<Decimal> Decimal::parse(std::string_view text) {
  std::size_t at = 0;
  const bool negative = !text.empty() && text[0] == '-';
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) ++at;
  std::int64_t coefficient = 0;
  int scale = -1;  // -1: no point yet
  int digits = 0;
  for (; at < text.size(); ++at) {
    if (text[at] == '.' && scale < 0 && digits > 0) {
      scale = 0;
      continue;
    }
    if (text[at] < '0' || text[at] > '9') return std::nullopt;
    if (coefficient > (kMaxCoefficient - (text[at] - '0')) / 10) return std::nullopt;
    coefficient = coefficient * 10 + (text[at] - '0');
    ++digits;
    if (scale >= 0 && ++scale > kMaxScale) return std::nullopt;
  }
  if (digits == 0 || scale == 0) return std::nullopt;
  return Decimal(negative ? -coefficient : coefficient, scale < 0 ? 0 : scale);
}

std::string Decimal::text() const {
  auto out = std::to_string(coefficient_ < 0 ? -coefficient_ : coefficient_);
  if (scale_ > 0) {
    const auto scale = static_cast<std::size_t>(scale_);
    if (out.size() <= scale) out.insert(0, scale + 1 - out.size(), '0');
    out.insert(out.size() - scale, 1, '.');
  }
  if (coefficient_ < 0) out.insert(0, 1, '-');
  return out;
}

std::optional<Decimal> Decimal::rescaled(int scale) const {
  if (!scale_allowed(scale) || !scale_allowed(scale_)) return std::nullopt;
  if (scale >= scale_) return checked(scaled_up(coefficient_, scale - scale_), scale);
  const auto power = kPowers[scale_ - scale];
  if (coefficient_ % power != 0) return std::nullopt;
  return Decimal(coefficient_ / power, scale);
}

std::optional<Decimal> Decimal::rounded(int scale) const {
  if (!scale_allowed(scale) || !scale_allowed(scale_)) return std::nullopt;
  if (scale >= scale_) return rescaled(scale);
  const auto power = kPowers[scale_ - scale];
  const auto half = power / 2;
  return checked((Wide{coefficient_} + (coefficient_ < 0 ? -half : half)) / power, scale);
}

bool Decimal::operator==(const Decimal& other) const {
  return scaled_up(coefficient_, kMaxScale - scale_) ==
         scaled_up(other.coefficient_, kMaxScale - other.scale_);
}

bool Decimal::operator<(const Decimal& other) const {
  return scaled_up(coefficient_, kMaxScale - scale_) <
         scaled_up(other.coefficient_, kMaxScale - other.scale_);
}
}  // namespace hougu
