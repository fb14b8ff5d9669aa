#include "process/model/reader.h"

#include <algorithm>

#include "process/model/xml.h"

namespace hougu::process {
namespace {
struct Named {
  std::string_view name;
  ElementKind kind;
};
constexpr Named kKinds[] = {
    {"startEvent", ElementKind::kStartEvent},
    {"endEvent", ElementKind::kEndEvent},
    {"intermediateCatchEvent", ElementKind::kCatchEvent},
    {"intermediateThrowEvent", ElementKind::kThrowEvent},
    {"boundaryEvent", ElementKind::kBoundaryEvent},
    {"task", ElementKind::kTask},
    {"globalTask", ElementKind::kTask},
    {"manualTask", ElementKind::kTask},
    {"globalManualTask", ElementKind::kTask},
    {"userTask", ElementKind::kUserTask},
    {"globalUserTask", ElementKind::kUserTask},
    {"serviceTask", ElementKind::kServiceTask},
    {"scriptTask", ElementKind::kScriptTask},
    {"globalScriptTask", ElementKind::kScriptTask},
    {"businessRuleTask", ElementKind::kBusinessRuleTask},
    {"globalBusinessRuleTask", ElementKind::kBusinessRuleTask},
    {"sendTask", ElementKind::kSendTask},
    {"receiveTask", ElementKind::kReceiveTask},
    {"callActivity", ElementKind::kCallActivity},
    {"subProcess", ElementKind::kSubProcess},
    {"transaction", ElementKind::kTransaction},
    {"adHocSubProcess", ElementKind::kAdHoc},
    {"exclusiveGateway", ElementKind::kExclusiveGateway},
    {"inclusiveGateway", ElementKind::kInclusiveGateway},
    {"parallelGateway", ElementKind::kParallelGateway},
    {"complexGateway", ElementKind::kComplexGateway},
    {"eventBasedGateway", ElementKind::kEventGateway},
};

const Named* kind_of(std::string_view name) {
  const auto* found = std::find_if(std::begin(kKinds), std::end(kKinds),
                                   [&](const Named& one) { return one.name == name; });
  return found == std::end(kKinds) ? nullptr : found;
}

bool is_event(ElementKind kind) {
  return kind >= ElementKind::kStartEvent && kind <= ElementKind::kBoundaryEvent;
}
}  // namespace

Reader::Reader(const Index& index, const CompileOptions& options, Problems& problems)
    : index_(index), options_(options), problems_(problems), declared_(options.variables) {
  for (const Item& item : index.items()) {
    if (item.kind == "dataObjectReference") {
      data_names_.emplace(attribute(item.node, "dataObjectRef"), attribute(item.node, "name"));
    }
  }
  for (const Item& item : index.items()) {
    if (kinds::in(kinds::item_aware, item.kind)) {
      if (std::string name = variable_of(item); !name.empty()) declared_.insert(std::move(name));
    }
    for (const char* name : {"resultVariable", "elementVariable", "outputElement"}) {
      if (std::string made = hougu_attribute(item.node, name); !made.empty()) {
        declared_.insert(std::move(made));
      }
    }
    if (item.kind == "association") {
      associations_.emplace(attribute(item.node, "sourceRef"), attribute(item.node, "targetRef"));
    }
    if (item.kind == "linkEventDefinition") {
      for (pugi::xml_node one = child(item.node, "source"); one; one = next(one)) {
        link_targets_.emplace(local_name(std::string_view(text_of(one))), item.id);
      }
    }
  }
}

void Reader::complain(const char* code, std::string element,
                      std::map<std::string, std::string> params) {
  problems_.push_back({code, std::move(element), std::move(params)});
}

ElementIndex Reader::add(const pugi::xml_node& node, ElementKind kind, ElementIndex parent) {
  Element element;
  element.id = attribute(node, "id");
  element.name = attribute(node, "name");
  element.kind = kind;
  element.parent = parent;
  for (const pugi::xml_attribute& one : node.attributes()) {
    const std::string_view prefix = prefix_of(one.name());
    if (!prefix.empty() && namespace_of_prefix(node, prefix) == kHouguNamespace) {
      element.settings.emplace(local_name(std::string_view(one.name())), one.value());
    }
  }
  const auto at = static_cast<ElementIndex>(process_.elements.size());
  if (!element.id.empty()) process_.by_id.emplace(element.id, at);
  process_.elements.push_back(std::move(element));
  return at;
}

void Reader::read_scope(const pugi::xml_node& node, ElementIndex scope) {
  read_scope_data(node, process_.elements[scope]);
  for (const pugi::xml_node& one : node.children()) {
    const std::string_view name = local_name(one);
    if (name == "sequenceFlow" && is(one, "sequenceFlow")) {
      read_flow(one);
    } else if (name == "laneSet" && is(one, "laneSet")) {
      read_lanes(one);
    }
    const Named* known = kind_of(name);
    if (!known || !is(one, name)) continue;
    ElementKind kind = known->kind;
    if (kind == ElementKind::kSubProcess && flag(one, "triggeredByEvent", false)) {
      kind = ElementKind::kEventSubProcess;
    }
    const ElementIndex at = add(one, kind, scope);
    Element& element = process_.elements[at];
    if (is_event(kind)) {
      read_event(one, element);
    } else if (is_activity(kind)) {
      read_activity(one, element);
    } else if (kind == ElementKind::kEventGateway) {
      element.instantiate = flag(one, "instantiate", false);
    } else if (kind == ElementKind::kComplexGateway) {
      element.condition = condition(child(one, "activationCondition"), element.id);
    }
    if (const std::string flow = attribute(one, "default"); !flow.empty()) {
      defaults_.emplace_back(at, flow);
    }
    if (is_scope(kind)) {
      if (kind == ElementKind::kEventSubProcess) {
        process_.elements[scope].event_sub_processes.push_back(at);
      }
      read_scope(one, at);
    }
  }
}

void Reader::read_flow(const pugi::xml_node& node) {
  Flow flow;
  flow.id = attribute(node, "id");
  flow.name = attribute(node, "name");
  flow.condition = condition(child(node, "conditionExpression"), flow.id);
  ends_.emplace_back(static_cast<FlowIndex>(process_.flows.size()), attribute(node, "sourceRef"),
                     attribute(node, "targetRef"));
  process_.flows.push_back(std::move(flow));
}

void Reader::read_lanes(const pugi::xml_node& node) {
  for (pugi::xml_node lane = child(node, "lane"); lane; lane = next(lane)) {
    for (pugi::xml_node one = child(lane, "flowNodeRef"); one; one = next(one)) {
      late_.push_back({kNone, 0, text_of(one) + '\n' + attribute(lane, "id")});
    }
    if (const pugi::xml_node inner = child(lane, "childLaneSet")) read_lanes(inner);
  }
}

void Reader::connect() {
  for (const auto& [flow, source, target] : ends_) {
    Flow& out = process_.flows[flow];
    out.source = process_.find(source);
    out.target = process_.find(target);
    if (out.source == kNone || out.target == kNone) continue;  // the checks have complained
    process_.elements[out.source].outgoing.push_back(flow);
    process_.elements[out.target].incoming.push_back(flow);
  }
  for (const auto& [element, id] : defaults_) {
    for (const FlowIndex flow : process_.elements[element].outgoing) {
      if (process_.flows[flow].id == id) process_.elements[element].default_flow = flow;
    }
  }
  for (const Late& late : late_) {
    if (late.element != kNone) {
      process_.elements[late.element].triggers[late.trigger].activity =
          process_.find(late.activity);
      continue;
    }
    const std::size_t split = late.activity.find('\n');
    const ElementIndex at = process_.find(late.activity.substr(0, split));
    if (at != kNone) process_.elements[at].lane = late.activity.substr(split + 1);
  }
  connect_boundaries();
}

void Reader::connect_boundaries() {
  for (const auto& [boundary, activity] : attached_) {
    const ElementIndex at = process_.find(activity);
    if (at == kNone) continue;
    Element& event = process_.elements[boundary];
    event.attached_to = at;
    const bool compensation =
        !event.triggers.empty() && event.triggers.front().kind == TriggerKind::kCompensation;
    if (!compensation) {
      process_.elements[at].boundaries.push_back(boundary);
      continue;
    }
    const auto handler = associations_.find(event.id);
    if (handler != associations_.end()) {
      process_.elements[at].compensation_handler = process_.find(handler->second);
    }
  }
}

// Events that start instances: of a start event, a receive task, behind an event-based gateway.
void Reader::listen(ElementIndex at) {
  const Element& one = process_.elements[at];
  for (std::size_t i = 0; i < one.triggers.size(); ++i) process_.starts.push_back({at, i});
  if (one.kind != ElementKind::kEventGateway) return;
  for (const FlowIndex flow : one.outgoing) {
    const ElementIndex target = process_.flows[flow].target;
    for (std::size_t i = 0; i < process_.elements[target].triggers.size(); ++i) {
      process_.starts.push_back({target, i});
    }
  }
}

// What begins when the scope begins: its plain start events or, without start events, everything
// that nothing leads to.
void Reader::find_starts(ElementIndex scope, const std::vector<ElementIndex>& members) {
  Element& around = process_.elements[scope];
  std::vector<ElementIndex> loose;
  bool any_start = false;
  for (const ElementIndex at : members) {
    const Element& one = process_.elements[at];
    const bool listens = one.kind == ElementKind::kStartEvent || one.instantiate;
    if (one.kind == ElementKind::kStartEvent) any_start = true;
    const bool plain = one.triggers.empty() || around.kind == ElementKind::kEventSubProcess;
    if (one.kind == ElementKind::kStartEvent && plain) around.starts.push_back(at);
    if (listens && scope == 0) listen(at);
    const bool link = one.kind == ElementKind::kCatchEvent && !one.triggers.empty() &&
                      one.triggers.front().kind == TriggerKind::kLink;
    if (one.incoming.empty() && !listens && !link && !one.for_compensation &&
        one.kind != ElementKind::kBoundaryEvent && one.kind != ElementKind::kEventSubProcess) {
      loose.push_back(at);
    }
  }
  if (!any_start || around.kind == ElementKind::kAdHoc) around.starts = std::move(loose);
}

ProcessPtr Reader::read_process(const Item& item) {
  process_ = {};
  late_.clear();
  attached_.clear();
  defaults_.clear();
  ends_.clear();
  process_.id = item.id;
  process_.name = attribute(item.node, "name");
  process_.executable = flag(item.node, "isExecutable", false);
  add(item.node, ElementKind::kProcess, kNone);
  read_scope(item.node, 0);
  connect();
  std::vector<std::vector<ElementIndex>> members(process_.elements.size());
  for (ElementIndex at = 1; at < process_.elements.size(); ++at) {
    members[process_.elements[at].parent].push_back(at);
  }
  for (ElementIndex at = 0; at < process_.elements.size(); ++at) {
    if (is_scope(process_.elements[at].kind)) find_starts(at, members[at]);
    for (const Trigger& trigger : process_.elements[at].triggers) {
      process_.has_conditions |= trigger.kind == TriggerKind::kConditional;
    }
  }
  process_.has_plain_start = !process_.elements[0].starts.empty();
  return std::make_shared<const Process>(std::move(process_));
}

ProcessPtr Reader::read_global_task(const Item& item) {
  process_ = {};
  process_.id = item.id;
  process_.name = attribute(item.node, "name");
  Element scope;
  scope.id = item.id;
  scope.kind = ElementKind::kProcess;
  process_.elements.push_back(std::move(scope));
  const ElementIndex at = add(item.node, kind_of(item.kind)->kind, 0);
  read_activity(item.node, process_.elements[at]);
  process_.elements[0].starts = {at};
  process_.has_plain_start = true;
  return std::make_shared<const Process>(std::move(process_));
}

}  // namespace hougu::process
