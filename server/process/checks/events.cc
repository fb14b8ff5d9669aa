// Which triggers an event may have, by its place.
#include <algorithm>

#include "process/checks/check.h"

namespace hougu::process {
namespace {
// Columns of the standard's table "types of events and their markers".
enum Place : unsigned {
  kTopStart = 1,
  kInnerStart = 2,  // of a sub-process
  kEventStart = 4,  // of an event sub-process, interrupting
  kEventStartBeside = 8,
  kCatch = 16,
  kThrow = 32,
  kEnd = 64,
  kBoundary = 128,
  kBoundaryBeside = 256,
};

struct Allowed {
  std::string_view definition;
  unsigned places;
};
constexpr Allowed kAllowed[] = {
    {"", kTopStart | kInnerStart | kThrow | kEnd},
    {"messageEventDefinition", kTopStart | kEventStart | kEventStartBeside | kCatch | kThrow |
                                   kEnd | kBoundary | kBoundaryBeside},
    {"timerEventDefinition",
     kTopStart | kEventStart | kEventStartBeside | kCatch | kBoundary | kBoundaryBeside},
    {"signalEventDefinition", kTopStart | kEventStart | kEventStartBeside | kCatch | kThrow | kEnd |
                                  kBoundary | kBoundaryBeside},
    {"conditionalEventDefinition",
     kTopStart | kEventStart | kEventStartBeside | kCatch | kBoundary | kBoundaryBeside},
    {"errorEventDefinition", kEventStart | kEnd | kBoundary},
    {"escalationEventDefinition",
     kEventStart | kEventStartBeside | kThrow | kEnd | kBoundary | kBoundaryBeside},
    {"compensateEventDefinition", kEventStart | kThrow | kEnd | kBoundary},
    {"linkEventDefinition", kCatch | kThrow},
    {"terminateEventDefinition", kEnd},
    {"cancelEventDefinition", kEnd | kBoundary},
};

unsigned place_of(const Check& check, const Item& item) {
  if (item.kind == "endEvent") return kEnd;
  if (item.kind == "intermediateCatchEvent") return kCatch;
  if (item.kind == "intermediateThrowEvent") return kThrow;
  if (item.kind == "boundaryEvent") {
    return flag(item.node, "cancelActivity", true) ? kBoundary : kBoundaryBeside;
  }
  const Item* scope = check.scope(item);
  if (!scope || scope->kind == "process" || scope->kind == "choreography") return kTopStart;
  if (!check.is_event_sub_process(*scope)) return kInnerStart;
  return flag(item.node, "isInterrupting", true) ? kEventStart : kEventStartBeside;
}

void check_allowed(const Check& check, const Item& item, std::string_view definition) {
  const unsigned place = place_of(check, item);
  const auto* rule = std::find_if(std::begin(kAllowed), std::end(kAllowed),
                                  [&](const Allowed& one) { return one.definition == definition; });
  if (rule != std::end(kAllowed) && (rule->places & place) != 0) return;
  if (definition.empty()) {
    check.complain("bpmn.event.no_trigger", item);
    return;
  }
  check.complain("bpmn.event.trigger", item, {{"trigger", "@bpmn." + std::string(definition)}});
}

// Definitions that several events use stand at the top of the file.
void check_shared(const Check& check, const Item& item) {
  for (pugi::xml_node one = child(item.node, "eventDefinitionRef"); one; one = next(one)) {
    const Item* definition = check.index().find(text_of(one));
    if (!definition || !kinds::in(kinds::event_definitions, definition->kind)) continue;
    const Item* around = check.index().parent(*definition);
    if (around && around->kind != "definitions") {
      check.complain("bpmn.event.borrowed", item, {{"definition", definition->id}});
    }
  }
}

void check_cancel(const Check& check, const Item& item) {
  if (item.kind == "boundaryEvent") {
    const Item* activity = check.referred(item, "attachedToRef");
    if (activity && activity->kind != "transaction") check.complain("bpmn.cancel.boundary", item);
  } else {
    constexpr std::string_view kTransaction[] = {"transaction"};
    if (!check.index().around(item, kTransaction)) check.complain("bpmn.cancel.end", item);
  }
}

void check_boundary(const Check& check, const Item& item,
                    const std::vector<const Item*>& definitions) {
  const Item* activity = check.referred(item, "attachedToRef");
  if (!activity) {
    check.complain("bpmn.boundary.loose", item);
  } else if (check.scope(*activity) != check.scope(item)) {
    check.complain("bpmn.boundary.elsewhere", item);
  } else if (check.is_event_sub_process(*activity)) {
    check.complain("bpmn.boundary.event_sub_process", item);
  }
  const bool compensates = std::any_of(definitions.begin(), definitions.end(), [](const Item* one) {
    return one->kind == "compensateEventDefinition";
  });
  const bool out = !check.outgoing(item).empty();
  if (!compensates && !out) check.complain("bpmn.boundary.outgoing", item);
  if (compensates && out) check.complain("bpmn.compensation.outgoing", item);
  if (compensates && definitions.size() > 1) check.complain("bpmn.compensation.multiple", item);
}
}  // namespace

void check_events(const Check& check) {
  for (const Item& item : check.index().items()) {
    if (!kinds::in(kinds::events, item.kind)) continue;
    const auto definitions = check.definitions(item);
    if (definitions.empty() && !child(item.node, "eventDefinitionRef")) {
      check_allowed(check, item, "");
    }
    for (const Item* one : definitions) {
      check_allowed(check, item, one->kind);
      if (one->kind == "cancelEventDefinition") check_cancel(check, item);
    }
    check_shared(check, item);
    if (item.kind == "boundaryEvent") check_boundary(check, item, definitions);
  }
}
}  // namespace hougu::process
