// Gateways: their direction, and what may follow one that waits for events.
#include <algorithm>

#include "process/checks/check.h"

namespace hougu::process {
namespace {
void check_direction(const Check& check, const Item& item) {
  const std::string direction = attribute(item.node, "gatewayDirection");
  const std::size_t in = check.incoming(item).size();
  const std::size_t out = check.outgoing(item).size();
  const bool wrong = (direction == "Converging" && (in < 2 || out > 1)) ||
                     (direction == "Diverging" && (in > 1 || out < 2)) ||
                     (direction == "Mixed" && (in < 2 || out < 2));
  if (wrong) {
    check.complain("bpmn.gateway.direction", item,
                   {{"direction", direction},
                    {"incoming", std::to_string(in)},
                    {"outgoing", std::to_string(out)}});
  }
  if (out == 0) check.warn("bpmn.gateway.outgoing", item);
}

bool is_wait(const Check& check, const Item& target, bool* message) {
  if (target.kind == "receiveTask") return true;
  if (target.kind != "intermediateCatchEvent") return false;
  const auto definitions = check.definitions(target);
  for (const Item* one : definitions) {
    if (one->kind == "messageEventDefinition") *message = true;
    if (one->kind != "messageEventDefinition" && one->kind != "signalEventDefinition" &&
        one->kind != "timerEventDefinition" && one->kind != "conditionalEventDefinition") {
      return false;
    }
  }
  return !definitions.empty();
}

void check_event_gateway(const Check& check, const Item& item) {
  if (check.outgoing(item).size() < 2) check.complain("bpmn.event_gateway.outgoing", item);
  const bool starts = flag(item.node, "instantiate", false);
  if (starts && !check.incoming(item).empty()) {
    check.complain("bpmn.event_gateway.incoming", item);
  }
  if (attribute(item.node, "eventGatewayType") == "Parallel") {
    check.complain("bpmn.event_gateway.parallel", item);
  }
  bool messages = false;
  bool receives = false;
  for (const Item* flow : check.outgoing(item)) {
    const Item* target = check.target(*flow);
    if (!target) continue;
    bool message = false;
    if (!is_wait(check, *target, &message)) {
      check.complain("bpmn.event_gateway.target", *target);
      continue;
    }
    receives = receives || target->kind == "receiveTask";
    messages = messages || message;
    if (check.incoming(*target).size() > 1) {
      check.complain("bpmn.event_gateway.shared", *target);
    }
    if (target->kind == "receiveTask" && !check.boundaries(*target).empty()) {
      check.complain("bpmn.event_gateway.boundary", *target);
    }
    if (starts && !message && target->kind != "receiveTask") {
      check.complain("bpmn.event_gateway.start", *target);
    }
  }
  if (messages && receives) check.complain("bpmn.event_gateway.mixed", item);
}
}  // namespace

void check_gateways(const Check& check) {
  for (const Item& item : check.index().items()) {
    if (!kinds::in(kinds::gateways, item.kind)) continue;
    check_direction(check, item);
    if (item.kind == "eventBasedGateway") check_event_gateway(check, item);
    if (item.kind == "complexGateway" && check.incoming(item).size() > 1 &&
        !child(item.node, "activationCondition")) {
      check.warn("bpmn.gateway.activation", item);
    }
  }
}
}  // namespace hougu::process
