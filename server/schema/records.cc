#include "schema/records.h"

#include "schema/fields/reference_like.h"
#include "schema/records_core.h"

namespace hougu::schema {

std::string_view Record::text(std::string_view field) const {
  return find_string(values, field).value_or(std::string_view());
}

std::optional<Id> Record::reference(std::string_view field) const {
  const auto* value = find(values, field);
  return value == nullptr ? std::nullopt : id_from(*value);
}

std::optional<Millis> Record::time(std::string_view field) const {
  Millis out = 0;
  const auto value = text(field);
  if (value.empty() || !parse_rfc3339(value, out)) return std::nullopt;
  return out;
}

Result<Ask> make_ask(Core& core, store::Transaction& tx, const identity::Principal& who,
                     std::string_view entity) {
  auto catalog = core.schema.catalog();
  const auto* definition = catalog->entity(entity);
  if (definition == nullptr) return not_found("entity.unknown");
  return Ask{core,
             tx,
             who,
             std::move(catalog),
             *definition,
             who.access->entity(entity),
             core.clock.now(),
             core.zone()};
}

Result<Ask> ask_for(const Ask& ask, std::string_view entity, const identity::Principal& who) {
  const auto* definition = ask.catalog->entity(entity);
  if (definition == nullptr) return not_found("entity.unknown");
  return Ask{ask.core, ask.tx,  who, ask.catalog, *definition, who.access->entity(entity),
             ask.now,  ask.zone};
}

Result<void> require_scope(const Ask& ask, const Record& record, identity::Scope scope) {
  const auto rule = make_rule(*ask.catalog, ask.entity, ask.who, scope);
  HOUGU_TRY(const bool allowed, row_fits(ask, rule, record));
  if (!allowed) return forbidden();
  return {};
}

Result<void> run_hooks(const Hooks& hooks, const Ask& ask, Change& change) {
  const auto it = hooks.find(ask.entity.name);
  if (it == hooks.end()) return {};
  for (const auto& hook : it->second) HOUGU_CHECK(hook(ask.tx, ask.who, change));
  return {};
}

Error duplicate_error(const Catalog& catalog, Error error) {
  if (error.kind != ErrorKind::kConflict || error.code != "record.duplicate") return error;
  const auto index = error.params.find("index");
  if (index == error.params.end()) return error;
  for (const auto& entity : catalog.entities()) {
    for (const auto& plan : entity->plan->indexes) {
      if (plan.name != index->second) continue;
      Error out = invalid("validation");
      for (const auto& field : plan.fields) out.fields.push_back({field, "field.duplicate"});
      out.cause = std::move(error.cause);
      return out;
    }
  }
  return error;
}

Records::Records(Schema& schema, const Clock& clock, IdSource& ids)
    : core_(new Core{schema, clock, ids}) {}
Records::~Records() = default;

Result<void> Records::set_time_zone(std::string_view iana_name) {
  HOUGU_TRY(auto zone, Zone::named(iana_name));
  const std::lock_guard lock(core_->zone_mutex);
  core_->zone_now = std::move(zone);
  return {};
}

void Records::before_write(std::string entity, Hook hook) {
  core_->before[std::move(entity)].push_back(std::move(hook));
}

void Records::after_write(std::string entity, Hook hook) {
  core_->after[std::move(entity)].push_back(std::move(hook));
}

Error Records::explained(Error error) const {
  return duplicate_error(*core_->schema.catalog(), std::move(error));
}

Result<Record> Records::get(store::Transaction& tx, const identity::Principal& who,
                            std::string_view entity, const Id& id) {
  HOUGU_TRY(const Ask ask, make_ask(*core_, tx, who, entity));
  HOUGU_TRY(auto found, load_visible(ask, id));
  return restricted(ask, std::move(found.record));
}

Result<Record> Records::seen(store::Transaction& tx, const identity::Principal& who,
                             std::string_view entity, Record record) {
  HOUGU_TRY(const Ask ask, make_ask(*core_, tx, who, entity));
  const auto rule = make_rule(*ask.catalog, ask.entity, who, ask.grants.read);
  HOUGU_TRY(const bool fits, row_fits(ask, rule, record));
  if (!fits) return not_found();
  return restricted(ask, std::move(record));
}

namespace {
// Without what lies in other tables.
Result<std::optional<Stored>> row_of(const Ask& ask, const Id& id) {
  return ask.tx.first(ask.plan().get_sql, {id}, [&](const store::Row& row) {
    return stored_from(ask, row, ask.plan().slots);
  });
}
}  // namespace

Result<bool> Records::concerns(store::Transaction& tx, const identity::Principal& who,
                               std::string_view entity, const Id& id) {
  HOUGU_TRY(const Ask ask, make_ask(*core_, tx, who, entity));
  HOUGU_TRY(const auto found, row_of(ask, id));
  if (!found) return false;
  return row_fits(ask, make_rule(*ask.catalog, ask.entity, who, ask.grants.read), found->record);
}

Result<bool> Records::visible(store::Transaction& tx, const identity::Principal& who,
                              std::string_view entity, const Id& id) {
  HOUGU_TRY(const Ask ask, make_ask(*core_, tx, who, entity));
  HOUGU_TRY(const auto found, row_of(ask, id));
  if (!found) return false;
  const auto rule = make_rule(*ask.catalog, ask.entity, who, ask.grants.read);
  HOUGU_TRY(const bool seen, row_fits(ask, rule, found->record));
  if (!seen || !found->deleted) return seen;
  // in the recycle bin: for those who may look into it
  const auto bin = make_rule(*ask.catalog, ask.entity, who, ask.grants.remove);
  return row_fits(ask, bin, found->record);
}

namespace {
identity::Scope scope_of_verb(const identity::EntityGrants& grants, std::string_view verb) {
  if (verb == "read") return grants.read;
  if (verb == "update") return grants.update;
  if (verb == "delete") return grants.remove;
  if (verb == "export") return grants.exporting;
  return grants.verb(verb);
}

// "ticket.assign" and "assign" name the same verb of a ticket.
std::string_view bare_verb(std::string_view entity, std::string_view verb) {
  const bool prefixed =
      verb.size() > entity.size() && verb.starts_with(entity) && verb[entity.size()] == '.';
  return prefixed ? verb.substr(entity.size() + 1) : verb;
}
}  // namespace

Result<Record> Records::require(store::Transaction& tx, const identity::Principal& who,
                                std::string_view entity, const Id& id, std::string_view verb) {
  HOUGU_TRY(const Ask ask, make_ask(*core_, tx, who, entity));
  HOUGU_TRY(auto found, load_visible(ask, id));
  const auto scope = scope_of_verb(ask.grants, bare_verb(entity, verb));
  HOUGU_CHECK(require_scope(ask, found.record, scope));
  return restricted(ask, std::move(found.record));
}

std::vector<std::string> Records::permitted(const identity::Principal& who, std::string_view entity,
                                            const Record& record,
                                            const std::vector<std::string>& verbs) {
  std::vector<std::string> out;
  const auto catalog = core_->schema.catalog();
  const auto* definition = catalog->entity(entity);
  if (definition == nullptr) return out;
  const auto& grants = who.access->entity(entity);
  for (const auto& verb : verbs) {
    const auto scope = scope_of_verb(grants, bare_verb(entity, verb));
    // the record is visible, so its parent is
    if (fits(make_rule(*catalog, *definition, who, scope), record.values)) out.push_back(verb);
  }
  return out;
}
}  // namespace hougu::schema
