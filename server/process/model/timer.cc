#include "process/model/timer.h"

#include <charconv>

#include "feel/calendar.h"

namespace hougu::process {
namespace {
constexpr Millis kSecond = 1000;
constexpr std::int64_t kMostDays = 4'000'000;  // about 11,000 years: no sum leaves 64 bits

// Digits with a fraction, times `unit`, in milliseconds.
std::optional<Millis> scaled(std::string_view digits, Millis unit) {
  const std::size_t point = digits.find_first_of(".,");
  std::int64_t whole = 0;
  const std::string_view head = digits.substr(0, point);
  const auto [end, error] = std::from_chars(head.data(), head.data() + head.size(), whole);
  if (error != std::errc() || end != head.data() + head.size() || whole < 0) return {};
  if (whole > kMostDays * 86'400'000 / unit) return {};
  Millis out = whole * unit;
  if (point == std::string_view::npos) return out;
  Millis share = unit;
  if (point + 1 == digits.size()) return {};
  for (const char digit : digits.substr(point + 1)) {
    if (digit < '0' || digit > '9') return {};
    share /= 10;
    out += share * (digit - '0');
  }
  return out;
}

struct Part {
  char unit;
  bool time;
  Millis millis;        // of one; 0: months
  std::int64_t months;  // of one
};
constexpr Part kParts[] = {{'Y', false, 0, 12},          {'M', false, 0, 1},
                           {'W', false, 604'800'000, 0}, {'D', false, 86'400'000, 0},
                           {'H', true, 3'600'000, 0},    {'M', true, 60'000, 0},
                           {'S', true, 1'000, 0}};

std::optional<Millis> moment_of(const feel::DateTime& moment) {
  const feel::i128 millis = feel::instant(moment) / (feel::kNanos / kSecond);
  if (millis > INT64_MAX / 4 || millis < INT64_MIN / 4) return {};
  return static_cast<Millis>(millis);
}
}  // namespace

std::optional<Duration> parse_duration(std::string_view text) {
  if (text.size() < 3 || text[0] != 'P' || text.back() == 'T') return {};
  Duration out;
  std::size_t part = 0;
  bool time = false;
  for (std::size_t at = 1; at < text.size();) {
    if (text[at] == 'T') {
      if (time) return {};
      time = true;
      ++at;
      continue;
    }
    const std::size_t end = text.find_first_not_of("0123456789.,", at);
    if (end == std::string_view::npos || end == at) return {};
    while (part < std::size(kParts) &&
           (kParts[part].unit != text[end] || kParts[part].time != time)) {
      ++part;
    }
    if (part == std::size(kParts)) return {};
    const std::string_view digits = text.substr(at, end - at);
    if (kParts[part].months > 0) {
      const auto count = scaled(digits, 1);
      if (!count || digits.find_first_of(".,") != std::string_view::npos || *count > 120'000) {
        return {};
      }
      out.months += *count * kParts[part].months;
    } else {
      const auto millis = scaled(digits, kParts[part].millis);
      if (!millis) return {};
      out.millis += *millis;
    }
    ++part;
    at = end + 1;
  }
  return out;
}

std::optional<Millis> parse_moment(std::string_view text) {
  if (const auto moment = feel::parse_date_time(text)) return moment_of(*moment);
  if (const auto days = feel::parse_date(text)) {
    if (*days > kMostDays || *days < -kMostDays) return {};
    return *days * 86'400'000;
  }
  return {};
}

std::optional<Schedule> parse_cycle(std::string_view text) {
  if (text.empty() || text[0] != 'R') return {};
  const std::size_t slash = text.find('/');
  if (slash == std::string_view::npos) return {};
  Schedule out;
  out.times = -1;
  if (slash > 1) {
    const auto [end, error] = std::from_chars(text.data() + 1, text.data() + slash, out.times);
    if (error != std::errc() || end != text.data() + slash || out.times < -1) return {};
  }
  const std::string_view rest = text.substr(slash + 1);
  const std::size_t second = rest.find('/');
  const std::string_view first = rest.substr(0, second);
  if (second == std::string_view::npos) {
    const auto every = parse_duration(first);
    if (!every) return {};
    out.every = *every;
  } else if (const auto start = parse_moment(first)) {
    const auto every = parse_duration(rest.substr(second + 1));
    if (!every) return {};
    out.due = *start;
    out.every = *every;
  } else {
    return {};
  }
  if (out.every == Duration{}) return {};  // would be due without end at once
  return out;
}

Millis plus(Millis moment, const Duration& duration) {
  if (duration.months != 0) {
    const std::int64_t day =
        moment >= 0 ? moment / 86'400'000 : -((-moment + 86'399'999) / 86'400'000);
    const Millis of_day = moment - day * 86'400'000;
    if (const auto moved = feel::add_months(day, duration.months)) {
      moment = *moved * 86'400'000 + of_day;
    }
  }
  return moment + duration.millis;
}

std::optional<Schedule> parse_timer(TimerKind kind, std::string_view text) {
  if (kind == TimerKind::kCycle) return parse_cycle(text);
  Schedule out;
  if (kind == TimerKind::kDate) {
    out.due = parse_moment(text);
    return out.due ? std::optional(out) : std::nullopt;
  }
  const auto duration = parse_duration(text);
  if (!duration) return {};
  out.every = *duration;
  return out;
}

std::optional<Schedule> timer_of(TimerKind kind, const feel::Value& value) {
  Schedule out;
  switch (value.kind()) {
    case feel::Kind::kString:
      return parse_timer(kind, value.string());
    case feel::Kind::kDateTime:
      out.due = moment_of(value.date_time());
      return kind == TimerKind::kDate && out.due ? std::optional(out) : std::nullopt;
    case feel::Kind::kDate:
      if (value.days() > kMostDays || value.days() < -kMostDays) return {};
      out.due = value.days() * 86'400'000;
      return kind == TimerKind::kDate ? std::optional(out) : std::nullopt;
    case feel::Kind::kDayTime: {
      const feel::i128 millis = value.nanos() / (feel::kNanos / kSecond);
      if (millis < 0 || millis > kMostDays * 86'400'000) return {};
      out.every.millis = static_cast<Millis>(millis);
      break;
    }
    case feel::Kind::kYearMonth:
      if (value.months() < 0 || value.months() > 120'000) return {};
      out.every.months = value.months();
      break;
    default:
      return {};
  }
  if (kind == TimerKind::kDate) return {};
  if (kind == TimerKind::kCycle) {
    if (out.every == Duration{}) return {};
    out.times = -1;
  }
  return out;
}
}  // namespace hougu::process
