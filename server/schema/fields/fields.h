// The list of field types.
#pragma once

#include <span>
#include <string_view>

#include "schema/fields/field_type.h"

namespace hougu::schema {
// In the order in which the studio offers them.
std::span<const FieldType* const> field_types();
// nullptr when there is no such type.
const FieldType* find_field_type(std::string_view name);
}  // namespace hougu::schema
