// Waiting for timers, messages, signals and conditions, and what happens when they come.
#include "process/engine/run.h"

namespace hougu::process {
namespace {
bool is_waited_for(TriggerKind kind) {
  return kind == TriggerKind::kTimer || kind == TriggerKind::kMessage ||
         kind == TriggerKind::kSignal || kind == TriggerKind::kConditional;
}
}  // namespace

bool Run::open_waits(Key key, ElementIndex index) {
  const std::size_t count = at(index).triggers.size();
  for (std::size_t i = 0; i < count; ++i) {
    if (!is_waited_for(at(index).triggers[i].kind)) continue;
    if (!open_wait(key, index, static_cast<std::uint32_t>(i))) return false;
    if (!is_there(key)) return true;  // a condition that was true already
  }
  return true;
}

bool Run::open_wait(Key key, ElementIndex index, std::uint32_t place) {
  const Trigger& trigger = at(index).triggers[place];
  const Stage stage = node(key).stage;
  for (const auto& [id, wait] : state_.waits) {  // when a mended incident opens the rest
    if (wait.node == key && wait.element == index && wait.trigger == place) return true;
  }
  Wait wait{state_.next_key, key, index, place, 0, 1, {}, false};
  if (trigger.kind == TriggerKind::kTimer) {
    std::optional<Schedule> schedule = trigger.schedule;
    if (trigger.expression) schedule = timer_of(trigger.timer, evaluate(*trigger.expression, key));
    if (!schedule) {
      incident(
          key, stage, "bpmn.timer.null",
          {{"text", trigger.expression ? trigger.expression->source() : ""}, {"reason", why()}});
      return false;
    }
    wait.due = schedule->due ? *schedule->due : plus(around_.now, schedule->every);
    wait.times = schedule->times;
    if (wait.times == 0) return true;
  } else if (trigger.kind == TriggerKind::kMessage && trigger.correlation) {
    const feel::Value value = evaluate(*trigger.correlation, key);
    if (value.is_null()) {
      incident(key, stage, "bpmn.correlation.null",
               {{"text", trigger.correlation->source()}, {"reason", why()}});
      return false;
    }
    wait.correlation = feel::to_text(value);
  }
  Event event{EventKind::kWaitOpened};
  event.node = key;
  event.wait = wait;
  emit(std::move(event));
  const bool conditional = trigger.kind == TriggerKind::kConditional && trigger.expression;
  if (conditional && evaluate(*trigger.expression, key).is_true()) {
    Event marked{EventKind::kWaitMarked};
    marked.wait = wait;
    marked.number = 1;
    emit(std::move(marked));
    fire(wait.key, {});
  }
  return true;
}

// A condition comes when it becomes true, not while it stays so.
void Run::check_conditions() {
  dirty_ = false;
  if (!process_.has_conditions) return;
  std::vector<Key> conditions;
  for (const auto& [id, wait] : state_.waits) {
    if (at(wait.element).triggers[wait.trigger].kind == TriggerKind::kConditional) {
      conditions.push_back(id);
    }
  }
  for (const Key id : conditions) {
    const auto found = state_.waits.find(id);
    if (found == state_.waits.end()) continue;
    const Wait wait = found->second;
    const Trigger& trigger = at(wait.element).triggers[wait.trigger];
    const bool now = trigger.expression && evaluate(*trigger.expression, wait.node).is_true();
    if (now == wait.marked) continue;
    Event event{EventKind::kWaitMarked};
    event.wait = wait;
    event.number = now ? 1 : 0;
    emit(std::move(event));
    if (now) fire(id, {});
  }
}

void Run::fire(Key key, const Variables& variables) {
  const auto found = state_.waits.find(key);
  if (found == state_.waits.end()) return;
  const Wait wait = found->second;
  const Element& waited = at(wait.element);
  if (waited.parallel_multiple && waited.triggers.size() > 1) {
    if (!wait.marked) {
      Event event{EventKind::kWaitMarked};
      event.wait = wait;
      event.number = 1;
      emit(std::move(event));
    }
    assign(wait.node, variables);
    if (!all_marked(wait)) return;
    if (!waited.interrupting) unmark(wait);
  }
  const Node& here = node(wait.node);
  if (here.element == wait.element) return fire_self(wait, variables);
  if (waited.kind == ElementKind::kBoundaryEvent) return fire_boundary(wait, variables);
  if (element(wait.node).kind == ElementKind::kEventGateway) return fire_gateway(wait, variables);
  fire_start(wait, variables);
}

bool Run::all_marked(const Wait& wait) {
  for (const auto& [id, one] : state_.waits) {
    if (one.node == wait.node && one.element == wait.element && !one.marked) return false;
  }
  return true;
}

// What waits on needs all of it again; conditions stay what they are.
void Run::unmark(const Wait& wait) {
  std::vector<Wait> marked;
  for (const auto& [id, one] : state_.waits) {
    const TriggerKind kind = at(one.element).triggers[one.trigger].kind;
    if (one.node == wait.node && one.element == wait.element && one.marked &&
        kind != TriggerKind::kConditional) {
      marked.push_back(one);
    }
  }
  for (const Wait& one : marked) {
    Event event{EventKind::kWaitMarked};
    event.wait = one;
    emit(std::move(event));
  }
}

bool Run::rearm(const Wait& wait) {
  const Trigger& trigger = at(wait.element).triggers[wait.trigger];
  if (trigger.kind != TriggerKind::kTimer) return true;  // others stay as they are
  std::optional<Schedule> schedule = trigger.schedule;
  if (trigger.expression) {
    schedule = timer_of(trigger.timer, evaluate(*trigger.expression, wait.node));
  }
  if (wait.times == 1 || !schedule || schedule->every == Duration{}) return false;
  Event event{EventKind::kWaitRearmed};
  event.node = wait.node;
  event.wait = wait;
  event.time = plus(wait.due, schedule->every);
  event.number = wait.times < 0 ? wait.times : wait.times - 1;
  emit(std::move(event));
  return true;
}

// A catching event or a receive task. A cycle lets a token go each time it is due.
void Run::fire_self(const Wait& wait, const Variables& variables) {
  const Key key = wait.node;
  const Element& waited = at(wait.element);
  const bool timer = waited.triggers[wait.trigger].kind == TriggerKind::kTimer;
  if (waited.outputs.empty()) {
    assign(key, variables);
  } else {
    set_local(key, variables);
  }
  if (timer && !waited.parallel_multiple && rearm(wait)) {
    const Key scope = node(key).parent;
    for (const FlowIndex flow : waited.outgoing) {
      Event taken{EventKind::kTaken};
      taken.node = scope;
      taken.flow = flow;
      emit(std::move(taken));
    }
    return;
  }
  close_wait(wait, "fired");
  close_waits(key, "cancelled");
  finish(key);
}

void Run::fire_boundary(const Wait& wait, const Variables& variables) {
  if (at(wait.element).interrupting) {
    close_wait(wait, "fired");
    return interrupt(wait.node, wait.element, variables);
  }
  if (!rearm(wait)) close_wait(wait, "fired");
  Event details;
  details.stage = Stage::kFinish;
  if (at(wait.element).outputs.empty()) {
    assign(wait.node, variables);
  } else {
    details.variables = variables;
  }
  enter(node(wait.node).parent, wait.element, std::move(details));
}

void Run::fire_gateway(const Wait& wait, const Variables& variables) {
  const Key gateway = wait.node;
  const Key scope = node(gateway).parent;
  close_wait(wait, "fired");
  depart(gateway, {});
  Event details;
  details.stage = Stage::kFinish;
  if (at(wait.element).outputs.empty()) {
    assign(scope, variables);
  } else {
    details.variables = variables;
  }
  enter(scope, wait.element, std::move(details));
}

void Run::fire_start(const Wait& wait, const Variables& variables) {
  if (at(wait.element).interrupting) {
    close_wait(wait, "fired");
  } else if (!rearm(wait)) {
    close_wait(wait, "fired");
  }
  begin_event_sub_process(wait.node, wait.element, variables);
}
}  // namespace hougu::process
