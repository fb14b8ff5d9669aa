#include "process/model/compile.h"

#include "process/checks/checks.h"
#include "process/model/index.h"
#include "process/model/reader.h"
#include "process/model/xml.h"

namespace hougu::process {

Compiled compile(const Document& document, const CompileOptions& options) {
  Compiled out;
  const Index index(document.root());
  check_rules(index, out.problems);
  auto definitions = std::make_shared<Definitions>();
  definitions->id = attribute(document.root(), "id");
  definitions->name = attribute(document.root(), "name");
  Reader reader(index, options, out.problems);
  bool executable = false;
  for (const Item& item : index.items()) {
    if (item.kind == "process") {
      definitions->processes.push_back(reader.read_process(item));
      executable = executable || definitions->processes.back()->executable;
    } else if (kinds::in(kinds::callable, item.kind)) {
      definitions->processes.push_back(reader.read_global_task(item));
    }
  }
  if (!executable) out.problems.push_back({"bpmn.nothing_to_run", "", {}});
  if (!has_errors(out.problems)) out.definitions = std::move(definitions);
  return out;
}
}  // namespace hougu::process
