#include "feel/calendar.h"

#include <date/date.h>
#include <date/tz.h>

#include <algorithm>
#include <stdexcept>

namespace hougu::feel {
namespace {
std::int64_t floor_divide(std::int64_t a, std::int64_t b) {
  const std::int64_t q = a / b;
  return a % b != 0 && (a < 0) != (b < 0) ? q - 1 : q;
}

const date::time_zone* region_of(const Zone& zone) {
  return static_cast<const date::time_zone*>(zone.region);
}

// Rules are known for ordinary years; far ones take the nearest known year's offset.
constexpr std::int64_t kFirstRule = -5'000'000'000;  // about 1811
constexpr std::int64_t kLastRule = 32'000'000'000;   // about 2984

std::int32_t region_offset_local(const Zone& zone, std::int64_t seconds) {
  const auto at =
      date::local_seconds(std::chrono::seconds(std::clamp(seconds, kFirstRule, kLastRule)));
  // In a gap or overlap the offset before the change counts.
  return static_cast<std::int32_t>(region_of(zone)->get_info(at).first.offset.count());
}

std::int32_t region_offset_utc(const Zone& zone, std::int64_t seconds) {
  const auto at =
      date::sys_seconds(std::chrono::seconds(std::clamp(seconds, kFirstRule, kLastRule)));
  return static_cast<std::int32_t>(region_of(zone)->get_info(at).offset.count());
}
}  // namespace

std::int64_t days_from_civil(const Civil& date) {
  const std::int64_t y = date.year - (date.month <= 2 ? 1 : 0);
  const std::int64_t era = floor_divide(y, 400);
  const std::int64_t of_era = y - era * 400;
  const std::int64_t of_year =
      (153 * (date.month + (date.month > 2 ? -3 : 9)) + 2) / 5 + date.day - 1;
  return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

Civil civil_from_days(std::int64_t days) {
  const std::int64_t z = days + 719468;
  const std::int64_t era = floor_divide(z, 146097);
  const std::int64_t of_era = z - era * 146097;
  const std::int64_t year = (of_era - of_era / 1460 + of_era / 36524 - of_era / 146096) / 365;
  const std::int64_t of_year = of_era - (365 * year + year / 4 - year / 100);
  const std::int64_t m = (5 * of_year + 2) / 153;
  Civil out;
  out.day = static_cast<int>(of_year - (153 * m + 2) / 5 + 1);
  out.month = static_cast<int>(m < 10 ? m + 3 : m - 9);
  out.year = year + era * 400 + (out.month <= 2 ? 1 : 0);
  return out;
}

int month_length(std::int64_t year, int month) {
  static constexpr int kLengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  const bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
  return kLengths[month - 1] + (month == 2 && leap ? 1 : 0);
}

bool valid_civil(std::int64_t year, std::int64_t month, std::int64_t day) {
  return year >= -kMaxYear && year <= kMaxYear && month >= 1 && month <= 12 && day >= 1 &&
         day <= month_length(year, static_cast<int>(month));
}

int weekday(std::int64_t days) {
  const std::int64_t out = (days + 3) % 7;
  return static_cast<int>(out < 0 ? out + 7 : out) + 1;
}

int day_of_year(std::int64_t days) {
  return static_cast<int>(days - days_from_civil({civil_from_days(days).year, 1, 1})) + 1;
}

int iso_week(std::int64_t days) {
  const std::int64_t thursday = days - weekday(days) + 4;
  return (day_of_year(thursday) - 1) / 7 + 1;
}

std::optional<std::int64_t> add_months(std::int64_t days, std::int64_t months) {
  Civil date = civil_from_days(days);
  if (months > 24 * kMaxYear || months < -24 * kMaxYear) return std::nullopt;
  const std::int64_t total = date.year * 12 + date.month - 1 + months;
  date.year = floor_divide(total, 12);
  date.month = static_cast<int>(total - date.year * 12) + 1;
  if (date.year > kMaxYear || date.year < -kMaxYear) return std::nullopt;
  date.day = std::min(date.day, month_length(date.year, date.month));
  return days_from_civil(date);
}

std::optional<Zone> Zone::find(std::string_view name) {
  if (name.empty() || name.size() > 64) return std::nullopt;
  for (const char c : name) {
    const bool good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
                      c == '/' || c == '_' || c == '-' || c == '+';
    if (!good) return std::nullopt;
  }
  try {
    return Zone{Kind::kRegion, 0, date::locate_zone(std::string(name))};
  } catch (const std::exception&) {
    return std::nullopt;
  }
}

std::string Zone::name() const { return kind == Kind::kRegion ? region_of(*this)->name() : ""; }

std::int64_t DateTime::days() const { return floor_divide(seconds, kDaySeconds); }
std::int32_t DateTime::second_of_day() const {
  return static_cast<std::int32_t>(seconds - days() * kDaySeconds);
}

std::optional<std::int32_t> offset_of(const DateTime& moment) {
  switch (moment.zone.kind) {
    case Zone::Kind::kNone:
      return std::nullopt;
    case Zone::Kind::kOffset:
      return moment.zone.offset;
    case Zone::Kind::kRegion:
      return region_offset_local(moment.zone, moment.seconds);
  }
  return std::nullopt;
}

std::optional<std::int32_t> offset_of(const Time& time) {
  return offset_of(DateTime{time.seconds, time.nanos, time.zone});
}

i128 instant(const DateTime& moment) {
  const std::int64_t offset = offset_of(moment).value_or(0);
  return (i128{moment.seconds} - offset) * kNanos + moment.nanos;
}

i128 instant(const Time& time) { return instant(DateTime{time.seconds, time.nanos, time.zone}); }

std::optional<DateTime> from_instant(i128 nanos, const Zone& zone) {
  i128 seconds = nanos / kNanos;
  i128 rest = nanos % kNanos;
  if (rest < 0) {
    rest += kNanos;
    --seconds;
  }
  const i128 limit = i128{366} * kDaySeconds * (kMaxYear + 1);
  if (seconds > limit || seconds < -limit) return std::nullopt;
  DateTime out{static_cast<std::int64_t>(seconds), static_cast<std::int32_t>(rest), zone};
  if (zone.kind == Zone::Kind::kOffset) out.seconds += zone.offset;
  if (zone.kind == Zone::Kind::kRegion) out.seconds += region_offset_utc(zone, out.seconds);
  const std::int64_t year = civil_from_days(out.days()).year;
  if (year > kMaxYear || year < -kMaxYear) return std::nullopt;
  return out;
}
}  // namespace hougu::feel
