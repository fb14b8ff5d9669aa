#include "identity/passwords.h"

#include <gtest/gtest.h>

#include <future>

#include "identity/identity_test_support.h"
#include "identity/rate_limiter.h"

namespace hougu::identity {
namespace {

using test::code_of;
using test::kCheap;

TEST(Passwords, HashesAreArgon2idWithTheirCostAndNeverTheSame) {
  const auto one = hash_password("a password", kCheap), other = hash_password("a password", kCheap);
  ASSERT_TRUE(one.ok());
  EXPECT_TRUE(one->starts_with("$argon2id$v=19$m=64,t=1,p=1$")) << *one;
  EXPECT_NE(*one, *other);
  EXPECT_TRUE(verify_password("a password", *one));
  EXPECT_FALSE(verify_password("A password", *one));
  EXPECT_FALSE(verify_password("", *one));
  for (const char* malformed :
       {"", "plain", "$argon2id$", "$argon2i$v=19$m=64,t=1,p=1$c2FsdA$aGFzaA"}) {
    EXPECT_FALSE(verify_password("a password", malformed)) << malformed;
  }
}

TEST(Passwords, TheCostOfEverydayIsThatOfOwasp) {
  const auto hash = hash_password("a password");
  ASSERT_TRUE(hash.ok());
  EXPECT_TRUE(hash->starts_with("$argon2id$v=19$m=19456,t=2,p=1$")) << *hash;
}

TEST(Passwords, WeakOnesAreRefused) {
  const std::tuple<std::string, std::string, std::string> cases[] = {
      {"123456789", "", "password.too_short"},
      {"\xE4\xBD\xA0\xE5\xA5\xBD\xE4\xBD\xA0\xE5\xA5\xBD", "", "password.too_short"},
      {"1234567890", "", "password.common"},
      {"PassWord123", "", "password.common"},
      {"Zhang.San-1", "zhang.san-1", "password.is_login"},
      {std::string(600, 'x'), "", "password.too_long"},
      {"abcdefghij\xFF", "", "field.characters"},
      {"correct horse", "zhang", "ok"}};
  for (const auto& [password, login, code] : cases) {
    EXPECT_EQ(code_of(check_password(password, login)), code) << password;
  }
}

TEST(Passwords, RandomOnesAreLongReadableAndDifferent) {
  const std::string one = random_password(), other = random_password();
  EXPECT_EQ(one.size(), 16u);
  EXPECT_NE(one, other);
  EXPECT_EQ(one.find_first_of("0O1lI"), std::string::npos);
  EXPECT_EQ(code_of(check_password(one, "admin")), "ok");
}

TEST(PasswordWorker, AnUnknownPersonIsVerifiedLikeAWrongPassword) {
  PasswordWorker worker(2, kCheap);
  const auto verify = [&](std::string password, std::string encoded) {
    std::promise<bool> promise;
    worker.verify(std::move(password), std::move(encoded),
                  [&](Result<bool> right) { promise.set_value(right.ok() && *right); });
    return promise.get_future().get();
  };
  std::promise<std::string> hashed;
  worker.hash("a password", [&](Result<std::string> hash) { hashed.set_value(*hash); });
  const std::string hash = hashed.get_future().get();
  EXPECT_TRUE(verify("a password", hash));
  EXPECT_FALSE(verify("another", hash));
  EXPECT_FALSE(verify("a password", ""));
}

TEST(PasswordWorker, MoreThanCanWaitAreSentAway) {
  PasswordWorker worker(1, kCheap);
  std::promise<void> gate;
  std::shared_future<void> open = gate.get_future().share();
  std::atomic<int> busy = 0, done = 0;
  worker.hash("first", [open](const Result<std::string>&) { open.wait(); });
  for (int i = 0; i < 200; ++i) {
    worker.hash("next", [&](const Result<std::string>& hash) {
      (hash.ok() ? done : busy)++;
      if (!hash.ok()) {
        EXPECT_EQ(hash.error().code, "server.busy");
      }
    });
  }
  EXPECT_GE(busy, 200 - 65);
  gate.set_value();
}

TEST(RateLimiter, TriesComeBackEvenly) {
  RateLimiter limiter;
  const Millis start = 1'000'000;
  for (int i = 0; i < 5; ++i) EXPECT_TRUE(limiter.take("a", 5, 60'000, start).ok());
  const auto refused = limiter.take("a", 5, 60'000, start);
  EXPECT_EQ(code_of(refused), "rate.limited");
  EXPECT_EQ(refused.error().details_json, R"({"retry_after":12})");
  EXPECT_TRUE(limiter.take("b", 5, 60'000, start).ok());
  EXPECT_FALSE(limiter.take("a", 5, 60'000, start + 11'999).ok());
  EXPECT_TRUE(limiter.take("a", 5, 60'000, start + 12'000).ok());
  EXPECT_FALSE(limiter.take("a", 5, 60'000, start + 12'000).ok());
  EXPECT_FALSE(limiter.take("a", 5, 60'000, start).ok()) << "a clock that steps back gives nothing";
}

TEST(RateLimiter, QuietSubjectsAreForgottenFirst) {
  RateLimiter limiter(100);
  EXPECT_TRUE(limiter.take("watched", 1, 1'000'000, 0).ok());
  for (int i = 0; i < 99; ++i) {
    EXPECT_TRUE(limiter.take("quiet " + std::to_string(i), 1, 1'000, 0).ok());
  }
  EXPECT_TRUE(limiter.take("new", 1, 1'000, 2'000).ok());
  EXPECT_FALSE(limiter.take("watched", 1, 1'000'000, 2'000).ok());
}

}  // namespace
}  // namespace hougu::identity
