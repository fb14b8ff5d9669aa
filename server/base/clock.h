// Time is handed in, so that a test can run a month in a second.
#pragma once

#include <atomic>
#include <cstdint>
#include <string>
#include <string_view>

namespace hougu {

// UTC, milliseconds since 1970-01-01T00:00:00Z. The storage form of every point in time.
using Millis = std::int64_t;

class Clock {
 public:
  virtual ~Clock() = default;
  virtual Millis now() const = 0;
};

class SystemClock final : public Clock {
 public:
  Millis now() const override;
};

// Stands still until it is moved. Thread-safe.
class ManualClock final : public Clock {
 public:
  explicit ManualClock(Millis start) : now_(start) {}
  Millis now() const override { return now_.load(); }
  void set(Millis value) { now_.store(value); }
  void advance(Millis by) { now_.fetch_add(by); }

 private:
  std::atomic<Millis> now_;
};

// RFC 3339 in UTC with milliseconds: "2026-11-21T08:30:00.000Z".
std::string format_utc(Millis time);
// Accepts RFC 3339 with any offset, fraction of 0–9 digits; false when it isn't one.
bool parse_rfc3339(std::string_view text, Millis& out);
}  // namespace hougu
