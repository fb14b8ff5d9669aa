// Sub-processes: embedded, event, ad-hoc, transaction.
#include "process/checks/check.h"

namespace hougu::process {
namespace {
void check_event_sub_process(const Check& check, const Item& item) {
  if (!check.incoming(item).empty() || !check.outgoing(item).empty()) {
    check.complain("bpmn.event_sub_process.flows", item);
  }
  const std::size_t starts = check.inside(item, "startEvent").size();
  if (starts != 1) {
    check.complain("bpmn.event_sub_process.starts", item, {{"count", std::to_string(starts)}});
  }
}

void check_ad_hoc(const Check& check, const Item& item) {
  if (!check.inside(item, "startEvent").empty() || !check.inside(item, "endEvent").empty()) {
    check.complain("bpmn.ad_hoc.events", item);
  }
  for (const pugi::xml_node& one : item.node.children()) {
    if (kinds::in(kinds::activities, local_name(one))) return;
  }
  check.complain("bpmn.ad_hoc.empty", item);
}
}  // namespace

void check_sub_processes(const Check& check) {
  for (const Item& item : check.index().items()) {
    if (!kinds::in(kinds::sub_processes, item.kind)) continue;
    if (child(item.node, "ioSpecification")) check.complain("bpmn.sub_process.io", item);
    if (check.is_event_sub_process(item)) check_event_sub_process(check, item);
    if (item.kind != "subProcess" && flag(item.node, "triggeredByEvent", false)) {
      check.complain("bpmn.event_sub_process.kind", item);
    }
    if (item.kind == "adHocSubProcess") check_ad_hoc(check, item);
  }
}
}  // namespace hougu::process
