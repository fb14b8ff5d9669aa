// The relations between points and intervals, and range() itself.
#include "feel/builtins/builtin.h"
#include "feel/expression.h"
#include "feel/program.h"

namespace hougu::feel {
namespace {
// A point is the closed interval of itself.
struct Interval {
  Range range;
  bool is_range;
};

Interval interval(const Value& value) {
  if (value.is(Kind::kRange)) return {value.range(), true};
  return {Range{value, value, true, true}, false};
}

// One end of an interval, unbounded ones included.
struct End {
  const Value& value;
  int infinite;  // -1, 0, 1
};
End start(const Range& r) { return {r.start, r.start_open_ended ? -1 : 0}; }
End end(const Range& r) { return {r.end, r.end_open_ended ? 1 : 0}; }

// Comparing two ends; `unknown` collects whether that was impossible.
class Order {
 public:
  int of(const End& a, const End& b) {
    if (a.infinite != 0 || b.infinite != 0) {
      return a.infinite < b.infinite ? -1 : a.infinite > b.infinite ? 1 : 0;
    }
    const auto result = compare(a.value, b.value);
    if (!result) unknown = true;
    return result.value_or(0);
  }
  bool unknown = false;
};

bool before(Order& order, const Interval& a, const Interval& b) {
  const int c = order.of(end(a.range), start(b.range));
  return c < 0 || (c == 0 && (!a.range.end_included || !b.range.start_included));
}
bool meets(Order& order, const Interval& a, const Interval& b) {
  return order.of(end(a.range), start(b.range)) == 0 && a.range.end_included &&
         b.range.start_included;
}
bool overlaps(Order& order, const Interval& a, const Interval& b) {
  const int c = order.of(end(a.range), start(b.range));
  const int d = order.of(start(a.range), end(b.range));
  return (c > 0 || (c == 0 && a.range.end_included && b.range.start_included)) &&
         (d < 0 || (d == 0 && a.range.start_included && b.range.end_included));
}
bool overlaps_before(Order& order, const Interval& a, const Interval& b) {
  const int starts = order.of(start(a.range), start(b.range));
  const int inner = order.of(end(a.range), start(b.range));
  const int ends = order.of(end(a.range), end(b.range));
  return (starts < 0 || (starts == 0 && a.range.start_included && !b.range.start_included)) &&
         (inner > 0 || (inner == 0 && a.range.end_included && b.range.start_included)) &&
         (ends < 0 || (ends == 0 && (!a.range.end_included || b.range.end_included)));
}
bool overlaps_after(Order& order, const Interval& a, const Interval& b) {
  const int starts = order.of(start(b.range), start(a.range));
  const int inner = order.of(end(b.range), start(a.range));
  const int ends = order.of(end(b.range), end(a.range));
  return (starts < 0 || (starts == 0 && b.range.start_included && !a.range.start_included)) &&
         (inner > 0 || (inner == 0 && b.range.end_included && a.range.start_included)) &&
         (ends < 0 || (ends == 0 && (!b.range.end_included || a.range.end_included)));
}
bool finishes(Order& order, const Interval& a, const Interval& b) {
  if (order.of(end(a.range), end(b.range)) != 0) return false;
  if (!a.is_range) return b.range.end_included;
  const int starts = order.of(start(a.range), start(b.range));
  return a.range.end_included == b.range.end_included &&
         (starts > 0 || (starts == 0 && (!a.range.start_included || b.range.start_included)));
}
bool includes(Order& order, const Interval& a, const Interval& b) {
  const int starts = order.of(start(a.range), start(b.range));
  const int ends = order.of(end(a.range), end(b.range));
  return (starts < 0 || (starts == 0 && (a.range.start_included || !b.range.start_included))) &&
         (ends > 0 || (ends == 0 && (a.range.end_included || !b.range.end_included)));
}
bool starts_with(Order& order, const Interval& a, const Interval& b) {
  if (order.of(start(a.range), start(b.range)) != 0) return false;
  if (!a.is_range) return b.range.start_included;
  const int ends = order.of(end(a.range), end(b.range));
  return a.range.start_included == b.range.start_included &&
         (ends < 0 || (ends == 0 && (!a.range.end_included || b.range.end_included)));
}
bool coincides(Order& order, const Interval& a, const Interval& b) {
  return order.of(start(a.range), start(b.range)) == 0 &&
         order.of(end(a.range), end(b.range)) == 0 &&
         a.range.start_included == b.range.start_included &&
         a.range.end_included == b.range.end_included;
}

template <bool relation(Order&, const Interval&, const Interval&), bool swapped>
Value relate(const Call& call) {
  Order order;
  const Interval first = interval(call[0]);
  const Interval second = interval(call[1]);
  const bool result = swapped ? relation(order, second, first) : relation(order, first, second);
  if (order.unknown) return call.fail("feel.not_comparable");
  return Value::boolean(result);
}

// Only an interval of literals: [1..3], (@"2020-01-01"..date("2021-01-01")].
Value to_range(const Call& call) {
  auto compiled = compile(call[0].string(), Environment{});
  if (!compiled.ok()) return call.fail("feel.malformed_range", call[0].string());
  const Program& program = (*compiled)->program();
  const Node& root = program.nodes[program.root];
  const auto literal = [&](std::uint32_t ref) {
    const Node& node = program.nodes[ref];
    return node.op == Op::kConstant && !program.constants[node.a].is_null();
  };
  if (root.op != Op::kRange || (root.flag & (kStartOpenEnded | kEndOpenEnded)) != 0 ||
      !literal(root.a) || !literal(root.b)) {
    return call.fail("feel.malformed_range", call[0].string());
  }
  Value out = (*compiled)->evaluate(call.run, {});
  if (!out.is(Kind::kRange)) return {};
  const auto order = compare(out.range().start, out.range().end);
  if (!order || *order > 0) return call.fail("feel.malformed_range", call[0].string());
  return out;
}

constexpr const char* kAnyTwo =
    "point1: any, point2: any; range1: any, range2: any; point: any, range: any; "
    "range: any, point: any";
constexpr const char* kRanges = "range1: range, range2: range";
constexpr const char* kRangeSecond = "point: any, range: range; range1: range, range2: range";
constexpr const char* kRangeFirst = "range: range, point: any; range1: range, range2: range";

constexpr BuiltinLine kLines[] = {
    {"range", "from: string", "range", to_range},
    {"before", kAnyTwo, "boolean", relate<before, false>},
    {"after", kAnyTwo, "boolean", relate<before, true>},
    {"meets", kRanges, "boolean", relate<meets, false>},
    {"met by", kRanges, "boolean", relate<meets, true>},
    {"overlaps", kRanges, "boolean", relate<overlaps, false>},
    {"overlaps before", kRanges, "boolean", relate<overlaps_before, false>},
    {"overlaps after", kRanges, "boolean", relate<overlaps_after, false>},
    {"finishes", kRangeSecond, "boolean", relate<finishes, false>},
    {"finished by", kRangeFirst, "boolean", relate<finishes, true>},
    {"includes", kRangeFirst, "boolean", relate<includes, false>},
    {"during", kRangeSecond, "boolean", relate<includes, true>},
    {"starts", kRangeSecond, "boolean", relate<starts_with, false>},
    {"started by", kRangeFirst, "boolean", relate<starts_with, true>},
    {"coincides", "point1: any, point2: any; range1: range, range2: range", "boolean",
     relate<coincides, false>},
};
}  // namespace

std::span<const BuiltinLine> range_builtins() { return kLines; }
}  // namespace hougu::feel
