// bin/conformance bpmn-constraints DIR: every model below DIR breaks a rule of the standard and
// must be refused when it is deployed. Models of ../bpmn-execution, where it is there, must not be.
#include <cstdio>

#include "conformance/bpmn_adapter.h"
#include "conformance/suites.h"

namespace hougu::conformance {
namespace fs = std::filesystem;

int run_bpmn_constraints(int count, char** list) {
  const Arguments arguments = arguments_of(count, list);
  if (!arguments.folder) {
    std::fprintf(stderr, "bpmn-constraints: give the folder of the models\n");
    return 2;
  }
  std::size_t refused = 0;
  std::size_t total = 0;
  for (const fs::path& path : model_files(arguments.folder)) {
    ++total;
    const process::Compiled model = deploy(adapted(read_file(path)));
    if (!model.definitions) ++refused;
    if (!arguments.verbose) continue;
    std::printf("%s %s:", model.definitions ? "  accepted" : "  refused", path.filename().c_str());
    for (const process::Problem& problem : model.problems) {
      if (!problem.warning) std::printf(" %s(%s)", problem.code.c_str(), problem.element.c_str());
    }
    std::printf("\n");
  }
  const fs::path good = fs::path(arguments.folder).lexically_normal() / ".." / "bpmn-execution";
  if (fs::is_directory(good)) {
    std::size_t models = 0;
    std::size_t wrong = 0;
    for (const fs::path& path : model_files(good)) {
      ++models;
      const process::Compiled model = deploy(adapted(read_file(path)));
      if (model.definitions) continue;
      ++wrong;
      std::printf("  good model refused: %s", path.filename().c_str());
      for (const process::Problem& problem : model.problems) {
        if (!problem.warning) std::printf(" %s(%s)", problem.code.c_str(), problem.element.c_str());
      }
      std::printf("\n");
    }
    std::printf("good models refused: %zu of %zu\n", wrong, models);
  }
  return report("bpmn-constraints", arguments, refused, total);
}
}  // namespace hougu::conformance
