#include "schema/fields/integer_like.h"

#include <charconv>
#include <cmath>

#include "schema/fields/decimal_like.h"

namespace hougu::schema {

std::optional<std::int64_t> integer_from(const json::value& in) {
  std::int64_t value = 0;
  if (in.is_int64()) {
    value = in.as_int64();
  } else if (in.is_double() && std::abs(in.as_double()) <= double{kLargestInteger} &&
             std::trunc(in.as_double()) == in.as_double()) {
    value = static_cast<std::int64_t>(in.as_double());
  } else {
    return std::nullopt;
  }
  if (value < -kLargestInteger || value > kLargestInteger) return std::nullopt;
  return value;
}

std::span<const ColumnSpec> IntegerLike::columns() const {
  static constexpr ColumnSpec kColumns[] = {{"", store::ColumnType::kInteger}};
  return kColumns;
}

void IntegerLike::check(const FieldDefinition& field, const std::string& path,
                        std::vector<FieldError>& faults) const {
  if (lowest(field) > highest(field)) faults.push_back({path + ".min", "definition.min_above_max"});
}

void IntegerLike::parse(const FieldDefinition& field, const json::value& in, Parsing& out) const {
  if (!in.is_number()) return out.fault("field.type");
  const auto value = integer_from(in);
  if (!value) return out.fault("field.integer");
  if (*value < lowest(field))
    return out.fault("field.min", {{"min", std::to_string(lowest(field))}});
  if (*value > highest(field))
    return out.fault("field.max", {{"max", std::to_string(highest(field))}});
  out.cells[0] = *value;
}

json::value IntegerLike::present(const FieldDefinition&, std::span<const Cell> cells) const {
  return std::get<std::int64_t>(cells[0]);
}

bool IntegerLike::operand(const FieldDefinition&, const json::value& in, Cell& out,
                          std::deque<std::string>&) const {
  const auto value = integer_from(in);
  if (!value) return false;
  out = *value;
  return true;
}

Result<json::value> IntegerLike::from_text(const FieldDefinition&, std::string_view text,
                                           const CellText&) const {
  auto plain = plain_number(text);
  // spreadsheets like to write 5 as 5.0
  if (const auto point = plain.find('.'); point != std::string::npos) {
    if (plain.find_first_not_of('0', point + 1) != std::string::npos)
      return invalid("field.integer");
    plain.resize(point);
  }
  std::int64_t value = 0;
  const auto end = std::from_chars(plain.data(), plain.data() + plain.size(), value);
  if (plain.empty() || end.ec != std::errc() || end.ptr != plain.data() + plain.size())
    return invalid("field.integer");
  return json::value(value);
}

json::object IntegerLike::schema(const FieldDefinition& field) const {
  return {{"type", "integer"}, {"minimum", lowest(field)}, {"maximum", highest(field)}};
}
}  // namespace hougu::schema
