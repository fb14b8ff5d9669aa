// Sequence flows: where they may begin and end, and their conditions.
#include <algorithm>
#include <set>

#include "process/checks/check.h"

namespace hougu::process {
namespace {
bool has_condition(const Item& flow) {
  const pugi::xml_node condition = child(flow.node, "conditionExpression");
  return condition && !text_of(condition).empty();
}

bool lists(const Item& node, std::string_view kind, const std::string& flow) {
  for (pugi::xml_node one = child(node.node, kind); one; one = next(one)) {
    if (local_name(std::string_view(text_of(one))) == flow) return true;
  }
  return false;
}

// Nodes may list their flows; where they do in a process, the lists must say what the flows say.
void check_listed(const Check& check) {
  std::set<const Item*> listing;  // scopes whose nodes list their flows
  for (const Item& item : check.index().items()) {
    if (item.kind != "incoming" && item.kind != "outgoing") continue;
    const Item* node = check.index().parent(item);
    if (!node || !kinds::in(kinds::flow_nodes, node->kind)) continue;
    if (const Item* scope = check.scope(*node)) listing.insert(scope);
    const Item* flow = check.index().find(text_of(item.node));
    if (!flow || flow->kind != "sequenceFlow") continue;
    const Item* end = item.kind == "incoming" ? check.target(*flow) : check.source(*flow);
    if (end != node) check.complain("bpmn.flow.listed", *node, {{"flow", flow->id}});
  }
  for (const Item& flow : check.index().items()) {
    if (flow.kind != "sequenceFlow") continue;
    const Item* from = check.source(flow);
    const Item* to = check.target(flow);
    if (!from || !to) continue;
    if (const Item* scope = check.scope(*to); scope && listing.count(scope) > 0) {
      if (!lists(*to, "incoming", flow.id)) {
        check.complain("bpmn.flow.unlisted", *to, {{"flow", flow.id}});
      }
    }
    if (const Item* scope = check.scope(*from); scope && listing.count(scope) > 0) {
      if (!lists(*from, "outgoing", flow.id)) {
        check.complain("bpmn.flow.unlisted", *from, {{"flow", flow.id}});
      }
    }
  }
}

void check_flow(const Check& check, const Item& flow) {
  const Item* from = check.source(flow);
  const Item* to = check.target(flow);
  if (!from) check.complain("bpmn.flow.end_missing", flow);
  if (!to) check.complain("bpmn.flow.end_missing", flow);
  if (!from || !to) return;
  if (check.scope(*from) != check.scope(*to)) check.complain("bpmn.flow.crosses", flow);
  const Item* scope = check.scope(flow);
  const bool executable =
      scope && scope->kind == "process" && flag(scope->node, "isExecutable", false);
  if (executable && !flag(flow.node, "isImmediate", true)) {
    check.complain("bpmn.flow.immediate", flow);
  }
  if (!has_condition(flow)) return;
  if (kinds::in(kinds::events, from->kind) || from->kind == "eventBasedGateway") {
    check.complain("bpmn.flow.condition", flow);
  } else if (from->kind == "parallelGateway") {
    check.warn("bpmn.flow.condition_ignored", flow);
  } else if (kinds::in(kinds::activities, from->kind) && check.outgoing(*from).size() < 2) {
    check.complain("bpmn.flow.only_conditional", *from);
  }
}

void check_default(const Check& check, const Item& item) {
  const std::string reference = attribute(item.node, "default");
  if (reference.empty()) return;
  const Item* flow = check.index().find(reference);
  if (!flow || flow->kind != "sequenceFlow") return;  // said among the references
  if (check.source(*flow) != &item) check.complain("bpmn.flow.default", item, {{"flow", flow->id}});
  if (has_condition(*flow)) check.warn("bpmn.flow.default_condition", *flow);
}

void check_ends(const Check& check, const Item& item) {
  const bool in = !check.incoming(item).empty();
  const bool out = !check.outgoing(item).empty();
  if (item.kind == "startEvent") {
    if (in) check.complain("bpmn.start.incoming", item);
    if (!out) check.complain("bpmn.start.outgoing", item);
  } else if (item.kind == "endEvent") {
    if (out) check.complain("bpmn.end.outgoing", item);
    if (!in) check.complain("bpmn.end.incoming", item);
  } else if (item.kind == "intermediateCatchEvent" || item.kind == "intermediateThrowEvent") {
    const auto definitions = check.definitions(item);
    const bool link = std::any_of(definitions.begin(), definitions.end(), [](const Item* one) {
      return one->kind == "linkEventDefinition";
    });
    const bool throws = item.kind == "intermediateThrowEvent";
    if (link && throws && out) check.complain("bpmn.link.outgoing", item);
    if (link && !throws && in) check.complain("bpmn.link.incoming", item);
    if (!out && !(link && throws)) check.complain("bpmn.event.outgoing", item);
    if (link && throws && !in) check.complain("bpmn.event.incoming", item);
  } else if (item.kind == "boundaryEvent" && in) {
    check.complain("bpmn.boundary.incoming", item);
  }
}
}  // namespace

void check_flows(const Check& check) {
  for (const Item& item : check.index().items()) {
    if (item.kind == "sequenceFlow") check_flow(check, item);
    if (!kinds::in(kinds::flow_nodes, item.kind)) continue;
    check_default(check, item);
    check_ends(check, item);
  }
  check_listed(check);
}
}  // namespace hougu::process
