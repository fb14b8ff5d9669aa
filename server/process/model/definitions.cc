#include "process/model/definitions.h"

#include <algorithm>

#include "process/model/problem.h"

namespace hougu::process {

bool is_activity(ElementKind kind) {
  return kind >= ElementKind::kTask && kind <= ElementKind::kAdHoc &&
         kind != ElementKind::kEventSubProcess;
}

bool is_scope(ElementKind kind) {
  return kind == ElementKind::kProcess || kind == ElementKind::kSubProcess ||
         kind == ElementKind::kEventSubProcess || kind == ElementKind::kTransaction ||
         kind == ElementKind::kAdHoc;
}

ElementIndex Process::find(std::string_view wanted) const {
  const auto found = by_id.find(std::string(wanted));
  return found == by_id.end() ? kNone : found->second;
}

const Process* Definitions::find(std::string_view wanted) const {
  for (const ProcessPtr& process : processes) {
    if (process->id == wanted) return process.get();
  }
  return nullptr;
}

bool has_errors(const Problems& problems) {
  return std::any_of(problems.begin(), problems.end(),
                     [](const Problem& problem) { return !problem.warning; });
}
}  // namespace hougu::process
