// Item definitions that must agree: of data and its kind, of associations, messages and calls.
#include <algorithm>

#include "process/checks/check.h"

namespace hougu::process {
namespace {
constexpr std::string_view kMayBeCollection[] = {"dataInput", "dataOutput", "dataObject",
                                                 "inputDataItem", "outputDataItem"};

const Item* definition_of(const Check& check, const Item* item) {
  if (item && (item->kind == "dataObjectReference" || item->kind == "dataStoreReference")) {
    const bool object = item->kind == "dataObjectReference";
    const Item* target = check.referred(*item, object ? "dataObjectRef" : "dataStoreRef");
    if (attribute(item->node, "itemSubjectRef").empty()) item = target;
  }
  return item ? check.referred(*item, "itemSubjectRef") : nullptr;
}

bool same_structure(const Item& a, const Item& b) {
  const std::string structure = attribute(a.node, "structureRef");
  return &a == &b || (!structure.empty() && structure == attribute(b.node, "structureRef"));
}

bool agree(const Item* a, const Item* b) {
  if (!a || !b) return a == b;
  return same_structure(*a, *b) &&
         flag(a->node, "isCollection", false) == flag(b->node, "isCollection", false);
}

void check_collection(const Check& check, const Item& item) {
  const Item* definition = definition_of(check, &item);
  if (!definition) return;
  if (flag(item.node, "isCollection", false) != flag(definition->node, "isCollection", false)) {
    check.complain("bpmn.item.collection", item, {{"item", definition->id}});
  }
}

void check_association(const Check& check, const Item& item) {
  if (child(item.node, "transformation") || child(item.node, "assignment")) return;
  const Item* from =
      definition_of(check, check.index().find(text_of(child(item.node, "sourceRef"))));
  const Item* to = definition_of(check, check.index().find(text_of(child(item.node, "targetRef"))));
  const Item* owner = check.index().parent(item);
  if (owner && from && to && !same_structure(*from, *to)) {
    check.complain("bpmn.item.association", *owner, {{"from", from->id}, {"to", to->id}});
  }
}

std::vector<const Item*> data(const Check& check, const Item& item, const char* kind) {
  std::vector<const Item*> out = check.inside(item, kind);
  for (const Item* io : check.inside(item, "ioSpecification")) {
    for (const Item* one : check.inside(*io, kind)) out.push_back(one);
  }
  return out;
}

const Item* message_item(const Check& check, const Item* message) {
  return message ? check.referred(*message, "itemRef") : nullptr;
}

void check_message(const Check& check, const Item& task, const Item* message, const char* kind) {
  const auto found = data(check, task, kind);
  const Item* item = message_item(check, message);
  if (message && !found.empty() && !agree(definition_of(check, found.front()), item)) {
    check.complain("bpmn.item.message", task, {{"message", message->id}});
  }
}

void check_task(const Check& check, const Item& item) {
  const Item* operation = check.referred(item, "operationRef");
  const auto of_operation = [&](const char* name) {
    return operation ? check.index().find(text_of(child(operation->node, name))) : nullptr;
  };
  if (item.kind == "serviceTask" && operation) {
    check_message(check, item, of_operation("inMessageRef"), "dataInput");
    check_message(check, item, of_operation("outMessageRef"), "dataOutput");
  } else if (item.kind == "sendTask" || item.kind == "receiveTask") {
    const Item* message = check.referred(item, "messageRef");
    check_message(check, item, message, item.kind == "sendTask" ? "dataInput" : "dataOutput");
  }
}

// What the trigger of an event carries.
const Item* payload(const Check& check, const Item& definition) {
  if (definition.kind == "messageEventDefinition") {
    return message_item(check, check.referred(definition, "messageRef"));
  }
  const char* reference = definition.kind == "signalEventDefinition"       ? "signalRef"
                          : definition.kind == "errorEventDefinition"      ? "errorRef"
                          : definition.kind == "escalationEventDefinition" ? "escalationRef"
                                                                           : nullptr;
  const Item* thrown = reference ? check.referred(definition, reference) : nullptr;
  return thrown ? check.referred(*thrown, "structureRef") : nullptr;
}

// An event with data has one piece for each of its triggers that carries some, in their order.
void check_event(const Check& check, const Item& item) {
  const bool throws = item.kind == "endEvent" || item.kind == "intermediateThrowEvent";
  const auto pieces = data(check, item, throws ? "dataInput" : "dataOutput");
  if (pieces.empty()) return;
  std::vector<const Item*> carried;
  for (const Item* definition : check.definitions(item)) {
    if (const Item* one = payload(check, *definition)) carried.push_back(one);
  }
  if (carried.empty()) return;
  if (carried.size() != pieces.size()) {
    check.complain(
        "bpmn.item.event_count", item,
        {{"data", std::to_string(pieces.size())}, {"triggers", std::to_string(carried.size())}});
    return;
  }
  for (std::size_t i = 0; i < carried.size(); ++i) {
    if (!agree(definition_of(check, pieces[i]), carried[i])) {
      check.complain("bpmn.item.event", item, {{"item", carried[i]->id}});
    }
  }
}

void check_loop(const Check& check, const Item& loop) {
  const Item* owner = check.index().parent(loop);
  constexpr const char* kPairs[][2] = {{"loopDataInputRef", "inputDataItem"},
                                       {"loopDataOutputRef", "outputDataItem"}};
  for (const auto& pair : kPairs) {
    const pugi::xml_node reference = child(loop.node, pair[0]);
    const pugi::xml_node one = child(loop.node, pair[1]);
    if (!reference || !owner) continue;
    const Item* all = definition_of(check, check.index().find(text_of(reference)));
    const Item* each = definition_of(check, one ? check.index().of(one) : nullptr);
    if (all && each && !same_structure(*all, *each)) {
      check.complain("bpmn.item.loop", *owner, {{"item", each->id}});
    }
  }
}

// A call gives and takes what the called one takes and gives.
void check_call(const Check& check, const Item& call) {
  const Item* called = check.referred(call, "calledElement");
  if (!called || !kinds::in(kinds::callable, called->kind)) return;
  if (!child(call.node, "ioSpecification") && !child(called->node, "ioSpecification")) return;
  for (const char* kind : {"dataInput", "dataOutput"}) {
    const auto given = data(check, call, kind);
    auto wanted = data(check, *called, kind);
    bool fits = given.size() == wanted.size();
    for (const Item* one : given) {
      const auto match = std::find_if(wanted.begin(), wanted.end(), [&](const Item* other) {
        return agree(definition_of(check, one), definition_of(check, other));
      });
      fits = fits && match != wanted.end();
      if (match != wanted.end()) wanted.erase(match);
    }
    if (!fits) check.complain("bpmn.item.call", call, {{"reference", called->id}, {"kind", kind}});
  }
}
}  // namespace

void check_items(const Check& check) {
  for (const Item& item : check.index().items()) {
    if (kinds::in(kMayBeCollection, item.kind)) check_collection(check, item);
    if (item.kind == "dataInputAssociation" || item.kind == "dataOutputAssociation") {
      check_association(check, item);
    } else if (kinds::in(kinds::tasks, item.kind)) {
      check_task(check, item);
    } else if (kinds::in(kinds::events, item.kind)) {
      check_event(check, item);
    } else if (item.kind == "multiInstanceLoopCharacteristics") {
      check_loop(check, item);
    } else if (item.kind == "callActivity") {
      check_call(check, item);
    }
  }
}
}  // namespace hougu::process
