#include <algorithm>

#include "base/text.h"
#include "schema/fields/choices.h"

namespace hougu::schema {
namespace {

bool holds(const json::value* array, std::string_view value) {
  if (array == nullptr || !array->is_array()) return false;
  for (const auto& element : array->get_array())
    if (element.is_string() && std::string_view(element.get_string()) == value) return true;
  return false;
}

class MultipleChoiceField final : public FieldType {
 public:
  std::string_view name() const override { return "multiple_choice"; }
  std::span<const Setting> settings() const override {
    static constexpr Setting kSettings[] = {{"choices", Setting::Kind::kChoices, true}};
    return kSettings;
  }
  std::span<const ColumnSpec> columns() const override {
    static constexpr ColumnSpec kColumns[] = {{"", store::ColumnType::kJson}};
    return kColumns;
  }
  bool sortable() const override { return false; }
  bool array() const override { return true; }

  void parse(const FieldDefinition& field, const json::value& in, Parsing& out) const override {
    if (!in.is_array()) return out.fault("field.type");
    json::array values;
    const auto& array = in.get_array();
    for (std::size_t i = 0; i < array.size(); ++i) {
      if (!array[i].is_string()) return out.fault("field.type");
      const std::string_view value = array[i].get_string();
      const auto* choice = find_choice(field, value);
      if (choice == nullptr) return out.fault("field.choice");
      if (choice->archived && !holds(out.before, value)) return out.fault("field.choice_archived");
      // at most as many as there are choices: repeats are dropped
      if (std::find(values.begin(), values.end(), array[i]) == values.end())
        values.push_back(array[i]);
    }
    if (!values.empty()) out.cells[0] = out.keep(json::serialize(values));
  }
  json::value present(const FieldDefinition&, std::span<const Cell> cells) const override {
    auto parsed = parse_json(cell_text(cells[0]));
    return parsed.ok() ? std::move(parsed).value() : json::value(nullptr);
  }
  json::value masked(const FieldDefinition&, const json::value&) const override { return nullptr; }
  void search_texts(const FieldDefinition& field, const json::value& api,
                    std::vector<std::string>& out) const override {
    if (!api.is_array()) return;
    for (const auto& choice : field.choices)
      if (holds(&api, choice.value)) out.push_back(choice.label.zh);
  }
  OperatorSet operators(const FieldDefinition&) const override {
    return kPresenceOperators | bit(Operator::kContains);
  }
  std::string to_text(const FieldDefinition& field, const json::value& api,
                      const CellText& how) const override {
    std::string out;
    for (const auto& choice : field.choices) {
      if (!holds(&api, choice.value)) continue;
      if (!out.empty()) out += "; ";
      out += choice.label.in(how.locale);
    }
    return out;
  }
  // Separated by semicolons, commas, the Chinese ones of both, or enumeration commas.
  Result<json::value> from_text(const FieldDefinition& field, std::string_view text,
                                const CellText&) const override {
    std::string plain;
    for (std::size_t at = 0; at < text.size();) {
      const char32_t c = next_code_point(text, at);
      const bool separates = c == U';' || c == U',' || c == U'\uff1b' || c == U'\uff0c' ||
                             c == U'\u3001' || c == U'\n';
      append_code_point(plain, separates ? U'\n' : c);
    }
    json::array values;
    for (const auto part : split(plain, '\n')) {
      if (trimmed(part).empty()) continue;
      const auto* choice = meant_choice(field, trimmed(part));
      if (choice == nullptr) return invalid("field.choice");
      values.emplace_back(json_text(choice->value));
    }
    return json::value(std::move(values));
  }
  json::object schema(const FieldDefinition& field) const override {
    return {{"type", "array"},
            {"items", json::object{{"type", "string"}, {"enum", choice_values(field)}}}};
  }
};
}  // namespace

const FieldType& multiple_choice_field() {
  static const MultipleChoiceField kType;
  return kType;
}
}  // namespace hougu::schema
