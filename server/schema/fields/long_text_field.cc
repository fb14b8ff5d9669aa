#include "schema/fields/text_like.h"

namespace hougu::schema {
namespace {
class LongTextField final : public TextLike {
 public:
  std::string_view name() const override { return "long_text"; }
  std::span<const Setting> settings() const override {
    static constexpr Setting kSettings[] = {
        {"max_length", Setting::Kind::kInteger, false, 1, kLongestText}};
    return kSettings;
  }
  OperatorSet operators(const FieldDefinition&) const override {
    return kPresenceOperators | kTextOperators;
  }
  bool sortable() const override { return false; }

 protected:
  std::int64_t default_length() const override { return 20'000; }
  bool clean(const FieldDefinition&, std::string& text, Parsing&) const override {
    text = several_lines(text);
    return true;
  }
};
}  // namespace

const FieldType& long_text_field() {
  static const LongTextField kType;
  return kType;
}
}  // namespace hougu::schema
