// Forms and views of an entity (docs/schema.md): checked before they are kept.
#pragma once

#include <vector>

#include "schema/definition.h"

namespace hougu::schema {
std::vector<FieldError> check_forms(const EntityDefinition& entity, const json::array& forms);
std::vector<FieldError> check_views(const Catalog& catalog, const EntityDefinition& entity,
                                    const json::array& views);
// One view, as a person saves it; `path` is the place of its faults.
std::vector<FieldError> check_view(const Catalog& catalog, const EntityDefinition& entity,
                                   const json::value& view, const std::string& path);
// Leaves out fields that the entity has no more, so that removing a field doesn't need every form
// and view to be changed first. Conditions and sorting aren't touched.
void prune_forms(const EntityDefinition& entity, json::array& forms);
void prune_views(const EntityDefinition& entity, json::array& views);
// A view of the definition by name; nullptr: none.
const json::object* find_view(const json::array& views, std::string_view name);
}  // namespace hougu::schema
