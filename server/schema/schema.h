// Publishing of definitions. One Schema per process; thread-safe.
#pragma once

#include <functional>
#include <memory>
#include <span>
#include <string>
#include <vector>

#include "identity/principal.h"
#include "schema/definition.h"
#include "store/database.h"
#include "store/migrations.h"

namespace hougu::schema {

std::span<const store::Migration> schema_migrations();

class Schema {
 public:
  Schema(store::Database& database, const Clock& clock, IdSource& ids);

  // Reads all definitions from the database (at start, and when another node published).
  Result<void> load();
  // The definitions that count now; keep the pointer for the length of one request or verb.
  std::shared_ptr<const Catalog> catalog() const;

  // In the caller's transaction: checks the definition against the catalog, alters the tables, writes
  // the metadata, an event "entity.published", and swaps the catalog after the commit. `version` is
  // the one the change was based on (0: a new entity). Errors: "entity.stale", "entity.core_field",
  // "entity.type_change", … each with its place. Core entities and fields can't be removed.
  Result<std::shared_ptr<const EntityDefinition>> publish(store::Transaction& tx,
                                                          const identity::Principal& who,
                                                          const json::object& document, int version);
  Result<void> publish_forms(store::Transaction& tx, const identity::Principal& who,
                             std::string_view entity, const json::array& forms);
  Result<void> publish_views(store::Transaction& tx, const identity::Principal& who,
                             std::string_view entity, const json::array& views);
  // Drops the entity with its records; refused for core entities and for relation targets.
  Result<void> remove(store::Transaction& tx, const identity::Principal& who,
                      std::string_view entity);

 private:
  store::Database& database_;
  const Clock& clock_;
  IdSource& ids_;
  struct State;
  std::shared_ptr<State> state_;
};
}  // namespace hougu::schema
