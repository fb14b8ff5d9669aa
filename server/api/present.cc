#include "api/present.h"

namespace hougu::api {
namespace {

// The text of a code; where a code has none, what its kind says.
std::string text_of(const std::string& code, ErrorKind kind, const Messages& messages,
                    Locale locale, const std::map<std::string, std::string>& params) {
  const std::string key = "error." + code;
  if (messages.has(key)) return messages.text(locale, key, params);
  return messages.text(locale, "error.status_" + std::to_string(status_of(kind)), params);
}

}  // namespace

void add_json_headers(http::Response& response) {
  response.set("content-type", "application/json; charset=utf-8");
  response.set("cache-control", "no-store");
  response.set("x-content-type-options", "nosniff");
}

json::object error_json(const Error& error, const Messages& messages, Locale locale,
                        std::string_view request_id) {
  json::object body{{"code", error.code},
                    {"message", text_of(error.code, error.kind, messages, locale, error.params)}};
  if (!error.field.empty()) body["field"] = error.field;
  json::object details;
  if (!error.details_json.empty()) {
    if (auto parsed = parse_json(error.details_json); parsed.ok() && parsed->is_object()) {
      details = std::move(parsed->as_object());
    }
  }
  if (!error.fields.empty()) {
    json::array fields;
    for (const FieldError& one : error.fields) {
      fields.push_back(
          {{"field", one.field},
           {"code", one.code},
           {"message", text_of(one.code, ErrorKind::kInvalid, messages, locale, one.params)}});
    }
    details["fields"] = std::move(fields);
  }
  if (!details.empty()) body["details"] = std::move(details);
  body["request"] = request_id;
  return body;
}

http::Response error_response(const Error& error, const Messages& messages, Locale locale,
                              std::string_view request_id) {
  http::Response response;
  response.status = status_of(error.kind);
  response.body = json::serialize(error_json(error, messages, locale, request_id));
  add_json_headers(response);
  if (const auto seconds = error.params.find("seconds");
      response.status == 429 && seconds != error.params.end()) {
    response.set("retry-after", seconds->second);
  }
  if (response.status == 503) response.set("retry-after", "1");
  return response;
}

http::Response plain_error(int status, std::string_view code, const Messages& messages,
                           Locale locale, std::string_view request_id) {
  http::Response response;
  response.status = status;
  response.body =
      json::serialize(json::object{{"code", code},
                                   {"message", messages.text(locale, "error." + std::string(code))},
                                   {"request", request_id}});
  add_json_headers(response);
  return response;
}

http::Response answer_response(Answer answer) {
  if (answer.response) {
    http::Response response = std::move(*answer.response);
    for (auto& [name, value] : answer.headers) response.set(std::move(name), std::move(value));
    response.set("x-content-type-options", "nosniff");
    return response;
  }
  http::Response response;
  response.status = answer.status;
  if (answer.status != 204) {
    response.body = json::serialize(answer.body);
    add_json_headers(response);
  } else {
    response.set("cache-control", "no-store");
  }
  for (auto& [name, value] : answer.headers) response.set(std::move(name), std::move(value));
  return response;
}

}  // namespace hougu::api
