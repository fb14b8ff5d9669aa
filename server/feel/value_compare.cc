// Equality, order and identity of values.
#include <algorithm>

#include "feel/function.h"
#include "feel/value.h"

namespace hougu::feel {
namespace {
template <typename T>
int order(const T& a, const T& b) {
  return a < b ? -1 : b < a ? 1 : 0;
}

bool zoned(const Zone& zone) { return zone.kind != Zone::Kind::kNone; }

std::optional<bool> equal_lists(const std::vector<Value>& a, const std::vector<Value>& b) {
  if (a.size() != b.size()) return false;
  for (std::size_t i = 0; i < a.size(); ++i) {
    if (!equal(a[i], b[i]).value_or(false)) return false;
  }
  return true;
}

std::optional<bool> equal_contexts(const Context& a, const Context& b) {
  if (a.entries.size() != b.entries.size()) return false;
  for (const ContextEntry& entry : a.entries) {
    const Value* other = b.find(entry.key);
    if (other == nullptr || !equal(entry.value, *other).value_or(false)) return false;
  }
  return true;
}

bool equal_ranges(const Range& a, const Range& b) {
  return a.start_included == b.start_included && a.end_included == b.end_included &&
         a.start_open_ended == b.start_open_ended && a.end_open_ended == b.end_open_ended &&
         equal(a.start, b.start).value_or(false) && equal(a.end, b.end).value_or(false);
}
}  // namespace

std::optional<bool> equal(const Value& a, const Value& b) {
  if (a.is_null() || b.is_null()) return a.is_null() && b.is_null();
  if (a.kind() != b.kind()) return std::nullopt;
  switch (a.kind()) {
    case Kind::kNull:
      return true;
    case Kind::kBoolean:
      return a.is_true() == b.is_true();
    case Kind::kString:
      return a.string() == b.string();
    case Kind::kList:
      return equal_lists(a.list(), b.list());
    case Kind::kContext:
      return equal_contexts(a.context(), b.context());
    case Kind::kRange:
      return equal_ranges(a.range(), b.range());
    case Kind::kFunction:
      if (&a.function() == &b.function()) return true;
      return std::nullopt;
    default: {
      const auto result = compare(a, b);
      if (!result) return std::nullopt;
      return *result == 0;
    }
  }
}

std::optional<int> compare(const Value& a, const Value& b) {
  if (a.kind() != b.kind()) return std::nullopt;
  switch (a.kind()) {
    case Kind::kNumber:
      return compare(a.number(), b.number());
    case Kind::kString:
      return order(a.string().compare(b.string()), 0);
    case Kind::kDate:
      return order(a.days(), b.days());
    case Kind::kYearMonth:
      return order(a.months(), b.months());
    case Kind::kDayTime:
      return order(a.nanos(), b.nanos());
    case Kind::kTime: {
      const Time left = a.time();
      const Time right = b.time();
      if (zoned(left.zone) != zoned(right.zone)) return std::nullopt;
      return order(instant(left), instant(right));
    }
    case Kind::kDateTime: {
      const DateTime left = a.date_time();
      const DateTime right = b.date_time();
      if (zoned(left.zone) != zoned(right.zone)) return std::nullopt;
      return order(instant(left), instant(right));
    }
    default:
      return std::nullopt;
  }
}

bool same(const Value& a, const Value& b) {
  if (a.kind() != b.kind()) return false;
  if (a.is(Kind::kTime)) {
    const Time left = a.time();
    const Time right = b.time();
    return left.seconds == right.seconds && left.nanos == right.nanos && left.zone == right.zone;
  }
  if (a.is(Kind::kDateTime)) {
    const DateTime left = a.date_time();
    const DateTime right = b.date_time();
    return left.seconds == right.seconds && left.nanos == right.nanos && left.zone == right.zone;
  }
  if (a.is(Kind::kList)) {
    return std::equal(a.list().begin(), a.list().end(), b.list().begin(), b.list().end(), same);
  }
  return equal(a, b).value_or(false);
}

std::optional<bool> contains(const Range& range, const Value& value) {
  bool inside = true;
  if (!range.start_open_ended) {
    const auto from = compare(range.start, value);
    if (!from) return std::nullopt;
    inside = *from < 0 || (*from == 0 && range.start_included);
  }
  if (!range.end_open_ended) {
    const auto to = compare(value, range.end);
    if (!to) return std::nullopt;
    inside = inside && (*to < 0 || (*to == 0 && range.end_included));
  }
  return inside;
}
}  // namespace hougu::feel
