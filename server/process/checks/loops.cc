// Loops of activities.
#include "process/checks/check.h"

namespace hougu::process {
namespace {
void check_multi_instance(const Check& check, const Item& activity, const Item& loop) {
  const bool collection =
      child(loop.node, "loopDataInputRef") || !hougu_attribute(loop.node, "collection").empty();
  if (!collection && text_of(child(loop.node, "loopCardinality")).empty()) {
    check.complain("bpmn.multi_instance.count", activity);
  }
  const std::string behavior = attribute(loop.node, "behavior");
  if (behavior == "None" && attribute(loop.node, "noneBehaviorEventRef").empty()) {
    check.complain("bpmn.multi_instance.event", activity, {{"behavior", behavior}});
  }
  if (behavior == "One" && attribute(loop.node, "oneBehaviorEventRef").empty()) {
    check.complain("bpmn.multi_instance.event", activity, {{"behavior", behavior}});
  }
  if (behavior == "Complex" && !child(loop.node, "complexBehaviorDefinition")) {
    check.complain("bpmn.multi_instance.event", activity, {{"behavior", behavior}});
  }
}
}  // namespace

void check_loops(const Check& check) {
  for (const Item& item : check.index().items()) {
    if (!kinds::in(kinds::activities, item.kind)) continue;
    const auto standard = check.inside(item, "standardLoopCharacteristics");
    const auto multiple = check.inside(item, "multiInstanceLoopCharacteristics");
    if (standard.size() + multiple.size() > 1) check.complain("bpmn.loop.several", item);
    for (const Item* loop : multiple) check_multi_instance(check, item, *loop);
  }
}
}  // namespace hougu::process
