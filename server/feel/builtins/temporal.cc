#include "feel/builtins/builtin.h"

namespace hougu::feel {
namespace {
std::int64_t days_of(const Value& value) {
  return value.is(Kind::kDate) ? value.days() : value.date_time().days();
}

Value year_day(const Call& call) { return Value::integer(day_of_year(days_of(call[0]))); }
Value year_week(const Call& call) { return Value::integer(iso_week(days_of(call[0]))); }
Value week_day(const Call& call) {
  static constexpr const char* kNames[] = {"Monday", "Tuesday",  "Wednesday", "Thursday",
                                           "Friday", "Saturday", "Sunday"};
  return Value::string(kNames[weekday(days_of(call[0])) - 1]);
}
Value year_month(const Call& call) {
  static constexpr const char* kNames[] = {"January",   "February", "March",    "April",
                                           "May",       "June",     "July",     "August",
                                           "September", "October",  "November", "December"};
  return Value::string(kNames[civil_from_days(days_of(call[0])).month - 1]);
}
Value now(const Call& call) { return call.run.now(); }
Value today(const Call& call) { return Value::date(call.run.now().days()); }

constexpr BuiltinLine kLines[] = {
    {"day of year", "date: date|date and time", "number", year_day},
    {"day of week", "date: date|date and time", "string", week_day},
    {"month of year", "date: date|date and time", "string", year_month},
    {"week of year", "date: date|date and time", "number", year_week},
    {"now", "", "date and time", now, false},
    {"today", "", "date", today, false},
};
}  // namespace

std::span<const BuiltinLine> temporal_builtins() { return kLines; }
}  // namespace hougu::feel
