#include "base/clock.h"
#include "schema/calendar.h"
#include "schema/fields/field_type.h"
#include "schema/fields/typed_dates.h"

namespace hougu::schema {
namespace {

constexpr Millis kFirst = -30'610'224'000'000;  // 1000-01-01
constexpr Millis kLast = 253'402'300'799'999;   // the end of 9999

bool moment(const json::value& in, Millis& out) {
  return in.is_string() && parse_rfc3339(std::string_view(in.as_string()), out) && out >= kFirst &&
         out <= kLast;
}

class DateTimeField final : public FieldType {
 public:
  std::string_view name() const override { return "date_time"; }
  std::span<const ColumnSpec> columns() const override {
    static constexpr ColumnSpec kColumns[] = {{"", store::ColumnType::kInteger}};
    return kColumns;
  }
  void parse(const FieldDefinition&, const json::value& in, Parsing& out) const override {
    if (!in.is_string()) return out.fault("field.type");
    Millis time = 0;
    if (!moment(in, time)) return out.fault("field.date_time");
    out.cells[0] = time;
  }
  json::value present(const FieldDefinition&, std::span<const Cell> cells) const override {
    return json_text(format_utc(std::get<std::int64_t>(cells[0])));
  }
  json::value masked(const FieldDefinition&, const json::value&) const override { return nullptr; }
  void search_texts(const FieldDefinition&, const json::value&,
                    std::vector<std::string>&) const override {}
  OperatorSet operators(const FieldDefinition&) const override {
    return kEqualityOperators | kOrderOperators;
  }
  bool operand(const FieldDefinition&, const json::value& in, Cell& out,
               std::deque<std::string>&) const override {
    Millis time = 0;
    if (!moment(in, time)) return false;
    out = time;
    return true;
  }
  std::string to_text(const FieldDefinition&, const json::value& api,
                      const CellText& how) const override {
    Millis time = 0;
    if (!moment(api, time)) return {};
    const auto zone = Zone::named(how.time_zone.empty() ? "UTC" : how.time_zone);
    return (zone.ok() ? zone.value() : Zone()).local_text(time, true);
  }
  // A time with an offset counts as it is, others in the time zone of the caller.
  Result<json::value> from_text(const FieldDefinition&, std::string_view text,
                                const CellText& how) const override {
    Millis time = 0;
    if (!parse_rfc3339(text, time)) {
      const auto typed = read_typed_date(text);
      if (!typed) return invalid("field.date_time");
      HOUGU_TRY(const Zone zone, Zone::named(how.time_zone.empty() ? "UTC" : how.time_zone));
      time = zone.at(typed->day, typed->hour, typed->minute, typed->second);
    }
    return json::value(json_text(format_utc(time)));
  }
  json::object schema(const FieldDefinition&) const override {
    return {{"type", "string"}, {"format", "date-time"}};
  }
};
}  // namespace

const FieldType& date_time_field() {
  static const DateTimeField kType;
  return kType;
}
}  // namespace hougu::schema
