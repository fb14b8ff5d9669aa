// What number and money have in common: a decimal at a fixed scale in an integer column.
#pragma once

#include "base/decimal.h"
#include "schema/fields/field_type.h"

namespace hougu::schema {

class DecimalLike : public FieldType {
 public:
  std::span<const ColumnSpec> columns() const override;
  void check(const FieldDefinition& field, const std::string& path,
             std::vector<FieldError>& faults) const override;
  void parse(const FieldDefinition& field, const json::value& in, Parsing& out) const override;
  json::value present(const FieldDefinition& field, std::span<const Cell> cells) const override;
  void search_texts(const FieldDefinition&, const json::value&,
                    std::vector<std::string>&) const override {}
  OperatorSet operators(const FieldDefinition&) const override {
    return kEqualityOperators | kOrderOperators;
  }
  bool operand(const FieldDefinition& field, const json::value& in, Cell& out,
               std::deque<std::string>& texts) const override;
  Result<json::value> from_text(const FieldDefinition&, std::string_view text,
                                const CellText&) const override;
  json::object schema(const FieldDefinition& field) const override;
};

// A decimal from a string or a JSON number that is exact: integers, and doubles whose shortest
// decimal form has no exponent.
std::optional<Decimal> decimal_from(const json::value& in);
// "1,234.50", "1234.5", also with full-width characters and a currency sign in front; "" when it
// isn't a number.
std::string plain_number(std::string_view text);
}  // namespace hougu::schema
