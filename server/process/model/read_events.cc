// Events and what triggers them.
#include <algorithm>

#include "process/model/reader.h"
#include "process/model/xml.h"

namespace hougu::process {
namespace {
struct Named {
  std::string_view name;
  TriggerKind kind;
};
constexpr Named kTriggers[] = {
    {"messageEventDefinition", TriggerKind::kMessage},
    {"timerEventDefinition", TriggerKind::kTimer},
    {"signalEventDefinition", TriggerKind::kSignal},
    {"errorEventDefinition", TriggerKind::kError},
    {"escalationEventDefinition", TriggerKind::kEscalation},
    {"compensateEventDefinition", TriggerKind::kCompensation},
    {"conditionalEventDefinition", TriggerKind::kConditional},
    {"linkEventDefinition", TriggerKind::kLink},
    {"terminateEventDefinition", TriggerKind::kTerminate},
    {"cancelEventDefinition", TriggerKind::kCancel},
};

struct TimerName {
  const char* name;
  TimerKind kind;
};
constexpr TimerName kTimers[] = {{"timeDate", TimerKind::kDate},
                                 {"timeDuration", TimerKind::kDuration},
                                 {"timeCycle", TimerKind::kCycle}};

// An attribute of the definition, otherwise its name, otherwise its id.
std::string named(const Item* item, const char* preferred) {
  if (!item) return {};
  std::string out = attribute(item->node, preferred);
  if (out.empty()) out = attribute(item->node, "name");
  return out.empty() ? item->id : out;
}
}  // namespace

std::string Reader::message_name(const std::string& reference) const {
  return named(index_.find(reference), "name");
}

// The id of the link definition that this one leads to; its own when it is the target.
std::string Reader::link_target(const pugi::xml_node& definition) const {
  if (const pugi::xml_node target = child(definition, "target")) {
    const Item* found = index_.find(text_of(target));
    return found ? found->id : std::string();
  }
  std::string id = attribute(definition, "id");
  if (is(definition.parent(), "intermediateCatchEvent")) return id;
  const auto found = link_targets_.find(id);
  return found == link_targets_.end() ? std::string() : found->second;
}

void Reader::read_event(const pugi::xml_node& node, Element& element) {
  element.parallel_multiple = flag(node, "parallelMultiple", false);
  const bool boundary = element.kind == ElementKind::kBoundaryEvent;
  element.interrupting = flag(node, boundary ? "cancelActivity" : "isInterrupting", true);
  if (boundary) {
    attached_.emplace_back(place_of(element), attribute(node, "attachedToRef"));
  }
  for (const pugi::xml_node& one : node.children()) {
    const std::string_view name = local_name(one);
    if (kinds::in(kinds::event_definitions, name) && is(one, name)) {
      add_trigger(element, one);
    } else if (is(one, "eventDefinitionRef")) {
      if (const Item* definition = index_.find(text_of(one)))
        add_trigger(element, definition->node);
    }
  }
  read_data(node, element);
}

void Reader::add_trigger(Element& element, const pugi::xml_node& definition) {
  element.triggers.push_back(read_trigger(definition, element.id));
  const std::string activity = attribute(definition, "activityRef");
  if (!activity.empty()) {
    late_.push_back({place_of(element), element.triggers.size() - 1, activity});
  }
}

Trigger Reader::read_trigger(const pugi::xml_node& definition, const std::string& element) {
  Trigger out;
  const std::string_view name = local_name(definition);
  for (const Named& one : kTriggers) {
    if (one.name == name) out.kind = one.kind;
  }
  switch (out.kind) {
    case TriggerKind::kMessage:
      out.name = message_name(attribute(definition, "messageRef"));
      out.correlation = feel(hougu_attribute(definition, "correlationKey"), element);
      break;
    case TriggerKind::kSignal:
      out.name = named(index_.find(attribute(definition, "signalRef")), "name");
      break;
    case TriggerKind::kError:
      out.code = named(index_.find(attribute(definition, "errorRef")), "errorCode");
      break;
    case TriggerKind::kEscalation:
      out.code = named(index_.find(attribute(definition, "escalationRef")), "escalationCode");
      break;
    case TriggerKind::kTimer:
      read_timer(definition, element, out);
      break;
    case TriggerKind::kConditional:
      out.expression = condition(child(definition, "condition"), element);
      break;
    case TriggerKind::kLink:
      out.name = attribute(definition, "name");
      out.code = link_target(definition);
      break;
    case TriggerKind::kCompensation:
      out.wait = flag(definition, "waitForCompletion", true);
      break;
    default:
      break;
  }
  return out;
}

// ISO 8601 as it stands; FEEL when it begins with "=".
void Reader::read_timer(const pugi::xml_node& definition, const std::string& element,
                        Trigger& trigger) {
  for (const TimerName& one : kTimers) {
    const pugi::xml_node node = child(definition, one.name);
    if (!node) continue;
    trigger.timer = one.kind;
    const std::string text = text_of(node);
    if (!text.empty() && text[0] == '=') {
      trigger.expression = expression(node, element);
      return;
    }
    trigger.schedule = parse_timer(one.kind, text);
    if (!trigger.schedule) {
      complain("bpmn.timer.malformed", element,
               {{"text", text.substr(0, 200)}, {"kind", std::string(one.name)}});
    }
    return;
  }
}
}  // namespace hougu::process
