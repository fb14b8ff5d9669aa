#include "schema/fields/choices.h"

#include "base/text.h"

namespace hougu::schema {

const Choice* find_choice(const FieldDefinition& field, std::string_view value) {
  for (const auto& choice : field.choices)
    if (choice.value == value) return &choice;
  return nullptr;
}

const Choice* meant_choice(const FieldDefinition& field, std::string_view typed) {
  if (const auto* exact = find_choice(field, typed)) return exact;
  const auto wanted = folded(trimmed(typed));
  for (const auto& choice : field.choices) {
    if (folded(choice.value) == wanted || folded(choice.label.zh) == wanted ||
        folded(choice.label.en) == wanted)
      return &choice;
  }
  return nullptr;
}

json::array choice_values(const FieldDefinition& field) {
  json::array values;
  for (const auto& choice : field.choices) values.emplace_back(json_text(choice.value));
  return values;
}
}  // namespace hougu::schema
