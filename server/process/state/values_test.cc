#include "process/state/values.h"

#include <gtest/gtest.h>

#include "process/model/expression.h"

namespace hougu::process {
namespace {
feel::Value value(const char* source) {
  const auto compiled = Expression::compile(source, {});
  EXPECT_TRUE(compiled.ok()) << source;
  feel::Evaluation run;
  return (*compiled)->evaluate(run, [](const std::string&) { return feel::Value(); });
}

TEST(Values, SurviveJson) {
  for (const char* source : {"null",
                             "true",
                             "1",
                             "-7",
                             "1.0",
                             "1.50",
                             "0.1",
                             "1e30",
                             "12345678901234567890123456789012",
                             "\"text\"",
                             "\"\"",
                             "date(\"2026-11-22\")",
                             "time(\"10:00:00+08:00\")",
                             "date and time(\"2026-11-22T10:00:00@Asia/Shanghai\")",
                             "duration(\"P1DT2H\")",
                             "duration(\"P1Y2M\")",
                             "[1, [2, null], \"x\"]",
                             "{a: 1, b: {c: [true]}}",
                             "{\"@date\": \"x\"}",
                             "{}",
                             "[]",
                             "[1..5)"}) {
    const feel::Value before = value(source);
    const feel::Value after = value_from_json(to_json(before));
    EXPECT_TRUE(before.kind() == after.kind()) << source;
    EXPECT_EQ(feel::to_text(before), feel::to_text(after)) << source;
    EXPECT_EQ(json::serialize(to_json(before)), json::serialize(to_json(after))) << source;
  }
}

TEST(Values, AnythingElseIsNull) {
  for (const char* source : {"{\"@date\":\"x\"}", "{\"@number\":[1]}", "{\"@\":1}",
                             "{\"@range\":{}}", "{\"@context\":[[1]]}", "1.5"}) {
    EXPECT_TRUE(value_from_json(json::parse(source)).is_null()) << source;
  }
}
}  // namespace
}  // namespace hougu::process
