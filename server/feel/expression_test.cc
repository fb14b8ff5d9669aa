#include "feel/expression.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

namespace hougu::feel {
namespace {
Environment ticket() {
  Environment out;
  out.add("priority", basic_type(TypeKind::kString));
  out.add("region", basic_type(TypeKind::kString));
  out.add("amount", basic_type(TypeKind::kNumber));
  out.add("customer level", basic_type(TypeKind::kString));
  out.add("a-b", basic_type(TypeKind::kNumber));
  out.add("lines", list_of(nullptr));
  return out;
}

std::vector<Value> values() {
  const Value line =
      Value::context({{"price", Value::integer(3)}, {"part no", Value::string("x")}});
  return {Value::string("high"), Value::string("华东"), Value::integer(1200),
          Value::string("gold"), Value::integer(7),     Value::list({line, line})};
}

std::string eval(std::string_view source, std::vector<Diagnostic>* reasons = nullptr) {
  const auto compiled = compile(source, ticket());
  if (!compiled.ok()) return compiled.error().code;
  Evaluation run(reasons);
  return to_text((*compiled)->evaluate(run, values()));
}

TEST(Expression, ResolvesNamesAgainstTheScope) {
  EXPECT_EQ(eval("customer level = \"gold\""), "true");
  EXPECT_EQ(eval("a-b + 1"), "8");
  EXPECT_EQ(eval("lines[part no = \"x\"].price"), "[3, 3]");
  EXPECT_EQ(eval("{first total: 2, double: first total * 2}.double"), "4");
}

TEST(Expression, HasThreeValues) {
  EXPECT_EQ(eval("false and null"), "false");
  EXPECT_EQ(eval("true and null"), "null");
  EXPECT_EQ(eval("null or true"), "true");
  EXPECT_EQ(eval("1 = \"1\""), "null");
  EXPECT_EQ(eval("null = null"), "true");
}

TEST(Expression, SaysWhyAValueIsNull) {
  std::vector<Diagnostic> reasons;
  EXPECT_EQ(eval("1 + \"a\"", &reasons), "null");
  ASSERT_EQ(reasons.size(), 1u);
  EXPECT_EQ(reasons[0].code, "feel.operand_types");
  EXPECT_EQ(reasons[0].position, 2u);
}

TEST(Expression, KeepsClosuresAndRecursionWithinBounds) {
  EXPECT_EQ(eval("(function(n) function(m) n + m)(2)(3)"), "5");
  EXPECT_EQ(eval("{f: function(g, n) if n = 0 then 0 else 1 + g(g, n - 1), r: f(f, 50)}.r"), "50");
  EXPECT_EQ(eval("{f: function(g, n) 1 + g(g, n + 1), r: f(f, 0)}.r"), "null");
}

TEST(Expression, ReportsThePlaceOfAnError) {
  const auto failed = compile("1 +\n  * 2", Environment{});
  ASSERT_FALSE(failed.ok());
  EXPECT_EQ(failed.error().params.at("line"), "2");
  EXPECT_EQ(failed.error().params.at("column"), "3");
}

TEST(Expression, UnderstandsUnaryTests) {
  CompileOptions tests;
  tests.unary_tests = true;
  const auto run = [&](const char* source, std::int64_t subject) {
    const auto compiled = compile(source, Environment{}, tests);
    if (!compiled.ok()) return compiled.error().code;
    Evaluation evaluation;
    return to_text((*compiled)->test(evaluation, {}, Value::integer(subject)));
  };
  EXPECT_EQ(run("<= 10, 20", 20), "true");
  EXPECT_EQ(run("not(1, 2)", 2), "false");
  EXPECT_EQ(run("[5..8[", 8), "false");
  EXPECT_EQ(run("? > 5 and ? < 7", 6), "true");
  EXPECT_EQ(run("-", 6), "true");
}

TEST(Expression, KeepsWhatAnIterationMade) {
  EXPECT_EQ(eval("count(for i in 1..3000 return i + count(partial))"), "3000");
  EXPECT_EQ(eval("for i in 1..3000 return [partial[-1]]"), "null");  // nested too deeply
}

TEST(Expression, IsSharedByThreads) {
  const auto compiled = compile(
      "if matches(region, \"^华.$\") then count(lines[price < amount]) else null", ticket());
  ASSERT_TRUE(compiled.ok());
  const std::vector<Value> inputs = values();
  std::atomic<int> right = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 500; ++i) {
        Evaluation run;
        if (to_text((*compiled)->evaluate(run, inputs)) == "2") ++right;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(right, 2000);
}
}  // namespace
}  // namespace hougu::feel
