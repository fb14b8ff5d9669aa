// Participants and the messages between them.
#include <charconv>

#include "process/checks/check.h"

namespace hougu::process {
namespace {
void check_multiplicity(const Check& check, const Item& item) {
  long long minimum = 0;
  long long maximum = 1;
  const auto read = [&](const char* name, long long* out) {
    const std::string text = attribute(item.node, name);
    if (text.empty()) return true;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), *out);
    return error == std::errc() && end == text.data() + text.size();
  };
  const bool numbers = read("minimum", &minimum) && read("maximum", &maximum);
  const Item* participant = check.index().parent(item);
  if (participant && (!numbers || minimum < 0 || maximum < 1 || maximum < minimum)) {
    check.complain("bpmn.participant.multiplicity", *participant);
  }
}

// The process that stands behind an end of a message flow; nullptr for a pool without one.
const Item* process_of(const Check& check, const Item& end) {
  if (end.kind == "participant") return check.referred(end, "processRef");
  constexpr std::string_view kProcess[] = {"process"};
  return check.index().around(end, kProcess);
}

bool has_message(const Check& check, const Item& event) {
  for (const Item* one : check.definitions(event)) {
    if (one->kind == "messageEventDefinition") return true;
  }
  return false;
}

void check_message_flow(const Check& check, const Item& flow) {
  const Item* from = check.source(flow);
  const Item* to = check.target(flow);
  if (!from || !to) {
    check.complain("bpmn.message_flow.end_missing", flow);
    return;
  }
  const Item* left = process_of(check, *from);
  const Item* right = process_of(check, *to);
  if (from == to || (left && left == right)) check.complain("bpmn.message_flow.same_pool", flow);
  if (kinds::in(kinds::events, from->kind)) {
    const bool throws = from->kind == "endEvent" || from->kind == "intermediateThrowEvent";
    if (!throws || !has_message(check, *from)) check.complain("bpmn.message_flow.source", flow);
  }
  if (kinds::in(kinds::events, to->kind)) {
    const bool catches = to->kind != "endEvent" && to->kind != "intermediateThrowEvent";
    if (!catches || !has_message(check, *to)) check.complain("bpmn.message_flow.target", flow);
  }
  if (from->kind == "receiveTask") check.complain("bpmn.message_flow.source", flow);
  if (to->kind == "sendTask") check.complain("bpmn.message_flow.target", flow);
}
}  // namespace

void check_collaborations(const Check& check) {
  for (const Item& item : check.index().items()) {
    if (item.kind == "participantMultiplicity") check_multiplicity(check, item);
    if (item.kind == "messageFlow") check_message_flow(check, item);
    const bool without = item.kind == "choreography" || item.kind == "globalConversation";
    if (without && child(item.node, "choreographyRef")) {
      check.complain("bpmn.choreography.reference", item);
    }
  }
}
}  // namespace hougu::process
