// libFuzzer target: any bytes as an expression and as unary tests, within a small budget.
#include <string_view>

#include "feel/expression.h"
#include "fuzz.h"

const char* const kFuzzSeeds = "tests/fuzz/feel";

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace hougu::feel;
  const std::string_view source(reinterpret_cast<const char*>(data), size);
  Limits limits;
  limits.steps = 20'000;
  limits.bytes = 4'000'000;
  limits.regex_steps = 5;
  Environment environment;
  environment.add("a");
  environment.add("customer level", basic_type(TypeKind::kString));
  const Value inputs[] = {Value::list({Value::integer(1), Value::string("x")}),
                          Value::string("gold")};
  for (const bool tests : {false, true}) {
    CompileOptions options;
    options.unary_tests = tests;
    const auto compiled = compile(source, environment, options);
    if (!compiled.ok()) continue;
    std::vector<Diagnostic> diagnostics;
    Evaluation run(&diagnostics, limits);
    run.set_now(DateTime{1'770'000'000, 0, Zone::fixed(0)});
    const Value out =
        tests ? (*compiled)->test(run, inputs, inputs[1]) : (*compiled)->evaluate(run, inputs);
    (void)to_text(out);
  }
  return 0;
}
