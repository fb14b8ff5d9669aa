#include "api/metrics.h"

#include <fmt/format.h>

#include <algorithm>

namespace hougu::api {

int Metrics::add_route(std::string_view name) {
  routes_.push_back(std::make_unique<Route>());
  routes_.back()->name = name;
  return static_cast<int>(routes_.size()) - 1;
}

void Metrics::count(int route, int status, double milliseconds) {
  Route& one = *routes_[static_cast<std::size_t>(route)];
  const auto known = std::find(kStatuses.begin(), kStatuses.end(), status) - kStatuses.begin();
  const auto bucket =
      std::lower_bound(kBuckets.begin(), kBuckets.end(), milliseconds) - kBuckets.begin();
  one.statuses[static_cast<std::size_t>(known)].fetch_add(1, std::memory_order_relaxed);
  one.times[static_cast<std::size_t>(bucket)].fetch_add(1, std::memory_order_relaxed);
  one.microseconds.fetch_add(static_cast<std::uint64_t>(milliseconds * 1000),
                             std::memory_order_relaxed);
}

void Metrics::append_route(std::string& out, const Route& route) {
  for (std::size_t i = 0; i <= kStatuses.size(); ++i) {
    const std::uint64_t count = route.statuses[i];
    if (count == 0) continue;
    const std::string status = i < kStatuses.size() ? std::to_string(kStatuses[i]) : "other";
    out += fmt::format("hougu_http_requests_total{{route=\"{}\",status=\"{}\"}} {}\n", route.name,
                       status, count);
  }
}

void Metrics::append_times(std::string& out, const Route& route) {
  std::uint64_t below = 0;
  std::string lines;
  for (std::size_t i = 0; i <= kBuckets.size(); ++i) {
    below += route.times[i];
    const std::string limit =
        i < kBuckets.size() ? fmt::format("{}", kBuckets[i] / 1000) : std::string("+Inf");
    lines += fmt::format("hougu_http_request_seconds_bucket{{route=\"{}\",le=\"{}\"}} {}\n",
                         route.name, limit, below);
  }
  if (below == 0) return;
  out += lines;
  out += fmt::format("hougu_http_request_seconds_sum{{route=\"{}\"}} {:.6f}\n", route.name,
                     static_cast<double>(route.microseconds.load()) / 1e6);
  out += fmt::format("hougu_http_request_seconds_count{{route=\"{}\"}} {}\n", route.name, below);
}

std::string Metrics::text(const std::vector<Gauge>& others) const {
  std::string out =
      "# HELP hougu_http_requests_total Answered requests by route and status.\n"
      "# TYPE hougu_http_requests_total counter\n";
  for (const auto& route : routes_) append_route(out, *route);
  out +=
      "# HELP hougu_http_request_seconds Time from the request's headers to its answer.\n"
      "# TYPE hougu_http_request_seconds histogram\n";
  for (const auto& route : routes_) append_times(out, *route);
  for (const Gauge& gauge : others) {
    out += fmt::format("# HELP {} {}\n# TYPE {} {}\n{} {}\n", gauge.name, gauge.help, gauge.name,
                       gauge.type, gauge.name, gauge.value);
  }
  return out;
}

}  // namespace hougu::api
