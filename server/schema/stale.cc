#include "schema/stale.h"

#include <algorithm>

#include "schema/write.h"
#include "store/events.h"

namespace hougu::schema {
namespace {

constexpr int kEventsPerRead = 100;

// What others changed after `version`: the value that each field had then, by field name. nullopt
// when the events don't reach back that far.
Result<std::optional<json::object>> changed_since(const Ask& ask, const Record& present,
                                                  std::int64_t version) {
  json::object base;
  std::int64_t before = 0, oldest = present.version + 1;
  while (oldest > version + 1) {
    HOUGU_TRY(const auto events,
              store::events_of(ask.tx, ask.entity.name, present.id, before, kEventsPerRead));
    if (events.empty()) return std::optional<json::object>();
    for (const auto& event : events) {
      before = event.sequence;
      oldest = std::min(oldest, event.version);
      if (event.version <= version) return std::optional(std::move(base));
      if (event.changes.empty()) continue;
      auto changes = parse_json(event.changes, {64, 16u << 20});
      if (!changes.ok() || !changes->is_array()) return std::optional<json::object>();
      for (const auto& change : changes->get_array()) {
        if (!change.is_object()) continue;
        const auto field = find_string(change.get_object(), "field").value_or("");
        const auto* old = find(change.get_object(), "old");
        base[field] = old ? *old : json::value(nullptr);  // older events overwrite
      }
    }
  }
  return std::optional(std::move(base));
}

json::value seen(const Ask& ask, const FieldDefinition& field, const json::value* value) {
  if (value == nullptr) return nullptr;
  return restricted_value(ask, field, *value).value_or(json::value(nullptr));
}

// Does the sent value say what is there already? Only a value that would parse the same can be
// equal, so a draft of its own decides.
bool already_there(const Ask& ask, const FieldDefinition& field, const json::value& sent,
                   const Record& present) {
  Draft draft(ask);
  Values one{{field.name, sent}};
  parse_values(draft, one, &present);
  if (!draft.faults.empty()) return false;
  const auto& slots = ask.plan().slots;
  for (std::size_t i = 0; i < slots.size(); ++i) {
    if (!draft.given[i]) continue;
    const auto* now = find(present.values, field.name);
    if (now == nullptr) return false;
    if (field.type->files()) {
      json::array ids;
      for (const auto& id : draft.parts[static_cast<int>(i)].ids)
        ids.push_back(json_text(id.text()));
      return now->is_null() ? ids.empty() : same_value(field, *now, json::value(ids));
    }
    return same_value(field, *now, draft_value(draft, i));
  }
  return false;
}
}  // namespace

Result<void> check_version(const Ask& ask, const Record& present, std::int64_t version,
                           const Values& values) {
  if (version == present.version) return {};
  std::optional<json::object> base;
  if (version >= 1 && version < present.version) {
    HOUGU_TRY(base, changed_since(ask, present, version));
  }
  json::array conflicts;
  for (const auto& member : values) {
    const auto* field = ask.entity.field(member.key());
    if (field == nullptr || (base && !base->contains(member.key()))) continue;
    if (already_there(ask, *field, member.value(), present)) continue;
    conflicts.push_back(
        json::object{{"field", json_text(field->name)},
                     {"yours", member.value()},
                     {"theirs", seen(ask, *field, find(present.values, field->name))},
                     {"base", seen(ask, *field, base ? find(*base, field->name) : nullptr)}});
  }
  if (base && conflicts.empty()) return {};
  HOUGU_TRY(auto shown, restricted(ask, present));
  Error error = conflict("record.stale");
  error.details_json = json::serialize(json::object{{"version", present.version},
                                                    {"conflicts", std::move(conflicts)},
                                                    {"record", std::move(shown.values)}});
  return error;
}
}  // namespace hougu::schema
