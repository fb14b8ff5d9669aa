// A FEEL value: 24 bytes, cheap to copy. Numbers, dates, times and durations lie inside; strings,
// lists, contexts, ranges and functions are shared, counted and immutable, so that values may be
// read from several threads.
#pragma once

#include <atomic>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "feel/calendar.h"
#include "feel/number.h"

namespace hougu::feel {

enum class Kind : std::uint8_t {
  kNull,
  kBoolean,
  kNumber,
  kDate,
  kTime,
  kDateTime,
  kDayTime,    // days and time duration
  kYearMonth,  // years and months duration
  kString,     // from here on shared objects
  kRange,
  kList,
  kContext,
  kFunction,
};

// The name of a kind as FEEL writes it: "number", "date and time", …
std::string_view kind_name(Kind kind);

class Value;
struct Range;
struct ContextEntry;
class List;
class Context;
class Function;

class Object {
 public:
  Object() = default;
  Object(const Object&) = delete;
  Object& operator=(const Object&) = delete;
  virtual ~Object() = default;

 private:
  friend class Value;
  mutable std::atomic<std::uint32_t> count_{1};
};

class Value {
 public:
  Value() = default;
  Value(const Value& other)
      : a_(other.a_), b_(other.b_), c_(other.c_), kind_(other.kind_), flag_(other.flag_) {
    if (shared()) object()->count_.fetch_add(1, std::memory_order_relaxed);
  }
  Value(Value&& other) noexcept
      : a_(other.a_), b_(other.b_), c_(other.c_), kind_(other.kind_), flag_(other.flag_) {
    other.kind_ = Kind::kNull;
  }
  Value& operator=(const Value& other) noexcept {
    Value copy(other);
    swap(copy);
    return *this;
  }
  Value& operator=(Value&& other) noexcept {
    if (this == &other) return *this;
    const Object* before = shared() ? object() : nullptr;
    a_ = other.a_;
    b_ = other.b_;
    c_ = other.c_;
    kind_ = other.kind_;
    flag_ = other.flag_;
    other.kind_ = Kind::kNull;
    if (before != nullptr) release(before);
    return *this;
  }
  ~Value() {
    if (shared()) release(object());
  }
  void swap(Value& other) noexcept {
    std::swap(a_, other.a_);
    std::swap(b_, other.b_);
    std::swap(c_, other.c_);
    std::swap(kind_, other.kind_);
    std::swap(flag_, other.flag_);
  }

  Value(const Number& number)  // NOLINT: a number is a value
      : a_(number.low()),
        b_(number.high()),
        c_(number.exponent()),
        kind_(Kind::kNumber),
        flag_(number.sign()) {}
  Value(const Time& time);        // NOLINT
  Value(const DateTime& moment);  // NOLINT
  static Value boolean(bool value);
  static Value boolean(std::optional<bool> value) { return value ? boolean(*value) : Value(); }
  static Value integer(std::int64_t value) { return Number(value); }
  static Value number(const MaybeNumber& value) { return value ? Value(*value) : Value(); }
  static Value string(std::string text);
  static Value date(std::int64_t days);
  static Value day_time(i128 nanos);
  static Value year_month(std::int64_t months);
  static Value range(Range range);
  static Value list(std::vector<Value> items);
  static Value context(std::vector<ContextEntry> entries);
  // Takes over a new object.
  static Value function(Function* made);

  Kind kind() const { return kind_; }
  bool is(Kind kind) const { return kind_ == kind; }
  bool is_null() const { return kind_ == Kind::kNull; }
  bool is_true() const { return kind_ == Kind::kBoolean && a_ != 0; }
  bool is_false() const { return kind_ == Kind::kBoolean && a_ == 0; }

  // Each only for its kind.
  Number number() const { return Number::raw(a_, b_, c_, flag_); }
  const std::string& string() const;
  std::int64_t days() const { return static_cast<std::int64_t>(a_); }
  Time time() const;
  DateTime date_time() const;
  i128 nanos() const { return static_cast<i128>((static_cast<u128>(b_) << 64) | a_); }
  std::int64_t months() const { return static_cast<std::int64_t>(a_); }
  const Range& range() const;
  const std::vector<Value>& list() const;
  const Context& context() const;
  const Function& function() const;
  // How deeply lists and contexts are nested in it; 0 for a plain value.
  std::uint32_t depth() const;
  // About how much work it is to walk through all of it: 1 for a plain value, more for long
  // strings; values that are shared inside it count as often as they are met.
  std::uint32_t weight() const { return shared() ? shared_weight() : 1; }

 private:
  bool shared() const { return kind_ >= Kind::kString; }
  const Object* object() const { return reinterpret_cast<const Object*>(a_); }
  static void release(const Object* object);
  std::uint32_t shared_weight() const;
  static Value from(Kind kind, const Object* object);

  std::uint64_t a_ = 0;
  std::uint64_t b_ = 0;
  std::int32_t c_ = 0;
  Kind kind_ = Kind::kNull;
  bool flag_ = false;
};

// An end that is null and open-ended is unbounded; one that is null and not open-ended is unknown.
struct Range {
  Value start{};
  Value end{};
  bool start_included = false;
  bool end_included = false;
  bool start_open_ended = false;
  bool end_open_ended = false;
};

struct ContextEntry {
  std::string key;
  Value value;
};

class Text final : public Object {
 public:
  explicit Text(std::string value) : text(std::move(value)) {}
  const std::string text;
};

class RangeObject final : public Object {
 public:
  explicit RangeObject(Range value) : range(std::move(value)) {}
  const Range range;
};

class List final : public Object {
 public:
  explicit List(std::vector<Value> values);
  const std::vector<Value> items;
  const std::uint32_t depth;
  const std::uint32_t weight;
};

class Context final : public Object {
 public:
  explicit Context(std::vector<ContextEntry> values);
  // nullptr when absent.
  const Value* find(std::string_view key) const;
  const std::vector<ContextEntry> entries;
  const std::uint32_t depth;
  const std::uint32_t weight;

 private:
  std::unordered_map<std::string_view, std::size_t> index_{};  // of the larger ones
};

// The text FEEL's string() gives; strings inside lists and contexts are quoted.
std::string to_text(const Value& value);

// Equality: nullopt when the kinds cannot be compared. null equals null only.
std::optional<bool> equal(const Value& a, const Value& b);
// The order of numbers, strings (by code point), dates, times and durations; nullopt otherwise.
std::optional<int> compare(const Value& a, const Value& b);
// FEEL's is(): the same element of the value space, zones included.
bool same(const Value& a, const Value& b);
// Whether a value lies in a range; nullopt when it cannot be compared.
std::optional<bool> contains(const Range& range, const Value& value);
}  // namespace hougu::feel
