#include "schema/calendar.h"
#include "schema/fields/field_type.h"
#include "schema/fields/typed_dates.h"

namespace hougu::schema {
namespace {

// A limit as ISO text, which compares as days do; "" when there is none or it can't be known.
std::string limit(const FieldDefinition& field, std::string_view name, std::string_view today) {
  const auto text = setting_text(field, name);
  if (text.empty() || text[0] != '$') return std::string(text);
  const auto day = parse_day(today);
  if (!day) return {};
  const auto relative = relative_day(text, *day);
  return relative ? day_text(*relative) : std::string();
}

class DateField final : public FieldType {
 public:
  std::string_view name() const override { return "date"; }
  std::span<const Setting> settings() const override {
    static constexpr Setting kSettings[] = {{"min", Setting::Kind::kDate},
                                            {"max", Setting::Kind::kDate}};
    return kSettings;
  }
  void check(const FieldDefinition& field, const std::string& path,
             std::vector<FieldError>& faults) const override {
    const auto low = setting_text(field, "min"), high = setting_text(field, "max");
    if (parse_day(low) && parse_day(high) && low > high)
      faults.push_back({path + ".min", "definition.min_above_max"});
  }
  std::span<const ColumnSpec> columns() const override {
    static constexpr ColumnSpec kColumns[] = {{"", store::ColumnType::kText}};
    return kColumns;
  }
  void parse(const FieldDefinition& field, const json::value& in, Parsing& out) const override {
    if (!in.is_string()) return out.fault("field.type");
    const std::string_view text = in.as_string();
    if (!parse_day(text)) return out.fault("field.date");
    if (const auto low = limit(field, "min", out.today); !low.empty() && text < low)
      return out.fault("field.min", {{"min", low}});
    if (const auto high = limit(field, "max", out.today); !high.empty() && text > high)
      return out.fault("field.max", {{"max", high}});
    out.cells[0] = out.keep(std::string(text));
  }
  json::value present(const FieldDefinition&, std::span<const Cell> cells) const override {
    return json_text(cell_text(cells[0]));
  }
  json::value masked(const FieldDefinition&, const json::value&) const override { return nullptr; }
  void search_texts(const FieldDefinition&, const json::value&,
                    std::vector<std::string>&) const override {}
  OperatorSet operators(const FieldDefinition&) const override {
    return kEqualityOperators | kOrderOperators;
  }
  bool operand(const FieldDefinition&, const json::value& in, Cell& out,
               std::deque<std::string>& texts) const override {
    if (!in.is_string() || !parse_day(std::string_view(in.as_string()))) return false;
    out = std::string_view(texts.emplace_back(in.as_string()));
    return true;
  }
  Result<json::value> from_text(const FieldDefinition&, std::string_view text,
                                const CellText&) const override {
    const auto typed = read_typed_date(text);
    if (!typed) return invalid("field.date");
    return json::value(json_text(day_text(typed->day)));
  }
  json::object schema(const FieldDefinition&) const override {
    return {{"type", "string"}, {"format", "date"}};
  }
};
}  // namespace

const FieldType& date_field() {
  static const DateField kType;
  return kType;
}
}  // namespace hougu::schema
