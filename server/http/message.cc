#include "http/message.h"

#include <unistd.h>

#include "base/text.h"
#include "http/url.h"

namespace hougu::http {
namespace {

// Calls visit(raw name, raw value) for each parameter until it returns false.
template <typename Visit>
void each_parameter(std::string_view query, Visit visit) {
  while (!query.empty()) {
    const auto end = query.find('&');
    const auto pair = query.substr(0, end);
    query.remove_prefix(end == std::string_view::npos ? query.size() : end + 1);
    if (pair.empty()) continue;
    const auto equals = pair.find('=');
    const auto value =
        equals == std::string_view::npos ? std::string_view{} : pair.substr(equals + 1);
    if (!visit(pair.substr(0, equals), value)) return;
  }
}
}  // namespace

std::string_view method_name(Method method) {
  switch (method) {
    case Method::kGet:
      return "GET";
    case Method::kHead:
      return "HEAD";
    case Method::kPost:
      return "POST";
    case Method::kPut:
      return "PUT";
    case Method::kPatch:
      return "PATCH";
    case Method::kDelete:
      return "DELETE";
    case Method::kOptions:
      return "OPTIONS";
  }
  return "GET";
}

int status_of(ErrorKind kind) {
  switch (kind) {
    case ErrorKind::kInvalid:
      return 422;
    case ErrorKind::kMalformed:
      return 400;
    case ErrorKind::kUnauthenticated:
      return 401;
    case ErrorKind::kForbidden:
      return 403;
    case ErrorKind::kNotFound:
      return 404;
    case ErrorKind::kConflict:
      return 409;
    case ErrorKind::kTooLarge:
      return 413;
    case ErrorKind::kUnsupportedType:
      return 415;
    case ErrorKind::kTooManyRequests:
      return 429;
    case ErrorKind::kInternal:
      return 500;
    case ErrorKind::kUnavailable:
      return 503;
    case ErrorKind::kStorageFull:
      return 507;
  }
  return 500;
}

SpooledBody::SpooledBody(std::string path, std::uint64_t size, std::string sha256_hex)
    : path_(std::move(path)), size_(size), sha256_(std::move(sha256_hex)) {}

SpooledBody::~SpooledBody() {
  if (!kept_) ::unlink(path_.c_str());
}

std::string_view Request::header(std::string_view lower_case_name) const {
  for (const auto& [name, value] : headers)
    if (name == lower_case_name) return value;
  return {};
}

std::optional<std::string> Request::parameter(std::string_view name) const {
  std::optional<std::string> found;
  each_parameter(query, [&](std::string_view raw_name, std::string_view raw_value) {
    if (raw_name != name && percent_decode(raw_name, true) != name) return true;
    found = percent_decode(raw_value, true);
    return !found;
  });
  return found;
}

std::vector<std::pair<std::string, std::string>> Request::parameters() const {
  std::vector<std::pair<std::string, std::string>> out;
  each_parameter(query, [&](std::string_view raw_name, std::string_view raw_value) {
    auto name = percent_decode(raw_name, true);
    auto value = percent_decode(raw_value, true);
    if (name && value) out.emplace_back(std::move(*name), std::move(*value));
    return true;
  });
  return out;
}

std::optional<std::string> Request::cookie(std::string_view name) const {
  for (const auto& [header_name, value] : headers) {
    if (header_name != "cookie") continue;
    std::string_view rest = value;
    while (!rest.empty()) {
      const auto end = rest.find(';');
      const auto pair = trimmed(rest.substr(0, end));
      rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
      if (pair.size() > name.size() && pair[name.size()] == '=' &&
          pair.substr(0, name.size()) == name)
        return std::string(pair.substr(name.size() + 1));
    }
  }
  return std::nullopt;
}
}  // namespace hougu::http
