// What each trigger needs: the message it waits for, one time, a condition, a code.
#include "process/checks/check.h"

namespace hougu::process {
namespace {
bool throws(const Item& event) {
  return event.kind == "endEvent" || event.kind == "intermediateThrowEvent";
}

void check_timer(const Check& check, const Item& event, const Item& definition) {
  int times = 0;
  bool empty = false;
  for (const char* name : {"timeDate", "timeDuration", "timeCycle"}) {
    const pugi::xml_node one = child(definition.node, name);
    if (!one) continue;
    ++times;
    empty = empty || text_of(one).empty();
  }
  if (times > 1) check.complain("bpmn.timer.several", event);
  if (times == 0 || empty) check.complain("bpmn.timer.missing", event);
}

// An error or escalation that is thrown has a code; one that is caught may leave it open.
void check_code(const Check& check, const Item& event, const Item& definition,
                const char* reference, const char* code) {
  const Item* thrown = check.referred(definition, reference);
  if (!throws(event)) return;
  const bool error = std::string_view(code) == "errorCode";
  if (!thrown) {
    check.complain(error ? "bpmn.error.missing" : "bpmn.escalation.missing", event);
  } else if (attribute(thrown->node, code).empty()) {
    check.complain(error ? "bpmn.error.code" : "bpmn.escalation.code", event,
                   {{"reference", thrown->id}});
  }
}

void check_activity(const Check& check, const Item& event, const Item& definition) {
  const Item* activity = check.referred(definition, "activityRef");
  if (!activity || !throws(event)) return;
  bool handled = check.is_event_sub_process(*activity);
  for (const Item* boundary : check.boundaries(*activity)) {
    for (const Item* one : check.definitions(*boundary)) {
      handled = handled || one->kind == "compensateEventDefinition";
    }
  }
  if (!handled && !kinds::in(kinds::sub_processes, activity->kind)) {
    check.complain("bpmn.compensation.unhandled", event, {{"activity", activity->id}});
  }
}

void check_one(const Check& check, const Item& event, const Item& definition) {
  const std::string_view kind = definition.kind;
  if (kind == "timerEventDefinition") {
    check_timer(check, event, definition);
  } else if (kind == "messageEventDefinition") {
    if (attribute(definition.node, "messageRef").empty()) {
      check.complain("bpmn.message.missing", event);
    }
  } else if (kind == "signalEventDefinition") {
    if (attribute(definition.node, "signalRef").empty()) {
      check.complain("bpmn.signal.missing", event);
    }
  } else if (kind == "conditionalEventDefinition") {
    if (text_of(child(definition.node, "condition")).empty()) {
      check.complain("bpmn.condition.missing", event);
    }
  } else if (kind == "errorEventDefinition") {
    check_code(check, event, definition, "errorRef", "errorCode");
  } else if (kind == "escalationEventDefinition") {
    check_code(check, event, definition, "escalationRef", "escalationCode");
  } else if (kind == "compensateEventDefinition") {
    check_activity(check, event, definition);
  }
}
}  // namespace

void check_triggers(const Check& check) {
  for (const Item& item : check.index().items()) {
    if (!kinds::in(kinds::events, item.kind)) continue;
    for (const Item* definition : check.definitions(item)) check_one(check, item, *definition);
  }
}
}  // namespace hougu::process
