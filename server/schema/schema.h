// Publishing of definitions. One Schema per process; thread-safe.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "identity/principal.h"
#include "schema/definition.h"
#include "store/database.h"
#include "store/migrations.h"

namespace hougu::schema {

std::span<const store::Migration> schema_migrations();

// One entity of a set that is published together (a pack: its relations may go in circles).
struct Publication {
  json::object document;
  int version =
      0;  // the change is based on this one; 0: a new entity; kAnyVersion: whatever is there
  std::optional<json::array> forms{}, views{};  // nullopt: those that are there stay
  std::string pack{};                           // name of the pack that brings it; kept when empty
  static constexpr int kAnyVersion = -1;
};

class Schema {
 public:
  Schema(store::Database& database, const Clock& clock, IdSource& ids);

  // Reads all definitions from the database (at start, and when another node published).
  Result<void> load();
  // The definitions that count now; keep the pointer for the length of one request or verb.
  std::shared_ptr<const Catalog> catalog() const;
  const Clock& clock() const { return clock_; }

  // In the caller's transaction: checks the definition against the catalog, alters the tables,
  // writes the metadata, an event "entity.published", and swaps the catalog after the commit.
  // `version` is the one the change was based on (0: a new entity). Errors: "validation" with a
  // place for each fault, "entity.stale", "entity.exists". Core entities and fields can't be
  // removed or retyped (fault "definition.core_field"); types change only where no value can be
  // lost
  // ("definition.type_change"). Needs the right entities.manage, as do the next three.
  Result<std::shared_ptr<const EntityDefinition>> publish(store::Transaction& tx,
                                                          const identity::Principal& who,
                                                          const json::object& document,
                                                          int version);
  // All or nothing; what is there already and doesn't change is passed over. The places of faults
  // begin with the entity: "ticket.fields[3].max".
  Result<std::vector<std::shared_ptr<const EntityDefinition>>> publish_all(
      store::Transaction& tx, const identity::Principal& who,
      std::span<const Publication> publications);
  // The whole list; `version`: the one that was edited ("entity.stale"), nullopt replaces any.
  // Answers the new version.
  Result<int> publish_forms(store::Transaction& tx, const identity::Principal& who,
                            std::string_view entity, const json::array& forms,
                            std::optional<std::int64_t> version = {});
  Result<int> publish_views(store::Transaction& tx, const identity::Principal& who,
                            std::string_view entity, const json::array& views,
                            std::optional<std::int64_t> version = {});
  // Drops the entity with its records; refused for core entities ("entity.core") and for relation
  // targets ("entity.referenced").
  Result<void> remove(store::Transaction& tx, const identity::Principal& who,
                      std::string_view entity);

 private:
  using Definition = std::shared_ptr<const EntityDefinition>;

  Result<void> write_definition(store::Transaction& tx, const identity::Principal& who,
                                const EntityDefinition& entity, bool added);
  void swap_after(store::Transaction& tx, std::string name, Definition definition);
  Result<int> replace_layout(store::Transaction& tx, const identity::Principal& who,
                             std::string_view name, const json::array* forms,
                             const json::array* views, std::optional<std::int64_t> version);

  store::Database& database_;
  const Clock& clock_;
  IdSource& ids_;
  struct State;
  std::shared_ptr<State> state_;
  std::shared_ptr<void> subscription_;
};
}  // namespace hougu::schema
