#include "schema/fields/reference_like.h"

namespace hougu::schema {
namespace {
class RelationField final : public ReferenceLike {
 public:
  std::string_view name() const override { return "relation"; }
  Reference reference() const override { return Reference::kRecord; }
  std::span<const Setting> settings() const override {
    static constexpr Setting kSettings[] = {
        {"entity", Setting::Kind::kEntity, true},
        {"on_delete", Setting::Kind::kOneOf, false, 0, 0, "refuse clear"}};
    return kSettings;
  }
  void check(const FieldDefinition& field, const std::string& path,
             std::vector<FieldError>& faults) const override {
    if (field.required && setting_text(field, "on_delete") == "clear")
      faults.push_back({path + ".on_delete", "definition.required_cannot_clear"});
  }
};
}  // namespace

const FieldType& relation_field() {
  static const RelationField kType;
  return kType;
}
}  // namespace hougu::schema
