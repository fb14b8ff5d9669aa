#include "feel/value.h"

#include <algorithm>

#include "feel/function.h"

namespace hougu::feel {
namespace {
template <typename Items, typename Get>
std::uint32_t depth_of(const Items& items, Get get) {
  std::uint32_t deepest = 0;
  for (const auto& item : items) deepest = std::max(deepest, get(item).depth());
  return deepest + 1;
}
template <typename Items, typename Get>
std::uint32_t weight_of(const Items& items, Get get) {
  std::uint64_t sum = 1;
  for (const auto& item : items) sum += get(item).weight();
  return static_cast<std::uint32_t>(std::min<std::uint64_t>(sum, UINT32_MAX));
}
const Value& itself(const Value& item) { return item; }
const Value& value_of(const ContextEntry& entry) { return entry.value; }
constexpr std::size_t kIndexed = 12;  // entries from which an index pays
}  // namespace

std::string_view kind_name(Kind kind) {
  static constexpr std::string_view kNames[] = {"null",
                                                "boolean",
                                                "number",
                                                "date",
                                                "time",
                                                "date and time",
                                                "days and time duration",
                                                "years and months duration",
                                                "string",
                                                "range",
                                                "list",
                                                "context",
                                                "function"};
  return kNames[static_cast<std::size_t>(kind)];
}

void Value::release(const Object* object) {
  if (object->count_.fetch_sub(1, std::memory_order_acq_rel) == 1) delete object;
}

Value Value::from(Kind kind, const Object* object) {
  Value out;
  out.a_ = reinterpret_cast<std::uint64_t>(object);
  out.kind_ = kind;
  return out;
}

Value::Value(const Time& time)
    : a_(static_cast<std::uint64_t>(time.seconds)), c_(time.nanos), kind_(Kind::kTime) {
  a_ |= static_cast<std::uint64_t>(time.zone.kind) << 32;
  b_ = time.zone.kind == Zone::Kind::kRegion
           ? reinterpret_cast<std::uint64_t>(time.zone.region)
           : static_cast<std::uint64_t>(static_cast<std::int64_t>(time.zone.offset));
}

Value::Value(const DateTime& moment)
    : a_(static_cast<std::uint64_t>(moment.seconds)), kind_(Kind::kDateTime) {
  // The two top bits of the nanoseconds are free for the kind of the zone.
  c_ = static_cast<std::int32_t>(static_cast<std::uint32_t>(moment.nanos) |
                                 (static_cast<std::uint32_t>(moment.zone.kind) << 30));
  b_ = moment.zone.kind == Zone::Kind::kRegion
           ? reinterpret_cast<std::uint64_t>(moment.zone.region)
           : static_cast<std::uint64_t>(static_cast<std::int64_t>(moment.zone.offset));
}

namespace {
Zone zone_from(std::uint32_t kind, std::uint64_t bits) {
  Zone out;
  out.kind = static_cast<Zone::Kind>(kind);
  if (out.kind == Zone::Kind::kRegion) {
    out.region = reinterpret_cast<const void*>(bits);
  } else {
    out.offset = static_cast<std::int32_t>(static_cast<std::int64_t>(bits));
  }
  return out;
}
}  // namespace

Time Value::time() const {
  return {static_cast<std::int32_t>(a_ & 0xffffffffu), c_,
          zone_from(static_cast<std::uint32_t>(a_ >> 32), b_)};
}

DateTime Value::date_time() const {
  const auto bits = static_cast<std::uint32_t>(c_);
  return {static_cast<std::int64_t>(a_), static_cast<std::int32_t>(bits & 0x3fffffffu),
          zone_from(bits >> 30, b_)};
}

Value Value::boolean(bool value) {
  Value out;
  out.a_ = value ? 1 : 0;
  out.kind_ = Kind::kBoolean;
  return out;
}
Value Value::date(std::int64_t days) {
  Value out;
  out.a_ = static_cast<std::uint64_t>(days);
  out.kind_ = Kind::kDate;
  return out;
}
Value Value::day_time(i128 nanos) {
  Value out;
  out.a_ = static_cast<std::uint64_t>(static_cast<u128>(nanos));
  out.b_ = static_cast<std::uint64_t>(static_cast<u128>(nanos) >> 64);
  out.kind_ = Kind::kDayTime;
  return out;
}
Value Value::year_month(std::int64_t months) {
  Value out;
  out.a_ = static_cast<std::uint64_t>(months);
  out.kind_ = Kind::kYearMonth;
  return out;
}
Value Value::string(std::string text) { return from(Kind::kString, new Text(std::move(text))); }
Value Value::range(Range range) { return from(Kind::kRange, new RangeObject(std::move(range))); }
Value Value::list(std::vector<Value> items) {
  return from(Kind::kList, new List(std::move(items)));
}
Value Value::context(std::vector<ContextEntry> entries) {
  return from(Kind::kContext, new Context(std::move(entries)));
}
Value Value::function(Function* made) { return from(Kind::kFunction, made); }

const std::string& Value::string() const { return static_cast<const Text*>(object())->text; }
const Range& Value::range() const { return static_cast<const RangeObject*>(object())->range; }
const std::vector<Value>& Value::list() const { return static_cast<const List*>(object())->items; }
const Context& Value::context() const { return *static_cast<const Context*>(object()); }
const Function& Value::function() const { return *static_cast<const Function*>(object()); }

std::uint32_t Value::depth() const {
  switch (kind_) {
    case Kind::kList:
      return static_cast<const List*>(object())->depth;
    case Kind::kContext:
      return context().depth;
    case Kind::kRange:
      return 1 + std::max(range().start.depth(), range().end.depth());
    case Kind::kFunction:
      return function().depth;
    default:
      return 0;
  }
}

std::uint32_t Value::shared_weight() const {
  switch (kind_) {
    case Kind::kString:
      return 1 + static_cast<std::uint32_t>(string().size() / 32);
    case Kind::kList:
      return static_cast<const List*>(object())->weight;
    case Kind::kContext:
      return context().weight;
    case Kind::kRange:
      return range().start.weight() / 2 + range().end.weight() / 2 + 1;
    default:
      return 1;
  }
}

List::List(std::vector<Value> values)
    : items(std::move(values)), depth(depth_of(items, itself)), weight(weight_of(items, itself)) {}

Context::Context(std::vector<ContextEntry> values)
    : entries(std::move(values)),
      depth(depth_of(entries, value_of)),
      weight(weight_of(entries, value_of)) {
  if (entries.size() < kIndexed) return;
  index_.reserve(entries.size());
  for (std::size_t i = 0; i < entries.size(); ++i) index_.emplace(entries[i].key, i);
}

const Value* Context::find(std::string_view key) const {
  if (!index_.empty()) {
    const auto found = index_.find(key);
    return found == index_.end() ? nullptr : &entries[found->second].value;
  }
  for (const ContextEntry& entry : entries) {
    if (entry.key == key) return &entry.value;
  }
  return nullptr;
}
}  // namespace hougu::feel
