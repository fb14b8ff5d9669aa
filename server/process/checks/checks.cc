#include "process/checks/checks.h"

#include "process/checks/check.h"

namespace hougu::process {

Check::Check(const Index& index, Problems& problems) : index_(index), problems_(problems) {
  for (const Item& item : index.items()) {
    if (item.kind == "sequenceFlow") {
      if (const Item* from = source(item)) outgoing_[from].push_back(&item);
      if (const Item* to = target(item)) incoming_[to].push_back(&item);
    } else if (item.kind == "boundaryEvent") {
      if (const Item* activity = referred(item, "attachedToRef")) {
        boundaries_[activity].push_back(&item);
      }
    }
  }
}

// The element a person can find: parts without an id belong to what is around them.
const std::string& Check::place(const Item& item) const {
  const Item* at = &item;
  while (at->id.empty() && index_.parent(*at)) at = index_.parent(*at);
  return at->id;
}

void Check::complain(const char* code, const Item& item,
                     std::map<std::string, std::string> params) const {
  problems_.push_back({code, place(item), std::move(params)});
}

void Check::warn(const char* code, const Item& item,
                 std::map<std::string, std::string> params) const {
  problems_.push_back({code, place(item), std::move(params), true});
}

std::span<const Item* const> Check::linked(const Links& links, const Item& item) const {
  const auto found = links.find(&item);
  if (found == links.end()) return {};
  return found->second;
}

std::span<const Item* const> Check::incoming(const Item& item) const {
  return linked(incoming_, item);
}
std::span<const Item* const> Check::outgoing(const Item& item) const {
  return linked(outgoing_, item);
}
std::span<const Item* const> Check::boundaries(const Item& item) const {
  return linked(boundaries_, item);
}

const Item* Check::referred(const Item& item, const char* attribute_name) const {
  return index_.find(attribute(item.node, attribute_name));
}
const Item* Check::target(const Item& flow) const { return referred(flow, "targetRef"); }
const Item* Check::source(const Item& flow) const { return referred(flow, "sourceRef"); }

std::vector<const Item*> Check::inside(const Item& item, std::string_view kind) const {
  std::vector<const Item*> out;
  for (const pugi::xml_node& one : item.node.children()) {
    if (!is(one, kind)) continue;
    if (const Item* found = index_.of(one)) out.push_back(found);
  }
  return out;
}

std::vector<const Item*> Check::definitions(const Item& event) const {
  std::vector<const Item*> out;
  for (const pugi::xml_node& one : event.node.children()) {
    const Item* item = index_.of(one);
    if (!item) continue;
    if (kinds::in(kinds::event_definitions, item->kind)) {
      out.push_back(item);
    } else if (item->kind == "eventDefinitionRef") {
      const Item* found = index_.find(text_of(one));
      if (found && kinds::in(kinds::event_definitions, found->kind)) out.push_back(found);
    }
  }
  return out;
}

bool Check::is_event_sub_process(const Item& item) const {
  return item.kind == "subProcess" && flag(item.node, "triggeredByEvent", false);
}

void check_rules(const Index& index, Problems& problems) {
  const Check check(index, problems);
  check_names(check);
  check_references(check);
  check_flows(check);
  check_gateways(check);
  check_events(check);
  check_triggers(check);
  check_links(check);
  check_activities(check);
  check_sub_processes(check);
  check_loops(check);
  check_data(check);
  check_items(check);
  check_collaborations(check);
}
}  // namespace hougu::process
