// Where tokens wait for each other.
#include <algorithm>

#include "process/engine/run.h"

namespace hougu::process {
namespace {
using feel::Value;

std::vector<FlowIndex> with_token(const Node& scope, const Element& gateway) {
  std::vector<FlowIndex> out;
  for (const FlowIndex flow : gateway.incoming) {
    if (scope.held.count(flow) > 0) out.push_back(flow);
  }
  return out;
}

// Backwards from some flows, not through `gateway`: all flows and elements a token could come from.
class Sources {
 public:
  Sources(const Process& process, ElementIndex gateway) : process_(process), gateway_(gateway) {}

  void from(const std::vector<FlowIndex>& flows) {
    for (const FlowIndex flow : flows) add_flow(flow);
    while (!open_.empty()) {
      const ElementIndex at = open_.back();
      open_.pop_back();
      const Element& element = process_.elements[at];
      for (const FlowIndex flow : element.incoming) add_flow(flow);
      if (element.attached_to != kNone) add(element.attached_to);
      add_links(at);
    }
  }
  bool flow(FlowIndex at) const { return flows_.count(at) > 0; }
  bool element(ElementIndex at) const { return elements_.count(at) > 0; }

 private:
  void add_flow(FlowIndex flow) {
    if (flows_.insert(flow).second) add(process_.flows[flow].source);
  }
  void add(ElementIndex at) {
    if (at != gateway_ && elements_.insert(at).second) open_.push_back(at);
  }
  // Behind a link target stand its sources.
  void add_links(ElementIndex at) {
    const Element& target = process_.elements[at];
    if (target.kind != ElementKind::kCatchEvent || target.triggers.empty() ||
        target.triggers.front().kind != TriggerKind::kLink) {
      return;
    }
    for (ElementIndex i = 0; i < process_.elements.size(); ++i) {
      const Element& one = process_.elements[i];
      const bool source = one.parent == target.parent && one.kind == ElementKind::kThrowEvent &&
                          !one.triggers.empty() && one.triggers.front().kind == TriggerKind::kLink;
      if (source) add(i);  // links are few: those of other names only make the join wait longer
    }
  }

  const Process& process_;
  ElementIndex gateway_;
  std::set<FlowIndex> flows_{};
  std::set<ElementIndex> elements_{};
  std::vector<ElementIndex> open_{};
};
}  // namespace

bool Run::is_join(const Element& target) const {
  if (is_activity(target.kind)) return target.start_quantity > 1;
  return target.incoming.size() > 1 && (target.kind == ElementKind::kParallelGateway ||
                                        target.kind == ElementKind::kInclusiveGateway ||
                                        target.kind == ElementKind::kComplexGateway);
}

void Run::hold(Key scope, FlowIndex flow) {
  const ElementIndex target = process_.flows[flow].target;
  Event event{EventKind::kHeld};
  event.node = scope;
  event.flow = flow;
  event.element = target;
  emit(std::move(event));
  if (at(target).kind == ElementKind::kComplexGateway) {
    try_complex(scope, target);
  } else if (at(target).kind != ElementKind::kInclusiveGateway) {
    try_join(scope, target);
  }
}

// A parallel gateway with a token on every flow; an activity with as many as it begins with.
bool Run::try_join(Key scope, ElementIndex gateway) {
  const Element& target = at(gateway);
  Event details;
  if (is_activity(target.kind)) {
    for (const FlowIndex flow : target.incoming) {
      const auto held = node(scope).held.find(flow);
      std::uint32_t count = held == node(scope).held.end() ? 0 : held->second;
      for (; count > 0 && details.flows.size() < target.start_quantity; --count) {
        details.flows.push_back(flow);
      }
    }
    if (details.flows.size() < target.start_quantity) return false;
  } else {
    details.flows = with_token(node(scope), target);
    if (details.flows.size() < target.incoming.size()) return false;
  }
  enter(scope, gateway, std::move(details));
  return true;
}

// Active when its condition holds; then, until every other flow has brought its token or can't any
// more, it only takes those in.
bool Run::try_complex(Key scope, ElementIndex gateway) {
  const Element& target = at(gateway);
  const auto resetting = node(scope).resetting.find(gateway);
  if (resetting != node(scope).resetting.end()) {
    for (const FlowIndex flow : resetting->second) {
      if (node(scope).held.count(flow) == 0) continue;
      Event event{EventKind::kReset};
      event.node = scope;
      event.element = gateway;
      event.flow = flow;
      event.flows = resetting->second;
      event.flows.erase(std::find(event.flows.begin(), event.flows.end(), flow));
      const bool done = event.flows.empty();
      emit(std::move(event));
      if (done) reset_done(scope, gateway);
      return true;
    }
    return false;
  }
  Event details;
  details.flows = with_token(node(scope), target);
  if (details.flows.empty()) return false;
  if (target.condition) {
    const auto count = static_cast<std::int64_t>(details.flows.size());
    const Value active = evaluate(*target.condition, scope, [&](const std::string& name) {
      return name == "activationCount" ? std::optional(Value::integer(count)) : std::nullopt;
    });
    if (!active.is_true()) return false;  // stuck later, if nothing comes any more
  }
  Event reset{EventKind::kReset};
  reset.node = scope;
  reset.element = gateway;
  for (const FlowIndex flow : target.incoming) {
    const bool here =
        std::find(details.flows.begin(), details.flows.end(), flow) != details.flows.end();
    if (!here) reset.flows.push_back(flow);
  }
  enter(scope, gateway, std::move(details));
  if (target.condition && !reset.flows.empty()) emit(std::move(reset));
  return true;
}

// Flows whose condition asks for it get a token when the gateway is ready again.
void Run::reset_done(Key scope, ElementIndex gateway) {
  for (const FlowIndex flow : at(gateway).outgoing) {
    const ExpressionPtr& condition = process_.flows[flow].condition;
    if (!condition || !condition->reads("waitingForStart")) continue;
    const Value open = evaluate(*condition, scope, [](const std::string& name) {
      return name == "waitingForStart" ? std::optional(Value::boolean(false)) : std::nullopt;
    });
    if (!open.is_true()) continue;
    Event taken{EventKind::kTaken};
    taken.node = scope;
    taken.flow = flow;
    emit(std::move(taken));
  }
  if (!try_complex(scope, gateway)) next(scope);
}

// BPMN 13.4.3: somewhere is a token that can reach one of the `awaited` flows, and can't reach any
// incoming flow that has one already; both without passing the gateway.
bool Run::may_still_come(Key scope, ElementIndex gateway, const std::vector<FlowIndex>& awaited) {
  Sources empty(process_, gateway);
  empty.from(awaited);
  std::vector<FlowIndex> full;
  for (const FlowIndex flow : at(gateway).incoming) {
    if (std::find(awaited.begin(), awaited.end(), flow) == awaited.end()) full.push_back(flow);
  }
  Sources filled(process_, gateway);
  filled.from(full);
  const Node& around = node(scope);
  for (const auto& [flow, count] : around.held) {
    if (process_.flows[flow].target == gateway) continue;
    if (empty.flow(flow) && !filled.flow(flow)) return true;
  }
  for (const auto& [key, one] : state_.nodes) {
    if (one.parent != scope || one.released || one.owner != 0) continue;
    if (empty.element(one.element) && !filled.element(one.element)) return true;
  }
  return false;
}

bool Run::try_late_joins(Key scope) {
  std::set<ElementIndex> gateways;
  for (const auto& [flow, count] : node(scope).held) gateways.insert(process_.flows[flow].target);
  for (const auto& [gateway, flows] : node(scope).resetting) gateways.insert(gateway);
  for (const ElementIndex gateway : gateways) {
    const Element& target = at(gateway);
    if (target.kind == ElementKind::kInclusiveGateway) {
      Event details;
      details.flows = with_token(node(scope), target);
      std::vector<FlowIndex> awaited;
      for (const FlowIndex flow : target.incoming) {
        if (node(scope).held.count(flow) == 0) awaited.push_back(flow);
      }
      if (may_still_come(scope, gateway, awaited)) continue;
      enter(scope, gateway, std::move(details));
      return true;
    }
    if (target.kind != ElementKind::kComplexGateway) continue;
    const auto resetting = node(scope).resetting.find(gateway);
    if (resetting == node(scope).resetting.end()) {
      if (try_complex(scope, gateway)) return true;  // data may have changed
      continue;
    }
    if (may_still_come(scope, gateway, resetting->second)) continue;
    Event event{EventKind::kReset};
    event.node = scope;
    event.element = gateway;
    emit(std::move(event));
    reset_done(scope, gateway);
    return true;
  }
  return false;
}
}  // namespace hougu::process
