// The recycle bin: records go there and come back; what points to them is asked first.
#include "schema/records_core.h"
#include "schema/stale.h"
#include "schema/titles.h"

namespace hougu::schema {
namespace {

constexpr int kMostCleared = 1'000;

// Ids of records (at most kMostCleared + 1) whose `field` names this one.
Result<std::vector<Id>> pointing_here(const Ask& ask, const Referrer& from, const Id& id) {
  const auto table = store::quoted(from.entity->table());
  const auto limit = " LIMIT " + std::to_string(kMostCleared + 1);
  std::string sql;
  switch (from.field->type->storage()) {
    case Storage::kColumns:
      sql = "SELECT id FROM " + table + " WHERE " + store::quoted(from.field->name) +
            " = $1 AND deleted_at IS NULL" + limit;
      break;
    case Storage::kLinks:
      sql = "SELECT l.owner FROM " + store::quoted(link_table(*from.entity, *from.field)) +
            " l JOIN " + table + " t ON t.id = l.owner WHERE l.target = $1 AND " +
            "t.deleted_at IS NULL" + limit;
      break;
    case Storage::kRows:
      return std::vector<Id>();
  }
  std::vector<Id> out;
  HOUGU_CHECK(ask.tx.each(sql, {id}, [&](const store::Row& row) {
    out.push_back(row.id(0));
    return true;
  }));
  return out;
}

Error referenced(const Ask& ask, const Referrer& by) {
  return conflict("record.referenced", {{"entity", by.entity->label.in(ask.who.locale)},
                                        {"field", by.field->label.in(ask.who.locale)}});
}

Result<bool> in_child_rows(const Ask& ask, const Id& id) {
  for (const auto& entity : ask.catalog->entities()) {
    for (const auto& field : entity->fields) {
      for (const auto& child : field.fields) {
        if (child.target != ask.entity.name) continue;
        HOUGU_TRY(const auto found,
                  ask.tx.first("SELECT 1 FROM " + store::quoted(child_table(*entity, field)) +
                                   " c JOIN " + store::quoted(entity->table()) +
                                   " t ON t.id = c.owner WHERE c." + store::quoted(child.name) +
                                   " = $1 AND t.deleted_at IS NULL LIMIT 1",
                               {id}, [](const store::Row&) { return true; }));
        if (found) return true;
      }
    }
  }
  return false;
}

// The list of links without this one, as update() takes it.
json::value without(const Record& record, const FieldDefinition& field, const Id& id) {
  if (field.type->storage() == Storage::kColumns) return nullptr;
  json::array rest;
  if (const auto* links = find_array(record.values, field.name))
    for (const auto& link : *links)
      if (find_string(link.get_object(), "id").value_or("") != id.text()) rest.push_back(link);
  return rest;
}
}  // namespace

// Records with `via` belong to their parent and rest with it. Links are undone; other relations
// refuse or are cleared, as the field says.
static Result<void> let_go(Records& records, const Ask& ask, const Id& id) {
  const auto referrers = ask.catalog->referrers(ask.entity.name);
  for (const auto& from : referrers) {
    if (from.entity->ownership.via == from.field->name) continue;
    HOUGU_TRY(const auto ids, pointing_here(ask, from, id));
    if (ids.empty()) continue;
    const bool clear = from.field->type->storage() == Storage::kLinks ||
                       setting_text(*from.field, "on_delete", "refuse") == "clear";
    if (!clear || ids.size() > static_cast<std::size_t>(kMostCleared)) return referenced(ask, from);
    const auto all = ask.who.elevated();
    Note note;
    note.managed = true;
    note.data["because"] =
        json::object{{"entity", json_text(ask.entity.name)}, {"removed", json_text(id.text())}};
    for (const auto& other : ids) {
      HOUGU_TRY(const auto record, records.get(ask.tx, all, from.entity->name, other));
      HOUGU_CHECK(records.update(ask.tx, all, from.entity->name, other, std::nullopt,
                                 {{from.field->name, without(record, *from.field, id)}}, note));
    }
  }
  HOUGU_TRY(const bool in_rows, in_child_rows(ask, id));
  if (in_rows) return conflict("record.referenced");
  return {};
}

// Sets or clears deleted_at; the record's version grows like with any change.
static Result<void> move(const Ask& ask, Record& record, bool away) {
  const Cell deleted_at = away ? Cell(ask.now) : Cell(nullptr);
  const Cell by =
      ask.who.kind == store::ActorKind::kUser || ask.who.kind == store::ActorKind::kApiKey
          ? Cell(ask.who.id)
          : Cell(nullptr);
  ++record.version;
  auto done = ask.tx.execute_counted(
      "UPDATE " + store::quoted(ask.entity.table()) +
          " SET version = $3, updated_at = $4, updated_by = $5, deleted_at = $6 "
          "WHERE id = $1 AND version = $2",
      {record.id, record.version - 1, record.version, ask.now, by, deleted_at});
  if (!done.ok()) return duplicate_error(*ask.catalog, std::move(done).error());
  if (*done != 1) return conflict("record.stale");
  record.values["version"] = record.version;
  record.values["updated_at"] = json_text(format_utc(ask.now));
  record.values.stable_erase("deleted_at");
  if (away) record.values["deleted_at"] = json_text(format_utc(ask.now));
  return {};
}

Result<void> Records::remove(store::Transaction& tx, const identity::Principal& who,
                             std::string_view entity, const Id& id, const Note& note) {
  HOUGU_TRY(const Ask ask, make_ask(*core_, tx, who, entity));
  HOUGU_TRY(auto found, load_visible(ask, id));
  HOUGU_CHECK(require_scope(ask, found.record, ask.grants.remove));
  if (ask.entity.history_only && !note.managed) return forbidden("record.history_only");
  const Record before = found.record;
  Change change{ChangeKind::kDeleted, &ask.entity, id, &before, nullptr, nullptr};
  HOUGU_CHECK(run_hooks(core_->before, ask, change));
  HOUGU_CHECK(let_go(*this, ask, id));
  HOUGU_CHECK(move(ask, found.record, true));
  HOUGU_CHECK(append_change(ask, found.record, "deleted", note, {}));
  change.after = &found.record;
  return run_hooks(core_->after, ask, change);
}

Result<Record> Records::restore(store::Transaction& tx, const identity::Principal& who,
                                std::string_view entity, const Id& id) {
  HOUGU_TRY(const Ask ask, make_ask(*core_, tx, who, entity));
  HOUGU_TRY(auto found, load_visible(ask, id, true));
  HOUGU_CHECK(require_scope(ask, found.record, ask.grants.remove));
  const Record before = found.record;
  Change change{ChangeKind::kRestored, &ask.entity, id, &before, nullptr, nullptr};
  HOUGU_CHECK(run_hooks(core_->before, ask, change));
  HOUGU_CHECK(move(ask, found.record, false));
  HOUGU_CHECK(append_change(ask, found.record, "restored", {}, {}));
  change.after = &found.record;
  HOUGU_CHECK(run_hooks(core_->after, ask, change));
  return restricted(ask, std::move(found.record));
}
}  // namespace hougu::schema
