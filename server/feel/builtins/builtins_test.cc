// Every example of every built-in function, and docs/feel.md, which is made from the same list.
// HOUGU_WRITE_DOCS=1 writes the page instead of comparing it.
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "feel/builtins/reference.h"
#include "feel/expression.h"

namespace hougu::feel {
namespace {
std::string read(const char* path) {
  std::ifstream in(path);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

TEST(Builtins, ExamplesHold) {
  const auto list = reference(read("server/feel/builtins/builtins.json"));
  ASSERT_TRUE(list.ok()) << list.error().code << " " << list.error().params.at("detail");
  for (const json::value& line : *list) {
    for (const json::value& example : line.at("examples").as_array()) {
      const std::string source(example.as_array()[0].as_string());
      const std::string expected(example.as_array()[1].as_string());
      const auto both = compile("(" + source + ") = (" + expected + ")", Environment{});
      ASSERT_TRUE(both.ok()) << source << ": " << both.error().code;
      std::vector<Diagnostic> reasons;
      Evaluation run(&reasons);
      EXPECT_TRUE((*both)->evaluate(run, {}).is_true())
          << source << (reasons.empty() ? "" : ": " + reasons[0].code);
    }
  }
}

TEST(Builtins, PageIsCurrent) {
  const auto list = reference(read("server/feel/builtins/builtins.json"));
  ASSERT_TRUE(list.ok());
  const std::string page = reference_page(*list);
  if (std::getenv("HOUGU_WRITE_DOCS") != nullptr) {
    std::ofstream("docs/feel.md") << page;
    return;
  }
  EXPECT_EQ(read("docs/feel.md"), page) << "run test_feel with HOUGU_WRITE_DOCS=1";
}
}  // namespace
}  // namespace hougu::feel
