// The audit log: events of everything, newest first.
#include "api/routes.h"
#include "store/events.h"

namespace hougu::api {
namespace {

std::string_view kind_name(store::ActorKind kind) {
  switch (kind) {
    case store::ActorKind::kUser:
      return "user";
    case store::ActorKind::kApiKey:
      return "api_key";
    case store::ActorKind::kCustomer:
      return "customer";
    case store::ActorKind::kSystem:
      break;
  }
  return "system";
}

json::value json_or_null(const std::string& text) {
  if (text.empty()) return nullptr;
  auto value = parse_json(text);
  return value.ok() ? std::move(*value) : json::value();
}

json::value id_or_null(const Id& id) {
  return id.is_nil() ? json::value() : json::value(id.text());
}

json::object event_json(const store::StoredEvent& event) {
  json::value changes = json_or_null(event.changes);
  return {{"sequence", event.sequence},
          {"type", event.type},
          {"at", format_utc(event.at)},
          {"entity", event.entity},
          {"id", id_or_null(event.record)},
          {"version", event.version},
          {"actor",
           {{"kind", kind_name(event.actor_kind)},
            {"id", id_or_null(event.actor)},
            {"name", event.actor_name}}},
          {"reason", event.reason.empty() ? json::value() : json::value(event.reason)},
          {"changes", changes.is_array() ? std::move(changes) : json::value(json::array())},
          {"data", json_or_null(event.data)}};
}

Result<std::optional<Millis>> time_parameter(const Call& call, std::string_view name) {
  const auto text = call.request.parameter(name);
  if (!text || text->empty()) return std::optional<Millis>();
  Millis time = 0;
  if (!parse_rfc3339(*text, time)) {
    return Error{ErrorKind::kMalformed, "field.date_time", std::string(name)};
  }
  return std::optional(time);
}

Result<Answer> list_events(Call& call) {
  store::EventFilter filter;
  if (const auto actor = call.request.parameter("actor"); actor && !actor->empty()) {
    filter.actor = Id::parse(*actor);
    if (!filter.actor) return Error{ErrorKind::kMalformed, "field.reference", "actor"};
  }
  filter.entity = call.request.parameter("entity").value_or("");
  filter.type = call.request.parameter("type").value_or("");
  HOUGU_TRY(filter.from, time_parameter(call, "from"));
  HOUGU_TRY(filter.to, time_parameter(call, "to"));
  HOUGU_TRY(const auto before, call.before());
  HOUGU_TRY(const auto limit, call.limit(50, 200));
  HOUGU_TRY(auto events, store::events_matching(call.tx, filter, before, limit + 1));
  const bool more = events.size() > static_cast<std::size_t>(limit);
  if (more) events.pop_back();
  json::array list;
  for (const auto& event : events) list.push_back(event_json(event));
  return Answer::ok(
      json::object{{"events", std::move(list)},
                   {"next", more ? json::value(events.back().sequence) : json::value()}});
}

}  // namespace

Routes audit_routes() {
  Routes routes;
  routes.push_back(
      read(Method::kGet, "/audit", Access::system("audit.read"), "audit.list", list_events)
          .with_query({"actor", "entity", "type", "from", "to", "before", "limit"}));
  return routes;
}

}  // namespace hougu::api
