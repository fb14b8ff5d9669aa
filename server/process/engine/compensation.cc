// Undoing completed activities, the last first. The event that asks for it (or the transaction that
// is cancelled) has each record undone by one node, and goes on when there is none left.
#include "process/engine/run.h"

namespace hougu::process {

// False while it waits.
bool Run::compensate(Key key, const Trigger& trigger) {
  Key scope = node(key).parent;
  // From within a handler the activities around it are meant.
  if (element(scope).kind == ElementKind::kEventSubProcess) scope = node(scope).parent;
  Event event{EventKind::kCompensating};
  event.node = key;
  event.parent = scope;
  const std::vector<Record>& records = node(scope).records;
  for (std::size_t i = 0; i < records.size(); ++i) {
    if (trigger.activity == kNone || records[i].element == trigger.activity) {
      event.flows.push_back(static_cast<FlowIndex>(i));
    }
  }
  if (event.flows.empty()) return true;
  emit(std::move(event));
  if (trigger.wait || element(key).kind == ElementKind::kEndEvent) return false;
  std::vector<FlowIndex> flows;
  if (!choose(key, flows)) return false;
  for (const FlowIndex flow : flows) {
    Event taken{EventKind::kTaken};
    taken.node = node(key).parent;
    taken.flow = flow;
    emit(std::move(taken));
  }
  Event released{EventKind::kReleased};
  released.node = key;
  emit(std::move(released));
  return false;
}

void Run::cancel_transaction(Key key) {
  Key transaction = node(key).parent;
  while (transaction != 0 && (element(transaction).kind != ElementKind::kTransaction ||
                              node(transaction).role == Role::kLoop)) {
    transaction = node(transaction).parent;
  }
  if (transaction == 0) return incident(key, Stage::kEnter, "bpmn.cancel.end", {});
  cancel_inside(transaction);
  Event cleared{EventKind::kCleared};
  cleared.node = transaction;
  emit(std::move(cleared));
  close_starts(transaction);
  Event event{EventKind::kCompensating};
  event.node = transaction;
  event.parent = transaction;
  event.number = 1;
  for (std::size_t i = 0; i < node(transaction).records.size(); ++i) {
    event.flows.push_back(static_cast<FlowIndex>(i));
  }
  emit(std::move(event));
}

void Run::compensation_next(Key key) {
  for (const auto& [id, one] : state_.nodes) {
    if (one.owner == key) return;  // one after the other
  }
  const Node& runner = node(key);
  if (runner.pending.empty()) return compensation_done(key);
  const Element& undone = at(runner.pending.back().element);
  Event details;
  details.owner = key;
  // Where the activity was: beside the event, or inside of what is undone as a whole.
  const bool inside = runner.cancelling || runner.role == Role::kRevived;
  Key scope = inside ? key : runner.parent;
  if (!inside && element(scope).kind == ElementKind::kEventSubProcess) scope = node(scope).parent;
  if (undone.compensation_handler != kNone) {
    enter(scope, undone.compensation_handler, std::move(details));
    return;
  }
  details.role = Role::kRevived;
  const ElementIndex index = runner.pending.back().element;
  const Key revived = enter(scope, index, std::move(details));
  for (const ElementIndex inner : at(index).event_sub_processes) {
    for (const ElementIndex start : at(inner).starts) {
      for (const Trigger& trigger : at(start).triggers) {
        if (trigger.kind != TriggerKind::kCompensation) continue;
        enter(revived, inner);
        return;
      }
    }
  }
}

void Run::compensation_done(Key key) {
  const Node& runner = node(key);
  if (runner.role == Role::kRevived) {
    if (runner.children > 0 || runner.in_flight > 0) return;
    return depart(key, {});
  }
  if (!runner.cancelling) return leave(key);
  for (Key outer = key; outer != 0; outer = node(outer).parent) {
    for (const ElementIndex boundary : element(outer).boundaries) {
      for (const Trigger& trigger : at(boundary).triggers) {
        if (trigger.kind != TriggerKind::kCancel) continue;
        const bool instance = node(outer).role == Role::kInner;
        return interrupt(instance ? node(outer).parent : outer, boundary, {});
      }
    }
    if (node(outer).role != Role::kInner) break;
  }
  cancel_inside(key);
  depart(key, {});  // nobody waits for it: no token goes on
}
}  // namespace hougu::process
