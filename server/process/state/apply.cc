#include "process/state/apply.h"

#include <algorithm>
#include <cassert>

namespace hougu::process {
namespace {
Node& node_at(State& state, Key key) {
  const auto found = state.nodes.find(key);
  assert(found != state.nodes.end());
  return found->second;
}

void use_held(Node& scope, FlowIndex flow) {
  const auto held = scope.held.find(flow);
  assert(held != scope.held.end());
  if (--held->second == 0) scope.held.erase(held);
}

bool has_compensation_start(const Process& process, const Element& element) {
  for (const ElementIndex at : element.event_sub_processes) {
    for (const ElementIndex start : process.elements[at].starts) {
      for (const Trigger& trigger : process.elements[start].triggers) {
        if (trigger.kind == TriggerKind::kCompensation) return true;
      }
    }
  }
  return false;
}

// Whether a completed activity leaves something that can be undone.
bool is_undoable(const Process& process, const Node& node) {
  const Element& element = process.elements[node.element];
  if (!is_activity(element.kind) || element.for_compensation || node.owner != 0) return false;
  if (node.role == Role::kInner || node.role == Role::kRevived) return false;
  return element.compensation_handler != kNone || !node.records.empty() ||
         (is_scope(element.kind) && has_compensation_start(process, element));
}

void started(State& state, const Event& event) {
  Node root;
  root.key = event.node;
  root.element = 0;
  root.variables = event.variables;
  state.nodes.emplace(root.key, std::move(root));
  state.next_key = event.node + 1;
  state.called = event.number == 1;
  if (event.code.empty()) state.todo.push_back({Todo::Kind::kRun, event.node, kNone});
}

void entered(const Process& process, State& state, const Event& event) {
  Node& scope = node_at(state, event.parent);
  if (event.flow != kNone) --scope.in_flight;
  for (const FlowIndex flow : event.flows) use_held(scope, flow);
  ++scope.children;
  if (event.role == Role::kInner && scope.loop) ++scope.loop->started;
  if (process.elements[scope.element].kind == ElementKind::kAdHoc && scope.role != Role::kLoop) {
    scope.index = std::max(scope.index, event.number);
  }
  Node node;
  node.key = event.node;
  node.parent = event.parent;
  node.element = event.element;
  node.role = event.role;
  node.stage = event.stage;
  node.index = event.role == Role::kInner ? event.number : 0;
  node.owner = event.owner;
  node.variables = event.variables;
  if (event.owner != 0) {
    Node& owner = node_at(state, event.owner);
    assert(!owner.pending.empty());
    Record record = std::move(owner.pending.back());
    owner.pending.pop_back();
    if (event.role == Role::kRevived) {
      const bool handled = has_compensation_start(process, process.elements[event.element]);
      node.variables = std::move(record.variables);
      (handled ? node.records : node.pending) = std::move(record.nested);
    }
  }
  state.nodes.emplace(node.key, std::move(node));
  state.next_key = std::max(state.next_key, event.node + 1);
  // What waits listens before anything else that has begun can throw.
  const ElementKind kind = process.elements[event.element].kind;
  const bool listens = kind == ElementKind::kCatchEvent || kind == ElementKind::kEventGateway ||
                       kind == ElementKind::kReceiveTask;
  const Todo todo{Todo::Kind::kRun, event.node, kNone};
  if (listens) {
    state.todo.push_front(todo);
  } else {
    state.todo.push_back(todo);
  }
}

void remove(State& state, Key key) {
  const Key parent = node_at(state, key).parent;
  state.nodes.erase(key);
  if (parent != 0) --node_at(state, parent).children;
  state.todo.erase(std::remove_if(state.todo.begin(), state.todo.end(),
                                  [&](const Todo& todo) { return todo.node == key; }),
                   state.todo.end());
}

void left(const Process& process, State& state, Key key) {
  Node& node = node_at(state, key);
  const Key parent = node.parent;
  const Key owner = node.owner;
  Node& scope = node_at(state, parent);
  // An inner instance hands its records to the activity as a whole.
  if (node.role == Role::kInner) {
    scope.records.insert(scope.records.end(), std::make_move_iterator(node.records.begin()),
                         std::make_move_iterator(node.records.end()));
  } else if (is_undoable(process, node)) {
    const bool inside = is_scope(process.elements[node.element].kind);
    scope.records.push_back(
        {node.element, inside ? node.variables : Variables{}, std::move(node.records)});
  }
  if (node.role == Role::kInner && scope.loop) {
    ++scope.loop->completed;
    remove(state, key);
    return;  // the engine goes on with the loop itself
  }
  remove(state, key);
  state.todo.push_back({Todo::Kind::kNext, owner != 0 ? owner : parent, kNone});
}

void compensating(State& state, const Event& event) {
  std::vector<Record> moved;
  Node& scope = node_at(state, event.parent);
  for (const FlowIndex place : event.flows) moved.push_back(std::move(scope.records[place]));
  std::vector<Record> rest;
  for (std::size_t i = 0; i < scope.records.size(); ++i) {
    const auto place = static_cast<FlowIndex>(i);
    if (std::find(event.flows.begin(), event.flows.end(), place) == event.flows.end()) {
      rest.push_back(std::move(scope.records[i]));
    }
  }
  scope.records = std::move(rest);
  Node& runner = node_at(state, event.node);
  runner.pending = std::move(moved);
  runner.cancelling = event.number == 1;
  state.todo.push_back({Todo::Kind::kNext, event.node, kNone});
}

void cleared(State& state, Key key) {
  Node& scope = node_at(state, key);
  scope.in_flight = 0;
  scope.held.clear();
  scope.resetting.clear();
  const auto gone = [&](const Todo& todo) {
    return todo.node == key && todo.kind == Todo::Kind::kArrive;
  };
  state.todo.erase(std::remove_if(state.todo.begin(), state.todo.end(), gone), state.todo.end());
}

void apply_wait(State& state, const Event& event) {
  const auto found = state.waits.find(event.wait.key);
  if (event.kind == EventKind::kWaitOpened) {
    state.waits.emplace(event.wait.key, event.wait);
    state.next_key = std::max(state.next_key, event.wait.key + 1);
  } else if (found == state.waits.end()) {
    assert(false);
  } else if (event.kind == EventKind::kWaitClosed) {
    state.waits.erase(found);
  } else if (event.kind == EventKind::kWaitRearmed) {
    found->second.due = event.time;
    found->second.times = event.number;
  } else {
    found->second.marked = event.number == 1;
  }
}

void apply_incident(State& state, const Event& event) {
  if (event.kind == EventKind::kResolved) {
    state.incidents.erase(event.incident.key);
    return;
  }
  state.incidents.emplace(event.incident.key, event.incident);
  state.next_key = std::max(state.next_key, event.incident.key + 1);
  node_at(state, event.incident.node).stage = event.stage;
}

void loop_result(State& state, const Event& event) {
  Node& node = node_at(state, event.node);
  const auto place = static_cast<std::size_t>(event.number);
  if (node.loop->results.size() < place) node.loop->results.resize(place);
  node.loop->results[place - 1] = event.values.front();
}

void reset(State& state, const Event& event) {
  Node& scope = node_at(state, event.node);
  if (event.flow != kNone) use_held(scope, event.flow);
  if (event.flows.empty()) {
    scope.resetting.erase(event.element);
  } else {
    scope.resetting[event.element] = event.flows;
  }
}
}  // namespace

void apply(const Process& process, State& state, const Event& event) {
  if (event.pops) {
    assert(!state.todo.empty());
    state.todo.pop_front();
  }
  switch (event.kind) {
    case EventKind::kStarted:
      return started(state, event);
    case EventKind::kTaken:
      ++node_at(state, event.node).in_flight;
      state.todo.push_back({Todo::Kind::kArrive, event.node, event.flow});
      return;
    case EventKind::kHeld:
      --node_at(state, event.node).in_flight;
      ++node_at(state, event.node).held[event.flow];
      return;
    case EventKind::kEntered:
      return entered(process, state, event);
    case EventKind::kSet:
      for (const auto& [name, value] : event.variables) {
        node_at(state, event.node).variables.insert_or_assign(name, value);
      }
      return;
    case EventKind::kWaitOpened:
    case EventKind::kWaitRearmed:
    case EventKind::kWaitMarked:
    case EventKind::kWaitClosed:
      return apply_wait(state, event);
    case EventKind::kWorkOpened:
      node_at(state, event.node).work = event.name;
      return;
    case EventKind::kWorkClosed:
      node_at(state, event.node).work.clear();
      return;
    case EventKind::kLoopBegun:
      node_at(state, event.node).loop = LoopState{event.number, 0, 0, event.values, {}};
      return;
    case EventKind::kLoopResult:
      return loop_result(state, event);
    case EventKind::kReset:
      return reset(state, event);
    case EventKind::kCompensating:
      return compensating(state, event);
    case EventKind::kReleased:
      node_at(state, event.node).released = true;
      return;
    case EventKind::kLeft:
      return left(process, state, event.node);
    case EventKind::kCancelled: {
      const Node& node = node_at(state, event.node);
      Node* outer = node.role == Role::kInner ? &node_at(state, node.parent) : nullptr;
      if (outer && outer->loop) ++outer->loop->completed;
      return remove(state, event.node);
    }
    case EventKind::kCleared:
      return cleared(state, event.node);
    case EventKind::kIncident:
    case EventKind::kResolved:
      return apply_incident(state, event);
    case EventKind::kFinished:
      state.status = event.status;
      state.error = event.code;
      state.nodes.clear();
      state.todo.clear();
      return;
    case EventKind::kStepped:
    case EventKind::kMessageSent:
    case EventKind::kSignalSent:
    case EventKind::kEscalated:
      return;
  }
}
}  // namespace hougu::process
