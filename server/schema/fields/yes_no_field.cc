#include <array>

#include "base/text.h"
#include "schema/fields/field_type.h"

namespace hougu::schema {
namespace {
class YesNoField final : public FieldType {
 public:
  std::string_view name() const override { return "yes_no"; }
  std::span<const ColumnSpec> columns() const override {
    static constexpr ColumnSpec kColumns[] = {{"", store::ColumnType::kBoolean}};
    return kColumns;
  }
  void parse(const FieldDefinition&, const json::value& in, Parsing& out) const override {
    if (!in.is_bool()) return out.fault("field.type");
    out.cells[0] = in.as_bool();
  }
  json::value present(const FieldDefinition&, std::span<const Cell> cells) const override {
    return std::get<bool>(cells[0]);
  }
  OperatorSet operators(const FieldDefinition&) const override { return kEqualityOperators; }
  bool operand(const FieldDefinition&, const json::value& in, Cell& out,
               std::deque<std::string>&) const override {
    if (!in.is_bool()) return false;
    out = in.as_bool();
    return true;
  }
  std::string to_text(const FieldDefinition&, const json::value& api,
                      const CellText& how) const override {
    if (!api.is_bool()) return {};
    return std::string(api.as_bool() ? how.yes : how.no);
  }
  // The words of the caller's language, and what spreadsheets of all kinds write.
  Result<json::value> from_text(const FieldDefinition&, std::string_view text,
                                const CellText& how) const override {
    static constexpr std::array<std::string_view, 7> kYes = {"1", "y",      "yes",   "true",
                                                             "t", "\u662f", "\u221a"};
    static constexpr std::array<std::string_view, 7> kNo = {"0", "n",      "no",    "false",
                                                            "f", "\u5426", "\u00d7"};
    const auto word = folded(text);
    for (const auto yes : kYes)
      if (word == yes) return json::value(true);
    for (const auto no : kNo)
      if (word == no) return json::value(false);
    if (word == folded(how.yes)) return json::value(true);
    if (word == folded(how.no)) return json::value(false);
    return invalid("field.yes_no");
  }
  json::object schema(const FieldDefinition&) const override { return {{"type", "boolean"}}; }
};
}  // namespace

const FieldType& yes_no_field() {
  static const YesNoField kType;
  return kType;
}
}  // namespace hougu::schema
