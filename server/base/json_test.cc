#include "base/json.h"

#include <gtest/gtest.h>

namespace hougu {
namespace {

std::string code_of(std::string_view text) {
  auto result = parse_json(text);
  return result.ok() ? "ok" : result.error().code;
}

TEST(Json, ParsesValues) {
  auto result = parse_json(R"({"name":"王五","n":-3,"big":18446744073709551615,"x":[1,2.5,null]})");
  ASSERT_TRUE(result.ok());
  const auto& object = result.value().as_object();
  EXPECT_EQ(find_string(object, "name"), "王五");
  EXPECT_EQ(find_integer(object, "n"), -3);
  EXPECT_EQ(find_integer(object, "big"), std::nullopt);
  EXPECT_EQ(find_array(object, "x")->size(), 3u);
  EXPECT_EQ(find_string(object, "n"), std::nullopt);
  EXPECT_EQ(find(object, "absent"), nullptr);
  EXPECT_EQ(find_object(object, "name"), nullptr);
  EXPECT_EQ(find_bool(object, "name"), std::nullopt);
}

TEST(Json, RefusesWhatIsNotStrictJson) {
  for (const std::string_view text : {"",
                                      " ",
                                      "{",
                                      "{]",
                                      "[1,]",
                                      "{\"a\":1,}",
                                      "// x\n1",
                                      "nul",
                                      "01",
                                      "1e",
                                      "'a'",
                                      "\"\n\"",
                                      "1 2",
                                      "\"\xff\"",
                                      "\"\xc0\xaf\"",
                                      "\"\xed\xa0\x80\"",
                                      "\"\\ud800\"",
                                      "NaN",
                                      "1e999",
                                      "-1e999",
                                      "1e99999999999",
                                      "\xef\xbb\xbf{}"})
    EXPECT_EQ(code_of(text), "json.malformed") << text;
}

TEST(Json, SaysWhereItBroke) {
  auto result = parse_json("{\"a\": 1, b}");
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().kind, ErrorKind::kMalformed);
  EXPECT_EQ(result.error().params.at("position"), "9");
}

TEST(Json, RefusesDeepNesting) {
  EXPECT_EQ(code_of(std::string(32, '[') + std::string(32, ']')), "ok");
  EXPECT_EQ(code_of(std::string(33, '[') + std::string(33, ']')), "json.too_deep");
  EXPECT_EQ(code_of(std::string(100'000, '[')), "json.too_deep");
}

TEST(Json, RefusesDuplicateKeysAtAnyDepth) {
  EXPECT_EQ(code_of(R"({"a":1,"b":{"a":1}})"), "ok");
  EXPECT_EQ(code_of(R"({"a":1,"a":2})"), "json.duplicate_key");
  EXPECT_EQ(code_of(R"({"a":1,"\u0061":2})"), "json.duplicate_key");
  EXPECT_EQ(code_of(R"([{"x":[{"k":1,"j":2,"k":3}]}])"), "json.duplicate_key");
  EXPECT_EQ(code_of(R"({"a":{"b":1,"c":2},"a":{}})"), "json.duplicate_key");
  EXPECT_EQ(parse_json(R"([{"x":1,"k":1,"k":3}])").error().params.at("key"), "k");
}

TEST(Json, RefusesLongText) {
  JsonLimits limits;
  limits.max_bytes = 10;
  EXPECT_TRUE(parse_json("\"12345678\"", limits).ok());
  EXPECT_EQ(parse_json("\"123456789\"", limits).error().code, "json.too_large");
}
}  // namespace
}  // namespace hougu
