// What a person decided about an import: which column fills which field, what happens to rows that
// exist, and what a bad row means.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "identity/principal.h"
#include "schema/definition.h"

namespace hougu::exchange {

struct ImportPlan {
  enum class Mode { kAdd, kUpdate, kBoth };
  std::string entity;
  std::string sheet;                           // "" the first
  std::map<std::size_t, std::string> columns;  // column index -> field name
  Mode mode = Mode::kAdd;
  std::vector<std::string> match;  // fields that together tell whether a row exists
  bool all_or_nothing = true;      // "stop"; false: bad rows are skipped
};

// Can a table's cells fill this field (not managed, not files or child rows), and may this person
// write it?
bool importable(const schema::EntityDefinition& entity, const schema::FieldDefinition& field,
                const identity::Principal& who);

// Body of POST /import/{id}/start. Faults: "import.mapping_empty", "field.unknown",
// "import.field_twice", "import.match_missing" (mode needs keys), "import.match_not_mapped";
// kForbidden when the person may do nothing of the kind to the entity.
Result<ImportPlan> read_plan(const json::object& body, const schema::EntityDefinition& entity,
                             const identity::Principal& who);
}  // namespace hougu::exchange
