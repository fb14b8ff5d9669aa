// The work of activities.
#include "process/engine/run.h"

namespace hougu::process {

void Run::enter_activity(Key key) {
  const Node& here = node(key);
  if (here.role != Role::kInner) {
    for (const ElementIndex boundary : element(key).boundaries) {
      if (!open_waits(key, boundary) || !is_there(key)) return;
    }
  }
  work(key);
}

void Run::work(Key key) {
  const Element& activity = element(key);
  if (node(key).role == Role::kLoop) {
    if (node(key).loop) return loop_progress(key);
    return begin_loop(key);
  }
  set_local(key, assigned(activity.inputs, key));
  if (is_scope(activity.kind)) {
    return activity.kind == ElementKind::kAdHoc ? begin_ad_hoc(key) : begin_scope(key);
  }
  if (activity.kind == ElementKind::kCallActivity) return open_work(key, "call", {});
  if (activity.kind == ElementKind::kReceiveTask) {
    open_waits(key, node(key).element);
    return;
  }
  if (activity.kind == ElementKind::kSendTask && !activity.triggers.empty()) {
    if (send(key, activity.triggers.front(), assigned(activity.inputs, key))) finish(key);
    return;
  }
  if (!activity.job.empty()) return open_work(key, activity.job, {});
  if (activity.kind == ElementKind::kScriptTask) return script(key);
  if (activity.kind == ElementKind::kBusinessRuleTask) return decide(key);
  finish(key);
}

void Run::open_work(Key key, const std::string& kind, Variables variables) {
  const Element& activity = element(key);
  Event event{EventKind::kWorkOpened};
  event.node = key;
  event.element = node(key).element;
  event.name = kind;
  event.variables = std::move(variables);
  if (kind == "call") {
    event.code = activity.called;
    event.text = activity.called_version;
    // Without inputs of its own a call gives everything it can see.
    event.variables = activity.inputs.empty() ? visible(key) : assigned(activity.inputs, key);
  }
  emit(std::move(event));
}

void Run::script(Key key) {
  const Element& activity = element(key);
  if (activity.script) {
    feel::Value value = evaluate(*activity.script, key);
    if (value.is_null() && !diagnostics_.empty()) {
      return incident(key, Stage::kWork, "bpmn.script.null", {{"reason", why()}});
    }
    Variables results;
    if (!activity.result.empty()) {
      results.emplace(activity.result, std::move(value));
    } else if (value.is(feel::Kind::kContext)) {  // each member is a variable
      for (const auto& entry : value.context().entries) results.emplace(entry.key, entry.value);
    }
    assign(key, results);
  }
  finish(key);
}

void Run::decide(Key key) {
  const Element& activity = element(key);
  const auto found =
      around_.decisions ? around_.decisions->find(activity.called) : Decisions::Found{};
  if (!found.model) {
    return incident(key, Stage::kWork, "bpmn.decision.missing", {{"decision", activity.called}});
  }
  std::vector<feel::ContextEntry> inputs;
  for (auto& [name, value] : visible(key)) inputs.push_back({name, value});
  diagnostics_.clear();
  feel::Evaluation run(&diagnostics_);
  const auto decided =
      found.model->decide(found.decision, feel::Value::context(std::move(inputs)), run);
  if (!decided.ok()) {
    return incident(key, Stage::kWork, "bpmn.decision.missing", {{"decision", activity.called}});
  }
  if (decided->is_null()) {
    return incident(key, Stage::kWork, "bpmn.decision.null",
                    {{"decision", activity.called}, {"reason", why()}});
  }
  Variables results;
  if (!activity.result.empty()) {
    results.emplace(activity.result, *decided);
  } else if (decided->is(feel::Kind::kContext)) {
    for (const auto& entry : decided->context().entries) results.emplace(entry.key, entry.value);
  } else {
    results.emplace(found.decision, *decided);
  }
  assign(key, results);
  finish(key);
}

bool Run::send(Key key, const Trigger& trigger, Variables variables) {
  Event event{EventKind::kMessageSent};
  event.node = key;
  event.element = node(key).element;
  event.name = trigger.name;
  if (trigger.correlation) {
    const feel::Value value = evaluate(*trigger.correlation, key);
    if (value.is_null()) {
      incident(key, Stage::kWork, "bpmn.correlation.null",
               {{"text", trigger.correlation->source()}, {"reason", why()}});
      return false;
    }
    event.code = feel::to_text(value);
  }
  event.variables = std::move(variables);
  emit(std::move(event));
  return true;
}
}  // namespace hougu::process
