// Dates, times and durations of FEEL: proleptic Gregorian, years -999,999,999 to 999,999,999,
// nanoseconds, IANA zones of the system's tzdata. Pure values; every function is thread-safe.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "feel/number.h"

namespace hougu::feel {

constexpr std::int64_t kMaxYear = 999'999'999;
constexpr std::int64_t kDaySeconds = 86'400;
constexpr std::int64_t kNanos = 1'000'000'000;

struct Civil {
  std::int64_t year = 1970;
  int month = 1;
  int day = 1;
};
// Days since 1970-01-01.
std::int64_t days_from_civil(const Civil& date);
Civil civil_from_days(std::int64_t days);
bool valid_civil(std::int64_t year, std::int64_t month, std::int64_t day);
int month_length(std::int64_t year, int month);
// 1 = Monday … 7 = Sunday.
int weekday(std::int64_t days);
int day_of_year(std::int64_t days);
int iso_week(std::int64_t days);
// Adds months, the day being cut to the month's length; nullopt when the year leaves its range.
std::optional<std::int64_t> add_months(std::int64_t days, std::int64_t months);

// No zone (local), an offset, or a region of the IANA data.
struct Zone {
  enum class Kind : std::uint8_t { kNone, kOffset, kRegion };
  Kind kind = Kind::kNone;
  std::int32_t offset = 0;       // seconds east, of kOffset
  const void* region = nullptr;  // date::time_zone, which lives as long as the program

  static std::optional<Zone> find(std::string_view name);  // "Asia/Shanghai"; case matters
  static Zone fixed(std::int32_t seconds) { return {Kind::kOffset, seconds, nullptr}; }
  std::string name() const;  // of a region; "" otherwise
  bool operator==(const Zone& other) const = default;
};

// Seconds on the local clock since 1970-01-01T00:00:00 and nanoseconds.
struct DateTime {
  std::int64_t seconds = 0;
  std::int32_t nanos = 0;
  Zone zone{};

  std::int64_t days() const;
  std::int32_t second_of_day() const;
};
struct Time {
  std::int32_t seconds = 0;  // of the day
  std::int32_t nanos = 0;
  Zone zone{};
};

// Seconds east of UTC at that local moment; nullopt without a zone.
std::optional<std::int32_t> offset_of(const DateTime& moment);
// A region's offset for a time without a date is that of 1970-01-01.
std::optional<std::int32_t> offset_of(const Time& time);
// Nanoseconds of the UTC axis; local moments count as UTC.
i128 instant(const DateTime& moment);
i128 instant(const Time& time);
std::optional<DateTime> from_instant(i128 nanos, const Zone& zone);

// XML Schema's lexical forms, with "@Region" behind; nullopt when malformed or out of range.
std::optional<std::int64_t> parse_date(std::string_view text);
std::optional<Time> parse_time(std::string_view text);
std::optional<DateTime> parse_date_time(std::string_view text);
std::optional<i128> parse_day_time(std::string_view text);            // nanoseconds
std::optional<std::int64_t> parse_year_month(std::string_view text);  // months

std::string date_text(std::int64_t days);
std::string time_text(const Time& time);
std::string date_time_text(const DateTime& moment);
std::string day_time_text(i128 nanos);
std::string year_month_text(std::int64_t months);
}  // namespace hougu::feel
