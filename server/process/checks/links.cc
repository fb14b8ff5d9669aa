// Pairs: link events, and activities with those that undo them.
#include <algorithm>
#include <map>

#include "process/checks/check.h"

namespace hougu::process {
namespace {
constexpr std::size_t kMostLinks = 2'000;  // each is compared with each

struct LinkEnd {
  const Item* event;
  const Item* definition;
};

bool refers(const Item& from, const char* name, const Item& to) {
  for (pugi::xml_node one = child(from.node, name); one; one = next(one)) {
    if (!to.id.empty() && local_name(std::string_view(text_of(one))) == to.id) return true;
  }
  return false;
}

// A link leads from its source to the target of the same name, or as one of them refers to it.
bool belong(const Item& source, const Item& target) {
  if (refers(source, "target", target) || refers(target, "source", source)) return true;
  const std::string name = attribute(source.node, "name");
  return !name.empty() && name == attribute(target.node, "name");
}

void check_link_ends(const Check& check) {
  std::vector<LinkEnd> sources;
  std::vector<LinkEnd> targets;
  for (const Item& item : check.index().items()) {
    if (item.kind != "intermediateThrowEvent" && item.kind != "intermediateCatchEvent") continue;
    for (const Item* one : check.definitions(item)) {
      if (one->kind != "linkEventDefinition") continue;
      (item.kind == "intermediateThrowEvent" ? sources : targets).push_back({&item, one});
    }
  }
  if (sources.size() + targets.size() > kMostLinks) {
    check.complain("bpmn.link.too_many", check.index()[0], {{"count", std::to_string(kMostLinks)}});
    return;
  }
  for (const LinkEnd& source : sources) {
    const auto here = std::count_if(targets.begin(), targets.end(), [&](const LinkEnd& target) {
      return belong(*source.definition, *target.definition) &&
             check.scope(*source.event) == check.scope(*target.event);
    });
    if (here == 0) check.complain("bpmn.link.target", *source.event);
    if (here > 1) check.complain("bpmn.link.targets", *source.event);
  }
  for (const LinkEnd& target : targets) {
    const bool any = std::any_of(sources.begin(), sources.end(), [&](const LinkEnd& source) {
      return belong(*source.definition, *target.definition) &&
             check.scope(*source.event) == check.scope(*target.event);
    });
    if (!any) check.complain("bpmn.link.source", *target.event);
  }
}

// A compensation event on an activity leads, by one association, to what undoes it.
void check_handlers(const Check& check) {
  std::map<std::string, std::vector<const Item*>> targets;  // of associations, by source
  for (const Item& item : check.index().items()) {
    if (item.kind != "association") continue;
    const Item* target = check.referred(item, "targetRef");
    const Item* source = check.referred(item, "sourceRef");
    if (target && source) targets[source->id].push_back(target);
  }
  for (const Item& item : check.index().items()) {
    if (item.kind != "boundaryEvent") continue;
    const auto definitions = check.definitions(item);
    if (definitions.empty() || definitions.front()->kind != "compensateEventDefinition") continue;
    std::size_t handlers = 0;
    for (const Item* target : targets[item.id]) {
      if (!kinds::in(kinds::activities, target->kind)) continue;
      ++handlers;
      if (!flag(target->node, "isForCompensation", false)) {
        check.complain("bpmn.compensation.not_marked", *target);
      }
      if (check.scope(*target) != check.scope(item)) {
        check.complain("bpmn.compensation.elsewhere", item);
      }
    }
    if (handlers == 0) check.complain("bpmn.compensation.handler", item);
    if (handlers > 1) check.complain("bpmn.compensation.handlers", item);
  }
}
}  // namespace

void check_links(const Check& check) {
  check_link_ends(check);
  check_handlers(check);
}
}  // namespace hougu::process
