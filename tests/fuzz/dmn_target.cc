// libFuzzer target: any bytes as a model; what can be read is compiled, checked and decided.
#include <string_view>

#include "dmn/engine.h"
#include "fuzz.h"

const char* const kFuzzSeeds = "tests/fuzz/dmn";

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hougu;
  const auto model = dmn::Model::read({reinterpret_cast<const char*>(data), size});
  if (!model.ok()) return 0;
  (void)(*model)->write();
  const auto engine = dmn::Engine::compile(*model);
  if (!engine.ok()) return 0;
  (void)(*engine)->check();
  feel::Limits limits;
  limits.steps = 20'000;
  limits.bytes = 4'000'000;
  limits.regex_steps = 5;
  for (const std::string& decision : (*engine)->decisions()) {
    feel::Evaluation run(nullptr, limits);
    dmn::Trace trace;
    (void)(*engine)->decide(decision, feel::Value(), run, &trace);
  }
  return 0;
}
