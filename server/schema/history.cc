// The history of a record is its events.
#include "schema/fields/reference_like.h"
#include "schema/records_core.h"
#include "schema/titles.h"
#include "store/events.h"

namespace hougu::schema {
namespace {

constexpr JsonLimits kStored{64, 16u << 20};

std::string_view actor_kind(store::ActorKind kind) {
  switch (kind) {
    case store::ActorKind::kSystem:
      return "system";
    case store::ActorKind::kUser:
      return "user";
    case store::ActorKind::kApiKey:
      return "api_key";
    case store::ActorKind::kCustomer:
      return "customer";
  }
  return "system";
}

// Titles were written down as they were then. Who may not see the target's title now sees what he
// may: the same for the old value and the new one.
class Seen {
 public:
  explicit Seen(const Ask& ask) : ask_(ask), titles_(ask, true) {}

  Result<void> prepare(const json::array& changes) {
    visit(changes, [&](const FieldDefinition& field, const json::object& reference) {
      if (const auto id = id_from(json::value(reference)))
        titles_.want(Reference::kRecord, field.target, *id);
    });
    return titles_.load();
  }

  json::array shown(const json::array& changes) const {
    json::array out;
    for (const auto& change : changes) {
      const auto* object = change.if_object();
      const auto name = object ? find_string(*object, "field").value_or("") : std::string_view();
      const auto* field = ask_.entity.field(name);
      // a field that is no more, or not for everybody: only for those who may see all
      if (field == nullptr && !ask_.who.access->is_everything()) continue;
      json::object entry{{"field", json_text(name)}};
      bool visible = true;
      for (const std::string_view side : {"old", "new"}) {
        const auto* value = find(*object, side);
        json::value copy = value ? *value : json::value(nullptr);
        if (field != nullptr) {
          auto seen = restricted_value(ask_, *field, copy);
          visible = seen.has_value();
          if (!visible) break;
          copy = std::move(*seen);
          retitle(*field, copy);
        }
        entry[side] = std::move(copy);
      }
      if (visible) out.push_back(std::move(entry));
    }
    return out;
  }

 private:
  bool limited(const FieldDefinition& field) const {
    const auto* target = ask_.catalog->entity(field.target);
    return target != nullptr && !sees_titles(*ask_.catalog, ask_.who, *target);
  }

  template <typename Visit>
  void visit_value(const FieldDefinition& field, json::value& value, const Visit& visit) const {
    if (value.is_object() && field.type->reference() == Reference::kRecord) {
      if (limited(field)) visit(field, value.get_object());
    } else if (value.is_array()) {
      for (auto& element : value.get_array()) {
        if (!element.is_object()) continue;
        if (field.type->reference() == Reference::kRecord) {
          if (limited(field)) visit(field, element.get_object());
          continue;
        }
        for (const auto& child : field.fields)
          if (auto* cell = element.get_object().if_contains(child.name))
            visit_value(child, *cell, visit);
      }
    }
  }

  template <typename Visit>
  void visit(const json::array& changes, const Visit& visit) const {
    for (const auto& change : changes) {
      const auto* object = change.if_object();
      if (object == nullptr) continue;
      const auto* field = ask_.entity.field(find_string(*object, "field").value_or(""));
      if (field == nullptr) continue;
      for (const std::string_view side : {"old", "new"}) {
        if (const auto* value = find(*object, side)) {
          json::value copy = *value;
          visit_value(*field, copy, visit);
        }
      }
    }
  }

  void retitle(const FieldDefinition& field, json::value& value) const {
    visit_value(field, value, [&](const FieldDefinition& of, json::object& reference) {
      const auto id = id_from(json::value(reference));
      reference["title"] =
          json_text(id ? titles_.title(Reference::kRecord, of.target, *id) : std::string_view());
    });
  }

  const Ask& ask_;
  Titles titles_;
};

json::array changes_of(const store::StoredEvent& event) {
  if (event.changes.empty()) return {};
  auto parsed = parse_json(event.changes, kStored);
  return parsed.ok() && parsed->is_array() ? std::move(parsed->get_array()) : json::array();
}

json::value data_of(const store::StoredEvent& event) {
  if (event.data.empty()) return nullptr;
  auto parsed = parse_json(event.data, kStored);
  return parsed.ok() ? std::move(parsed).value() : json::value(nullptr);
}
}  // namespace

Result<json::object> Records::history(store::Transaction& tx, const identity::Principal& who,
                                      std::string_view entity, const Id& id, std::int64_t before,
                                      int limit) {
  HOUGU_TRY(const Ask ask, make_ask(*core_, tx, who, entity));
  HOUGU_TRY(const bool seen, visible(tx, who, entity, id));
  if (!seen) return not_found();
  limit = std::clamp(limit, 1, 200);
  HOUGU_TRY(const auto events, store::events_of(tx, entity, id, before, limit + 1));
  json::array out;
  Seen shown(ask);
  std::int64_t last = 0;
  for (const auto& event : events) {
    if (out.size() == static_cast<std::size_t>(limit)) break;
    const auto changes = changes_of(event);
    HOUGU_CHECK(shown.prepare(changes));
    last = event.sequence;
    out.push_back(json::object{
        {"sequence", event.sequence},
        {"type", json_text(event.type)},
        {"version", event.version},
        {"at", json_text(format_utc(event.at))},
        {"actor", json::object{{"kind", json_text(actor_kind(event.actor_kind))},
                               {"id", event.actor.is_nil() ? json::value(nullptr)
                                                           : json_text(event.actor.text())},
                               {"name", json_text(event.actor_name)}}},
        {"reason", event.reason.empty() ? json::value(nullptr) : json_text(event.reason)},
        {"changes", shown.shown(changes)},
        {"data", data_of(event)}});
  }
  const bool more = events.size() > static_cast<std::size_t>(limit);
  return json::object{{"events", std::move(out)},
                      {"next", more ? json::value(last) : json::value(nullptr)}};
}
}  // namespace hougu::schema
