#include "schema/fields/choices.h"

namespace hougu::schema {
namespace {
class SingleChoiceField final : public FieldType {
 public:
  std::string_view name() const override { return "single_choice"; }
  std::span<const Setting> settings() const override {
    static constexpr Setting kSettings[] = {{"choices", Setting::Kind::kChoices, true}};
    return kSettings;
  }
  std::span<const ColumnSpec> columns() const override {
    static constexpr ColumnSpec kColumns[] = {{"", store::ColumnType::kText}};
    return kColumns;
  }
  void parse(const FieldDefinition& field, const json::value& in, Parsing& out) const override {
    if (!in.is_string()) return out.fault("field.type");
    const std::string_view value = in.as_string();
    const auto* choice = find_choice(field, value);
    if (choice == nullptr) return out.fault("field.choice");
    const bool kept = out.before != nullptr && out.before->is_string() &&
                      std::string_view(out.before->as_string()) == value;
    if (choice->archived && !kept) return out.fault("field.choice_archived");
    out.cells[0] = std::string_view(choice->value);  // lives as long as the definition
  }
  json::value present(const FieldDefinition&, std::span<const Cell> cells) const override {
    return json_text(cell_text(cells[0]));
  }
  json::value masked(const FieldDefinition&, const json::value&) const override { return nullptr; }
  void search_texts(const FieldDefinition& field, const json::value& api,
                    std::vector<std::string>& out) const override {
    if (!api.is_string()) return;
    if (const auto* choice = find_choice(field, std::string_view(api.as_string()))) {
      out.push_back(choice->label.zh);
      if (choice->label.en != choice->label.zh) out.push_back(choice->label.en);
    }
  }
  OperatorSet operators(const FieldDefinition&) const override { return kEqualityOperators; }
  std::string to_text(const FieldDefinition& field, const json::value& api,
                      const CellText& how) const override {
    if (!api.is_string()) return {};
    const std::string_view value = api.as_string();
    const auto* choice = find_choice(field, value);
    return choice ? choice->label.in(how.locale) : std::string(value);
  }
  Result<json::value> from_text(const FieldDefinition& field, std::string_view text,
                                const CellText&) const override {
    const auto* choice = meant_choice(field, text);
    if (choice == nullptr) return invalid("field.choice");
    return json::value(json_text(choice->value));
  }
  json::object schema(const FieldDefinition& field) const override {
    return {{"type", "string"}, {"enum", choice_values(field)}};
  }
};
}  // namespace

const FieldType& single_choice_field() {
  static const SingleChoiceField kType;
  return kType;
}
}  // namespace hougu::schema
