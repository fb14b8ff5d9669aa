// Search words anew, when other fields are searched than before; inside schema/ only.
#pragma once

#include <memory>

#include "schema/schema.h"

namespace hougu::schema {

// Above this, a change counts for what is written from then on: the verb would take too long.
inline constexpr std::int64_t kMostReindexed = 50'000;

// Writes the search words of all records of an entity whose tables fit `catalog`'s definition.
Result<void> reindex(store::Transaction& tx, Schema& schema, const Clock& clock, IdSource& ids,
                     std::shared_ptr<const Catalog> catalog, const EntityDefinition& entity);
}  // namespace hougu::schema
