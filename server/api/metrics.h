// Counters of the API in Prometheus' text format.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace hougu::api {

// Counting is lock-free; routes are added before the first request.
class Metrics {
 public:
  // Upper limits in milliseconds of the histogram of answer times.
  static constexpr std::array<double, 12> kBuckets{1,   2.5, 5,   10,   25,   50,
                                                   100, 250, 500, 1000, 2500, 5000};
  // The number under which the route is counted; `name` outlives the metrics.
  int add_route(std::string_view name);
  void count(int route, int status, double milliseconds);

  std::atomic<std::int64_t> event_streams{0};
  std::atomic<std::uint64_t> events_sent{0};

  // One sample of something counted elsewhere.
  struct Gauge {
    std::string_view name, help, type;  // "hougu_db_commits_total", …, "counter"
    double value;
  };
  std::string text(const std::vector<Gauge>& others) const;

 private:
  static constexpr std::array<int, 24> kStatuses{200, 201, 202, 204, 206, 302, 304, 400,
                                                 401, 403, 404, 405, 408, 409, 413, 415,
                                                 416, 422, 429, 431, 500, 501, 503, 507};
  struct Route {
    std::string_view name;
    std::array<std::atomic<std::uint64_t>, kStatuses.size() + 1> statuses{};  // the last: others
    std::array<std::atomic<std::uint64_t>, kBuckets.size() + 1> times{};
    std::atomic<std::uint64_t> microseconds{0};
  };
  static void append_route(std::string& out, const Route& route);
  static void append_times(std::string& out, const Route& route);
  std::vector<std::unique_ptr<Route>> routes_;
};
}  // namespace hougu::api
