#include "process/model/timer.h"

#include <gtest/gtest.h>

namespace hougu::process {
namespace {
TEST(Timer, Durations) {
  EXPECT_EQ(parse_duration("PT1S"), (Duration{0, 1'000}));
  EXPECT_EQ(parse_duration("P1Y2M3DT4H5M6.5S"), (Duration{14, 3 * 86'400'000 + 14'706'500}));
  EXPECT_EQ(parse_duration("P2W"), (Duration{0, 14 * 86'400'000ll}));
  EXPECT_EQ(parse_duration("PT0.5H"), (Duration{0, 1'800'000}));
  for (const char* wrong : {"", "P", "PT", "P1", "1D", "P1DT", "PT1D", "P1H", "P-1D", "PT1S1M",
                            "P1.5M", "P99999999999999999999D", "PTS", "P1D2"}) {
    EXPECT_FALSE(parse_duration(wrong)) << wrong;
  }
}

TEST(Timer, Moments) {
  EXPECT_EQ(parse_moment("1970-01-01T00:00:01Z"), 1'000);
  EXPECT_EQ(parse_moment("1970-01-01T08:00:00+08:00"), 0);
  EXPECT_EQ(parse_moment("1970-01-02"), 86'400'000);
  EXPECT_FALSE(parse_moment("tomorrow"));
  EXPECT_FALSE(parse_moment("2026-02-30T00:00:00Z"));
}

TEST(Timer, Cycles) {
  const auto four = parse_cycle("R4/PT1S");
  ASSERT_TRUE(four);
  EXPECT_EQ(four->times, 4);
  EXPECT_FALSE(four->due);
  const auto endless = parse_cycle("R/2026-01-01T00:00:00Z/P1D");
  ASSERT_TRUE(endless);
  EXPECT_EQ(endless->times, -1);
  EXPECT_TRUE(endless->due);
  for (const char* wrong : {"", "R", "R4", "R4/", "4/PT1S", "Rx/PT1S", "R4/PT0S", "R-2/PT1S"}) {
    EXPECT_FALSE(parse_cycle(wrong)) << wrong;
  }
}

TEST(Timer, MonthsKeepTheDayWhereTheyCan) {
  const Millis january = *parse_moment("2026-01-31T10:00:00Z");
  EXPECT_EQ(plus(january, {1, 0}), *parse_moment("2026-02-28T10:00:00Z"));
  EXPECT_EQ(plus(-1, {1, 0}), *parse_moment("1970-01-31T23:59:59.999Z"));
}

TEST(Timer, OfValues) {
  using feel::Value;
  EXPECT_EQ(timer_of(TimerKind::kDuration, Value::day_time(2'000'000'000))->every.millis, 2'000);
  EXPECT_EQ(timer_of(TimerKind::kDate, Value::string("1970-01-02"))->due, 86'400'000);
  EXPECT_FALSE(timer_of(TimerKind::kDate, Value()));
  EXPECT_FALSE(timer_of(TimerKind::kDuration, Value::integer(5)));
  EXPECT_FALSE(timer_of(TimerKind::kDuration, Value::day_time(-1'000'000'000)));
}
}  // namespace
}  // namespace hougu::process
