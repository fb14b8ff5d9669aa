#include "schema/fields/integer_like.h"

namespace hougu::schema {
namespace {
class RatingField final : public IntegerLike {
 public:
  std::string_view name() const override { return "rating"; }
  std::span<const Setting> settings() const override {
    static constexpr Setting kSettings[] = {{"max", Setting::Kind::kInteger, false, 2, 10}};
    return kSettings;
  }

 protected:
  std::int64_t lowest(const FieldDefinition&) const override { return 1; }
  std::int64_t highest(const FieldDefinition& field) const override {
    return setting(field, "max", 5);
  }
};
}  // namespace

const FieldType& rating_field() {
  static const RatingField kType;
  return kType;
}
}  // namespace hougu::schema
