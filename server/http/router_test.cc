#include "http/router.h"

#include <gtest/gtest.h>

namespace hougu::http {
namespace {
using Outcome = RouteMatch::Outcome;

class RouterTest : public testing::Test {
 protected:
  RouterTest() {
    add(Method::kGet, "/");
    add(Method::kGet, "/api/v1/{entity}");
    add(Method::kPost, "/api/v1/{entity}");
    add(Method::kGet, "/api/v1/{entity}/{id}");
    add(Method::kPatch, "/api/v1/{entity}/{id}");
    add(Method::kGet, "/api/v1/{entity}/count");
    add(Method::kPost, "/api/v1/ticket/{id}/assign");
    add(Method::kPost, "/api/v1/{entity}/{id}/{verb}");
    add(Method::kGet, "/api/v1/session");
    add(Method::kGet, "/assets/{path*}");
  }
  void add(Method method, const std::string& pattern) {
    router_.add(method, pattern, std::string(method_name(method)) + " " + pattern);
  }
  std::string found(Method method, std::string_view path) {
    const auto match = router_.match(method, path);
    if (match.outcome == Outcome::kFound) return *match.payload;
    return match.outcome == Outcome::kNotFound ? "404" : "405 " + match.allow;
  }
  Router<std::string> router_;
};

TEST_F(RouterTest, PrefersFixedSegments) {
  EXPECT_EQ(found(Method::kGet, "/"), "GET /");
  EXPECT_EQ(found(Method::kGet, "/api/v1/session"), "GET /api/v1/session");
  EXPECT_EQ(found(Method::kGet, "/api/v1/ticket"), "GET /api/v1/{entity}");
  EXPECT_EQ(found(Method::kGet, "/api/v1/ticket/count"), "GET /api/v1/{entity}/count");
  EXPECT_EQ(found(Method::kPost, "/api/v1/ticket/7/assign"), "POST /api/v1/ticket/{id}/assign");
  // Back out of the fixed "ticket" where it leads nowhere.
  EXPECT_EQ(found(Method::kPost, "/api/v1/ticket/7/close"), "POST /api/v1/{entity}/{id}/{verb}");
  EXPECT_EQ(found(Method::kGet, "/api/v1/ticket/7"), "GET /api/v1/{entity}/{id}");
}

TEST_F(RouterTest, GivesParameters) {
  const auto match = router_.match(Method::kPost, "/api/v1/asset/42/retire");
  EXPECT_EQ(match.parameters["entity"], "asset");
  EXPECT_EQ(match.parameters["id"], "42");
  EXPECT_EQ(match.parameters["verb"], "retire");
  EXPECT_EQ(match.parameters["absent"], "");
  EXPECT_EQ(match.parameters.size(), 3u);
  EXPECT_EQ(router_.match(Method::kPost, "/api/v1/ticket/7/close").parameters.size(), 3u);
  EXPECT_EQ(router_.match(Method::kGet, "/assets/js/a.js").parameters["path"], "js/a.js");
  EXPECT_EQ(router_.match(Method::kGet, "/assets/").parameters["path"], "");
}

TEST_F(RouterTest, TellsMissingFromNotAllowed) {
  for (const std::string_view path : {"", "x", "/x", "/api", "/api/v1", "/api/v1/",
                                      "/api/v1/a/b/c/d", "/api/v1//7", "//", "/assets"})
    EXPECT_EQ(found(Method::kGet, path), "404") << path;
  EXPECT_EQ(found(Method::kDelete, "/api/v1/ticket"), "405 GET, HEAD, POST");
  EXPECT_EQ(found(Method::kPut, "/api/v1/ticket/7"), "405 GET, HEAD, PATCH");
  EXPECT_EQ(found(Method::kHead, "/api/v1/ticket"), "GET /api/v1/{entity}");
}
}  // namespace
}  // namespace hougu::http
