#include "base/json.h"

#include <boost/json/basic_parser_impl.hpp>
#include <cmath>
#include <set>

namespace hougu {
namespace {

// Builds the value like Boost's own parser, and counts keys: Boost keeps the last of duplicate
// keys, so fewer members in the result than keys in the text means that some key came twice.
class BuildHandler {
 public:
  static constexpr std::size_t max_object_size = json::object::max_size();
  static constexpr std::size_t max_array_size = json::array::max_size();
  static constexpr std::size_t max_key_size = json::string::max_size();
  static constexpr std::size_t max_string_size = json::string::max_size();

  json::value take() { return stack_.release(); }
  std::size_t keys() const { return keys_; }

  bool on_document_begin(json::error_code&) {
    stack_.reset();
    return true;
  }
  bool on_document_end(json::error_code&) { return true; }
  bool on_object_begin(json::error_code&) { return true; }
  bool on_object_end(std::size_t size, json::error_code&) {
    stack_.push_object(size);
    return true;
  }
  bool on_array_begin(json::error_code&) { return true; }
  bool on_array_end(std::size_t size, json::error_code&) {
    stack_.push_array(size);
    return true;
  }
  bool on_key_part(json::string_view part, std::size_t, json::error_code&) {
    stack_.push_chars(part);
    return true;
  }
  bool on_key(json::string_view part, std::size_t, json::error_code&) {
    stack_.push_key(part);
    ++keys_;
    return true;
  }
  bool on_string_part(json::string_view part, std::size_t, json::error_code&) {
    stack_.push_chars(part);
    return true;
  }
  bool on_string(json::string_view part, std::size_t, json::error_code&) {
    stack_.push_string(part);
    return true;
  }
  bool on_number_part(json::string_view, json::error_code&) { return true; }
  bool on_int64(std::int64_t value, json::string_view, json::error_code&) {
    stack_.push_int64(value);
    return true;
  }
  bool on_uint64(std::uint64_t value, json::string_view, json::error_code&) {
    stack_.push_uint64(value);
    return true;
  }
  bool on_double(double value, json::string_view, json::error_code& error) {
    if (!std::isfinite(value)) {  // 1e999: no double holds it
      error = json::error::exponent_overflow;
      return false;
    }
    stack_.push_double(value);
    return true;
  }
  bool on_bool(bool value, json::error_code&) {
    stack_.push_bool(value);
    return true;
  }
  bool on_null(json::error_code&) {
    stack_.push_null();
    return true;
  }
  bool on_comment_part(json::string_view, json::error_code&) { return true; }
  bool on_comment(json::string_view, json::error_code&) { return true; }

 private:
  json::value_stack stack_;
  std::size_t keys_ = 0;
};

// The slow second reading that names the duplicate, run only when there is one.
class DuplicateFinder {
 public:
  static constexpr std::size_t max_object_size = json::object::max_size();
  static constexpr std::size_t max_array_size = json::array::max_size();
  static constexpr std::size_t max_key_size = json::string::max_size();
  static constexpr std::size_t max_string_size = json::string::max_size();

  std::string duplicate;

  bool on_document_begin(json::error_code&) { return true; }
  bool on_document_end(json::error_code&) { return true; }
  bool on_object_begin(json::error_code&) {
    objects_.emplace_back();
    return true;
  }
  bool on_object_end(std::size_t, json::error_code&) {
    objects_.pop_back();
    return true;
  }
  bool on_array_begin(json::error_code&) { return true; }
  bool on_array_end(std::size_t, json::error_code&) { return true; }
  bool on_key_part(json::string_view part, std::size_t, json::error_code&) {
    key_.append(part.data(), part.size());
    return true;
  }
  bool on_key(json::string_view part, std::size_t, json::error_code& error) {
    key_.append(part.data(), part.size());
    if (!objects_.back().insert(key_).second) {
      duplicate = key_;
      error = json::error::syntax;
      return false;
    }
    key_.clear();
    return true;
  }
  bool on_string_part(json::string_view, std::size_t, json::error_code&) { return true; }
  bool on_string(json::string_view, std::size_t, json::error_code&) { return true; }
  bool on_number_part(json::string_view, json::error_code&) { return true; }
  bool on_int64(std::int64_t, json::string_view, json::error_code&) { return true; }
  bool on_uint64(std::uint64_t, json::string_view, json::error_code&) { return true; }
  bool on_double(double, json::string_view, json::error_code&) { return true; }
  bool on_bool(bool, json::error_code&) { return true; }
  bool on_null(json::error_code&) { return true; }
  bool on_comment_part(json::string_view, json::error_code&) { return true; }
  bool on_comment(json::string_view, json::error_code&) { return true; }

 private:
  std::vector<std::set<std::string>> objects_;
  std::string key_;
};

// Recursion is bounded by JsonLimits::max_depth.
std::size_t count_members(const json::value& value) {
  std::size_t count = 0;
  if (const auto* object = value.if_object()) {
    count = object->size();
    for (const auto& member : *object) count += count_members(member.value());
  } else if (const auto* array = value.if_array()) {
    for (const auto& element : *array) count += count_members(element);
  }
  return count;
}

Error malformed(std::string code, std::map<std::string, std::string> params) {
  return {ErrorKind::kMalformed, std::move(code), {}, std::move(params)};
}

Result<json::value> parse_checked(std::string_view text, const JsonLimits& limits) {
  json::parse_options options;
  options.max_depth = limits.max_depth;
  json::basic_parser<BuildHandler> parser(options);
  json::error_code error;
  auto used = parser.write_some(false, text.data(), text.size(), error);
  if (!error && used < text.size()) error = json::error::extra_data;
  if (error == json::error::too_deep)
    return malformed("json.too_deep", {{"limit", std::to_string(limits.max_depth)}});
  if (error) return malformed("json.malformed", {{"position", std::to_string(used)}});
  auto value = parser.handler().take();
  if (count_members(value) == parser.handler().keys()) return value;

  json::basic_parser<DuplicateFinder> finder(options);
  finder.write_some(false, text.data(), text.size(), error);
  return malformed("json.duplicate_key", {{"key", finder.handler().duplicate}});
}
}  // namespace

Result<json::value> parse_json(std::string_view text, const JsonLimits& limits) {
  if (text.size() > limits.max_bytes) {
    return Error{
        ErrorKind::kTooLarge, "json.too_large", {}, {{"limit", std::to_string(limits.max_bytes)}}};
  }
  try {
    return parse_checked(text, limits);
  } catch (const std::exception& exception) {  // out of memory, a container's size limit
    return internal(exception.what());
  }
}

const json::value* find(const json::object& object, std::string_view key) {
  return object.if_contains(json::string_view(key.data(), key.size()));
}

std::optional<std::string_view> find_string(const json::object& object, std::string_view key) {
  const auto* value = find(object, key);
  const auto* text = value ? value->if_string() : nullptr;
  if (!text) return std::nullopt;
  return std::string_view(text->data(), text->size());
}

std::optional<std::int64_t> find_integer(const json::object& object, std::string_view key) {
  const auto* value = find(object, key);
  const auto* number = value ? value->if_int64() : nullptr;  // larger ones don't fit an int64
  if (!number) return std::nullopt;
  return *number;
}

std::optional<bool> find_bool(const json::object& object, std::string_view key) {
  const auto* value = find(object, key);
  const auto* flag = value ? value->if_bool() : nullptr;
  if (!flag) return std::nullopt;
  return *flag;
}

const json::object* find_object(const json::object& object, std::string_view key) {
  const auto* value = find(object, key);
  return value ? value->if_object() : nullptr;
}

const json::array* find_array(const json::object& object, std::string_view key) {
  const auto* value = find(object, key);
  return value ? value->if_array() : nullptr;
}
}  // namespace hougu
