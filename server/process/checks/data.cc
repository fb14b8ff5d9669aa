// Inputs and outputs, their sets, and the associations that fill them.
#include <algorithm>
#include <set>

#include "process/checks/check.h"

namespace hougu::process {
namespace {
std::set<std::string> refs(const Item& item, const char* name) {
  std::set<std::string> out;
  for (pugi::xml_node one = child(item.node, name); one; one = next(one)) {
    out.insert(std::string(local_name(std::string_view(text_of(one)))));
  }
  return out;
}

struct Side {
  const char* data;
  const char* set;
  const char* refs;
  const char* optional;
  const char* while_executing;
  const char* opposite;  // references to sets of the other side
  const char* opposite_set;
  const char* back;  // and back
};
constexpr Side kSides[] = {
    {"dataInput", "inputSet", "dataInputRefs", "optionalInputRefs", "whileExecutingInputRefs",
     "outputSetRefs", "outputSet", "inputSetRefs"},
    {"dataOutput", "outputSet", "dataOutputRefs", "optionalOutputRefs", "whileExecutingOutputRefs",
     "inputSetRefs", "inputSet", "outputSetRefs"},
};

void check_side(const Check& check, const Item& holder, const Side& side) {
  std::set<std::string> used;
  for (const Item* set : check.inside(holder, side.set)) {
    const std::set<std::string> members = refs(*set, side.refs);
    used.insert(members.begin(), members.end());
    for (const char* part : {side.optional, side.while_executing}) {
      for (const std::string& one : refs(*set, part)) {
        if (members.count(one) == 0) {
          check.complain("bpmn.data.subset", holder, {{"name", part}, {"reference", one}});
        }
      }
    }
    for (const std::string& other : refs(*set, side.opposite)) {
      const Item* found = check.index().find(other);
      if (found && found->kind == side.opposite_set &&
          refs(*found, side.back).count(set->id) == 0) {
        check.complain("bpmn.data.one_sided", holder, {{"reference", other}});
      }
    }
  }
  for (const Item* data : check.inside(holder, side.data)) {
    if (used.count(data->id) == 0) {
      check.complain("bpmn.data.unused", *data, {{"set", side.set}});
    }
  }
}

void check_association(const Check& check, const Item& item, bool input) {
  const Item* owner = check.index().parent(item);
  if (!owner) return;
  const pugi::xml_node source = child(item.node, "sourceRef");
  const Item* from = source ? check.index().find(text_of(source)) : nullptr;
  const Item* to = check.index().find(text_of(child(item.node, "targetRef")));
  if (input && to && to->kind != "dataInput" && to->kind != "property") {
    check.complain("bpmn.data.target", *owner, {{"reference", to->id}});
  }
  if (input && from && from->kind == "dataOutput") {
    check.complain("bpmn.data.source", *owner, {{"reference", from->id}});
  }
  if (!input && from && from->kind != "dataOutput" && from->kind != "property") {
    check.complain("bpmn.data.source", *owner, {{"reference", from->id}});
  }
  if (!input && to && to->kind == "dataInput") {
    check.complain("bpmn.data.target", *owner, {{"reference", to->id}});
  }
  if (source && next(source) && !child(item.node, "transformation")) {
    check.complain("bpmn.data.sources", *owner);
  }
}
}  // namespace

void check_data(const Check& check) {
  for (const Item& item : check.index().items()) {
    if (item.kind == "ioSpecification" || kinds::in(kinds::events, item.kind)) {
      for (const Side& side : kSides) check_side(check, item, side);
    }
    if (item.kind == "dataInputAssociation") check_association(check, item, true);
    if (item.kind == "dataOutputAssociation") check_association(check, item, false);
  }
}
}  // namespace hougu::process
