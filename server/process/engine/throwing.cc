// Throwing events, and finding who catches.
#include <algorithm>

#include "process/engine/run.h"

namespace hougu::process {

// Throw and end events. An end event gives no token; one that waits for compensation stays.
void Run::throw_event(Key key) {
  const std::vector<Trigger>& triggers = element(key).triggers;
  bool waits = false;
  for (const Trigger& trigger : triggers) {
    if (!throw_trigger(key, trigger)) waits = true;
    if (!is_there(key)) return;
  }
  if (!waits) finish(key);
}

bool Run::throw_trigger(Key key, const Trigger& trigger) {
  switch (trigger.kind) {
    case TriggerKind::kMessage:
      return send(key, trigger, assigned(element(key).inputs, key));
    case TriggerKind::kSignal:
      signal(trigger.name, assigned(element(key).inputs, key));
      return true;
    case TriggerKind::kEscalation:
      if (!raise(key, TriggerKind::kEscalation, trigger.code, assigned(element(key).inputs, key))) {
        Event event{EventKind::kEscalated};
        event.node = key;
        event.code = trigger.code;
        emit(std::move(event));
      }
      return true;
    case TriggerKind::kError:
      if (!raise(key, TriggerKind::kError, trigger.code, assigned(element(key).inputs, key))) {
        end_instance(Status::kFailed, trigger.code);
      }
      return false;
    case TriggerKind::kTerminate:
      terminate(node(key).parent);
      return false;
    case TriggerKind::kCancel:
      cancel_transaction(key);
      return false;
    case TriggerKind::kCompensation:
      return compensate(key, trigger);
    case TriggerKind::kLink:
      link(key, trigger);
      return false;
    default:
      return true;
  }
}

void Run::link(Key key, const Trigger& trigger) {
  const Key scope = node(key).parent;
  const ElementIndex around = element(key).parent;
  ElementIndex target = kNone;
  for (ElementIndex i = 0; i < process_.elements.size(); ++i) {
    const Element& one = at(i);
    if (one.parent != around || one.kind != ElementKind::kCatchEvent || one.triggers.empty() ||
        one.triggers.front().kind != TriggerKind::kLink) {
      continue;
    }
    const Trigger& end = one.triggers.front();
    const bool by_name = !trigger.name.empty() && trigger.name == end.name;
    if (by_name || (!trigger.code.empty() && trigger.code == end.code)) target = i;
  }
  if (target == kNone) return incident(key, Stage::kEnter, "bpmn.link.target", {});
  Event details;
  details.stage = Stage::kFinish;
  depart(key, {});
  enter(scope, target, std::move(details));
}

// Everything in this instance that waits for the signal; the host carries it to the others.
void Run::signal(const std::string& name, const Variables& variables) {
  Event event{EventKind::kSignalSent};
  event.node = state_.nodes.begin()->first;
  event.name = name;
  event.variables = variables;
  emit(std::move(event));
  std::vector<Key> waiting;
  for (const auto& [id, wait] : state_.waits) {
    const Trigger& trigger = at(wait.element).triggers[wait.trigger];
    if (trigger.kind == TriggerKind::kSignal && trigger.name == name) waiting.push_back(id);
  }
  for (const Key id : waiting) fire(id, variables);
}

// Outwards from where it was thrown: event sub-processes of each scope, then its boundary.
bool Run::raise(Key from, TriggerKind kind, const std::string& code, const Variables& variables) {
  Key inner = 0;  // where it comes from, seen from `key`
  for (Key key = from; key != 0; key = node(key).parent) {
    if (inner != 0 && catch_inside(key, inner, kind, code, variables)) return true;
    if (catch_at_boundary(key, kind, code, variables)) return true;
    inner = key;
  }
  return false;
}

bool Run::catch_at_boundary(Key key, TriggerKind kind, const std::string& code,
                            const Variables& variables) {
  const Node& here = node(key);
  if (here.role == Role::kInner || here.role == Role::kRevived || here.parent == 0) return false;
  ElementIndex best = kNone;
  for (const ElementIndex boundary : element(key).boundaries) {
    for (const Trigger& trigger : at(boundary).triggers) {
      if (trigger.kind != kind) continue;
      if (trigger.code == code) best = boundary;
      if (trigger.code.empty() && best == kNone) best = boundary;
    }
  }
  if (best == kNone) return false;
  if (at(best).interrupting) {
    interrupt(key, best, variables);
    return true;
  }
  Event details;
  details.stage = Stage::kFinish;
  const Key scope = here.parent;
  if (at(best).outputs.empty()) {
    assign(scope, variables);
  } else {
    details.variables = variables;
  }
  enter(scope, best, std::move(details));
  return true;
}

bool Run::catch_inside(Key scope, Key from, TriggerKind kind, const std::string& code,
                       const Variables& variables) {
  const Node& around = node(scope);
  if (around.role == Role::kLoop || !is_scope(element(scope).kind)) return false;
  // What an event sub-process throws, its siblings don't catch.
  if (element(from).kind == ElementKind::kEventSubProcess) return false;
  ElementIndex best = kNone;
  for (const ElementIndex inner : element(scope).event_sub_processes) {
    for (const ElementIndex start : at(inner).starts) {
      for (const Trigger& trigger : at(start).triggers) {
        if (trigger.kind != kind) continue;
        if (trigger.code == code) best = start;
        if (trigger.code.empty() && best == kNone) best = start;
      }
    }
  }
  if (best == kNone) return false;
  begin_event_sub_process(scope, best, variables);
  return true;
}

void Run::interrupt(Key activity, ElementIndex boundary, const Variables& variables) {
  const Key scope = node(activity).parent;
  cancel(activity);
  Event details;
  details.stage = Stage::kFinish;
  if (at(boundary).outputs.empty()) {
    assign(scope, variables);
  } else {
    details.variables = variables;
  }
  enter(scope, boundary, std::move(details));
}

void Run::begin_event_sub_process(Key scope, ElementIndex start, const Variables& variables) {
  const ElementIndex inner = at(start).parent;
  if (at(start).interrupting) {
    cancel_inside(scope);
    Event cleared{EventKind::kCleared};
    cleared.node = scope;
    emit(std::move(cleared));
    close_starts(scope);
  }
  Event details;
  details.variables = variables;
  enter(scope, inner, std::move(details));
}
}  // namespace hougu::process
