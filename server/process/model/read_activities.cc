// Activities: their work, loops and scripts.
#include <charconv>

#include "process/model/reader.h"
#include "process/model/xml.h"

namespace hougu::process {
namespace {
constexpr std::string_view kFeelFormats[] = {"", "feel", "text/feel", "application/feel",
                                             "text/x-feel"};

bool is_feel(std::string_view format) {
  std::string lower;
  for (const char one : format) {
    lower += one >= 'A' && one <= 'Z' ? static_cast<char>(one - 'A' + 'a') : one;
  }
  if (lower.find("omg.org/spec/dmn") != std::string::npos) return true;
  return kinds::in(kFeelFormats, lower);
}

std::uint32_t quantity(const pugi::xml_node& node, const char* name) {
  const std::string text = attribute(node, name);
  std::uint32_t out = 1;
  std::from_chars(text.data(), text.data() + text.size(), out);
  return out == 0 || out > 1000 ? 1 : out;  // the checks have complained
}

std::optional<std::int64_t> whole_number(const std::string& text) {
  std::int64_t out = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out);
  if (text.empty() || error != std::errc() || end != text.data() + text.size()) return {};
  return out;
}
}  // namespace

void Reader::read_activity(const pugi::xml_node& node, Element& element) {
  element.for_compensation = flag(node, "isForCompensation", false);
  element.start_quantity = quantity(node, "startQuantity");
  element.completion_quantity = quantity(node, "completionQuantity");
  element.result = hougu_attribute(node, "resultVariable");
  switch (element.kind) {
    case ElementKind::kUserTask:
      element.job = "user";
      break;
    case ElementKind::kServiceTask:
      element.job = hougu_attribute(node, "job");
      if (element.job.empty()) element.job = "service";
      break;
    case ElementKind::kScriptTask:
      read_script(node, element);
      break;
    case ElementKind::kBusinessRuleTask:
      element.called = hougu_attribute(node, "decision");
      element.job = element.called.empty() ? "rule" : "";
      break;
    case ElementKind::kSendTask:
    case ElementKind::kReceiveTask:
      read_messages(node, element);
      break;
    case ElementKind::kCallActivity:
      element.called = std::string(local_name(std::string_view(attribute(node, "calledElement"))));
      element.called_version = hougu_attribute(node, "version");
      break;
    case ElementKind::kAdHoc:
      element.sequential = attribute(node, "ordering") == "Sequential";
      element.manual = hougu_attribute(node, "activation") == "manual";
      element.cancel_remaining = flag(node, "cancelRemainingInstances", true);
      element.condition = condition(child(node, "completionCondition"), element.id);
      break;
    default:
      break;
  }
  read_data(node, element);
  read_loop(node, element);
}

void Reader::read_script(const pugi::xml_node& node, Element& element) {
  const pugi::xml_node script = child(node, "script");
  const std::string format =
      attribute(node, node.attribute("scriptFormat") ? "scriptFormat" : "scriptLanguage");
  if (is_feel(format)) {
    element.script = expression(script, element.id);
    return;
  }
  if (options_.script_formats.count(format) == 0) {
    complain("bpmn.script.format", element.id, {{"format", format.substr(0, 100)}});
    return;
  }
  element.job = "script:" + format;
  element.script_text = text_of(script);
}

void Reader::read_messages(const pugi::xml_node& node, Element& element) {
  std::string reference = attribute(node, "messageRef");
  if (reference.empty()) {
    if (const Item* operation = index_.find(attribute(node, "operationRef"))) {
      reference = text_of(child(operation->node, "inMessageRef"));
    }
  }
  const bool receives = element.kind == ElementKind::kReceiveTask;
  element.instantiate = receives && flag(node, "instantiate", false);
  element.job = receives ? "" : hougu_attribute(node, "job");
  if (reference.empty()) {
    if (receives) complain("bpmn.message.missing", element.id, {});
    if (!receives && element.job.empty()) element.job = "send";
    return;
  }
  if (!element.job.empty()) return;
  Trigger trigger;
  trigger.kind = TriggerKind::kMessage;
  trigger.name = message_name(reference);
  trigger.correlation = feel(hougu_attribute(node, "correlationKey"), element.id);
  element.triggers.push_back(std::move(trigger));
}

void Reader::read_loop(const pugi::xml_node& node, Element& element) {
  if (const pugi::xml_node standard = child(node, "standardLoopCharacteristics")) {
    Loop loop;
    loop.test_before = flag(standard, "testBefore", false);
    loop.maximum = whole_number(attribute(standard, "loopMaximum"));
    loop.condition = condition(child(standard, "loopCondition"), element.id);
    if (loop.maximum && *loop.maximum < 0) {
      problems_.push_back(
          {"bpmn.loop.maximum", element.id, {{"number", std::to_string(*loop.maximum)}}, true});
    }
    if (!loop.condition && !loop.maximum) complain("bpmn.loop.endless", element.id, {});
    element.loop = std::move(loop);
  } else if (const pugi::xml_node multiple = child(node, "multiInstanceLoopCharacteristics")) {
    Loop loop;
    read_multi_instance(multiple, element, loop);
    element.loop = std::move(loop);
  }
}

void Reader::read_multi_instance(const pugi::xml_node& node, Element& element, Loop& loop) {
  loop.kind = flag(node, "isSequential", false) ? LoopKind::kSequential : LoopKind::kParallel;
  loop.cardinality = expression(child(node, "loopCardinality"), element.id);
  loop.condition = condition(child(node, "completionCondition"), element.id);
  loop.collection = feel(hougu_attribute(node, "collection"), element.id);
  loop.item = hougu_attribute(node, "elementVariable");
  loop.output_collection = hougu_attribute(node, "outputCollection");
  loop.output_item = hougu_attribute(node, "outputElement");
  if (const pugi::xml_node input = child(node, "loopDataInputRef")) {
    loop.collection_name = variable_of(std::string_view(text_of(input)));
    for (const Assignment& one : element.inputs) {  // what the data input itself is filled with
      if (one.target == loop.collection_name && !one.source.empty()) {
        loop.collection_name = one.source;
        break;
      }
    }
  }
  if (const pugi::xml_node output = child(node, "loopDataOutputRef")) {
    loop.output_collection = variable_of(std::string_view(text_of(output)));
  }
  const pugi::xml_node input_item = child(node, "inputDataItem");
  const pugi::xml_node output_item = child(node, "outputDataItem");
  if (const Item* item = input_item ? index_.of(input_item) : nullptr) {
    loop.item = variable_of(*item);
  }
  if (const Item* item = output_item ? index_.of(output_item) : nullptr) {
    loop.output_item = variable_of(*item);
  }
  const std::string behavior = attribute(node, "behavior");
  const bool none = behavior == "None";
  if (none || behavior == "One") {
    loop.events = none ? LoopEvents::kEach : LoopEvents::kOne;
    const Item* event =
        index_.find(attribute(node, none ? "noneBehaviorEventRef" : "oneBehaviorEventRef"));
    if (event) loop.event = read_trigger(event->node, element.id);
  } else if (behavior == "Complex") {
    loop.events = LoopEvents::kComplex;
  }
  for (pugi::xml_node one = child(node, "complexBehaviorDefinition"); one; one = next(one)) {
    LoopRule rule;
    rule.condition = condition(child(one, "condition"), element.id);
    for (const pugi::xml_node& event : child(one, "event").children()) {
      if (kinds::in(kinds::event_definitions, local_name(event))) {
        rule.event = read_trigger(event, element.id);
      } else if (is(event, "eventDefinitionRef")) {
        const Item* found = index_.find(text_of(event));
        if (found) rule.event = read_trigger(found->node, element.id);
      }
    }
    loop.rules.push_back(std::move(rule));
  }
}
}  // namespace hougu::process
