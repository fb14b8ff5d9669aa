// Simple conditions take nothing from the heap.
#include <gtest/gtest.h>

#include "feel/allocation_test_support.h"
#include "feel/expression.h"

namespace hougu::feel {
namespace {
TEST(Expression, TakesNothingFromTheHeapForSimpleConditions) {
  Environment environment;
  environment.add("priority");
  environment.add("region");
  environment.add("amount");
  environment.add("due");
  const Value inputs[] = {Value::string("high"), Value::string("华南"), Value::integer(1250),
                          Value::date(20'000)};
  for (const char* source :
       {"priority = \"high\" and region in (\"华东\",\"华南\") and amount > 1000",
        "amount * 1.13 - 7 > 10 and not(priority = \"low\")",
        "due + duration(\"P7D\") >= date(\"2024-01-01\") or amount between 1 and 2",
        "if amount in [1000..2000) then region else priority"}) {
    const auto compiled = compile(source, environment);
    ASSERT_TRUE(compiled.ok()) << source;
    const std::size_t before = allocations();
    Evaluation run;
    const Value out = (*compiled)->evaluate(run, inputs);
    EXPECT_EQ(allocations(), before) << source;
    EXPECT_FALSE(out.is_null()) << source;
    EXPECT_FALSE(out.is_false()) << source;
  }
}
}  // namespace
}  // namespace hougu::feel
