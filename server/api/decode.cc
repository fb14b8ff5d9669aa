#include "api/decode.h"

#include "base/text.h"
#include "identity/context.h"

namespace hougu::api {
namespace {

constexpr std::size_t kMaxComplaints = 50;

bool is_json_type(std::string_view content_type) {
  const std::string type = folded(trimmed(content_type.substr(0, content_type.find(';'))));
  return type == "application/json" ||
         (type.starts_with("application/") && type.ends_with("+json"));
}

bool has_type(const json::value& value, Type type) {
  switch (type) {
    case Type::kAny:
      return true;
    case Type::kString:
      return value.is_string();
    case Type::kInteger:
      return value.is_int64();
    case Type::kNumber:
      return value.is_number();
    case Type::kBoolean:
      return value.is_bool();
    case Type::kObject:
      return value.is_object();
    case Type::kArray:
      return value.is_array();
    case Type::kId:
      return identity::reference_in(value).has_value();
    case Type::kDateTime: {
      Millis unused = 0;
      return value.is_string() && parse_rfc3339(value.as_string(), unused);
    }
  }
  return false;
}

std::string_view type_complaint(Type type) {
  if (type == Type::kId) return "field.reference";
  if (type == Type::kDateTime) return "field.date_time";
  return "field.type";
}

void check_member(const Member& member, json::object& body, std::vector<FieldError>& complaints) {
  const auto complain = [&](std::string_view code, std::map<std::string, std::string> params = {}) {
    complaints.push_back({std::string(member.name), std::string(code), std::move(params)});
  };
  json::value* value = body.if_contains(member.name);
  const bool empty = value == nullptr || value->is_null() ||
                     (value->is_string() && trimmed(value->as_string()).empty());
  if (empty) {
    if (member.required) complain("field.required");
    return;
  }
  if (!has_type(*value, member.type)) return complain(type_complaint(member.type));
  if (member.type == Type::kId) *value = identity::reference_in(*value)->text();
  if (!value->is_string()) return;
  const std::string_view text = value->as_string();
  if (text.find('\0') != std::string_view::npos) return complain("field.characters");
  if (text.size() > member.max_length && count_code_points(text) > member.max_length) {
    complain("field.too_long", {{"max", std::to_string(member.max_length)}});
  }
}

bool is_known(const Body& rule, std::string_view name) {
  for (const Member& member : rule.members) {
    if (member.name == name) return true;
  }
  return false;
}

Result<void> check_members(const Body& rule, json::object& body) {
  std::vector<FieldError> complaints;
  for (const Member& member : rule.members) check_member(member, body, complaints);
  if (!rule.open) {
    for (const auto& [name, value] : body) {
      if (complaints.size() >= kMaxComplaints) break;
      if (!is_known(rule, name)) {
        complaints.push_back({std::string(std::string_view(name).substr(0, 100)), "field.unknown"});
      }
    }
  }
  if (complaints.empty()) return {};
  Error error{ErrorKind::kInvalid, "validation"};
  error.fields = std::move(complaints);
  return error;
}

}  // namespace

Result<json::value> decode_body(const Body& rule, const http::Request& request) {
  if (rule.form != Body::Form::kJson) return json::value();
  json::value body = json::object();
  if (!trimmed(request.body).empty()) {
    if (!is_json_type(request.header("content-type"))) {
      return Error{ErrorKind::kUnsupportedType, "request.not_json"};
    }
    JsonLimits limits;
    limits.max_bytes = rule.max_bytes;
    HOUGU_TRY(body, parse_json(request.body, limits));
    if (body.is_array() && !rule.array_as.empty()) {
      body = json::object{{rule.array_as, std::move(body)}};
    }
    if (!body.is_object()) return Error{ErrorKind::kMalformed, "request.not_object"};
  }
  HOUGU_CHECK(check_members(rule, body.as_object()));
  return body;
}

}  // namespace hougu::api
