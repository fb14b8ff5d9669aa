#include "base/id.h"

#include <gtest/gtest.h>

#include <thread>
#include <unordered_set>

namespace hougu {
namespace {

TEST(Id, TextRoundTrip) {
  const std::string text = "018f3c1e-7a2b-7c3d-8e4f-0123456789ab";
  const auto id = Id::parse(text);
  ASSERT_TRUE(id);
  EXPECT_EQ(id->text(), text);
  EXPECT_EQ(Id::parse("018F3C1E-7A2B-7C3D-8E4F-0123456789AB"), id);
  EXPECT_EQ(Id::from_bytes(id->bytes.data()), *id);
  EXPECT_TRUE(Id{}.is_nil());
}

TEST(Id, RefusesOtherForms) {
  for (const std::string_view text :
       {"", "018f3c1e7a2b7c3d8e4f0123456789ab", "018f3c1e-7a2b-7c3d-8e4f-0123456789a",
        "018f3c1e-7a2b-7c3d-8e4f-0123456789abc", "018f3c1e-7a2b-7c3d-8e4f_0123456789ab",
        "{18f3c1e-7a2b-7c3d-8e4f-0123456789ab}", "018f3c1g-7a2b-7c3d-8e4f-0123456789ab"})
    EXPECT_FALSE(Id::parse(text)) << text;
}

TEST(Id, SourceMakesVersion7OfTheTime) {
  ManualClock clock(0x018f3c1e7a2b);
  SystemRandom random;
  IdSource source(clock, random);
  const auto text = source.next().text();
  EXPECT_EQ(text.substr(0, 15), "018f3c1e-7a2b-7");
  EXPECT_NE(std::string("89ab").find(text[19]), std::string::npos);
}

TEST(Id, SourceIncreasesThroughStandingAndBackwardClock) {
  ManualClock clock(1'000'000);
  SeededRandom random(7);
  IdSource source(clock, random);
  auto last = source.next();
  for (int i = 0; i < 300'000; ++i) {
    if (i == 1000) clock.set(500);
    const auto id = source.next();
    ASSERT_LT(last, id);
    last = id;
  }
}

TEST(Id, SourceIsUniqueAcrossThreads) {
  SystemClock clock;
  SystemRandom random;
  IdSource source(clock, random);
  std::vector<std::vector<Id>> made(4);
  std::vector<std::thread> threads;
  for (auto& ids : made)
    threads.emplace_back([&] {
      for (int i = 0; i < 20'000; ++i) ids.push_back(source.next());
    });
  for (auto& thread : threads) thread.join();
  std::unordered_set<Id> all;
  for (const auto& ids : made) all.insert(ids.begin(), ids.end());
  EXPECT_EQ(all.size(), 80'000u);
}

TEST(Random, SystemFillsLargeAndSmall) {
  SystemRandom random;
  std::string large(4096, '\0'), a(16, '\0'), b(16, '\0');
  random.fill(large.data(), large.size());
  random.fill(a.data(), a.size());
  random.fill(b.data(), b.size());
  EXPECT_NE(a, b);
  EXPECT_NE(large.substr(0, 2048), large.substr(2048));
}

TEST(Random, SeedDecidesTheSeries) {
  SeededRandom a(1), b(1), c(2);
  EXPECT_EQ(a.next(), b.next());
  EXPECT_NE(a.next(), c.next());
  for (int i = 0; i < 1000; ++i) ASSERT_LT(a.below(7), 7u);
}
}  // namespace
}  // namespace hougu
