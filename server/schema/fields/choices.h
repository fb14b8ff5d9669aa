// What single_choice and multiple_choice have in common.
#pragma once

#include "schema/fields/field_type.h"

namespace hougu::schema {

// nullptr when there is no such value.
const Choice* find_choice(const FieldDefinition& field, std::string_view value);
// The choice that a person means by its value or its label in either language; nullptr: none.
const Choice* meant_choice(const FieldDefinition& field, std::string_view typed);
json::array choice_values(const FieldDefinition& field);
}  // namespace hougu::schema
