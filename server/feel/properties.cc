// The parts that values have by a name behind a point.
#include "feel/operators.h"

namespace hougu::feel {
namespace {
std::optional<Value> of_days(std::int64_t days, std::string_view name) {
  const Civil date = civil_from_days(days);
  if (name == "year") return Value::integer(date.year);
  if (name == "month") return Value::integer(date.month);
  if (name == "day") return Value::integer(date.day);
  if (name == "weekday") return Value::integer(weekday(days));
  return std::nullopt;
}

std::optional<Value> of_time(const DateTime& time, std::string_view name) {
  const std::int32_t seconds = time.second_of_day();
  if (name == "hour") return Value::integer(seconds / 3600);
  if (name == "minute") return Value::integer(seconds / 60 % 60);
  if (name == "second") {
    return Value::number(
        Number::make(false, static_cast<u128>(i128{seconds % 60} * kNanos + time.nanos), -9));
  }
  if (name == "time offset") {
    const auto offset = offset_of(time);
    return offset ? Value::day_time(i128{*offset} * kNanos) : Value();
  }
  if (name == "timezone") {
    const std::string zone = time.zone.name();
    return zone.empty() ? Value() : Value::string(zone);
  }
  return std::nullopt;
}

std::optional<Value> of_day_time(i128 nanos, std::string_view name) {
  const i128 seconds = nanos / kNanos;
  if (name == "days") return Value::number(from_wide(seconds / kDaySeconds));
  if (name == "hours") return Value::number(from_wide(seconds / 3600 % 24));
  if (name == "minutes") return Value::number(from_wide(seconds / 60 % 60));
  if (name == "seconds") {
    const i128 rest = nanos % (i128{60} * kNanos);
    const bool negative = rest < 0;
    return Value::number(Number::make(negative, static_cast<u128>(negative ? -rest : rest), -9));
  }
  return std::nullopt;
}

std::optional<Value> of_range(const Range& range, std::string_view name) {
  if (name == "start") return range.start;
  if (name == "end") return range.end;
  if (name == "start included") return Value::boolean(range.start_included);
  if (name == "end included") return Value::boolean(range.end_included);
  return std::nullopt;
}

std::optional<Value> part(const Value& object, std::string_view name) {
  switch (object.kind()) {
    case Kind::kDate:
      return of_days(object.days(), name);
    case Kind::kDateTime: {
      const DateTime moment = object.date_time();
      auto out = of_days(moment.days(), name);
      return out ? out : of_time(moment, name);
    }
    case Kind::kTime: {
      const Time time = object.time();
      return of_time({time.seconds, time.nanos, time.zone}, name);
    }
    case Kind::kDayTime:
      return of_day_time(object.nanos(), name);
    case Kind::kYearMonth:
      if (name == "years") return Value::integer(object.months() / 12);
      if (name == "months") return Value::integer(object.months() % 12);
      return std::nullopt;
    case Kind::kRange:
      return of_range(object.range(), name);
    case Kind::kContext: {
      const Value* found = object.context().find(name);
      return found != nullptr ? std::optional<Value>(*found) : std::nullopt;
    }
    default:
      return std::nullopt;
  }
}
}  // namespace

Value member(Evaluation& run, const Value& object, std::string_view name, std::uint32_t position) {
  if (object.is(Kind::kList)) {
    std::vector<Value> out;
    out.reserve(object.list().size());
    for (const Value& item : object.list()) {
      if (!run.pay(1, position)) return {};
      out.push_back(member(run, item, name, position));
    }
    return run.list(std::move(out), position);
  }
  if (auto found = part(object, name)) return *std::move(found);
  return run.fail(object.is_null() ? "feel.member_of_null" : "feel.no_member", position, name);
}
}  // namespace hougu::feel
