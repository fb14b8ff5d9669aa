#include "schema/calendar.h"

#include <date/tz.h>

#include <charconv>
#include <cstdio>

namespace hougu::schema {
namespace {

const date::time_zone& zone_of(const void* zone) {
  return *static_cast<const date::time_zone*>(zone);
}

date::year_month_day civil(const Day& day) {
  return date::year{day.year} / date::month{day.month} / date::day{day.day};
}

Day day_of(date::local_days days) {
  const date::year_month_day ymd{days};
  return {static_cast<int>(ymd.year()), static_cast<unsigned>(ymd.month()),
          static_cast<unsigned>(ymd.day())};
}

date::local_time<std::chrono::milliseconds> local(const void* zone, Millis time) {
  const date::sys_time<std::chrono::milliseconds> moment{std::chrono::milliseconds(time)};
  if (zone == nullptr)
    return date::local_time<std::chrono::milliseconds>{moment.time_since_epoch()};
  return zone_of(zone).to_local(moment);
}

bool number(std::string_view text, int& out) {
  const auto end = std::from_chars(text.data(), text.data() + text.size(), out);
  return end.ec == std::errc() && end.ptr == text.data() + text.size();
}
}  // namespace

std::optional<Day> parse_day(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
  int year = 0, month = 0, day = 0;
  if (text[0] < '1' || text[0] > '9' || !number(text.substr(0, 4), year) ||
      !number(text.substr(5, 2), month) || !number(text.substr(8, 2), day) || month < 1 || day < 1)
    return std::nullopt;
  const Day out{year, static_cast<unsigned>(month), static_cast<unsigned>(day)};
  if (!civil(out).ok()) return std::nullopt;
  return out;
}

std::string day_text(const Day& day) {
  char buffer[40];
  std::snprintf(buffer, sizeof buffer, "%04d-%02u-%02u", day.year, day.month, day.day);
  return buffer;
}

Day plus_days(const Day& day, int days) {
  return day_of(date::local_days{civil(day)} + date::days{days});
}

Result<Zone> Zone::named(std::string_view iana_name) {
  Zone zone;
  if (iana_name == "UTC") return zone;
  try {
    zone.zone_ = date::locate_zone(std::string(iana_name));
    zone.name_ = iana_name;
    return zone;
  } catch (const std::exception&) {
    return invalid("time_zone.unknown", "time_zone", {{"name", std::string(iana_name)}});
  }
}

Day Zone::day_at(Millis time) const { return day_of(date::floor<date::days>(local(zone_, time))); }

std::string Zone::local_text(Millis time, bool seconds) const {
  const auto moment = local(zone_, time);
  const auto days = date::floor<date::days>(moment);
  const auto of_day = std::chrono::duration_cast<std::chrono::seconds>(moment - days).count();
  char buffer[40];
  std::snprintf(buffer, sizeof buffer, " %02d:%02d", static_cast<int>(of_day / 3600),
                static_cast<int>(of_day / 60 % 60));
  auto out = day_text(day_of(days)) + buffer;
  if (seconds) {
    std::snprintf(buffer, sizeof buffer, ":%02d", static_cast<int>(of_day % 60));
    out += buffer;
  }
  return out;
}

Millis Zone::at(const Day& day, int hour, int minute, int second) const {
  const auto moment = date::local_days{civil(day)} + std::chrono::hours{hour} +
                      std::chrono::minutes{minute} + std::chrono::seconds{second};
  const auto seconds =
      zone_ == nullptr ? moment.time_since_epoch()
                       : zone_of(zone_).to_sys(moment, date::choose::earliest).time_since_epoch();
  return std::chrono::duration_cast<std::chrono::milliseconds>(seconds).count();
}

std::optional<Day> relative_day(std::string_view text, const Day& today) {
  constexpr std::string_view kToday = "$today";
  if (text.substr(0, kToday.size()) != kToday) return std::nullopt;
  auto rest = text.substr(kToday.size());
  if (rest.empty()) return today;
  if ((rest[0] != '+' && rest[0] != '-') || rest.size() < 2 || rest.size() > 6) return std::nullopt;
  int days = 0;
  if (!number(rest.substr(1), days) || days < 0) return std::nullopt;
  return plus_days(today, rest[0] == '-' ? -days : days);
}
}  // namespace hougu::schema
