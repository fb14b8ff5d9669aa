// Names that entities and fields can't have.
#pragma once

#include <string_view>

namespace hougu::schema {
// [a-z][a-z0-9_]*, at most `longest` characters.
bool plain_name(std::string_view name, std::size_t longest);
// Words of the API at the place of an entity, and of the database.
bool reserved_entity_name(std::string_view name);
// System columns, and keys that the API reads beside the fields.
bool reserved_field_name(std::string_view name);

inline constexpr std::size_t kLongestEntityName = 24;
inline constexpr std::size_t kLongestFieldName = 40;
// Of any table or column of ours, with prefixes and suffixes.
inline constexpr std::size_t kLongestIdentifier = 50;
}  // namespace hougu::schema
