#include "process/engine/engine.h"

#include "process/engine/run.h"

namespace hougu::process {
namespace {
Error gone() { return conflict("bpmn.command.gone"); }
}  // namespace

Result<std::vector<Event>> handle(const Process& process, State& state, const Command& command,
                                  const Surroundings& surroundings) {
  Run run(process, state, surroundings);
  HOUGU_CHECK(run.execute(command));
  return run.take();
}

Result<void> Run::execute(const Command& command) {
  if (command.kind == CommandKind::kStart) {
    HOUGU_CHECK(start(command));
    work_off();
    return {};
  }
  if (state_.status != Status::kActive || state_.nodes.empty()) {
    return conflict("bpmn.command.finished");
  }
  switch (command.kind) {
    case CommandKind::kWake:
      HOUGU_CHECK(wake(command));
      break;
    case CommandKind::kSignal:
      signal(command.name, command.variables);
      break;
    case CommandKind::kComplete:
    case CommandKind::kFail:
    case CommandKind::kThrow:
    case CommandKind::kEscalate:
      HOUGU_CHECK(on_job(command));
      break;
    case CommandKind::kSet: {
      const Key key = command.key == 0 ? state_.nodes.begin()->first : command.key;
      if (!is_there(key)) return gone();
      set_local(key, command.variables);
      break;
    }
    case CommandKind::kEvaluate:
      dirty_ = true;
      break;
    case CommandKind::kRetry:
      HOUGU_CHECK(retry(command));
      break;
    case CommandKind::kCancel:
      end_instance(Status::kCancelled, {});
      break;
    default:
      HOUGU_CHECK(repair(command));
  }
  work_off();
  return {};
}

Result<void> Run::start(const Command& command) {
  if (!state_.nodes.empty() || state_.status != Status::kActive) {
    return conflict("bpmn.command.finished");
  }
  ElementIndex begun = kNone;
  if (!command.element.empty()) {
    begun = process_.find(command.element);
    if (begun == kNone || at(begun).parent != 0) {
      return invalid("bpmn.command.element", {}, {{"element", command.element}});
    }
  } else if (!process_.has_plain_start) {
    return invalid("bpmn.command.start", {}, {{"process", process_.id}});
  }
  Event event{EventKind::kStarted};
  event.node = state_.next_key;
  event.code = command.element;
  event.number = command.called ? 1 : 0;
  event.variables = command.variables;
  const Key root = event.node;
  emit(std::move(event));
  if (begun == kNone) return {};
  set_local(root, assigned(at(0).properties, root));
  for (const ElementIndex inner : at(0).event_sub_processes) {
    for (const ElementIndex one : at(inner).starts) {
      if (!is_there(root) || !open_waits(root, one)) return {};
    }
  }
  Event details;
  details.stage = Stage::kFinish;
  enter(root, begun, std::move(details));
  return {};
}

Result<void> Run::wake(const Command& command) {
  if (state_.waits.count(command.key) == 0) return gone();
  fire(command.key, command.variables);
  return {};
}

Result<void> Run::on_job(const Command& command) {
  const Node* found = state_.find(command.key);
  if (!found || found->work.empty()) return gone();
  const Key key = command.key;
  if (command.kind == CommandKind::kEscalate) {
    if (!raise(key, TriggerKind::kEscalation, command.code, command.variables)) {
      Event event{EventKind::kEscalated};
      event.node = key;
      event.code = command.code;
      emit(std::move(event));
    }
    return {};
  }
  Event closed{EventKind::kWorkClosed};
  closed.node = key;
  closed.name = found->work;
  const bool completes = command.kind == CommandKind::kComplete;
  closed.code = completes ? "completed" : "failed";
  emit(std::move(closed));
  if (command.kind == CommandKind::kFail) {
    incident(key, Stage::kWork, command.code.empty() ? "bpmn.job.failed" : command.code,
             {{"text", command.text.substr(0, 1'000)}});
    return {};
  }
  if (!completes) {
    if (!raise(key, TriggerKind::kError, command.code, command.variables)) {
      if (state_.called) {  // it is an error of the activity that called
        end_instance(Status::kFailed, command.code);
        return {};
      }
      incident(key, Stage::kWork, "bpmn.error.uncaught",
               {{"code", command.code}, {"text", command.text.substr(0, 1'000)}});
    }
    return {};
  }
  const Element& activity = element(key);
  if (activity.kind == ElementKind::kAdHoc) {
    cancel_inside(key);
    Event cleared{EventKind::kCleared};
    cleared.node = key;
    emit(std::move(cleared));
    finish(key);
    return {};
  }
  Variables own;
  Variables others = command.variables;
  if (activity.loop && node(key).role == Role::kInner) {
    if (auto one = others.find(activity.loop->output_item); one != others.end()) {
      own.insert(others.extract(one));
    }
  }
  if (!activity.outputs.empty()) {
    own.merge(others);
    others.clear();
  }
  set_local(key, std::move(own));
  assign(key, others);
  finish(key);
  return {};
}

Result<void> Run::retry(const Command& command) {
  const auto found = state_.incidents.find(command.key);
  if (found == state_.incidents.end()) return gone();
  const Key key = found->second.node;
  Event event{EventKind::kResolved};
  event.incident.key = command.key;
  event.node = key;
  const std::string code = found->second.code;
  emit(std::move(event));
  if (!is_there(key) || code == "bpmn.too_many_steps") return {};
  if (code == "bpmn.stuck" || code == "bpmn.ad_hoc.incomplete") {
    next(key);  // the scope itself has begun long ago
  } else {
    run(key);
  }
  return {};
}

Result<void> Run::repair(const Command& command) {
  const Node* found = state_.find(command.key);
  if (!found) return gone();
  if (command.kind == CommandKind::kActivate) {
    const ElementIndex target = process_.find(command.element);
    if (target == kNone || at(target).parent != found->element) {
      return invalid("bpmn.command.element", {}, {{"element", command.element}});
    }
    enter(command.key, target);
    return {};
  }
  const Key scope = found->parent;
  if (scope == 0) return gone();
  if (command.kind == CommandKind::kMove) {
    const ElementIndex target = process_.find(command.element);
    const ElementIndex around = at(found->element).parent;
    const bool fits = target != kNone && at(target).parent == around &&
                      at(target).kind != ElementKind::kEventSubProcess;
    if (!fits || found->role == Role::kInner) {
      return invalid("bpmn.command.element", {}, {{"element", command.element}});
    }
    cancel(command.key);
    enter(scope, target);
    return {};
  }
  cancel(command.key);
  if (node(scope).role == Role::kLoop) {
    loop_progress(scope);
  } else {
    next(scope);
  }
  return {};
}

void Run::work_off() {
  std::size_t steps = 0;
  for (;;) {
    if (state_.status != Status::kActive || state_.nodes.empty()) return;
    if (dirty_) {
      check_conditions();
      continue;
    }
    if (++steps > around_.max_steps) return too_many_steps();
    if (!state_.todo.empty()) {
      step();
      continue;
    }
    const std::size_t before = events_.size();
    settle();
    if (events_.size() == before) return;
  }
}

// The agenda stays as it is: mending the data and retrying goes on from there.
void Run::too_many_steps() {
  for (const auto& [key, one] : state_.incidents) {
    if (one.code == "bpmn.too_many_steps") return;
  }
  const Node& root = state_.nodes.begin()->second;
  incident(root.key, root.stage, "bpmn.too_many_steps",
           {{"count", std::to_string(around_.max_steps)}});
}

void Run::step() {
  const Todo todo = state_.todo.front();
  pop_ = true;
  switch (todo.kind) {
    case Todo::Kind::kArrive:
      arrive(todo.node, todo.flow);
      break;
    case Todo::Kind::kRun:
      run(todo.node);
      break;
    case Todo::Kind::kNext:
      next(todo.node);
      break;
  }
  if (pop_) emit({EventKind::kStepped});
}

void Run::arrive(Key scope, FlowIndex flow) {
  const ElementIndex target = process_.flows[flow].target;
  if (is_join(at(target))) return hold(scope, flow);
  Event details;
  details.flow = flow;
  enter(scope, target, std::move(details));
}

void Run::run(Key key) {
  const Node& here = node(key);
  if (here.stage == Stage::kLeave) return leave(key);
  if (here.stage == Stage::kFinish) return finish(key);
  if (here.role == Role::kRevived) return next(key);
  switch (element(key).kind) {
    case ElementKind::kProcess:
    case ElementKind::kEventSubProcess:
      return begin_scope(key);
    case ElementKind::kStartEvent:
    case ElementKind::kBoundaryEvent:
      return finish(key);
    case ElementKind::kCatchEvent:
      open_waits(key, here.element);
      return;
    case ElementKind::kThrowEvent:
    case ElementKind::kEndEvent:
      return throw_event(key);
    case ElementKind::kEventGateway:
      for (const FlowIndex flow : element(key).outgoing) {
        if (!is_there(key) || !open_waits(key, process_.flows[flow].target)) return;
      }
      return;
    case ElementKind::kExclusiveGateway:
    case ElementKind::kInclusiveGateway:
    case ElementKind::kParallelGateway:
    case ElementKind::kComplexGateway:
      return leave(key);
    default:
      if (here.stage == Stage::kWork) return work(key);
      return enter_activity(key);
  }
}

// Something inside, or something done on its behalf, has ended.
void Run::next(Key key) {
  if (!is_there(key)) return;
  const Node& here = node(key);
  const ElementKind kind = element(key).kind;
  const bool throws = kind == ElementKind::kThrowEvent || kind == ElementKind::kEndEvent;
  if (throws || here.cancelling || here.role == Role::kRevived) return compensation_next(key);
  if (here.role == Role::kLoop) return;  // goes on when its instances end
  if (kind == ElementKind::kAdHoc) return ad_hoc_next(key);
  if (is_scope(kind)) scope_next(key);
}

// Nothing moves any more: joins that wait for what may never come, and scopes that are stuck.
void Run::settle() {
  std::vector<Key> scopes;
  for (const auto& [key, one] : state_.nodes) {
    if (!one.held.empty() || !one.resetting.empty()) scopes.push_back(key);
  }
  for (const Key key : scopes) {
    if (is_there(key) && try_late_joins(key)) return;
  }
  for (const Key key : scopes) {
    if (!is_there(key)) continue;
    const Node& scope = node(key);
    if (scope.children > 0 || scope.in_flight > 0 || scope.held.empty()) continue;
    bool known = false;
    for (const auto& [id, one] : state_.incidents) known = known || one.node == key;
    if (known) continue;
    const Element& waiting = at(process_.flows[scope.held.begin()->first].target);
    incident(key, scope.stage, "bpmn.stuck",
             {{"gateway", waiting.name.empty() ? waiting.id : waiting.name}});
  }
}
}  // namespace hougu::process
