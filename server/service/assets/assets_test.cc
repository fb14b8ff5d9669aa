#include "service/assets/assets.h"

#include <gtest/gtest.h>

namespace hougu::service {
namespace {

Millis at(std::string_view text) {
  Millis time = 0;
  EXPECT_TRUE(parse_rfc3339(text, time));
  return time;
}

TEST(Warranty, MonthsEndOnAnExistingDay) {
  EXPECT_EQ(plus_months("2026-01-15", 12), "2027-01-15");
  EXPECT_EQ(plus_months("2026-01-31", 1), "2026-02-28");
  EXPECT_EQ(plus_months("2024-02-29", 12), "2025-02-28");
  EXPECT_EQ(plus_months("2023-11-30", 3), "2024-02-29");
  EXPECT_EQ(plus_months("2026-05-31", 72), "2032-05-31");
  EXPECT_EQ(plus_months("2026-13-01", 1), "");
  EXPECT_EQ(plus_months("nonsense", 1), "");
}

TEST(Warranty, TheLastDayStillCounts) {
  EXPECT_EQ(warranty_state("2026-11-21", "2026-11-21"), WarrantyState::kIn);
  EXPECT_EQ(warranty_state("2026-11-21", "2026-11-22"), WarrantyState::kOut);
  EXPECT_EQ(warranty_state("", "2026-11-22"), WarrantyState::kUnknown);
}

TEST(Warranty, TheDayIsTheOrganisationsDay) {
  EXPECT_EQ(local_date(at("2026-11-21T15:59:59Z"), "Asia/Shanghai"), "2026-11-21");
  EXPECT_EQ(local_date(at("2026-11-21T16:00:00Z"), "Asia/Shanghai"), "2026-11-22");
  EXPECT_EQ(local_date(at("2026-11-21T16:00:00Z"), "America/New_York"), "2026-11-21");
  EXPECT_EQ(local_date(at("2026-11-21T16:00:00Z"), "No/Such_Zone"), "2026-11-21");
}
}  // namespace
}  // namespace hougu::service
