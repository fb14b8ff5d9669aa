#include "process/state/values.h"

#include <algorithm>
#include <limits>

namespace hougu::process {
namespace {
using feel::Kind;
using feel::Value;

json::object tagged(std::string_view tag, json::value inside) {
  json::object out;
  out.emplace(tag, std::move(inside));
  return out;
}

json::value number_json(const feel::Number& number) {
  // "1.0" and "1" are the same number, but only the second is written as a whole one.
  if (number.exponent() == 0) {
    if (const auto whole = number.to_integer()) return *whole;
  }
  const feel::u128 coefficient = number.coefficient();
  json::array parts;
  parts.emplace_back(number.sign() ? 1 : 0);
  parts.emplace_back(static_cast<std::uint64_t>(coefficient >> 64));
  parts.emplace_back(static_cast<std::uint64_t>(coefficient));
  parts.emplace_back(number.exponent());
  return tagged("@number", std::move(parts));
}

std::uint64_t unsigned_of(const json::value& source) {
  if (source.is_uint64()) return source.as_uint64();
  return source.is_int64() ? static_cast<std::uint64_t>(source.as_int64()) : 0;
}

Value number_from(const json::value& source) {
  if (!source.is_array() || source.as_array().size() != 4) return {};
  const json::array& parts = source.as_array();
  if (!parts[3].is_int64()) return {};
  const feel::u128 coefficient =
      (static_cast<feel::u128>(unsigned_of(parts[1])) << 64) | unsigned_of(parts[2]);
  return Value::number(
      feel::Number::make(unsigned_of(parts[0]) == 1, coefficient, parts[3].as_int64()));
}

json::value context_json(const feel::Context& context) {
  const bool ambiguous =
      std::any_of(context.entries.begin(), context.entries.end(),
                  [](const auto& one) { return !one.key.empty() && one.key[0] == '@'; });
  if (!ambiguous) {
    json::object out;
    for (const auto& entry : context.entries) out.insert_or_assign(entry.key, to_json(entry.value));
    return out;
  }
  json::array pairs;
  for (const auto& entry : context.entries) {
    pairs.push_back(json::array{json::value(entry.key), to_json(entry.value)});
  }
  return tagged("@context", std::move(pairs));
}

json::value range_json(const feel::Range& range) {
  const int flags = (range.start_included ? 1 : 0) | (range.end_included ? 2 : 0) |
                    (range.start_open_ended ? 4 : 0) | (range.end_open_ended ? 8 : 0);
  return tagged("@range", json::array{to_json(range.start), to_json(range.end), flags});
}

Value range_from(const json::value& source) {
  if (!source.is_array() || source.as_array().size() != 3) return {};
  const json::array& parts = source.as_array();
  const std::uint64_t flags = unsigned_of(parts[2]);
  feel::Range out;
  out.start = value_from_json(parts[0]);
  out.end = value_from_json(parts[1]);
  out.start_included = (flags & 1) != 0;
  out.end_included = (flags & 2) != 0;
  out.start_open_ended = (flags & 4) != 0;
  out.end_open_ended = (flags & 8) != 0;
  return Value::range(std::move(out));
}

Value context_from(const json::value& source) {
  std::vector<feel::ContextEntry> entries;
  if (!source.is_array()) return {};
  for (const json::value& pair : source.as_array()) {
    if (!pair.is_array() || pair.as_array().size() != 2 || !pair.as_array()[0].is_string()) {
      return {};
    }
    entries.push_back(
        {std::string(pair.as_array()[0].as_string()), value_from_json(pair.as_array()[1])});
  }
  return Value::context(std::move(entries));
}

Value tagged_from(std::string_view tag, const json::value& inside) {
  if (tag == "@number") return number_from(inside);
  if (tag == "@range") return range_from(inside);
  if (tag == "@context") return context_from(inside);
  if (!inside.is_string()) return {};
  const std::string_view text = inside.as_string();
  if (tag == "@date") {
    const auto days = feel::parse_date(text);
    return days ? Value::date(*days) : Value();
  }
  if (tag == "@time") {
    const auto time = feel::parse_time(text);
    return time ? Value(*time) : Value();
  }
  if (tag == "@dateTime") {
    const auto moment = feel::parse_date_time(text);
    return moment ? Value(*moment) : Value();
  }
  if (tag == "@days") {
    const auto nanos = feel::parse_day_time(text);
    return nanos ? Value::day_time(*nanos) : Value();
  }
  if (tag == "@months") {
    const auto months = feel::parse_year_month(text);
    return months ? Value::year_month(*months) : Value();
  }
  return {};
}
}  // namespace

json::value to_json(const Value& value) {
  switch (value.kind()) {
    case Kind::kNull:
    case Kind::kFunction:
      return nullptr;
    case Kind::kBoolean:
      return value.is_true();
    case Kind::kNumber:
      return number_json(value.number());
    case Kind::kDate:
      return tagged("@date", json::value(feel::date_text(value.days())));
    case Kind::kTime:
      return tagged("@time", json::value(feel::time_text(value.time())));
    case Kind::kDateTime:
      return tagged("@dateTime", json::value(feel::date_time_text(value.date_time())));
    case Kind::kDayTime:
      return tagged("@days", json::value(feel::day_time_text(value.nanos())));
    case Kind::kYearMonth:
      return tagged("@months", json::value(feel::year_month_text(value.months())));
    case Kind::kString:
      return json::value(value.string());
    case Kind::kRange:
      return range_json(value.range());
    case Kind::kList: {
      json::array out;
      for (const Value& one : value.list()) out.push_back(to_json(one));
      return out;
    }
    case Kind::kContext:
      return context_json(value.context());
  }
  return nullptr;
}

Value value_from_json(const json::value& source) {
  switch (source.kind()) {
    case json::kind::bool_:
      return Value::boolean(source.as_bool());
    case json::kind::int64:
      return Value::integer(source.as_int64());
    case json::kind::string:
      return Value::string(std::string(source.as_string()));
    case json::kind::array: {
      std::vector<Value> items;
      for (const json::value& one : source.as_array()) items.push_back(value_from_json(one));
      return Value::list(std::move(items));
    }
    case json::kind::object: {
      const json::object& object = source.as_object();
      if (object.size() == 1 && !object.begin()->key().empty() && object.begin()->key()[0] == '@') {
        return tagged_from(object.begin()->key(), object.begin()->value());
      }
      std::vector<feel::ContextEntry> entries;
      for (const auto& member : object) {
        entries.push_back({std::string(member.key()), value_from_json(member.value())});
      }
      return Value::context(std::move(entries));
    }
    default:
      return {};
  }
}
}  // namespace hougu::process
