// Scopes: the process, sub-processes of all kinds; their beginning, their end, and cancelling.
#include "process/engine/run.h"

namespace hougu::process {

void Run::begin_scope(Key key) {
  const Element& scope = element(key);
  set_local(key, assigned(scope.properties, key));
  for (const ElementIndex inner : scope.event_sub_processes) {
    for (const ElementIndex start : at(inner).starts) {
      const std::uint32_t before = node(key).children;
      if (!open_waits(key, start) || !is_there(key)) return;
      // Interrupted before it began.
      if (at(start).interrupting && node(key).children != before) return;
    }
  }
  for (const ElementIndex start : scope.starts) enter(key, start);
  if (scope.starts.empty()) scope_next(key);
}

void Run::begin_ad_hoc(Key key) {
  const Element& scope = element(key);
  set_local(key, assigned(scope.properties, key));
  if (scope.manual) return open_work(key, "ad_hoc", {});
  std::int64_t number = 0;
  for (const ElementIndex start : scope.starts) {
    Event details;
    details.number = ++number;
    enter(key, start, std::move(details));
    if (scope.sequential) return;
  }
  if (scope.starts.empty()) finish(key);
}

void Run::ad_hoc_next(Key key) {
  const Node& here = node(key);
  const Element& scope = element(key);
  if (scope.condition && !here.released) {
    const feel::Value done = evaluate(*scope.condition, key);
    if (done.is_true()) {
      if (!here.work.empty()) {
        Event closed{EventKind::kWorkClosed};
        closed.node = key;
        closed.name = here.work;
        closed.code = "cancelled";
        emit(std::move(closed));
      }
      if (scope.cancel_remaining || here.children == 0) return complete_scope(key);
    }
  }
  if (here.children > 0 || here.in_flight > 0 || !here.held.empty() || !here.work.empty()) return;
  const auto begun = static_cast<std::size_t>(here.index);
  if (!scope.manual && begun < scope.starts.size()) {
    Event details;
    details.number = here.index + 1;
    enter(key, scope.starts[begun], std::move(details));
    return;
  }
  if (scope.condition && !evaluate(*scope.condition, key).is_true()) {
    return incident(key, here.stage, "bpmn.ad_hoc.incomplete",
                    {{"text", scope.condition->source()}, {"reason", why()}});
  }
  complete_scope(key);
}

void Run::scope_next(Key key) {
  const Node& here = node(key);
  if (here.children > 0 || here.in_flight > 0 || !here.held.empty()) return;
  complete_scope(key);
}

void Run::complete_scope(Key key) {
  cancel_inside(key);
  if (node(key).parent == 0) return end_instance(Status::kCompleted, {});
  if (element(key).kind == ElementKind::kEventSubProcess) return depart(key, {});
  finish(key);
}

void Run::end_instance(Status status, const std::string& code) {
  const Key root = state_.nodes.begin()->first;
  cancel_inside(root);
  close_waits(root, "cancelled");
  while (!state_.incidents.empty()) {
    Event event{EventKind::kResolved};
    event.incident.key = state_.incidents.begin()->first;
    emit(std::move(event));
  }
  Event event{EventKind::kFinished};
  event.node = root;
  event.status = status;
  event.code = code;
  event.variables = node(root).variables;
  emit(std::move(event));
}

void Run::terminate(Key scope) {
  cancel_inside(scope);
  Event event{EventKind::kCleared};
  event.node = scope;
  emit(std::move(event));
  complete_scope(scope);
}

void Run::cancel_inside(Key scope, Key except) {
  if (!is_there(scope) || node(scope).children == 0) return;
  std::vector<Key> inside;
  for (const auto& [key, one] : state_.nodes) {
    if (one.parent == scope && key != except) inside.push_back(key);
  }
  for (const Key key : inside) cancel(key);
}

void Run::cancel(Key key) {
  cancel_inside(key);
  close_waits(key, "cancelled");
  if (const Node& here = node(key); !here.work.empty()) {
    Event event{EventKind::kWorkClosed};
    event.node = key;
    event.element = here.element;
    event.name = here.work;
    event.code = "cancelled";
    emit(std::move(event));
  }
  std::vector<Key> faults;
  for (const auto& [id, one] : state_.incidents) {
    if (one.node == key) faults.push_back(id);
  }
  for (const Key id : faults) {
    Event event{EventKind::kResolved};
    event.incident.key = id;
    event.node = key;
    emit(std::move(event));
  }
  Event event{EventKind::kCancelled};
  event.node = key;
  event.element = node(key).element;
  emit(std::move(event));
}

void Run::close_wait(const Wait& wait, const char* why) {
  Event event{EventKind::kWaitClosed};
  event.wait = wait;
  event.node = wait.node;
  event.code = why;
  emit(std::move(event));
}

void Run::close_waits(Key key, const char* why) {
  std::vector<Wait> open;
  for (const auto& [id, wait] : state_.waits) {
    if (wait.node == key) open.push_back(wait);
  }
  for (const Wait& wait : open) close_wait(wait, why);
}

void Run::close_starts(Key scope) {
  std::vector<Wait> open;
  for (const auto& [id, wait] : state_.waits) {
    if (wait.node == scope && at(wait.element).kind == ElementKind::kStartEvent) {
      open.push_back(wait);
    }
  }
  for (const Wait& wait : open) close_wait(wait, "cancelled");
}
}  // namespace hougu::process
