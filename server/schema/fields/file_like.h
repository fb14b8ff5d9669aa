// What attachment, image and signature have in common: files that the record has taken
// (attachments::claim), kept as their API form in one JSON column, so that reading a record asks
// nobody else.
#pragma once

#include "schema/fields/field_type.h"

namespace hougu::schema {

class FileLike : public FieldType {
 public:
  std::span<const ColumnSpec> columns() const override;
  bool files() const override { return true; }
  bool in_child_table() const override { return false; }
  bool sortable() const override { return false; }
  // Names the files in Parsing::ids; the cell is filled by Records when the record has taken them.
  void parse(const FieldDefinition& field, const json::value& in, Parsing& out) const override;
  json::value present(const FieldDefinition&, std::span<const Cell> cells) const override;
  json::value masked(const FieldDefinition&, const json::value&) const override { return nullptr; }
  void search_texts(const FieldDefinition&, const json::value& api,
                    std::vector<std::string>& out) const override;
  std::string to_text(const FieldDefinition&, const json::value& api,
                      const CellText&) const override;
  Result<json::value> from_text(const FieldDefinition&, std::string_view,
                                const CellText&) const override {
    return invalid("field.not_importable");
  }
  json::object schema(const FieldDefinition&) const override {
    return {{"type", "array"}, {"items", file_schema()}};
  }

 protected:
  virtual std::size_t most_files(const FieldDefinition& field) const = 0;
  static json::object file_schema();
};
}  // namespace hougu::schema
