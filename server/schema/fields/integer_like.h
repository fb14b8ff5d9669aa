// What integer, duration and rating have in common: a JSON integer in an integer column.
#pragma once

#include "schema/fields/field_type.h"

namespace hougu::schema {

// Larger ones would lose digits in the pages, whose numbers are doubles.
inline constexpr std::int64_t kLargestInteger = 9'007'199'254'740'991;

class IntegerLike : public FieldType {
 public:
  std::span<const ColumnSpec> columns() const override;
  void check(const FieldDefinition& field, const std::string& path,
             std::vector<FieldError>& faults) const override;
  void parse(const FieldDefinition& field, const json::value& in, Parsing& out) const override;
  json::value present(const FieldDefinition&, std::span<const Cell> cells) const override;
  OperatorSet operators(const FieldDefinition&) const override {
    return kEqualityOperators | kOrderOperators;
  }
  bool operand(const FieldDefinition&, const json::value& in, Cell& out,
               std::deque<std::string>&) const override;
  Result<json::value> from_text(const FieldDefinition&, std::string_view text,
                                const CellText&) const override;
  json::object schema(const FieldDefinition& field) const override;

 protected:
  virtual std::int64_t lowest(const FieldDefinition& field) const {
    return setting(field, "min", -kLargestInteger);
  }
  virtual std::int64_t highest(const FieldDefinition& field) const {
    return setting(field, "max", kLargestInteger);
  }
};

// A JSON number that is a whole number within ±kLargestInteger.
std::optional<std::int64_t> integer_from(const json::value& in);
}  // namespace hougu::schema
