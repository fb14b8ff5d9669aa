// The lexical forms of dates, times and durations.
#include <algorithm>

#include "feel/calendar.h"

namespace hougu::feel {
namespace {
bool digit(char c) { return c >= '0' && c <= '9'; }

class Reader {
 public:
  explicit Reader(std::string_view text) : text_(text) {}

  bool done() const { return at_ == text_.size(); }
  bool take(char c) {
    if (done() || text_[at_] != c) return false;
    ++at_;
    return true;
  }
  std::string_view rest() const { return text_.substr(at_); }
  // Between `least` and `most` digits; false otherwise.
  bool number(int least, int most, std::int64_t& out) {
    int count = 0;
    out = 0;
    while (!done() && digit(text_[at_]) && count < most) {
      out = out * 10 + (text_[at_++] - '0');
      ++count;
    }
    return count >= least && (done() || !digit(text_[at_]));
  }
  // Digits behind a point, as nanoseconds; more than nine are cut.
  bool fraction(std::int64_t& nanos, bool empty_allowed) {
    nanos = 0;
    int count = 0;
    while (!done() && digit(text_[at_])) {
      if (count < 9) nanos = nanos * 10 + (text_[at_] - '0');
      ++count;
      ++at_;
    }
    for (int i = count; i < 9; ++i) nanos *= 10;
    return count > 0 || empty_allowed;
  }
  bool date(std::int64_t& days) {
    const bool negative = take('-');
    const std::size_t began = at_;
    Civil out;
    std::int64_t month = 0;
    std::int64_t day = 0;
    if (!number(4, 9, out.year)) return false;
    if (at_ - began > 4 && text_[began] == '0') return false;
    if (!take('-') || !number(2, 2, month) || !take('-') || !number(2, 2, day)) return false;
    if (negative) out.year = -out.year;
    if (!valid_civil(out.year, month, day)) return false;
    out.month = static_cast<int>(month);
    out.day = static_cast<int>(day);
    days = days_from_civil(out);
    return true;
  }
  // With the zone; `midnight` is set for 24:00:00.
  bool time(Time& out, bool& midnight) {
    std::int64_t hour = 0;
    std::int64_t minute = 0;
    std::int64_t second = 0;
    std::int64_t nanos = 0;
    if (!number(2, 2, hour) || !take(':') || !number(2, 2, minute) || !take(':') ||
        !number(2, 2, second)) {
      return false;
    }
    if (take('.') && !fraction(nanos, false)) return false;
    midnight = hour == 24 && minute == 0 && second == 0 && nanos == 0;
    if ((hour > 23 && !midnight) || minute > 59 || second > 59) return false;
    out.seconds = static_cast<std::int32_t>((midnight ? 0 : hour) * 3600 + minute * 60 + second);
    out.nanos = static_cast<std::int32_t>(nanos);
    return zone(out.zone);
  }

 private:
  bool zone(Zone& out) {
    if (done()) return true;
    if (take('Z') || take('z')) {
      out = Zone::fixed(0);
      return done();
    }
    if (take('@')) {
      const auto found = Zone::find(rest());
      if (!found) return false;
      out = *found;
      at_ = text_.size();
      return true;
    }
    const bool west = !done() && text_[at_] == '-';
    if (!take('+') && !take('-')) return false;
    std::int64_t hour = 0;
    std::int64_t minute = 0;
    std::int64_t second = 0;
    if (!number(2, 2, hour) || !take(':') || !number(2, 2, minute)) return false;
    if (take(':') && !number(2, 2, second)) return false;
    if (hour > 18 || minute > 59 || second > 59 || (hour == 18 && minute + second > 0))
      return false;
    const auto seconds = static_cast<std::int32_t>(hour * 3600 + minute * 60 + second);
    out = Zone::fixed(west ? -seconds : seconds);
    return done();
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

void append_two(std::string& out, std::int64_t value) {
  out += static_cast<char>('0' + value / 10);
  out += static_cast<char>('0' + value % 10);
}

void append_fraction(std::string& out, std::int64_t nanos) {
  if (nanos == 0) return;
  std::string digits = std::to_string(nanos);
  digits.insert(0, 9 - digits.size(), '0');
  digits.erase(digits.find_last_not_of('0') + 1);
  out += '.';
  out += digits;
}

void append_zone(std::string& out, const Zone& zone) {
  if (zone.kind == Zone::Kind::kRegion) {
    out += '@';
    out += zone.name();
  } else if (zone.kind == Zone::Kind::kOffset) {
    if (zone.offset == 0) {
      out += 'Z';
      return;
    }
    const std::int32_t seconds = std::abs(zone.offset);
    out += zone.offset < 0 ? '-' : '+';
    append_two(out, seconds / 3600);
    out += ':';
    append_two(out, seconds / 60 % 60);
    if (seconds % 60 != 0) {
      out += ':';
      append_two(out, seconds % 60);
    }
  }
}
}  // namespace

std::optional<std::int64_t> parse_date(std::string_view text) {
  Reader reader(text);
  std::int64_t days = 0;
  if (!reader.date(days) || !reader.done()) return std::nullopt;
  return days;
}

std::optional<Time> parse_time(std::string_view text) {
  Reader reader(text);
  Time out;
  bool midnight = false;
  if (!reader.time(out, midnight)) return std::nullopt;
  return out;
}

std::optional<DateTime> parse_date_time(std::string_view text) {
  Reader reader(text);
  std::int64_t days = 0;
  if (!reader.date(days)) return std::nullopt;
  if (reader.done()) return DateTime{days * kDaySeconds, 0, {}};
  Time time;
  bool midnight = false;
  if (!reader.take('T') || !reader.time(time, midnight)) return std::nullopt;
  if (midnight) ++days;
  return DateTime{days * kDaySeconds + time.seconds, time.nanos, time.zone};
}

std::optional<i128> parse_day_time(std::string_view text) {
  Reader reader(text);
  const bool negative = reader.take('-');
  if (!reader.take('P')) return std::nullopt;
  i128 seconds = 0;
  std::int64_t nanos = 0;
  std::int64_t value = 0;
  bool any = false;
  if (!reader.rest().empty() && digit(reader.rest()[0])) {
    if (!reader.number(1, 17, value) || !reader.take('D')) return std::nullopt;
    seconds += i128{value} * kDaySeconds;
    any = true;
  }
  if (reader.take('T')) {
    static constexpr struct {
      char unit;
      int seconds;
    } kUnits[] = {{'H', 3600}, {'M', 60}, {'S', 1}};
    bool part = false;
    std::size_t next = 0;
    while (!reader.done()) {
      if (!reader.number(1, 17, value)) return std::nullopt;
      const bool point = reader.take('.');
      if (point && !reader.fraction(nanos, true)) return std::nullopt;
      while (next < 3 && !reader.take(kUnits[next].unit)) ++next;
      if (next == 3 || (point && next != 2)) return std::nullopt;
      seconds += i128{value} * kUnits[next++].seconds;
      part = true;
    }
    if (!part) return std::nullopt;
    any = true;
  }
  if (!any || !reader.done()) return std::nullopt;
  const i128 out = seconds * kNanos + nanos;
  return negative ? -out : out;
}

std::optional<std::int64_t> parse_year_month(std::string_view text) {
  Reader reader(text);
  const bool negative = reader.take('-');
  if (!reader.take('P')) return std::nullopt;
  std::int64_t months = 0;
  std::int64_t value = 0;
  std::size_t next = 0;
  bool any = false;
  while (!reader.done()) {
    if (!reader.number(1, 15, value)) return std::nullopt;
    if (next == 0 && reader.take('Y')) {
      months += value * 12;
      next = 1;
    } else if (next <= 1 && reader.take('M')) {
      months += value;
      next = 2;
    } else {
      return std::nullopt;
    }
    any = true;
  }
  if (!any) return std::nullopt;
  return negative ? -months : months;
}

std::string date_text(std::int64_t days) {
  const Civil date = civil_from_days(days);
  std::string year = std::to_string(std::abs(date.year));
  if (year.size() < 4) year.insert(0, 4 - year.size(), '0');
  std::string out = (date.year < 0 ? "-" : "") + year + "-";
  append_two(out, date.month);
  out += '-';
  append_two(out, date.day);
  return out;
}

std::string time_text(const Time& time) {
  std::string out;
  append_two(out, time.seconds / 3600);
  out += ':';
  append_two(out, time.seconds / 60 % 60);
  out += ':';
  append_two(out, time.seconds % 60);
  append_fraction(out, time.nanos);
  append_zone(out, time.zone);
  return out;
}

std::string date_time_text(const DateTime& moment) {
  return date_text(moment.days()) + "T" +
         time_text({moment.second_of_day(), moment.nanos, moment.zone});
}

std::string day_time_text(i128 nanos) {
  if (nanos == 0) return "PT0S";
  std::string out = nanos < 0 ? "-P" : "P";
  if (nanos < 0) nanos = -nanos;
  const auto seconds = static_cast<std::int64_t>(nanos / kNanos);
  const auto fraction = static_cast<std::int64_t>(nanos % kNanos);
  if (seconds >= kDaySeconds) out += std::to_string(seconds / kDaySeconds) + "D";
  if (seconds % kDaySeconds == 0 && fraction == 0) return out;
  out += 'T';
  if (const auto hours = seconds % kDaySeconds / 3600) out += std::to_string(hours) + "H";
  if (const auto minutes = seconds % 3600 / 60) out += std::to_string(minutes) + "M";
  if (seconds % 60 != 0 || fraction != 0) {
    out += std::to_string(seconds % 60);
    append_fraction(out, fraction);
    out += 'S';
  }
  return out;
}

std::string year_month_text(std::int64_t months) {
  if (months == 0) return "P0M";
  std::string out = months < 0 ? "-P" : "P";
  const std::int64_t size = std::abs(months);
  if (size >= 12) out += std::to_string(size / 12) + "Y";
  if (size % 12 != 0) out += std::to_string(size % 12) + "M";
  return out;
}
}  // namespace hougu::feel
