// Bad input ends within the budget: what it took of the processor is printed.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <cstdio>
#include <ctime>
#include <functional>

#include "feel/expression.h"

namespace hougu::feel {
namespace {
std::string eval(const std::string& source) {
  const auto compiled = compile(source, Environment{});
  if (!compiled.ok()) return compiled.error().code;
  std::vector<Diagnostic> reasons;
  Evaluation run(&reasons);
  const Value out = (*compiled)->evaluate(run, {});
  return reasons.empty() || !out.is_null() ? to_text(out) : reasons[0].code;
}

long most_memory() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return usage.ru_maxrss / 1024;
}

std::string repeated(std::size_t times, const std::function<std::string(std::size_t)>& part) {
  std::string out;
  for (std::size_t i = 0; i < times; ++i) out += part(i);
  return out;
}

// {a0: [1, 1], a1: [a0, a0], …}: small to write, enormous to walk through.
std::string laughs(int levels) {
  std::string out = "{a0: [1, 1]";
  for (int i = 1; i < levels; ++i) {
    const std::string below = "a" + std::to_string(i - 1);
    out += ", a" + std::to_string(i) + ": [" + below + ", " + below + "]";
  }
  return out + "}";
}

struct Hostile {
  const char* what;
  std::string source;
  const char* expected;
};

std::vector<Hostile> hostile() {
  const auto number = [](std::size_t i) { return std::to_string(i); };
  return {
      {"100,000 parentheses", std::string(100'000, '('), "feel.too_deep"},
      {"100,000 brackets", std::string(100'000, '['), "feel.too_deep"},
      {"100,000 signs", std::string(100'000, '-') + "1", "feel.too_deep"},
      {"100,000 filters", "x" + repeated(100'000, [](auto) { return "[x"; }), "feel.too_deep"},
      {"100,000 calls", repeated(100'000, [](auto) { return "f("; }), "feel.too_deep"},
      {"50,000 functions", repeated(50'000, [](auto) { return "function() "; }), "feel.too_deep"},
      {"a long chain", "1" + repeated(20'000, [](auto) { return "+1"; }), "feel.too_deep"},
      {"a name of a megabyte", std::string(1u << 20, 'x'), "feel.unknown_name"},
      {"more than a megabyte", std::string((1u << 20) + 1, 'x'), "feel.source_too_long"},
      {"open comments", "f(" + repeated(300'000, [](auto) { return "a/*"; }),
       "feel.comment_not_closed"},
      {"100,000 keys",
       "{" + repeated(90'000, [&](auto i) { return "k" + number(i) + ":1,"; }) + "z:1}",
       "feel.too_complex"},
      {"no UTF-8", "\xff", "feel.not_utf8"},
      {"an open text", "\"open", "feel.string_not_closed"},
      {"10^30 rounds", "for i in 1..10**30 return i", "feel.budget_steps"},
      {"rounds in rounds", "for i in 1..100000, j in 1..100000 return i * j", "feel.budget_steps"},
      {"a million items", "count(for i in 1..1000000 return i)", "1000000"},
      {"a million items sorted", "count(sort(for i in 1..1000000 return -i))", "1000000"},
      {"a quadratic search", "count(distinct values(for i in 1..10000 return [i]))",
       "feel.budget_steps"},
      {"growing text", "for i in 1..60 return if i = 1 then \"ab\" else partial[-1] + partial[-1]",
       "feel.budget_memory"},
      {"laughs compared", "{a: " + laughs(20) + ", b: for i in 1..100000 return a.a19 = a.a19}.b",
       "feel.budget_steps"},
      {"laughs as text", "string(" + laughs(30) + ")", "feel.value_too_large"},
      {"laughs flattened", "count(flatten(" + laughs(22) + ".a21))", "4194304"},
      {"recursion", "{f: function(g, n) 1 + g(g, n + 1), r: f(f, 0)}.r", "feel.budget_depth"},
      {"a backtracking expression", "matches(\"" + std::string(40, 'a') + "!\", \"^(a+)+$\")",
       "feel.regex_time"},
      {"10,000 regular expressions",
       "[" + repeated(10'000, [](auto) { return "matches(\"a\", \"[\\p{L}-[a-z]]\"),"; }) +
           "1][-1]",
       "1"},
      {"a huge power", "10 ** 6000 ** 6000", "feel.not_a_number"},
      {"a huge exponent", "1e999999999", "feel.malformed_number"},
  };
}

TEST(Hostile, EndsWithinTheBudget) {
  for (const Hostile& one : hostile()) {
    const std::clock_t began = std::clock();
    std::string got = eval(one.source);
    const double took = 1e3 * static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC;
    std::printf("  %-28s %8.1f ms, %ld MB at most so far: %s\n", one.what, took, most_memory(),
                got.substr(0, 40).c_str());
    EXPECT_EQ(got, one.expected) << one.what;
    EXPECT_LT(took, 30'000) << one.what;
  }
}
}  // namespace
}  // namespace hougu::feel
