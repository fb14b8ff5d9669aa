#include "schema/fields/integer_like.h"

namespace hougu::schema {
namespace {
class IntegerField final : public IntegerLike {
 public:
  std::string_view name() const override { return "integer"; }
  std::span<const Setting> settings() const override {
    static constexpr Setting kSettings[] = {
        {"min", Setting::Kind::kInteger, false, -kLargestInteger, kLargestInteger},
        {"max", Setting::Kind::kInteger, false, -kLargestInteger, kLargestInteger},
        {"unit", Setting::Kind::kText}};
    return kSettings;
  }
  bool unique_allowed() const override { return true; }
};
}  // namespace

const FieldType& integer_field() {
  static const IntegerField kType;
  return kType;
}
}  // namespace hougu::schema
