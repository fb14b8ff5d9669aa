// libFuzzer target: any bytes as a model; what can be read is written again, checked, compiled, and
// begun.
#include <string_view>

#include "fuzz.h"
#include "process/engine/engine.h"
#include "process/model/compile.h"

const char* const kFuzzSeeds = "tests/fuzz/bpmn";

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hougu::process;
  const auto document = Document::read({reinterpret_cast<const char*>(data), size});
  if (!document.ok()) return 0;
  (void)(*document)->write();
  const Compiled compiled = compile(**document);
  if (!compiled.definitions) return 0;
  for (const ProcessPtr& process : compiled.definitions->processes) {
    State state;
    Surroundings around;
    around.max_steps = 300;
    if (!handle(*process, state, {CommandKind::kStart}, around).ok()) continue;
    for (int i = 0; i < 20 && state.status == Status::kActive; ++i) {
      Command command{CommandKind::kSignal};
      if (!state.waits.empty()) command = {CommandKind::kWake, state.waits.begin()->first};
      for (const auto& [key, node] : state.nodes) {
        if (!node.work.empty()) command = {CommandKind::kComplete, key};
      }
      (void)handle(*process, state, command, around);
      (void)read_state(write_state(state));
    }
  }
  return 0;
}
