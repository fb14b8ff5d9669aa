// The physical tables of entities: made, changed and dropped inside the verb that publishes.
#pragma once

#include "base/clock.h"
#include "schema/definition.h"
#include "store/database.h"

namespace hougu::schema {

Result<void> create_tables(store::Transaction& tx, const EntityDefinition& entity);
Result<void> drop_tables(store::Transaction& tx, const EntityDefinition& entity);
// Columns, link and child tables, indexes from `before` to `after`; both were compared by
// check_change(). A field that became required gets its default where it is empty. Errors: kInvalid
// "validation" with "definition.duplicates" where records break a new unique rule.
Result<void> alter_tables(store::Transaction& tx, const EntityDefinition& before,
                          const EntityDefinition& after, Millis now);

// What may not change between two published versions, with its places.
std::vector<FieldError> check_change(const EntityDefinition& before, const EntityDefinition& after);
}  // namespace hougu::schema
