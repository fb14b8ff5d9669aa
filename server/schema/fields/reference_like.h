// What user, team and relation have in common: one id in one column.
#pragma once

#include "schema/fields/field_type.h"

namespace hougu::schema {

class ReferenceLike : public FieldType {
 public:
  std::span<const ColumnSpec> columns() const override;
  void parse(const FieldDefinition&, const json::value& in, Parsing& out) const override;
  json::value present(const FieldDefinition&, std::span<const Cell> cells) const override;
  // The title of a reference; whether it may be seen is decided by the rights on the target.
  void search_texts(const FieldDefinition&, const json::value& api,
                    std::vector<std::string>& out) const override;
  json::value masked(const FieldDefinition&, const json::value&) const override { return nullptr; }
  OperatorSet operators(const FieldDefinition&) const override { return kEqualityOperators; }
  bool operand(const FieldDefinition&, const json::value& in, Cell& out,
               std::deque<std::string>&) const override;
  bool unique_allowed() const override { return true; }
  std::string to_text(const FieldDefinition&, const json::value& api,
                      const CellText&) const override;
  json::object schema(const FieldDefinition&) const override { return reference_schema(); }

  static json::object reference_schema();
};

// An id, or an object with one ("id"); nullopt for anything else.
std::optional<Id> id_from(const json::value& in);
// At most `limit` different ids; complains into `out` (field.type, field.reference,
// field.too_many).
bool ids_from(const json::value& in, std::size_t limit, Parsing& out);
}  // namespace hougu::schema
