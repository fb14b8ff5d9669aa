// How often an address may try something: a bucket of `tries` that refills evenly over `per_ms`.
#pragma once

#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/clock.h"
#include "base/result.h"

namespace hougu::identity {

// Thread-safe. Remembers a bounded number of subjects; when there are more, those that have been
// quiet are forgotten first (a full bucket is the same as none).
class RateLimiter {
 public:
  explicit RateLimiter(std::size_t max_subjects = 20'000) : max_subjects_(max_subjects) {}

  // Takes one try; kTooManyRequests "rate.limited" with details.retry_after (seconds) when there is
  // none left. The subject names both what is tried and by whom: "portal.find 203.0.113.9".
  Result<void> take(std::string_view subject, int tries, Millis per_ms, Millis now);

 private:
  struct Bucket {
    double left = 0;
    Millis at = 0, full_at = 0;
  };
  void forget_quiet(Millis now);

  std::size_t max_subjects_;
  std::mutex mutex_;
  std::unordered_map<std::string, Bucket> buckets_;
};

// 429 with details.retry_after in seconds, at least 1.
Error too_many_requests(std::string code, Millis wait_ms);

}  // namespace hougu::identity
