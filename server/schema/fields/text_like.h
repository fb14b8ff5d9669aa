// What the types have in common whose values are one text in one column.
#pragma once

#include <string>

#include "schema/fields/field_type.h"

namespace hougu::schema {

class TextLike : public FieldType {
 public:
  std::span<const ColumnSpec> columns() const override;
  void parse(const FieldDefinition& field, const json::value& in, Parsing& out) const override;
  json::value present(const FieldDefinition&, std::span<const Cell> cells) const override;
  OperatorSet operators(const FieldDefinition&) const override {
    return kEqualityOperators | kOrderOperators | kTextOperators;
  }
  json::object schema(const FieldDefinition& field) const override;

 protected:
  virtual std::int64_t default_length() const = 0;
  // Brings usable text into the stored form, "" for no value; false after a fault.
  virtual bool clean(const FieldDefinition& field, std::string& text, Parsing& out) const = 0;
};

// Tabs and line ends become single blanks; the ends are trimmed.
std::string one_line(std::string_view text);
// Line ends as \n; the end is trimmed.
std::string several_lines(std::string_view text);

inline constexpr std::int64_t kLongestText = 1'000'000;  // of any max_length
}  // namespace hougu::schema
