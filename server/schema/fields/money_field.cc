#include "schema/fields/decimal_like.h"

namespace hougu::schema {
namespace {
class MoneyField final : public DecimalLike {
 public:
  std::string_view name() const override { return "money"; }
  std::span<const Setting> settings() const override {
    static constexpr Setting kSettings[] = {
        {"scale", Setting::Kind::kInteger, false, 0, 4},
        {"min", Setting::Kind::kDecimal},
        {"max", Setting::Kind::kDecimal},
        {"currency", Setting::Kind::kOneOf, false, 0, 0,
         "CNY USD EUR GBP JPY HKD MOP TWD KRW SGD THB VND MYR IDR INR AUD CAD CHF RUB AED"}};
    return kSettings;
  }
};
}  // namespace

const FieldType& money_field() {
  static const MoneyField kType;
  return kType;
}
}  // namespace hougu::schema
