#include "schema/fields/decimal_like.h"

#include <charconv>
#include <cmath>

#include "base/text.h"

namespace hougu::schema {
namespace {
int scale_of(const FieldDefinition& field) { return static_cast<int>(setting(field, "scale", 2)); }

std::optional<Decimal> limit(const FieldDefinition& field, std::string_view name) {
  const auto* value = find(field.settings, name);
  return value ? decimal_from(*value) : std::nullopt;
}
}  // namespace

std::optional<Decimal> decimal_from(const json::value& in) {
  if (in.is_string()) return Decimal::parse(std::string_view(in.as_string()));
  if (in.is_int64()) return Decimal::parse(std::to_string(in.as_int64()));
  if (in.is_uint64()) return Decimal::parse(std::to_string(in.as_uint64()));
  if (!in.is_double() || !std::isfinite(in.as_double())) return std::nullopt;
  char buffer[400];
  const auto end =
      std::to_chars(buffer, buffer + sizeof buffer, in.as_double(), std::chars_format::fixed);
  if (end.ec != std::errc()) return std::nullopt;
  return Decimal::parse(std::string_view(buffer, static_cast<std::size_t>(end.ptr - buffer)));
}

std::string plain_number(std::string_view text) {
  std::string out;
  bool digit = false;
  const std::string normal = nfkc(text);
  std::size_t at = 0;
  while (at < normal.size()) {
    const char32_t c = next_code_point(normal, at);
    if (c == U',' || c == U' ') {
      if (!digit && c == U',') return {};
    } else if (c == U'\u00a5' || c == U'$') {
      if (digit) return {};
    } else if ((c >= U'0' && c <= U'9') || c == U'.' || c == U'-' || c == U'+') {
      digit = digit || (c >= U'0' && c <= U'9');
      if (c != U'+') out += static_cast<char>(c);
    } else {
      return {};
    }
  }
  return digit ? out : std::string();
}

std::span<const ColumnSpec> DecimalLike::columns() const {
  static constexpr ColumnSpec kColumns[] = {{"", store::ColumnType::kInteger}};
  return kColumns;
}

void DecimalLike::check(const FieldDefinition& field, const std::string& path,
                        std::vector<FieldError>& faults) const {
  const auto low = limit(field, "min"), high = limit(field, "max");
  if (low && high && *high < *low) faults.push_back({path + ".min", "definition.min_above_max"});
}

void DecimalLike::parse(const FieldDefinition& field, const json::value& in, Parsing& out) const {
  const bool kind = in.is_string() || in.is_number();
  const auto value = decimal_from(in);
  if (!value) return out.fault(kind ? "field.number" : "field.type");
  const auto scaled = value->rescaled(scale_of(field));
  if (!scaled) {
    const bool digits_lost = value->rounded(scale_of(field)).has_value();
    if (!digits_lost) return out.fault("field.number_too_large");
    return out.fault("field.scale", {{"scale", std::to_string(scale_of(field))}});
  }
  if (const auto low = limit(field, "min"); low && *scaled < *low)
    return out.fault("field.min", {{"min", low->text()}});
  if (const auto high = limit(field, "max"); high && *high < *scaled)
    return out.fault("field.max", {{"max", high->text()}});
  out.cells[0] = scaled->coefficient();
}

json::value DecimalLike::present(const FieldDefinition& field, std::span<const Cell> cells) const {
  return json_text(Decimal(std::get<std::int64_t>(cells[0]), scale_of(field)).text());
}

bool DecimalLike::operand(const FieldDefinition& field, const json::value& in, Cell& out,
                          std::deque<std::string>&) const {
  const auto value = decimal_from(in);
  if (!value) return false;
  const auto scaled = value->rescaled(scale_of(field));
  if (!scaled) return false;
  out = scaled->coefficient();
  return true;
}

Result<json::value> DecimalLike::from_text(const FieldDefinition&, std::string_view text,
                                           const CellText&) const {
  const auto plain = plain_number(text);
  if (plain.empty()) return invalid("field.number");
  return json::value(json_text(plain));
}

json::object DecimalLike::schema(const FieldDefinition& field) const {
  return {{"type", "string"},
          {"pattern", scale_of(field) > 0
                          ? "^-?[0-9]+\\.[0-9]{" + std::to_string(scale_of(field)) + "}$"
                          : std::string("^-?[0-9]+$")}};
}
}  // namespace hougu::schema
