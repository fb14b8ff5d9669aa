// Ids, and what each reference may mean.
#include <algorithm>
#include <set>

#include "process/checks/check.h"

namespace hougu::process {
namespace {
using Kinds = std::span<const std::string_view>;

constexpr std::string_view kItemDefinition[] = {"itemDefinition"};
constexpr std::string_view kMessage[] = {"message"};
constexpr std::string_view kSignal[] = {"signal"};
constexpr std::string_view kError[] = {"error"};
constexpr std::string_view kEscalation[] = {"escalation"};
constexpr std::string_view kOperation[] = {"operation"};
constexpr std::string_view kInterface[] = {"interface"};
constexpr std::string_view kSequenceFlow[] = {"sequenceFlow"};
constexpr std::string_view kMessageFlow[] = {"messageFlow"};
constexpr std::string_view kProcess[] = {"process"};
constexpr std::string_view kParticipant[] = {"participant"};
constexpr std::string_view kCollaboration[] = {"collaboration", "choreography",
                                               "globalConversation"};
constexpr std::string_view kChoreography[] = {"choreography", "globalChoreographyTask"};
constexpr std::string_view kDataObject[] = {"dataObject"};
constexpr std::string_view kDataStore[] = {"dataStore"};
constexpr std::string_view kDataInput[] = {"dataInput"};
constexpr std::string_view kDataOutput[] = {"dataOutput"};
constexpr std::string_view kInputSet[] = {"inputSet"};
constexpr std::string_view kOutputSet[] = {"outputSet"};
constexpr std::string_view kResource[] = {"resource"};
constexpr std::string_view kResourceParameter[] = {"resourceParameter"};
constexpr std::string_view kCategoryValue[] = {"categoryValue"};
constexpr std::string_view kCorrelationProperty[] = {"correlationProperty"};
constexpr std::string_view kCorrelationKey[] = {"correlationKey"};
constexpr std::string_view kLink[] = {"linkEventDefinition"};
constexpr std::string_view kConversation[] = {"participant", "conversation", "callConversation",
                                              "subConversation"};
constexpr std::string_view kInteraction[] = {"participant",
                                             "task",
                                             "manualTask",
                                             "userTask",
                                             "serviceTask",
                                             "scriptTask",
                                             "sendTask",
                                             "receiveTask",
                                             "callActivity",
                                             "subProcess",
                                             "businessRuleTask",
                                             "transaction",
                                             "startEvent",
                                             "endEvent",
                                             "intermediateCatchEvent",
                                             "adHocSubProcess",
                                             "boundaryEvent",
                                             "intermediateThrowEvent",
                                             "conversation",
                                             "callConversation",
                                             "subConversation"};

struct Reference {
  std::string_view owner;  // "": any
  const char* name;
  Kinds kinds;
};

const Reference kAttributes[] = {
    {"sequenceFlow", "sourceRef", kinds::flow_nodes},
    {"sequenceFlow", "targetRef", kinds::flow_nodes},
    {"messageFlow", "sourceRef", kInteraction},
    {"messageFlow", "targetRef", kInteraction},
    {"conversationLink", "sourceRef", kConversation},
    {"conversationLink", "targetRef", kConversation},
    {"association", "sourceRef", {}},
    {"association", "targetRef", {}},
    {"", "messageRef", kMessage},
    {"", "signalRef", kSignal},
    {"", "errorRef", kError},
    {"", "escalationRef", kEscalation},
    {"", "operationRef", kOperation},
    {"compensateEventDefinition", "activityRef", kinds::activities},
    {"boundaryEvent", "attachedToRef", kinds::activities},
    {"", "default", kSequenceFlow},
    {"", "itemSubjectRef", kItemDefinition},
    {"message", "itemRef", kItemDefinition},
    {"error", "structureRef", kItemDefinition},
    {"escalation", "structureRef", kItemDefinition},
    {"signal", "structureRef", kItemDefinition},
    {"correlationProperty", "type", {}},
    {"dataObjectReference", "dataObjectRef", kDataObject},
    {"dataStoreReference", "dataStoreRef", kDataStore},
    {"participant", "processRef", kProcess},
    {"process", "definitionalCollaborationRef", kCollaboration},
    {"multiInstanceLoopCharacteristics", "noneBehaviorEventRef", kinds::event_definitions},
    {"multiInstanceLoopCharacteristics", "oneBehaviorEventRef", kinds::event_definitions},
    {"resourceParameterBinding", "parameterRef", kResourceParameter},
    {"group", "categoryValueRef", kCategoryValue},
    {"callConversation", "calledCollaborationRef", kCollaboration},
    {"correlationPropertyRetrievalExpression", "messageRef", kMessage},
    {"correlationPropertyBinding", "correlationPropertyRef", kCorrelationProperty},
    {"correlationSubscription", "correlationKeyRef", kCorrelationKey},
    {"choreographyTask", "initiatingParticipantRef", kParticipant},
    {"callChoreography", "initiatingParticipantRef", kParticipant},
    {"subChoreography", "initiatingParticipantRef", kParticipant},
    {"callChoreography", "calledChoreographyRef", kChoreography},
    {"lane", "partitionElementRef", {}},
};

const Reference kChildren[] = {
    {"", "incoming", kSequenceFlow},
    {"", "outgoing", kSequenceFlow},
    {"lane", "flowNodeRef", kinds::flow_nodes},
    {"", "eventDefinitionRef", kinds::event_definitions},
    {"operation", "inMessageRef", kMessage},
    {"operation", "outMessageRef", kMessage},
    {"operation", "errorRef", kError},
    {"messageEventDefinition", "operationRef", kOperation},
    {"inputSet", "dataInputRefs", kDataInput},
    {"inputSet", "optionalInputRefs", kDataInput},
    {"inputSet", "whileExecutingInputRefs", kDataInput},
    {"inputSet", "outputSetRefs", kOutputSet},
    {"outputSet", "dataOutputRefs", kDataOutput},
    {"outputSet", "optionalOutputRefs", kDataOutput},
    {"outputSet", "whileExecutingOutputRefs", kDataOutput},
    {"outputSet", "inputSetRefs", kInputSet},
    {"dataInputAssociation", "sourceRef", kinds::item_aware},
    {"dataInputAssociation", "targetRef", kinds::item_aware},
    {"dataOutputAssociation", "sourceRef", kinds::item_aware},
    {"dataOutputAssociation", "targetRef", kinds::item_aware},
    {"multiInstanceLoopCharacteristics", "loopDataInputRef", kinds::item_aware},
    {"multiInstanceLoopCharacteristics", "loopDataOutputRef", kinds::item_aware},
    {"", "resourceRef", kResource},
    {"participant", "interfaceRef", kInterface},
    {"process", "supportedInterfaceRef", kInterface},
    {"partnerEntity", "participantRef", kParticipant},
    {"partnerRole", "participantRef", kParticipant},
    {"choreographyTask", "participantRef", kParticipant},
    {"callChoreography", "participantRef", kParticipant},
    {"subChoreography", "participantRef", kParticipant},
    {"conversation", "participantRef", kParticipant},
    {"choreographyTask", "messageFlowRef", kMessageFlow},
    {"conversation", "messageFlowRef", kMessageFlow},
    {"participantAssociation", "innerParticipantRef", kParticipant},
    {"participantAssociation", "outerParticipantRef", kParticipant},
    {"correlationKey", "correlationPropertyRef", kCorrelationProperty},
    {"collaboration", "choreographyRef", kChoreography},
    {"linkEventDefinition", "source", kLink},
    {"linkEventDefinition", "target", kLink},
    {"group", "categoryValueRef", kCategoryValue},
};

// Imported models are not at hand: their names can't be looked up.
bool is_foreign(const pugi::xml_node& node, const std::string& reference) {
  const std::string_view prefix = prefix_of(reference);
  if (prefix.empty()) return false;
  const std::string_view space = namespace_of_prefix(node, prefix);
  pugi::xml_node definitions = node;
  while (definitions.parent() && definitions.parent().type() == pugi::node_element) {
    definitions = definitions.parent();
  }
  if (space == definitions.attribute("targetNamespace").value()) return false;
  for (pugi::xml_node one = child(definitions, "import"); one; one = next(one)) {
    if (space == one.attribute("namespace").value()) return true;
  }
  return false;
}

void check_one(const Check& check, const Item& owner, const Reference& rule,
               const std::string& reference) {
  if (reference.empty() || is_foreign(owner.node, reference)) return;
  const Item* found = check.index().find(reference);
  const std::string text = reference.substr(0, 200);
  if (!found) {
    check.complain("bpmn.reference.missing", owner, {{"name", rule.name}, {"reference", text}});
  } else if (!rule.kinds.empty() && !kinds::in(rule.kinds, found->kind)) {
    check.complain("bpmn.reference.kind", owner,
                   {{"name", rule.name}, {"reference", text}, {"kind", std::string(found->kind)}});
  }
}

// type/subtype, as RFC 2046 has it.
bool is_media_type(std::string_view text) {
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos || slash == 0 || slash + 1 == text.size()) return false;
  return std::all_of(text.begin(), text.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           std::string_view("/.+-_;= \"").find(c) != std::string_view::npos;
  });
}
}  // namespace

void check_names(const Check& check) {
  for (const std::string& id : check.index().duplicates()) {
    check.complain("bpmn.id.duplicate", *check.index().find(id), {{"id", id}});
  }
  for (const Item& item : check.index().items()) {
    if (item.id.empty() && kinds::in(kinds::flow_nodes, item.kind)) {
      check.complain("bpmn.id.missing", item, {{"kind", std::string(item.kind)}});
    }
    if (item.kind != "documentation" && item.kind != "textAnnotation") continue;
    const pugi::xml_attribute format = item.node.attribute("textFormat");
    if (format && !is_media_type(format.value())) {
      check.complain("bpmn.text_format", item,
                     {{"format", std::string(format.value()).substr(0, 100)}});
    }
  }
}

void check_references(const Check& check) {
  for (const Item& item : check.index().items()) {
    for (const Reference& rule : kAttributes) {
      if (!rule.owner.empty() && rule.owner != item.kind) continue;
      if (rule.kinds.empty() && item.kind != "association") continue;
      check_one(check, item, rule, attribute(item.node, rule.name));
    }
    const Item* owner = check.index().parent(item);
    if (!owner) continue;
    for (const Reference& rule : kChildren) {
      if (item.kind != rule.name || (!rule.owner.empty() && rule.owner != owner->kind)) continue;
      check_one(check, *owner, rule, text_of(item.node));
    }
  }
}
}  // namespace hougu::process
