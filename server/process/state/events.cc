#include "process/state/events.h"

#include "process/state/values.h"

namespace hougu::process {
namespace {
constexpr std::string_view kNames[] = {
    "started",     "stepped",      "taken",        "held",         "entered",     "set",
    "wait_opened", "wait_rearmed", "wait_marked",  "wait_closed",  "work_opened", "work_closed",
    "loop_begun",  "loop_result",  "reset",        "compensating", "released",    "left",
    "cancelled",   "cleared",      "message_sent", "signal_sent",  "escalated",   "incident",
    "resolved",    "finished"};

bool is_wait(EventKind kind) {
  return kind >= EventKind::kWaitOpened && kind <= EventKind::kWaitClosed;
}
}  // namespace

std::string_view name_of(EventKind kind) { return kNames[static_cast<std::size_t>(kind)]; }

json::object event_json(const Process& process, const Event& event) {
  json::object out;
  out.emplace("event", name_of(event.kind));
  const auto element = [&](ElementIndex at) {
    if (at != kNone) out.emplace("element", process.elements[at].id);
  };
  if (event.node != 0) out.emplace("node", event.node);
  element(event.element);
  if (event.flow != kNone) out.emplace("flow", process.flows[event.flow].id);
  if (event.parent != 0) out.emplace("parent", event.parent);
  if (event.number != 0) out.emplace("number", event.number);
  if (event.time != 0) out.emplace("time", event.time);
  if (!event.name.empty()) out.emplace("name", event.name);
  if (!event.code.empty()) out.emplace("code", event.code);
  if (!event.text.empty()) out.emplace("text", event.text);
  if (!event.variables.empty()) out.emplace("variables", variables_json(event.variables));
  if (is_wait(event.kind)) {
    out.emplace("wait", event.wait.key);
    element(event.wait.element);
    if (event.wait.due != 0) out.emplace("due", event.wait.due);
    if (!event.wait.correlation.empty()) out.emplace("correlation", event.wait.correlation);
  }
  if (event.kind == EventKind::kIncident || event.kind == EventKind::kResolved) {
    out.emplace("incident", event.incident.key);
  }
  if (event.kind == EventKind::kIncident) {
    out["code"] = event.incident.code;
    out["node"] = event.incident.node;
    json::object params;
    for (const auto& [name, value] : event.incident.params) params.emplace(name, value);
    out.emplace("params", std::move(params));
  }
  return out;
}
}  // namespace hougu::process
