// Creating and updating records: one event each, in the caller's transaction.
#include "schema/write.h"

#include <algorithm>

#include "schema/actor.h"
#include "schema/fields/number_pattern.h"
#include "schema/stale.h"
#include "store/events.h"

namespace hougu::schema {
namespace {

// People only: jobs and customers have no account to name.
Cell author(const identity::Principal& who) {
  const bool person = who.kind == store::ActorKind::kUser || who.kind == store::ActorKind::kApiKey;
  return person && !who.id.is_nil() ? Cell(who.id) : Cell(nullptr);
}

json::value author_value(const identity::Principal& who) {
  const auto cell = author(who);
  const auto* id = std::get_if<Id>(&cell);
  if (id == nullptr) return nullptr;
  return json::object{{"id", json_text(id->text())}, {"title", json_text(who.name)}};
}

Result<void> take_numbers(Draft& draft) {
  const auto& ask = draft.ask;
  for (std::size_t i = 0; i < ask.plan().slots.size(); ++i) {
    const auto& slot = ask.plan().slots[i];
    const auto& field = ask.field(slot);
    if (field.type->written_by_people() || slot.count != 1 || !is_null(draft.cells_of(slot)[0]))
      continue;
    const auto pattern = NumberPattern::parse(setting_text(field, "pattern"));
    if (!pattern) return internal("number pattern of " + ask.entity.name + "." + field.name);
    const auto day = ask.zone.day_at(ask.now);
    HOUGU_TRY(const auto number, store::next_number(ask.tx, ask.entity.name + "." + field.name +
                                                                ":" + pattern->period(day)));
    draft.cells_of(slot)[0] =
        std::string_view(draft.texts.emplace_back(pattern->text(day, number)));
  }
  return {};
}

Result<void> insert(Draft& draft, const Id& id) {
  const auto by = author(draft.ask.who);
  std::vector<Cell> params = {id, std::int64_t{1}, draft.ask.now, by, draft.ask.now, by};
  params.insert(params.end(), draft.cells.begin(), draft.cells.end());
  return draft.ask.tx.execute(draft.ask.plan().insert_sql, std::span<const Cell>(params));
}

// A unique value that a person typed may be taken: its insert has to answer here and now.
bool may_collide(const Draft& draft) {
  const auto& ask = draft.ask;
  return std::any_of(ask.plan().indexes.begin(), ask.plan().indexes.end(),
                     [&](const IndexPlan& index) {
                       if (!index.unique) return false;
                       const auto* field = ask.entity.field(index.fields[0]);
                       return field != nullptr && field->type->written_by_people();
                     });
}

Record record_of(Draft& draft, const Id& id) {
  const auto& ask = draft.ask;
  Record record;
  record.id = id;
  record.version = 1;
  auto& values = record.values;
  values.reserve(ask.plan().slots.size() + 8);
  const auto at = json_text(format_utc(ask.now));
  const auto by = author_value(ask.who);
  values["id"] = json_text(id.text());
  values["version"] = 1;
  values["created_at"] = at;
  values["created_by"] = by;
  values["updated_at"] = at;
  values["updated_by"] = by;
  for (std::size_t i = 0; i < ask.plan().slots.size(); ++i)
    values[ask.field(ask.plan().slots[i]).name] = draft_value(draft, i);
  return record;
}

Result<void> append(const Ask& ask, const Record& record, std::string_view fallback,
                    const Note& note, const json::array& changes) {
  auto event = event_by(ask.who, ask.core.ids, ask.now);
  const auto type = ask.entity.name + "." + (note.verb.empty() ? std::string(fallback) : note.verb);
  const auto changed = changes.empty() ? std::string() : json::serialize(changes);
  const auto data = note.data.empty() ? std::string() : json::serialize(note.data);
  event.type = type;
  event.entity = ask.entity.name;
  event.record = record.id;
  event.version = record.version;
  event.reason = note.reason;
  event.changes = changed;
  event.data = data;
  return store::append_event(ask.tx, event);
}
}  // namespace

Result<void> append_change(const Ask& ask, const Record& record, std::string_view fallback,
                           const Note& note, const json::array& changes) {
  return append(ask, record, fallback, note, changes);
}

Result<Record> Records::create(store::Transaction& tx, const identity::Principal& who,
                               std::string_view entity, const Values& values, const Note& note) {
  HOUGU_TRY(const Ask ask, make_ask(*core_, tx, who, entity));
  if (!ask.grants.create && !who.access->is_everything()) return forbidden();
  HOUGU_CHECK(check_input(ask, values, note));
  Values wanted = values;
  add_defaults(ask, wanted);
  const auto id = core_->ids.next();
  Change change{ChangeKind::kCreated, &ask.entity, id, nullptr, &wanted, nullptr};
  HOUGU_CHECK(run_hooks(core_->before, ask, change));

  Draft draft(ask);
  parse_values(draft, wanted, nullptr);
  HOUGU_CHECK(no_faults(draft.faults));
  HOUGU_CHECK(check_references(draft, nullptr));
  HOUGU_CHECK(no_faults(draft.faults));
  HOUGU_CHECK(claim_files(draft, id, nullptr));
  HOUGU_CHECK(take_numbers(draft));
  if (auto done = insert(draft, id); !done.ok())
    return duplicate_error(*ask.catalog, std::move(done).error());
  if (tx.dialect() == store::Dialect::kPostgres && may_collide(draft)) {
    // the insert may still be under way: any question brings its answer
    auto arrived = tx.each("SELECT 1", {}, [](const store::Row&) { return false; });
    if (!arrived.ok()) return duplicate_error(*ask.catalog, std::move(arrived).error());
  }
  HOUGU_CHECK(write_parts(draft, id, draft.given, true));
  auto record = record_of(draft, id);
  put_search_words(ask, record);
  HOUGU_CHECK(append(ask, record, "created", note, {}));
  change.values = nullptr;
  change.after = &record;
  HOUGU_CHECK(run_hooks(core_->after, ask, change));
  return restricted(ask, std::move(record));
}

namespace {

// Which of the given slots differ from what is there; their old and new values.
struct Difference {
  std::vector<bool> slots;
  json::array changes;
  bool any = false;
};

Difference difference(Draft& draft, Record& record) {
  const auto& ask = draft.ask;
  Difference out{std::vector<bool>(ask.plan().slots.size(), false), {}};
  for (std::size_t i = 0; i < ask.plan().slots.size(); ++i) {
    if (!draft.given[i]) continue;
    const auto& field = ask.field(ask.plan().slots[i]);
    auto& present = record.values[field.name];
    auto wanted = draft_value(draft, i);
    if (same_value(field, present, wanted)) continue;
    out.slots[i] = out.any = true;
    out.changes.push_back(
        json::object{{"field", json_text(field.name)}, {"old", present}, {"new", wanted}});
    present = std::move(wanted);
  }
  return out;
}

Result<void> update_row(Draft& draft, const Record& record, const std::vector<bool>& changed) {
  const auto& ask = draft.ask;
  std::vector<Cell> params = {record.id, record.version - 1, record.version, ask.now,
                              author(ask.who)};
  std::string sql = "UPDATE " + store::quoted(ask.entity.table()) +
                    " SET version = $3, updated_at = $4, updated_by = $5";
  for (std::size_t i = 0; i < ask.plan().slots.size(); ++i) {
    const auto& slot = ask.plan().slots[i];
    if (!changed[i]) continue;
    for (int column = slot.column; column < slot.column + slot.count; ++column) {
      const auto at = static_cast<std::size_t>(column);
      params.push_back(draft.cells[at]);
      sql += ", " + store::quoted(ask.plan().columns[at].name) + " = $" +
             std::to_string(params.size());
    }
  }
  auto done = ask.tx.execute_counted(sql + " WHERE id = $1 AND version = $2",
                                     std::span<const Cell>(params));
  if (!done.ok()) return duplicate_error(*ask.catalog, std::move(done).error());
  if (*done != 1) return conflict("record.stale");
  return {};
}

bool searched(const Ask& ask, const std::vector<bool>& changed) {
  for (std::size_t i = 0; i < changed.size(); ++i) {
    const auto& names = ask.entity.search;
    if (changed[i] &&
        std::find(names.begin(), names.end(), ask.field(ask.plan().slots[i]).name) != names.end())
      return true;
  }
  return false;
}

// Values of files keep their API form from the claim, so they are known only after it; the ids tell
// whether anything changes.
Result<void> settle_files(Draft& draft, const Record& before) {
  const auto& slots = draft.ask.plan().slots;
  for (auto& [number, part] : draft.parts) {
    const auto at = static_cast<std::size_t>(number);
    const auto& field = draft.ask.field(slots[at]);
    if (!field.type->files()) continue;
    json::array ids;
    for (const auto& id : part.ids) ids.push_back(json_text(id.text()));
    const auto* present = find(before.values, field.name);
    const bool none = present == nullptr || present->is_null();
    if (none ? ids.empty() : same_value(field, *present, json::value(ids))) draft.given[at] = false;
  }
  return claim_files(draft, before.id, &before);
}
}  // namespace

Result<Record> Records::update(store::Transaction& tx, const identity::Principal& who,
                               std::string_view entity, const Id& id,
                               std::optional<std::int64_t> version, const Values& values,
                               const Note& note) {
  HOUGU_TRY(const Ask ask, make_ask(*core_, tx, who, entity));
  HOUGU_TRY(auto found, load_visible(ask, id));
  HOUGU_CHECK(require_scope(ask, found.record, ask.grants.update));
  if (ask.entity.history_only && !note.managed) return forbidden("record.history_only");
  HOUGU_CHECK(check_input(ask, values, note));
  const Record before = found.record;
  if (version) HOUGU_CHECK(check_version(ask, before, *version, values));
  Values wanted = values;
  Change change{ChangeKind::kUpdated, &ask.entity, id, &before, &wanted, nullptr};
  HOUGU_CHECK(run_hooks(core_->before, ask, change));

  Draft draft(ask);
  parse_values(draft, wanted, &before);
  HOUGU_CHECK(no_faults(draft.faults));
  HOUGU_CHECK(check_references(draft, &before));
  HOUGU_CHECK(no_faults(draft.faults));
  HOUGU_CHECK(settle_files(draft, before));
  Record& record = found.record;
  const auto changed = difference(draft, record);
  if (!changed.any && note.verb.empty()) return restricted(ask, std::move(record));
  if (changed.any) {
    ++record.version;
    record.values["version"] = record.version;
    record.values["updated_at"] = json_text(format_utc(ask.now));
    record.values["updated_by"] = author_value(who);
    HOUGU_CHECK(update_row(draft, record, changed.slots));
    HOUGU_CHECK(write_parts(draft, id, changed.slots, false));
    if (searched(ask, changed.slots)) put_search_words(ask, record);
  }
  HOUGU_CHECK(append(ask, record, "updated", note, changed.changes));
  change.values = nullptr;
  change.after = &record;
  HOUGU_CHECK(run_hooks(core_->after, ask, change));
  return restricted(ask, std::move(record));
}
}  // namespace hougu::schema
