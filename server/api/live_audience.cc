#include "api/live_audience.h"

#include <algorithm>

namespace hougu::api {
namespace {

constexpr int kMaxVia = 4;

}  // namespace

Audience::Sight Audience::sight(const identity::Principal& who, std::string_view entity) const {
  Sight sight;
  if (who.access->is_everything()) return sight;
  std::string_view name = entity;
  for (int depth = 0; depth < kMaxVia; ++depth) {
    const identity::Scope scope = who.access->entity(name).read;
    if (scope == identity::kNone) sight.none = true;
    if ((scope & identity::kAll) == 0) {
      sight.all = false;
      if ((scope & (identity::kAssigned | identity::kCreated)) != 0) sight.personal = true;
    }
    const schema::EntityDefinition* definition = catalog_.entity(name);
    if (definition == nullptr || definition->ownership.via.empty()) return sight;
    const auto* field = definition->field(definition->ownership.via);
    if (field == nullptr) return sight;
    name = field->target;
  }
  sight.all = false;
  return sight;
}

std::string Audience::group_of(const identity::Principal& who, const Sight& sight) {
  if (sight.personal) return who.id.text();
  std::string key = std::to_string(reinterpret_cast<std::uintptr_t>(who.access.get()));
  for (const Id& unit : who.teams) key += unit.text();
  key += '/';
  for (const Id& unit : who.departments) key += unit.text();
  return key;
}

Result<bool> Audience::may_hear(const identity::Principal& who, std::string_view entity,
                                const Id& record) {
  const Sight seen = sight(who, entity);
  if (seen.none || seen.all) return seen.all && !seen.none;
  const auto key = std::tuple(std::string(entity), record, group_of(who, seen));
  if (const auto at = asked_.find(key); at != asked_.end()) return at->second;
  HOUGU_TRY(const bool concerned, records_.concerns(tx_, who, entity, record));
  asked_.emplace(key, concerned);
  return concerned;
}

std::vector<Id> records_concerned(store::Transaction& tx, const schema::Catalog& catalog,
                                  schema::Records& records, const store::CommittedEvent& event) {
  std::vector<Id> concerned{event.record};
  const schema::EntityDefinition* definition = catalog.entity(event.entity);
  if (definition == nullptr) return concerned;
  const bool refers = std::any_of(definition->fields.begin(), definition->fields.end(),
                                  [](const auto& field) { return !field.target.empty(); });
  if (!refers) return concerned;
  // A record that is gone by now concerns nobody else.
  const auto record = records.get(tx, identity::Principal::system(), event.entity, event.record);
  if (!record.ok()) return concerned;
  for (const auto& field : definition->fields) {
    if (field.target.empty()) continue;
    if (const auto id = record->reference(field.name)) concerned.push_back(*id);
  }
  return concerned;
}

}  // namespace hougu::api
