#include "http/response_head.h"

#include <charconv>
#include <chrono>
#include <cstdio>

#include "base/json.h"

namespace hougu::http {
namespace {

// Compares a header's name with one in lower case.
bool name_is(std::string_view name, std::string_view lower_case) {
  if (name.size() != lower_case.size()) return false;
  for (std::size_t i = 0; i < name.size(); ++i)
    if ((name[i] | 0x20) != (lower_case[i] | 0x20)) return false;
  return true;
}

bool belongs_to_connection(std::string_view name) {
  switch (name.size()) {
    case 4:
      return name_is(name, "date");
    case 10:
      return name_is(name, "connection");
    case 12:
      return name_is(name, "x-request-id");
    case 14:
      return name_is(name, "content-length");
    case 17:
      return name_is(name, "transfer-encoding");
    default:
      return false;
  }
}

bool is_token(std::string_view name) {
  constexpr std::string_view kOthers = "!#$%&'*+-.^_`|~";
  for (const char c : name) {
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
    if (!letter && kOthers.find(c) == std::string_view::npos) return false;
  }
  return !name.empty();
}

void append_value(std::string& out, std::string_view value) {
  const auto start = out.size();
  out += value;
  if (value.find_first_of(std::string_view("\r\n\0", 3)) == std::string_view::npos) return;
  for (auto at = start; at < out.size(); ++at)
    if (out[at] == '\r' || out[at] == '\n' || out[at] == '\0') out[at] = ' ';
}

void append_number(std::string& out, std::uint64_t number) {
  char digits[20];
  const auto end = std::to_chars(digits, digits + sizeof digits, number).ptr;
  out.append(digits, static_cast<std::size_t>(end - digits));
}
}  // namespace

std::string_view reason_phrase(int status) {
  struct Phrase {
    int status;
    std::string_view text;
  };
  static constexpr Phrase kPhrases[] = {{200, "OK"},
                                        {201, "Created"},
                                        {202, "Accepted"},
                                        {204, "No Content"},
                                        {206, "Partial Content"},
                                        {301, "Moved Permanently"},
                                        {302, "Found"},
                                        {303, "See Other"},
                                        {304, "Not Modified"},
                                        {307, "Temporary Redirect"},
                                        {308, "Permanent Redirect"},
                                        {400, "Bad Request"},
                                        {401, "Unauthorized"},
                                        {403, "Forbidden"},
                                        {404, "Not Found"},
                                        {405, "Method Not Allowed"},
                                        {406, "Not Acceptable"},
                                        {408, "Request Timeout"},
                                        {409, "Conflict"},
                                        {410, "Gone"},
                                        {412, "Precondition Failed"},
                                        {413, "Content Too Large"},
                                        {415, "Unsupported Media Type"},
                                        {416, "Range Not Satisfiable"},
                                        {417, "Expectation Failed"},
                                        {422, "Unprocessable Content"},
                                        {429, "Too Many Requests"},
                                        {431, "Request Header Fields Too Large"},
                                        {500, "Internal Server Error"},
                                        {501, "Not Implemented"},
                                        {502, "Bad Gateway"},
                                        {503, "Service Unavailable"},
                                        {505, "HTTP Version Not Supported"},
                                        {507, "Insufficient Storage"}};
  for (const auto& phrase : kPhrases)
    if (phrase.status == status) return phrase.text;
  return "Status";
}

bool has_no_body(int status) { return status < 200 || status == 204 || status == 304; }

void append_head(std::string& out, const Response& response, const Framing& framing) {
  out += "HTTP/1.1 ";
  append_number(out, static_cast<std::uint64_t>(response.status));
  out += ' ';
  out += reason_phrase(response.status);
  out += "\r\nDate: ";
  out += framing.date;
  for (const auto& [name, value] : response.headers) {
    if (belongs_to_connection(name) || !is_token(name)) continue;
    out += "\r\n";
    out += name;
    out += ": ";
    append_value(out, value);
  }
  if (framing.chunked) {
    out += "\r\nTransfer-Encoding: chunked";
  } else if (framing.length && !has_no_body(response.status)) {
    out += "\r\nContent-Length: ";
    append_number(out, *framing.length);
  }
  if (!framing.request_id.empty()) {
    out += "\r\nX-Request-Id: ";
    out += framing.request_id;
  }
  if (framing.close) {
    out += "\r\nConnection: close";
  } else if (framing.http_1_0) {
    out += "\r\nConnection: keep-alive";
  }
  out += "\r\n\r\n";
}

Response error_response(int status, std::string_view code, const ErrorText& text,
                        std::string_view accept_language, std::string_view request_id) {
  const auto message = text ? text(code, accept_language) : std::string(code);
  json::object body;
  body["code"] = json::string_view(code.data(), code.size());
  body["message"] = message;
  if (!request_id.empty())
    body["request"] = json::string_view(request_id.data(), request_id.size());
  Response response;
  response.status = status;
  response.set("Content-Type", "application/json; charset=utf-8");
  response.set("Cache-Control", "no-store");
  if (status == 503) response.set("Retry-After", "2");
  response.body = json::serialize(body);
  return response;
}

std::string http_date(std::int64_t unix_seconds) {
  static constexpr const char* kDays[] = {"Sun", "Mon", "Tue", "Wed", "Thu", "Fri", "Sat"};
  static constexpr const char* kMonths[] = {"Jan", "Feb", "Mar", "Apr", "May", "Jun",
                                            "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  const std::chrono::sys_seconds time{std::chrono::seconds(unix_seconds)};
  const auto day = std::chrono::floor<std::chrono::days>(time);
  const std::chrono::year_month_day date(day);
  const std::chrono::hh_mm_ss clock(time - day);
  char buffer[64];
  const int length = std::snprintf(
      buffer, sizeof buffer, "%s, %02u %s %04d %02d:%02d:%02d GMT",
      kDays[std::chrono::weekday(day).c_encoding()], static_cast<unsigned>(date.day()),
      kMonths[static_cast<unsigned>(date.month()) - 1], static_cast<int>(date.year()),
      static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
      static_cast<int>(clock.seconds().count()));
  return {buffer, static_cast<std::size_t>(length)};
}
}  // namespace hougu::http
