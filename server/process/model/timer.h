// Points in time, durations and cycles of timer events, as ISO 8601 writes them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "feel/value.h"

namespace hougu::process {

struct Duration {
  std::int64_t months = 0;
  Millis millis = 0;
  bool operator==(const Duration&) const = default;
};

// When a timer is due, and how often again.
struct Schedule {
  std::optional<Millis> due{};  // the first time; nullopt: `every` after it is armed
  Duration every{};             // between two times
  std::int64_t times = 1;       // -1: without end
};

// "P1Y2M3DT4H5M6.5S", "P2W", "PT0.5H"; no negative ones. nullopt when malformed.
std::optional<Duration> parse_duration(std::string_view text);
// "2026-11-22T10:00:00+08:00" (UTC without an offset), or a date alone.
std::optional<Millis> parse_moment(std::string_view text);
// "R4/PT1S", "R/PT10M", "R3/2026-01-01T00:00:00Z/P1D". The number counts all
// the times the timer is due.
std::optional<Schedule> parse_cycle(std::string_view text);
Millis plus(Millis moment, const Duration& duration);

enum class TimerKind : std::uint8_t { kDate, kDuration, kCycle };
// A literal of that kind.
std::optional<Schedule> parse_timer(TimerKind kind, std::string_view text);
// What an expression gave: a date (and time), a duration, or a text as above.
std::optional<Schedule> timer_of(TimerKind kind, const feel::Value& value);
}  // namespace hougu::process
