#include "schema/schema.h"

#include <algorithm>
#include <mutex>

#include "base/log.h"
#include "schema/actor.h"
#include "schema/alter.h"
#include "schema/layout.h"
#include "schema/plan.h"
#include "schema/reindex.h"
#include "schema/stored.h"
#include "store/events.h"

namespace hougu::schema {
namespace {

using Definition = std::shared_ptr<const EntityDefinition>;

Definition named(const std::vector<Definition>& definitions, std::string_view name) {
  for (const auto& entity : definitions)
    if (entity->name == name) return entity;
  return nullptr;
}

void replace(std::vector<Definition>& definitions, Definition entity) {
  for (auto& present : definitions) {
    if (present->name != entity->name) continue;
    present = std::move(entity);
    return;
  }
  definitions.push_back(std::move(entity));
}

Error faulty(std::vector<FieldError> faults) {
  Error error = invalid("validation");
  error.fields = std::move(faults);
  return error;
}

Result<void> require_right(const identity::Principal& who) {
  if (!who.access->system("entities.manage")) return forbidden();
  return {};
}

bool same(const EntityDefinition& a, const EntityDefinition& b) {
  return definition_json(a) == definition_json(b) && a.forms == b.forms && a.views == b.views &&
         a.pack == b.pack;
}

void add_faults(std::vector<FieldError>& into, std::vector<FieldError> found,
                const std::string& prefix) {
  for (auto& fault : found) {
    fault.field = prefix + fault.field;
    into.push_back(std::move(fault));
  }
}

// The definition that `publication` asks for, on top of what is there (nullptr: nothing).
Result<std::shared_ptr<EntityDefinition>> wanted(const Publication& publication,
                                                 const std::vector<Definition>& present) {
  HOUGU_TRY(auto parsed, parse_definition(publication.document));
  auto entity = std::make_shared<EntityDefinition>(std::move(parsed));
  const auto before = named(present, entity->name);
  const bool any = publication.version == Publication::kAnyVersion;
  if (before == nullptr && !any && publication.version != 0) return not_found("entity.unknown");
  if (before != nullptr && !any && publication.version == 0)
    return conflict("entity.exists", {{"name", entity->name}});
  if (before != nullptr && !any && publication.version != before->version)
    return conflict("entity.stale", {{"version", std::to_string(before->version)}});
  entity->version = before ? before->version + 1 : 1;
  entity->pack = publication.pack;
  if (before != nullptr) {
    if (entity->pack.empty()) entity->pack = before->pack;
    entity->forms = before->forms;
    entity->views = before->views;
    if (auto faults = check_change(*before, *entity); !faults.empty())
      return faulty(std::move(faults));
  }
  if (publication.forms) entity->forms = *publication.forms;
  if (publication.views) entity->views = *publication.views;
  prune_forms(*entity, entity->forms);
  prune_views(*entity, entity->views);
  return entity;
}
}  // namespace

struct Schema::State {
  mutable std::mutex mutex;
  std::shared_ptr<const Catalog> catalog =
      std::make_shared<const Catalog>(std::vector<Definition>());

  std::shared_ptr<const Catalog> get() const {
    const std::lock_guard lock(mutex);
    return catalog;
  }
  void set(std::vector<Definition> definitions) {
    auto made = std::make_shared<const Catalog>(std::move(definitions));
    const std::lock_guard lock(mutex);
    catalog = std::move(made);
  }
  // nullptr removes it. An older version than the one that is there came late and is dropped.
  void put(const std::string& name, const Definition& definition) {
    const std::lock_guard lock(mutex);
    auto definitions = catalog->entities();
    const auto present = named(definitions, name);
    if (definition && present && present->version >= definition->version) return;
    if (definition)
      replace(definitions, definition);
    else
      std::erase_if(definitions, [&](const Definition& entity) { return entity->name == name; });
    catalog = std::make_shared<const Catalog>(std::move(definitions));
  }
};

Schema::Schema(store::Database& database, const Clock& clock, IdSource& ids)
    : database_(database), clock_(clock), ids_(ids), state_(std::make_shared<State>()) {
  // Other nodes publish, too. The listener runs on a database thread: it must not wait.
  subscription_ = database_.on_events(
      [&database, state = std::weak_ptr(state_)](const store::CommittedEvent& event) {
        if (event.type != "entity.published" && event.type != "entity.removed") return;
        const auto kept = state.lock();
        if (!kept) return;
        const auto* present = kept->get()->entity(event.entity);
        const bool known = event.type == "entity.removed"
                               ? present == nullptr
                               : present != nullptr && present->version >= event.version;
        if (known) return;
        auto read = std::make_shared<std::vector<Definition>>();
        database.read_async(
            [read](store::Transaction& tx) -> Result<void> {
              HOUGU_TRY(*read, read_definitions(tx));
              return {};
            },
            [kept, read](Result<void> done) {
              if (done.ok())
                kept->set(std::move(*read));
              else
                log(LogLevel::kError, "definitions of another node can't be read",
                    {{"cause", done.error().cause}});
            });
      });
}

Result<void> Schema::load() {
  std::vector<Definition> read;
  HOUGU_CHECK(database_.read([&](store::Transaction& tx) -> Result<void> {
    HOUGU_TRY(read, read_definitions(tx));
    return {};
  }));
  state_->set(std::move(read));
  return {};
}

std::shared_ptr<const Catalog> Schema::catalog() const { return state_->get(); }

void Schema::swap_after(store::Transaction& tx, std::string name, Definition definition) {
  tx.after_commit([state = state_, name = std::move(name), definition = std::move(definition)] {
    state->put(name, definition);
  });
}

Result<void> Schema::write_definition(store::Transaction& tx, const identity::Principal& who,
                                      const EntityDefinition& entity, bool added) {
  const auto now = clock_.now();
  const auto definition = json::serialize(definition_json(entity));
  const auto forms = json::serialize(entity.forms);
  const auto views = json::serialize(entity.views);
  const store::Param pack =
      entity.pack.empty() ? store::Param(nullptr) : store::Param(std::string_view(entity.pack));
  if (added) {
    HOUGU_CHECK(tx.execute(
        "INSERT INTO entity_definition (name, version, definition, forms, views, pack, updated_at) "
        "VALUES ($1, $2, $3, $4, $5, $6, $7)",
        {std::string_view(entity.name), std::int64_t{entity.version}, std::string_view(definition),
         std::string_view(forms), std::string_view(views), pack, now}));
  } else {
    HOUGU_TRY(const auto changed,
              tx.execute_counted(
                  "UPDATE entity_definition SET version = $2, definition = $3, forms = $4, "
                  "views = $5, pack = $6, updated_at = $7 WHERE name = $1 AND version = $8",
                  {std::string_view(entity.name), std::int64_t{entity.version},
                   std::string_view(definition), std::string_view(forms), std::string_view(views),
                   pack, now, std::int64_t{entity.version - 1}}));
    if (changed != 1) return conflict("entity.stale");
  }
  auto event = event_by(who, ids_, now);
  event.type = "entity.published";
  event.entity = entity.name;
  event.version = entity.version;
  return store::append_event(tx, event);
}

Result<std::vector<std::shared_ptr<const EntityDefinition>>> Schema::publish_all(
    store::Transaction& tx, const identity::Principal& who,
    std::span<const Publication> publications) {
  HOUGU_CHECK(require_right(who));
  HOUGU_TRY(const auto present, read_definitions(tx));
  auto after = present;
  std::vector<FieldError> faults;
  std::vector<Definition> published;
  const bool several = publications.size() > 1;
  const auto prefix = [&](const Publication& publication) {
    const auto name = find_string(publication.document, "name").value_or("?");
    return several ? std::string(name) + "." : std::string();
  };
  for (const auto& publication : publications) {
    auto entity = wanted(publication, present);
    if (!entity.ok()) {
      if (entity.error().fields.empty()) return std::move(entity).error();
      add_faults(faults, std::move(entity.error().fields), prefix(publication));
      continue;
    }
    published.push_back(*entity);
    replace(after, *entity);
  }
  if (!faults.empty()) return faulty(std::move(faults));
  const auto shared = std::make_shared<const Catalog>(after);
  const Catalog& catalog = *shared;
  for (const auto& entity : published) {
    const std::string place = several ? entity->name + "." : "";
    add_faults(faults, catalog.check_relations(*entity), place);
    if (faults.empty()) {
      add_faults(faults, check_forms(*entity, entity->forms), place);
      add_faults(faults, check_views(catalog, *entity, entity->views), place);
    }
  }
  if (!faults.empty()) return faulty(std::move(faults));
  std::vector<Definition> out;
  for (const auto& entity : published) {
    const auto before = named(present, entity->name);
    if (before != nullptr && same(*before, *entity)) {
      out.push_back(before);
      continue;
    }
    HOUGU_CHECK(before ? alter_tables(tx, *before, *entity, clock_.now())
                       : create_tables(tx, *entity));
    if (before != nullptr && before->search != entity->search)
      HOUGU_CHECK(reindex(tx, *this, clock_, ids_, shared, *entity));
    HOUGU_CHECK(write_definition(tx, who, *entity, before == nullptr));
    swap_after(tx, entity->name, entity);
    out.push_back(entity);
  }
  return out;
}

Result<std::shared_ptr<const EntityDefinition>> Schema::publish(store::Transaction& tx,
                                                                const identity::Principal& who,
                                                                const json::object& document,
                                                                int version) {
  const Publication publication{document, version};
  HOUGU_TRY(auto published, publish_all(tx, who, std::span(&publication, 1)));
  return published.at(0);
}

Result<int> Schema::replace_layout(store::Transaction& tx, const identity::Principal& who,
                                   std::string_view name, const json::array* forms,
                                   const json::array* views, std::optional<std::int64_t> version) {
  HOUGU_CHECK(require_right(who));
  HOUGU_TRY(const auto present, read_definitions(tx));
  const auto before = named(present, name);
  if (before == nullptr) return not_found("entity.unknown");
  if (version && *version != before->version)
    return conflict("entity.stale", {{"version", std::to_string(before->version)}});
  Publication publication{definition_json(*before), before->version};
  if (forms) publication.forms = *forms;
  if (views) publication.views = *views;
  // Nothing is left out of what somebody has just sent.
  auto faults =
      forms ? check_forms(*before, *forms) : check_views(Catalog(present), *before, *views);
  if (!faults.empty()) return faulty(std::move(faults));
  HOUGU_TRY(const auto published, publish_all(tx, who, std::span(&publication, 1)));
  return published.at(0)->version;
}

Result<int> Schema::publish_forms(store::Transaction& tx, const identity::Principal& who,
                                  std::string_view entity, const json::array& forms,
                                  std::optional<std::int64_t> version) {
  return replace_layout(tx, who, entity, &forms, nullptr, version);
}

Result<int> Schema::publish_views(store::Transaction& tx, const identity::Principal& who,
                                  std::string_view entity, const json::array& views,
                                  std::optional<std::int64_t> version) {
  return replace_layout(tx, who, entity, nullptr, &views, version);
}

Result<void> Schema::remove(store::Transaction& tx, const identity::Principal& who,
                            std::string_view name) {
  HOUGU_CHECK(require_right(who));
  HOUGU_TRY(const auto present, read_definitions(tx));
  const auto entity = named(present, name);
  if (entity == nullptr) return not_found("entity.unknown");
  if (entity->core) return conflict("entity.core", {{"name", std::string(name)}});
  for (const auto& other : present) {
    if (other->name == name) continue;
    const auto points_here = [&](const FieldDefinition& field) { return field.target == name; };
    for (const auto& field : other->fields) {
      if (points_here(field) || std::any_of(field.fields.begin(), field.fields.end(), points_here))
        return conflict("entity.referenced", {{"by", other->name + "." + field.name}});
    }
  }
  HOUGU_CHECK(drop_tables(tx, *entity));
  HOUGU_CHECK(tx.execute("DELETE FROM entity_definition WHERE name = $1", {name}));
  HOUGU_CHECK(tx.execute("DELETE FROM view_personal WHERE entity = $1", {name}));
  auto event = event_by(who, ids_, clock_.now());
  event.type = "entity.removed";
  event.entity = entity->name;
  event.version = entity->version;
  HOUGU_CHECK(store::append_event(tx, event));
  swap_after(tx, std::string(name), nullptr);
  return {};
}
}  // namespace hougu::schema
