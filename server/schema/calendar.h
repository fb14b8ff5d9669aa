// Days and times of day in a time zone (IANA database of the system). Thread-safe.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"

namespace hougu::schema {

struct Day {
  int year = 0;
  unsigned month = 0, day = 0;
  bool operator==(const Day&) const = default;
};

// "2026-11-21", years 1000–9999; nullopt when there is no such day.
std::optional<Day> parse_day(std::string_view text);
std::string day_text(const Day& day);
Day plus_days(const Day& day, int days);

class Zone {
 public:
  // UTC.
  Zone() = default;
  // kInvalid "time_zone.unknown".
  static Result<Zone> named(std::string_view iana_name);
  const std::string& name() const { return name_; }

  Day day_at(Millis time) const;
  // "2026-11-21 16:30" or with ":ss".
  std::string local_text(Millis time, bool seconds) const;
  // The first of two equal local times when clocks go back; the moment after the gap when they go
  // forward.
  Millis at(const Day& day, int hour, int minute, int second) const;
  Millis start_of(const Day& day) const { return at(day, 0, 0, 0); }

 private:
  const void* zone_ = nullptr;  // date::time_zone of the process-wide database
  std::string name_ = "UTC";
};

// "$today", "$today-7" with the day of `now`; nullopt when the text is something else.
std::optional<Day> relative_day(std::string_view text, const Day& today);
}  // namespace hougu::schema
