// The one JSON library of the project (Boost.JSON) under a short name.
// Numbers are int64/uint64/double: decimals, money and ids therefore travel as strings.
#pragma once

#include <boost/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace hougu {
namespace json = boost::json;

// Limits of any JSON that comes from outside; other text is refused with `json.too_large` (413),
// `json.too_deep`, `json.duplicate_key` {key} or `json.malformed` {position} (400); never a crash.
struct JsonLimits {
  std::size_t max_depth = 32;
  std::size_t max_bytes = 4u << 20;
};

// Parses strict JSON (no comments, valid UTF-8, no duplicate keys within an object).
Result<json::value> parse_json(std::string_view text, const JsonLimits& limits = {});

// Member access without exceptions. A missing key and a value of another kind give nullptr/nullopt.
const json::value* find(const json::object& object, std::string_view key);
std::optional<std::string_view> find_string(const json::object& object, std::string_view key);
std::optional<std::int64_t> find_integer(const json::object& object, std::string_view key);
std::optional<bool> find_bool(const json::object& object, std::string_view key);
const json::object* find_object(const json::object& object, std::string_view key);
const json::array* find_array(const json::object& object, std::string_view key);
}  // namespace hougu
