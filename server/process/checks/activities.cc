// Activities: quantities, resources, operations, calls.
#include <charconv>

#include "process/checks/check.h"

namespace hougu::process {
namespace {
bool is_positive(const std::string& text) {
  long long number = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  return error == std::errc() && end == text.data() + text.size() && number >= 1 && number <= 1000;
}

void check_quantities(const Check& check, const Item& item) {
  for (const char* name : {"startQuantity", "completionQuantity"}) {
    const pugi::xml_attribute one = item.node.attribute(name);
    if (one && !is_positive(attribute(item.node, name))) {
      check.complain("bpmn.activity.quantity", item, {{"name", name}});
    }
  }
}

// A role is given by a resource, with parameters, or by an expression; not by both.
void check_resources(const Check& check, const Item& item) {
  for (const pugi::xml_node& role : item.node.children()) {
    const bool resource = static_cast<bool>(child(role, "resourceRef"));
    const bool computed = static_cast<bool>(child(role, "resourceAssignmentExpression"));
    if (resource && computed) check.complain("bpmn.resource.both", item);
    if (!resource && child(role, "resourceParameterBinding")) {
      check.complain("bpmn.resource.parameters", item);
    }
  }
}

std::size_t count(const Check& check, const Item& item, const char* kind) {
  std::size_t out = 0;
  for (const Item* io : check.inside(item, "ioSpecification")) {
    out += check.inside(*io, kind).size();
  }
  return out;
}

// What a task exchanges with the outside has one form.
void check_operation(const Check& check, const Item& item) {
  const bool has_io = static_cast<bool>(child(item.node, "ioSpecification"));
  if (item.kind == "serviceTask") {
    const Item* operation = check.referred(item, "operationRef");
    if (!operation && !has_io) return;
    const std::size_t inputs = count(check, item, "inputSet");
    const std::size_t outputs = count(check, item, "outputSet");
    if (operation && (inputs != 1 || count(check, item, "dataInput") != 1)) {
      check.complain("bpmn.service.input", item);
    }
    if (operation && (outputs > 1 || count(check, item, "dataOutput") > 1)) {
      check.complain("bpmn.service.output", item);
    }
    if (operation && child(operation->node, "outMessageRef") &&
        count(check, item, "dataOutput") != 1) {
      check.complain("bpmn.service.output", item);
    }
  } else if (item.kind == "sendTask") {
    if (count(check, item, "inputSet") > 1 || count(check, item, "dataInput") > 1) {
      check.complain("bpmn.send.input", item);
    }
  } else if (item.kind == "receiveTask") {
    if (count(check, item, "outputSet") > 1 || count(check, item, "dataOutput") > 1) {
      check.complain("bpmn.receive.output", item);
    }
    if (flag(item.node, "instantiate", false) && !check.incoming(item).empty()) {
      check.complain("bpmn.receive.incoming", item);
    }
  }
}

bool has_plain_start(const Check& check, const Item& process) {
  bool any = false;
  for (const Item* start : check.inside(process, "startEvent")) {
    any = true;
    if (check.definitions(*start).empty() && !child(start->node, "eventDefinitionRef")) return true;
  }
  return !any;
}

void check_call(const Check& check, const Item& item) {
  const std::string reference = attribute(item.node, "calledElement");
  if (reference.empty()) {
    check.complain("bpmn.call.missing", item);
    return;
  }
  const Item* called = check.index().find(reference);
  if (!called) return;  // of another file: found when it is called
  if (!kinds::in(kinds::callable, called->kind)) {
    check.complain("bpmn.call.kind", item, {{"reference", called->id}});
  } else if (called->kind == "process" && !has_plain_start(check, *called)) {
    check.complain("bpmn.call.start", item, {{"reference", called->id}});
  }
}

void check_compensation_activity(const Check& check, const Item& item) {
  if (!flag(item.node, "isForCompensation", false)) return;
  if (!check.incoming(item).empty() || !check.outgoing(item).empty()) {
    check.complain("bpmn.compensation.flows", item);
  }
}
}  // namespace

void check_activities(const Check& check) {
  for (const Item& item : check.index().items()) {
    if (kinds::in(kinds::choreography, item.kind)) {
      const Item* scope = check.scope(item);
      if (scope && (scope->kind == "process" || kinds::in(kinds::sub_processes, scope->kind))) {
        check.complain("bpmn.choreography.in_process", item);
      }
    }
    check_resources(check, item);
    if (!kinds::in(kinds::activities, item.kind)) continue;
    check_quantities(check, item);
    check_operation(check, item);
    check_compensation_activity(check, item);
    if (item.kind == "callActivity") check_call(check, item);
  }
}
}  // namespace hougu::process
