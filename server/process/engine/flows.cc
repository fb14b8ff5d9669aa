// From an element that is done to the flows behind it.
#include "process/engine/run.h"

namespace hougu::process {

void Run::finish(Key key) {
  const Element& done = element(key);
  if (!done.outputs.empty()) {
    Variables results = assigned(done.outputs, key);
    if (node(key).role == Role::kInner && done.loop) {
      if (const auto one = results.find(done.loop->output_item); one != results.end()) {
        Variables own;
        own.insert(results.extract(one));
        set_local(key, std::move(own));
      }
    }
    assign(node(key).parent, results);
  }
  leave(key);
}

void Run::leave(Key key) {
  if (node(key).role == Role::kInner) return inner_done(key);
  std::vector<FlowIndex> flows;
  if (!choose(key, flows)) return;
  depart(key, flows);
}

void Run::depart(Key key, const std::vector<FlowIndex>& flows) {
  const Key scope = node(key).parent;
  const std::uint32_t quantity = element(key).completion_quantity;
  const bool alone = node(key).owner != 0 || node(key).released;
  close_waits(key, "cancelled");
  Event event{EventKind::kLeft};
  event.node = key;
  event.element = node(key).element;
  emit(std::move(event));
  if (alone) return;
  for (const FlowIndex flow : flows) {
    for (std::uint32_t i = 0; i < quantity; ++i) {
      Event taken{EventKind::kTaken};
      taken.node = scope;
      taken.flow = flow;
      emit(std::move(taken));
    }
  }
}

bool Run::is_open(const Flow& flow, Key scope, std::string& nulls) {
  if (!flow.condition) return true;
  const feel::Value value = evaluate(*flow.condition, scope, [](const std::string& name) {
    return name == "waitingForStart" ? std::optional(feel::Value::boolean(true)) : std::nullopt;
  });
  if (!value.is_true() && !value.is_false()) {  // neither: said when no other flow is open
    nulls += nulls.empty() ? "" : ", ";
    nulls += flow.name.empty() ? flow.id : flow.name;
    if (const std::string reason = why(); !reason.empty()) nulls += " (" + reason + ")";
  }
  return value.is_true();
}

// The flows that get a token; false with an incident when there are flows but none is open.
bool Run::choose(Key key, std::vector<FlowIndex>& out) {
  const Element& done = element(key);
  if (done.outgoing.empty() || done.kind == ElementKind::kEventGateway) return true;
  if (done.kind == ElementKind::kParallelGateway) {
    out = done.outgoing;
    return true;
  }
  const bool exclusive = done.kind == ElementKind::kExclusiveGateway;
  bool conditional = false;
  std::string nulls;
  for (const FlowIndex index : done.outgoing) {
    const Flow& flow = process_.flows[index];
    if (index == done.default_flow || !is_open(flow, key, nulls)) continue;
    conditional = conditional || flow.condition != nullptr || !is_activity(done.kind);
    out.push_back(index);
    if (exclusive) return true;
  }
  if (!conditional && done.default_flow != kNone) out.push_back(done.default_flow);
  if (!out.empty()) return true;
  incident(key, Stage::kLeave, nulls.empty() ? "bpmn.flow.none" : "bpmn.flow.null",
           {{"flows", nulls}});
  return false;
}
}  // namespace hougu::process
