#include "api/decode.h"

#include <gtest/gtest.h>

namespace hougu::api {
namespace {

http::Request request(std::string body, std::string type = "application/json") {
  http::Request request;
  request.method = Method::kPost;
  request.body = std::move(body);
  request.headers.emplace_back("content-type", std::move(type));
  return request;
}

// "ok", the code, or the complaints as "field:code …".
std::string outcome(const Body& rule, const http::Request& asked) {
  const auto body = decode_body(rule, asked);
  if (body.ok()) return "ok";
  if (body.error().fields.empty()) return body.error().code;
  std::string complaints;
  for (const auto& one : body.error().fields) {
    complaints += (complaints.empty() ? "" : " ") + one.field + ":" + one.code;
  }
  return complaints;
}

const Body kBody = Body::json({{"name", Type::kString, kRequired, 5},
                               {"count", Type::kInteger},
                               {"who", Type::kId},
                               {"at", Type::kDateTime},
                               {"list", Type::kArray}});

TEST(Decode, MembersAreCheckedByTypeLengthAndName) {
  const std::pair<std::string, std::string> cases[] = {
      {R"({"name":"x"})", "ok"},
      {R"({"name":"x","count":3,"at":"2026-11-21T08:00:00Z","list":[]})", "ok"},
      {R"({"name":"x","count":null})", "ok"},
      {"{}", "name:field.required"},
      {"", "name:field.required"},
      {R"({"name":"  "})", "name:field.required"},
      {R"({"name":null})", "name:field.required"},
      {R"({"name":7})", "name:field.type"},
      {R"({"name":"toolong"})", "name:field.too_long"},
      {R"({"name":"a\u0000b"})", "name:field.characters"},
      {R"({"name":"x","count":1.5})", "count:field.type"},
      {R"({"name":"x","count":"3"})", "count:field.type"},
      {R"({"name":"x","who":"me"})", "who:field.reference"},
      {R"({"name":"x","at":"today"})", "at:field.date_time"},
      {R"({"name":"x","list":{}})", "list:field.type"},
      {R"({"name":"x","more":1})", "more:field.unknown"},
      {R"({"count":"x","more":1})", "name:field.required count:field.type more:field.unknown"},
      {"[]", "request.not_object"},
      {"7", "request.not_object"},
      {"{", "json.malformed"}};
  for (const auto& [body, expected] : cases)
    EXPECT_EQ(outcome(kBody, request(body)), expected) << body;
}

TEST(Decode, AReferenceBecomesItsId) {
  const std::string id = "01a200d6-d2a1-741e-a62a-1b804c66d82f";
  for (const std::string& who : {"\"" + id + "\"", R"({"id":")" + id + R"(","title":"x"})"}) {
    const auto body = decode_body(kBody, request(R"({"name":"x","who":)" + who + "}"));
    ASSERT_TRUE(body.ok());
    EXPECT_EQ(body->at("who"), json::value(id));
  }
}

TEST(Decode, OnlyJsonIsTaken) {
  for (const char* type :
       {"text/plain", "", "application/x-www-form-urlencoded", "multipart/form-data"}) {
    EXPECT_EQ(outcome(kBody, request(R"({"name":"x"})", type)), "request.not_json") << type;
  }
  for (const char* type :
       {"application/json", "Application/JSON; charset=utf-8", "application/merge-patch+json"}) {
    EXPECT_EQ(outcome(kBody, request(R"({"name":"x"})", type)), "ok") << type;
  }
}

TEST(Decode, OpenBodiesLeaveOtherMembersAlone) {
  const Body open = Body::open_json({{"version", Type::kInteger}});
  EXPECT_EQ(outcome(open, request(R"({"anything":[1,2],"version":1})")), "ok");
  EXPECT_EQ(outcome(open, request(R"({"version":"1"})")), "version:field.type");
}

TEST(Decode, AnArrayMayStandForItsMember) {
  Body list = Body::json({{"views", Type::kArray, kRequired}});
  EXPECT_EQ(outcome(list, request("[1]")), "request.not_object");
  list.array_as = "views";
  const auto body = decode_body(list, request("[1]"));
  ASSERT_TRUE(body.ok());
  EXPECT_EQ(body->at("views").as_array().size(), 1u);
}

TEST(Decode, ManyFaultsAreCutOff) {
  std::string body = R"({"name":"x")";
  for (int i = 0; i < 10'000; ++i) body += ",\"k" + std::to_string(i) + "\":1";
  const auto decoded = decode_body(kBody, request(body + "}"));
  ASSERT_FALSE(decoded.ok());
  EXPECT_LE(decoded.error().fields.size(), 50u);
}

}  // namespace
}  // namespace hougu::api
