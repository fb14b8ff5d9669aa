// Definitions as the database has them in this transaction; inside schema/ only.
#pragma once

#include <memory>
#include <vector>

#include "schema/definition.h"
#include "store/database.h"

namespace hougu::schema {
// By name; those of other nodes and of earlier verbs of the same commit included.
Result<std::vector<std::shared_ptr<const EntityDefinition>>> read_definitions(
    store::Transaction& tx);
}  // namespace hougu::schema
