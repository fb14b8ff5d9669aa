#include <string>

#include "feel/builtins/builtin.h"

namespace hougu::feel {
namespace {
Value to_date(const Call& call) {
  if (call.overload == 1) {
    const auto year = call[0].number().to_integer();
    const auto month = call[1].number().to_integer();
    const auto day = call[2].number().to_integer();
    if (!year || !month || !day || !valid_civil(*year, *month, *day)) {
      return call.fail("feel.malformed_date");
    }
    return Value::date(days_from_civil({*year, static_cast<int>(*month), static_cast<int>(*day)}));
  }
  if (call[0].is(Kind::kDate)) return call[0];
  if (call[0].is(Kind::kDateTime)) return Value::date(call[0].date_time().days());
  const auto days = parse_date(call[0].string());
  return days ? Value::date(*days) : call.fail("feel.malformed_date", call[0].string());
}

Value time_of_parts(const Call& call) {
  const auto hour = call[0].number().to_integer();
  const auto minute = call[1].number().to_integer();
  const MaybeNumber nanos = multiply(call[2].number(), Number(kNanos));
  const auto second = nanos ? nanos->truncated() : std::nullopt;
  if (!hour || !minute || !second || *hour < 0 || *hour > 23 || *minute < 0 || *minute > 59 ||
      *second < 0 || *second >= 60 * kNanos) {
    return call.fail("feel.malformed_time");
  }
  Time out;
  out.seconds = static_cast<std::int32_t>(*hour * 3600 + *minute * 60 + *second / kNanos);
  out.nanos = static_cast<std::int32_t>(*second % kNanos);
  if (call[3].is(Kind::kDayTime)) {
    const i128 offset = call[3].nanos() / kNanos;
    if (offset > 18 * 3600 || offset < -18 * 3600) return call.fail("feel.malformed_time");
    out.zone = Zone::fixed(static_cast<std::int32_t>(offset));
  }
  return out;
}

Value to_time(const Call& call) {
  if (call.overload == 1) return time_of_parts(call);
  if (call[0].is(Kind::kTime)) return call[0];
  if (call[0].is(Kind::kDate)) return Time{0, 0, Zone::fixed(0)};
  if (call[0].is(Kind::kDateTime)) {
    const DateTime moment = call[0].date_time();
    return Time{moment.second_of_day(), moment.nanos, moment.zone};
  }
  const auto time = parse_time(call[0].string());
  return time ? Value(*time) : call.fail("feel.malformed_time", call[0].string());
}

Value to_date_time(const Call& call) {
  if (call.overload == 1) {
    const std::int64_t days = call[0].is(Kind::kDate) ? call[0].days() : call[0].date_time().days();
    const Time time = call[1].time();
    return DateTime{days * kDaySeconds + time.seconds, time.nanos, time.zone};
  }
  if (call[0].is(Kind::kDateTime)) return call[0];
  const auto moment = parse_date_time(call[0].string());
  return moment ? Value(*moment) : call.fail("feel.malformed_date_time", call[0].string());
}

Value to_number(const Call& call) {
  std::string text = call[0].string();
  const auto separator = [&](std::size_t i) {
    return call.has(i) && call[i].is(Kind::kString) ? call[i].string() : std::string();
  };
  const std::string grouping = separator(1);
  const std::string decimal = separator(2);
  const bool good_grouping =
      grouping.empty() || grouping == " " || grouping == "," || grouping == ".";
  const bool good_decimal = decimal.empty() || decimal == "," || decimal == ".";
  if (!good_grouping || !good_decimal || (!grouping.empty() && grouping == decimal)) {
    return call.fail("feel.separators");
  }
  if (!grouping.empty()) std::erase(text, grouping[0]);
  if (decimal == ",") {
    if (text.find('.') != std::string::npos) return call.fail("feel.malformed_number", text);
    for (char& c : text) {
      if (c == ',') c = '.';
    }
  }
  const MaybeNumber number = Number::parse(text);
  return number ? Value(*number) : call.fail("feel.malformed_number", call[0].string());
}

Value to_string(const Call& call) {
  if (call[0].is_null()) return {};
  return call.run.string(to_text(call[0]), call.position);
}

Value to_duration(const Call& call) {
  if (!call[0].is(Kind::kString)) return call[0];
  const std::string& text = call[0].string();
  if (const auto months = parse_year_month(text)) return Value::year_month(*months);
  if (const auto nanos = parse_day_time(text)) return Value::day_time(*nanos);
  return call.fail("feel.malformed_duration", text);
}

Value years_and_months(const Call& call) {
  const auto civil = [](const Value& value) {
    return civil_from_days(value.is(Kind::kDate) ? value.days() : value.date_time().days());
  };
  const Civil from = civil(call[0]);
  const Civil to = civil(call[1]);
  std::int64_t months = (to.year - from.year) * 12 + to.month - from.month;
  if (months > 0 && to.day < from.day) --months;
  if (months < 0 && to.day > from.day) ++months;
  return Value::year_month(months);
}

constexpr BuiltinLine kLines[] = {
    {"date", "from: string|date|date and time; year: number, month: number, day: number", "date",
     to_date},
    {"time",
     "from: string|time|date and time|date; "
     "hour: number, minute: number, second: number, offset?: days and time duration|null",
     "time", to_time},
    {"date and time", "from: string|date and time; date: date|date and time, time: time",
     "date and time", to_date_time},
    {"number",
     "from: string; from: string, grouping separator: string|null, decimal separator: string|null",
     "number", to_number},
    {"string", "from: any", "string", to_string},
    {"duration", "from: string|days and time duration|years and months duration", "Any",
     to_duration},
    {"years and months duration", "from: date|date and time, to: date|date and time",
     "years and months duration", years_and_months},
};
}  // namespace

std::span<const BuiltinLine> conversion_builtins() { return kLines; }
}  // namespace hougu::feel
