// Records of all entities: the one gate through which pages, API, verbs, exports, search and live
// streams read and write rows. Row scopes and field rights of the Principal are applied here.
// All functions run inside the caller's transaction. Thread-safe.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "identity/principal.h"
#include "schema/definition.h"
#include "schema/schema.h"
#include "store/database.h"
#include "store/events.h"

namespace hougu::schema {

// Values by field name in API form (docs/schema.md). Missing key: leave as it is / default.
using Values = json::object;

// One record as the principal may see it: id, version, created_at, … and the fields in API form.
struct Record {
  Id id;
  std::int64_t version = 0;
  json::object values;  // what the API shows, system keys included
  // Text of a field that is a string in API form (choices, text, dates); "" when null or absent.
  std::string_view text(std::string_view field) const;
  // Id of a user/team/relation field.
  std::optional<Id> reference(std::string_view field) const;
  std::optional<Millis> time(std::string_view field) const;
};

// What an event says beside the changes.
struct Note {
  std::string verb;      // event type "<entity>.<verb>"; empty: created/updated/deleted/restored
  std::string reason;    // from the person
  json::object data;     // the verb's own facts
  bool managed = false;  // verbs may write managed fields
};

struct ListQuery {
  std::string entity;
  std::optional<json::value> where;  // a condition
  std::string filter;                // an expression (expression/filter.h); all of them hold
  std::string view;                  // a saved view's name, its where, filter and sort hold too
  std::string search;
  std::vector<std::string> sort;  // "-created_at"; default "-created_at"
  int limit = 50;
  std::string after;                // cursor of the page before
  std::vector<std::string> fields;  // empty: all
  bool deleted = false;
};
struct Page {
  std::vector<Record> records;
  std::string next;  // "" at the end
};

enum class ChangeKind { kCreated, kUpdated, kDeleted, kRestored };

// What a hook sees. `values` may be changed by before-hooks: the caller's own values were checked
// for rights and managed fields before, what the hook puts in is only validated by type, so a hook
// may fill managed fields. `before` is null for a new record.
struct Change {
  ChangeKind kind;
  const EntityDefinition* entity;
  Id id;
  const Record* before;  // with all fields, unmasked
  Values* values;        // before-hooks: what is going to be written
  const Record* after;   // after-hooks: with all fields, unmasked
};
using Hook = std::function<Result<void>(store::Transaction&, const identity::Principal&, Change&)>;

struct Core;  // records_core.h

class Records {
 public:
  Records(Schema& schema, const Clock& clock, IdSource& ids);
  ~Records();

  // The organisation's zone: dates in numbers, "$today". UTC until it is set; may change at any
  // time.
  Result<void> set_time_zone(std::string_view iana_name);

  // Registered at start by app/ in rank order, before requests are served.
  void before_write(std::string entity, Hook hook);
  void after_write(std::string entity, Hook hook);

  Result<Record> create(store::Transaction& tx, const identity::Principal& who,
                        std::string_view entity, const Values& values, const Note& note = {});
  // `version` nullopt: last write wins. Stale: kConflict "record.stale" with both values in
  // details.
  Result<Record> update(store::Transaction& tx, const identity::Principal& who,
                        std::string_view entity, const Id& id, std::optional<std::int64_t> version,
                        const Values& values, const Note& note = {});
  Result<void> remove(store::Transaction& tx, const identity::Principal& who,
                      std::string_view entity, const Id& id, const Note& note = {});
  Result<Record> restore(store::Transaction& tx, const identity::Principal& who,
                         std::string_view entity, const Id& id);

  Result<Record> get(store::Transaction& tx, const identity::Principal& who,
                     std::string_view entity, const Id& id);
  // The first record whose field equals the value (unique or indexed fields), or nullopt.
  Result<std::optional<Record>> find_by(store::Transaction& tx, const identity::Principal& who,
                                        std::string_view entity, std::string_view field,
                                        const json::value& value);
  // A whole record (unmasked, titles included) as `who` may see it; kNotFound when he may not.
  Result<Record> seen(store::Transaction& tx, const identity::Principal& who,
                      std::string_view entity, Record record);
  Result<Page> list(store::Transaction& tx, const identity::Principal& who, const ListQuery& query);
  // Counts to 10,000 at most.
  Result<std::int64_t> count(store::Transaction& tx, const identity::Principal& who,
                             const ListQuery& query);
  // All matching rows in constant memory, for exports (scope `exporting`); false from `row` stops.
  Result<void> each(store::Transaction& tx, const identity::Principal& who, const ListQuery& query,
                    const std::function<bool(const Record&)>& row);
  Result<json::object> history(store::Transaction& tx, const identity::Principal& who,
                               std::string_view entity, const Id& id, std::int64_t before,
                               int limit);
  // [{"id","title","hint"}]
  Result<json::array> lookup(store::Transaction& tx, const identity::Principal& who,
                             std::string_view entity, std::string_view typed, int limit);

  // May this person run this verb ("ticket.assign" or "assign") / "read" / "update" / "delete" on
  // this record? An invisible record is kNotFound, a visible one that he may not touch kForbidden.
  // The record comes back as the person may see it.
  Result<Record> require(store::Transaction& tx, const identity::Principal& who,
                         std::string_view entity, const Id& id, std::string_view verb);
  // Of these verbs, those the person may run on the record (for "_can").
  std::vector<std::string> permitted(const identity::Principal& who, std::string_view entity,
                                     const Record& record, const std::vector<std::string>& verbs);
  // For live streams: may this person know of what happens to the record? Those who could read it
  // may know that it went to the recycle bin.
  Result<bool> concerns(store::Transaction& tx, const identity::Principal& who,
                        std::string_view entity, const Id& id);
  // Would get() find it, or the recycle bin show it? Reads the row.
  Result<bool> visible(store::Transaction& tx, const identity::Principal& who,
                       std::string_view entity, const Id& id);

  // Turns kConflict "record.duplicate" of a unique index into 422 "validation" with
  // "field.duplicate" at its fields; other errors stay. Records does it by itself; it is needed for
  // errors that come out of the commit only (Database::write on PostgreSQL).
  Error explained(Error error) const;

 private:
  std::unique_ptr<Core> core_;
};
}  // namespace hougu::schema
