#include "schema/fields/integer_like.h"

namespace hougu::schema {
namespace {
constexpr std::int64_t kHundredYears = 3'155'760'000;  // seconds

class DurationField final : public IntegerLike {
 public:
  std::string_view name() const override { return "duration"; }
  std::span<const Setting> settings() const override {
    static constexpr Setting kSettings[] = {
        {"min", Setting::Kind::kInteger, false, -kHundredYears, kHundredYears},
        {"max", Setting::Kind::kInteger, false, -kHundredYears, kHundredYears}};
    return kSettings;
  }

 protected:
  std::int64_t lowest(const FieldDefinition& field) const override {
    return setting(field, "min", 0);
  }
  std::int64_t highest(const FieldDefinition& field) const override {
    return setting(field, "max", kHundredYears);
  }
};
}  // namespace

const FieldType& duration_field() {
  static const DurationField kType;
  return kType;
}
}  // namespace hougu::schema
