// hougu_conformance SUITE DIR [--json FILE] [--failures]
#include <cstdio>
#include <cstring>

#include "conformance/suites.h"

namespace {
struct Suite {
  const char* name;
  int (*run)(int count, char** arguments);
};
constexpr Suite kSuites[] = {
    {"dmn-tck", hougu::conformance::run_dmn_tck},
    {"bpmn-execution", hougu::conformance::run_bpmn_execution},
    {"bpmn-constraints", hougu::conformance::run_bpmn_constraints},
    {"bpmn-models", hougu::conformance::run_bpmn_models},
};
}  // namespace

int main(int count, char** arguments) {
  for (const Suite& suite : kSuites) {
    if (count >= 2 && std::strcmp(arguments[1], suite.name) == 0) {
      return suite.run(count - 2, arguments + 2);
    }
  }
  std::fprintf(stderr, "usage: bin/conformance SUITE DIR [--json FILE] [--failures]\nSuites:");
  for (const Suite& suite : kSuites) std::fprintf(stderr, " %s", suite.name);
  std::fprintf(stderr, "\n");
  return 2;
}
