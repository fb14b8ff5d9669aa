#include "feel/operators.h"

#include <string>

namespace hougu::feel {
namespace {
// Durations stay below this many nanoseconds (about 4 × 10^12 years).
const i128 kMaxNanos = i128{1'000'000'000'000'000'000} * i128{100'000'000'000'000'000};
constexpr std::int64_t kMaxMonths = 1'000'000'000'000'000;

Value mismatch(Evaluation& run, const Value& a, const Value& b, const char* sign,
               std::uint32_t position) {
  const std::string detail =
      std::string(kind_name(a.kind())) + " " + sign + " " + std::string(kind_name(b.kind()));
  return run.fail(a.is_null() || b.is_null() ? "feel.null_operand" : "feel.operand_types", position,
                  detail);
}

Value checked(Evaluation& run, const MaybeNumber& number, std::uint32_t position) {
  return number ? Value(*number) : run.fail("feel.not_a_number", position);
}

Value duration(Evaluation& run, i128 nanos, std::uint32_t position) {
  if (nanos > kMaxNanos || nanos < -kMaxNanos) return run.fail("feel.out_of_range", position);
  return Value::day_time(nanos);
}

Value months(Evaluation& run, i128 count, std::uint32_t position) {
  if (count > kMaxMonths || count < -kMaxMonths) return run.fail("feel.out_of_range", position);
  return Value::year_month(static_cast<std::int64_t>(count));
}

Value shift_days(Evaluation& run, const Value& date, i128 nanos, std::uint32_t position) {
  const auto moved = from_instant(i128{date.days()} * kDaySeconds * kNanos + nanos, Zone{});
  if (!moved) return run.fail("feel.out_of_range", position);
  return Value::date(moved->days());
}

// On the local clock, as the standard has it: a day is 24 hours there.
Value shift_moment(Evaluation& run, const DateTime& moment, i128 nanos, std::uint32_t position) {
  auto moved = from_instant(i128{moment.seconds} * kNanos + moment.nanos + nanos, Zone{});
  if (!moved) return run.fail("feel.out_of_range", position);
  moved->zone = moment.zone;
  return *moved;
}

Value shift_time(const Time& time, i128 nanos) {
  const i128 day = i128{kDaySeconds} * kNanos;
  i128 moved = (i128{time.seconds} * kNanos + time.nanos + nanos) % day;
  if (moved < 0) moved += day;
  return Time{static_cast<std::int32_t>(moved / kNanos), static_cast<std::int32_t>(moved % kNanos),
              time.zone};
}

Value shift_months(Evaluation& run, const Value& value, std::int64_t count,
                   std::uint32_t position) {
  const bool date = value.is(Kind::kDate);
  const auto days = add_months(date ? value.days() : value.date_time().days(), count);
  if (!days) return run.fail("feel.out_of_range", position);
  if (date) return Value::date(*days);
  DateTime moment = value.date_time();
  moment.seconds = *days * kDaySeconds + moment.second_of_day();
  return moment;
}

// Temporal + duration; nullopt when the kinds are others.
std::optional<Value> shift(Evaluation& run, const Value& moment, const Value& by, int sign,
                           std::uint32_t position) {
  if (by.is(Kind::kDayTime)) {
    const i128 nanos = by.nanos() * sign;
    switch (moment.kind()) {
      case Kind::kDate:
        return shift_days(run, moment, nanos, position);
      case Kind::kDateTime:
        return shift_moment(run, moment.date_time(), nanos, position);
      case Kind::kTime:
        return shift_time(moment.time(), nanos);
      case Kind::kDayTime:
        return duration(run, moment.nanos() + nanos, position);
      default:
        return std::nullopt;
    }
  }
  if (by.is(Kind::kYearMonth)) {
    const std::int64_t count = by.months() * sign;
    if (moment.is(Kind::kYearMonth)) return months(run, i128{moment.months()} + count, position);
    if (moment.is(Kind::kDate) || moment.is(Kind::kDateTime)) {
      return shift_months(run, moment, count, position);
    }
  }
  return std::nullopt;
}

bool is_moment(const Value& value) { return value.is(Kind::kDate) || value.is(Kind::kDateTime); }

// A date counts as midnight UTC.
DateTime moment_of(const Value& value) {
  if (value.is(Kind::kDateTime)) return value.date_time();
  return {value.days() * kDaySeconds, 0, Zone::fixed(0)};
}

bool zoned(const Zone& zone) { return zone.kind != Zone::Kind::kNone; }

Value scale_duration(Evaluation& run, const Value& by, const Number& factor, bool dividing,
                     std::uint32_t position) {
  const bool days = by.is(Kind::kDayTime);
  const MaybeNumber size = days ? from_wide(by.nanos()) : Number(by.months());
  MaybeNumber scaled;
  if (size) scaled = dividing ? divide(*size, factor) : multiply(*size, factor);
  if (scaled) scaled = rounded(*scaled, 0, Rounding::kDown);
  if (!scaled) return run.fail("feel.not_a_number", position);
  if (!days) {
    const auto count = scaled->to_integer();
    if (!count) return run.fail("feel.out_of_range", position);
    return months(run, *count, position);
  }
  const MaybeNumber limit = from_wide(kMaxNanos);
  if (compare(*limit, scaled->negative() ? scaled->negated() : *scaled) < 0) {
    return run.fail("feel.out_of_range", position);
  }
  u128 nanos = scaled->coefficient();
  for (int i = 0; i < scaled->exponent(); ++i) nanos *= 10;
  for (int i = 0; i > scaled->exponent(); --i) nanos /= 10;
  const i128 signed_nanos = static_cast<i128>(nanos);
  return duration(run, scaled->negative() ? -signed_nanos : signed_nanos, position);
}
}  // namespace

MaybeNumber from_wide(i128 value) {
  const bool negative = value < 0;
  return Number::make(negative, negative ? -static_cast<u128>(value) : static_cast<u128>(value), 0);
}

Value add(Evaluation& run, const Value& a, const Value& b, std::uint32_t position) {
  if (a.is(Kind::kNumber) && b.is(Kind::kNumber)) {
    return checked(run, add(a.number(), b.number()), position);
  }
  if (a.is(Kind::kString) && b.is(Kind::kString)) {
    return run.string(a.string() + b.string(), position);
  }
  if (auto out = shift(run, a, b, 1, position)) return *std::move(out);
  if (auto out = shift(run, b, a, 1, position)) return *std::move(out);
  return mismatch(run, a, b, "+", position);
}

Value subtract(Evaluation& run, const Value& a, const Value& b, std::uint32_t position) {
  if (a.is(Kind::kNumber) && b.is(Kind::kNumber)) {
    return checked(run, subtract(a.number(), b.number()), position);
  }
  if (is_moment(a) && is_moment(b)) {
    const DateTime left = moment_of(a);
    const DateTime right = moment_of(b);
    if (zoned(left.zone) != zoned(right.zone)) return run.fail("feel.zone_missing", position);
    return duration(run, instant(left) - instant(right), position);
  }
  if (a.is(Kind::kTime) && b.is(Kind::kTime)) {
    const Time left = a.time();
    const Time right = b.time();
    if (zoned(left.zone) != zoned(right.zone)) return run.fail("feel.zone_missing", position);
    return duration(run, instant(left) - instant(right), position);
  }
  if (auto out = shift(run, a, b, -1, position)) return *std::move(out);
  return mismatch(run, a, b, "-", position);
}

Value multiply(Evaluation& run, const Value& a, const Value& b, std::uint32_t position) {
  if (a.is(Kind::kNumber) && b.is(Kind::kNumber)) {
    return checked(run, multiply(a.number(), b.number()), position);
  }
  const auto is_duration = [](const Value& v) {
    return v.is(Kind::kDayTime) || v.is(Kind::kYearMonth);
  };
  if (is_duration(a) && b.is(Kind::kNumber)) {
    return scale_duration(run, a, b.number(), false, position);
  }
  if (a.is(Kind::kNumber) && is_duration(b)) {
    return scale_duration(run, b, a.number(), false, position);
  }
  return mismatch(run, a, b, "*", position);
}

Value divide(Evaluation& run, const Value& a, const Value& b, std::uint32_t position) {
  if (a.is(Kind::kNumber) && b.is(Kind::kNumber)) {
    if (b.number().is_zero()) return run.fail("feel.division_by_zero", position);
    return checked(run, divide(a.number(), b.number()), position);
  }
  const bool duration = a.is(Kind::kDayTime) || a.is(Kind::kYearMonth);
  if (duration && b.is(Kind::kNumber)) {
    if (b.number().is_zero()) return run.fail("feel.division_by_zero", position);
    return scale_duration(run, a, b.number(), true, position);
  }
  if (duration && a.kind() == b.kind()) {
    const bool days = a.is(Kind::kDayTime);
    const MaybeNumber left = days ? from_wide(a.nanos()) : Number(a.months());
    const MaybeNumber right = days ? from_wide(b.nanos()) : Number(b.months());
    if (!left || !right || right->is_zero()) return run.fail("feel.division_by_zero", position);
    return checked(run, divide(*left, *right), position);
  }
  return mismatch(run, a, b, "/", position);
}

Value power(Evaluation& run, const Value& a, const Value& b, std::uint32_t position) {
  if (a.is(Kind::kNumber) && b.is(Kind::kNumber)) {
    return checked(run, power(a.number(), b.number()), position);
  }
  return mismatch(run, a, b, "**", position);
}

Value negate(Evaluation& run, const Value& a, std::uint32_t position) {
  switch (a.kind()) {
    case Kind::kNumber:
      return a.number().negated();
    case Kind::kDayTime:
      return Value::day_time(-a.nanos());
    case Kind::kYearMonth:
      return Value::year_month(-a.months());
    default:
      return run.fail("feel.operand_types", position, kind_name(a.kind()));
  }
}

std::optional<bool> satisfies(const Value& subject, const Value& test) {
  if (test.is(Kind::kRange) && !subject.is(Kind::kRange)) return contains(test.range(), subject);
  if (test.is(Kind::kList)) {
    if (subject.is(Kind::kList) && equal(subject, test).value_or(false)) return true;
    for (const Value& item : test.list()) {
      if (satisfies(subject, item).value_or(false)) return true;
    }
    return false;
  }
  return equal(subject, test);
}
}  // namespace hougu::feel
