#include "process/model/index.h"

#include <algorithm>

#include "process/model/xml.h"

namespace hougu::process {

Index::Index(const pugi::xml_node& definitions) {
  struct Place {
    pugi::xml_node node;
    std::size_t parent;
  };
  std::vector<Place> open{{definitions, kNowhere}};
  while (!open.empty()) {  // depth first, in the order of the file
    const Place place = open.back();
    open.pop_back();
    items_.push_back(
        {place.node, local_name(place.node), attribute(place.node, "id"), place.parent});
    const std::size_t at = items_.size() - 1;
    if (items_[at].kind == "extensionElements") continue;
    std::vector<Place> inside;
    for (const pugi::xml_node& one : place.node.children()) {
      if (one.type() == pugi::node_element && namespace_of(one) == kBpmnNamespace) {
        inside.push_back({one, at});
      }
    }
    open.insert(open.end(), inside.rbegin(), inside.rend());
  }
  for (std::size_t i = 0; i < items_.size(); ++i) {
    by_node_.emplace(items_[i].node.internal_object(), i);
    if (!items_[i].id.empty() && !by_id_.emplace(items_[i].id, i).second) {
      duplicates_.push_back(items_[i].id);
    }
  }
}

const Item* Index::find(std::string_view reference) const {
  auto found = by_id_.find(reference);
  if (found == by_id_.end()) found = by_id_.find(local_name(reference));
  return found == by_id_.end() ? nullptr : &items_[found->second];
}

const Item* Index::of(const pugi::xml_node& node) const {
  const auto found = by_node_.find(node.internal_object());
  return found == by_node_.end() ? nullptr : &items_[found->second];
}

const Item* Index::parent(const Item& item) const {
  return item.parent == kNowhere ? nullptr : &items_[item.parent];
}

const Item* Index::around(const Item& item, std::span<const std::string_view> group) const {
  for (const Item* at = parent(item); at; at = parent(*at)) {
    if (kinds::in(group, at->kind)) return at;
  }
  return nullptr;
}

namespace kinds {
namespace {
constexpr std::string_view kTasks[] = {"task",        "manualTask",      "userTask",
                                       "serviceTask", "scriptTask",      "sendTask",
                                       "receiveTask", "businessRuleTask"};
constexpr std::string_view kSubProcesses[] = {"subProcess", "transaction", "adHocSubProcess"};
constexpr std::string_view kActivities[] = {"task",        "manualTask",       "userTask",
                                            "serviceTask", "scriptTask",       "sendTask",
                                            "receiveTask", "businessRuleTask", "callActivity",
                                            "subProcess",  "transaction",      "adHocSubProcess"};
constexpr std::string_view kGateways[] = {"exclusiveGateway", "inclusiveGateway", "parallelGateway",
                                          "complexGateway", "eventBasedGateway"};
constexpr std::string_view kEvents[] = {"startEvent", "endEvent", "intermediateCatchEvent",
                                        "intermediateThrowEvent", "boundaryEvent"};
constexpr std::string_view kFlowNodes[] = {"task",
                                           "manualTask",
                                           "userTask",
                                           "serviceTask",
                                           "scriptTask",
                                           "sendTask",
                                           "receiveTask",
                                           "businessRuleTask",
                                           "callActivity",
                                           "subProcess",
                                           "transaction",
                                           "adHocSubProcess",
                                           "startEvent",
                                           "endEvent",
                                           "intermediateCatchEvent",
                                           "boundaryEvent",
                                           "intermediateThrowEvent",
                                           "exclusiveGateway",
                                           "inclusiveGateway",
                                           "parallelGateway",
                                           "complexGateway",
                                           "eventBasedGateway",
                                           "choreographyTask",
                                           "subChoreography",
                                           "callChoreography"};
constexpr std::string_view kChoreography[] = {"choreographyTask", "subChoreography",
                                              "callChoreography"};
constexpr std::string_view kScopes[] = {
    "process",      "subProcess",      "transaction",           "adHocSubProcess",
    "choreography", "subChoreography", "globalChoreographyTask"};
constexpr std::string_view kCallable[] = {"process",          "globalTask",
                                          "globalUserTask",   "globalManualTask",
                                          "globalScriptTask", "globalBusinessRuleTask"};
constexpr std::string_view kEventDefinitions[] = {
    "messageEventDefinition",     "timerEventDefinition",      "signalEventDefinition",
    "errorEventDefinition",       "escalationEventDefinition", "compensateEventDefinition",
    "conditionalEventDefinition", "linkEventDefinition",       "terminateEventDefinition",
    "cancelEventDefinition"};
constexpr std::string_view kItemAware[] = {
    "dataObject",         "dataObjectReference", "dataStore",
    "dataStoreReference", "dataInput",           "dataOutput",
    "property",           "inputDataItem",       "outputDataItem"};
}  // namespace

bool in(std::span<const std::string_view> group, std::string_view kind) {
  return std::find(group.begin(), group.end(), kind) != group.end();
}
const std::span<const std::string_view> tasks = kTasks;
const std::span<const std::string_view> sub_processes = kSubProcesses;
const std::span<const std::string_view> activities = kActivities;
const std::span<const std::string_view> gateways = kGateways;
const std::span<const std::string_view> events = kEvents;
const std::span<const std::string_view> flow_nodes = kFlowNodes;
const std::span<const std::string_view> choreography = kChoreography;
const std::span<const std::string_view> scopes = kScopes;
const std::span<const std::string_view> callable = kCallable;
const std::span<const std::string_view> event_definitions = kEventDefinitions;
const std::span<const std::string_view> item_aware = kItemAware;
}  // namespace kinds
}  // namespace hougu::process
