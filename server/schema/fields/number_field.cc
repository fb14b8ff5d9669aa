#include "schema/fields/decimal_like.h"

namespace hougu::schema {
namespace {
class NumberField final : public DecimalLike {
 public:
  std::string_view name() const override { return "number"; }
  std::span<const Setting> settings() const override {
    static constexpr Setting kSettings[] = {
        {"scale", Setting::Kind::kInteger, false, 0, Decimal::kMaxScale},
        {"min", Setting::Kind::kDecimal},
        {"max", Setting::Kind::kDecimal},
        {"unit", Setting::Kind::kText}};
    return kSettings;
  }
};
}  // namespace

const FieldType& number_field() {
  static const NumberField kType;
  return kType;
}
}  // namespace hougu::schema
