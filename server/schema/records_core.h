// What the parts of Records share; inside schema/ only.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "schema/calendar.h"
#include "schema/plan.h"
#include "schema/records.h"
#include "schema/row_rule.h"

namespace hougu::schema {

using Hooks = std::map<std::string, std::vector<Hook>, std::less<>>;

struct Core {
  Schema& schema;
  const Clock& clock;
  IdSource& ids;
  Hooks before{}, after{};
  mutable std::mutex zone_mutex{};
  Zone zone_now{};

  Zone zone() const {
    const std::lock_guard lock(zone_mutex);
    return zone_now;
  }
};

// One call of Records: everything it needs, read once.
struct Ask {
  Core& core;
  store::Transaction& tx;
  const identity::Principal& who;
  std::shared_ptr<const Catalog> catalog;
  const EntityDefinition& entity;
  const identity::EntityGrants& grants;
  Millis now;
  Zone zone;

  const EntityPlan& plan() const { return *entity.plan; }
  Asking asking() const { return {*catalog, who, now, zone, tx.dialect()}; }
  const FieldDefinition& field(const FieldSlot& slot) const {
    return entity.fields[static_cast<std::size_t>(slot.field)];
  }
};

// kNotFound "entity.unknown" when there is no such entity.
Result<Ask> make_ask(Core& core, store::Transaction& tx, const identity::Principal& who,
                     std::string_view entity);
// The same call on another entity or as another person.
Result<Ask> ask_for(const Ask& ask, std::string_view entity, const identity::Principal& who);

// ---- reading (read.cc) ----

// A record as it lies in the database: all fields, unmasked, without titles.
struct Stored {
  Record record;
  std::int64_t rid = 0;
  bool deleted = false;
};

// One field of a row, from its first column, in API form without titles; null: empty.
json::value field_from(const store::Row& row, const FieldDefinition& field, int column);
// The same from cells that are about to be written.
json::value field_from(const FieldDefinition& field, std::span<const Cell> cells);
// A row of the system columns and then the columns of `slots`, one after the other, as a record.
Stored stored_from(const Ask& ask, const store::Row& row, std::span<const FieldSlot> slots);
// nullopt when there is no such row; link and child tables and (unrestricted) titles included.
Result<std::optional<Stored>> load(const Ask& ask, const Id& id);
// The same for a record that the person may read; kNotFound otherwise. `deleted`: whether the
// record must be in the recycle bin.
Result<Stored> load_visible(const Ask& ask, const Id& id, bool deleted = false);
// Does the record fit the rule, its parent's part included?
Result<bool> row_fits(const Ask& ask, const RowRule& rule, const Record& record);
// Fills in what lies in link and child tables.
Result<void> load_parts(const Ask& ask, std::vector<Record>& records,
                        std::span<const FieldSlot> slots);
// Titles of references, as `ask.who` may see them (restricted) or all.
Result<void> fill_titles(const Ask& ask, std::vector<Record>& records,
                         std::span<const FieldSlot> slots, bool restricted);
// Leaves out and masks what the person may not read, titles of references included.
Result<void> restrict_records(const Ask& ask, std::vector<Record>& records,
                              std::span<const FieldSlot> slots);
Result<Record> restricted(const Ask& ask, Record record);
// One field's value as the person may see it; nullopt: not at all.
std::optional<json::value> restricted_value(const Ask& ask, const FieldDefinition& field,
                                            const json::value& value);

// ---- writing ----

// kForbidden, or kNotFound when the row isn't visible at all.
Result<void> require_scope(const Ask& ask, const Record& record, identity::Scope scope);
Result<void> run_hooks(const Hooks& hooks, const Ask& ask, Change& change);
Error duplicate_error(const Catalog& catalog, Error error);

// {"id","title"} with an empty title.
json::object reference(const Id& id);
}  // namespace hougu::schema
