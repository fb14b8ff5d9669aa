#include "api/route.h"

namespace hougu::api {

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
