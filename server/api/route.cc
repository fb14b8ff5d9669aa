#include "api/route.h"

#include <charconv>

#include "identity/context.h"

namespace hougu::api {
namespace {

std::optional<std::int64_t> integer_in(const std::string& text) {
  std::int64_t value = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (code != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

}  // namespace

std::string_view PathParams::operator[](std::string_view name) const {
  for (const auto& [key, value] : values_) {
    if (key == name) return value;
  }
  return {};
}

Result<Id> Call::id(std::string_view param) const {
  if (const auto parsed = Id::parse(params[param])) return *parsed;
  return not_found();
}

identity::Context Call::organisation() const {
  return {tx, who, services.ids, now, &services.sessions};
}

Result<int> Call::limit(int otherwise, int highest) const {
  const auto text = request.parameter("limit");
  if (!text || text->empty()) return otherwise;
  const auto value = integer_in(*text);
  if (!value || *value < 1 || *value > highest) {
    return Error{ErrorKind::kMalformed, "query.limit", "limit", {{"max", std::to_string(highest)}}};
  }
  return static_cast<int>(*value);
}

Result<std::int64_t> Call::before() const {
  const auto text = request.parameter("before");
  if (!text || text->empty()) return 0;
  const auto value = integer_in(*text);
  if (!value || *value < 0) return Error{ErrorKind::kMalformed, "query.cursor", "before"};
  return *value;
}

Route read(Method method, std::string pattern, Access access, std::string_view name,
           Handler handler) {
  Route route{method, std::move(pattern), access, Kind::kRead, Body::none(), name};
  route.handler = std::move(handler);
  return route;
}

Route write(Method method, std::string pattern, Access access, Body body, std::string_view name,
            Handler handler) {
  Route route{method, std::move(pattern), access, Kind::kWrite, std::move(body), name};
  route.handler = std::move(handler);
  return route;
}

Route direct(Method method, std::string pattern, Access access, Body body, std::string_view name,
             DirectHandler handler) {
  Route route{method, std::move(pattern), access, Kind::kDirect, std::move(body), name};
  route.direct = std::move(handler);
  return route;
}

}  // namespace hougu::api
