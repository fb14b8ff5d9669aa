#include "identity/rate_limiter.h"

#include <algorithm>
#include <cmath>

namespace hougu::identity {

Result<void> RateLimiter::take(std::string_view subject, int tries, Millis per_ms, Millis now) {
  const std::lock_guard lock(mutex_);
  if (buckets_.size() >= max_subjects_) forget_quiet(now);
  const auto [at, fresh] = buckets_.try_emplace(std::string(subject));
  Bucket& bucket = at->second;
  const double per_try = static_cast<double>(per_ms) / tries;
  const double gained =
      fresh ? tries : static_cast<double>(std::max<Millis>(now - bucket.at, 0)) / per_try;
  bucket.left = std::min<double>(bucket.left + gained, tries);
  bucket.at = now;
  const bool allowed = bucket.left >= 1;
  if (allowed) bucket.left -= 1;
  bucket.full_at = now + static_cast<Millis>(std::ceil((tries - bucket.left) * per_try));
  if (allowed) return {};
  return too_many_requests("rate.limited",
                           static_cast<Millis>(std::ceil((1 - bucket.left) * per_try)));
}

void RateLimiter::forget_quiet(Millis now) {
  std::erase_if(buckets_, [&](const auto& entry) { return entry.second.full_at <= now; });
  // All of them busy: an attack from many addresses. Starting afresh favours the honest ones.
  if (buckets_.size() >= max_subjects_) buckets_.clear();
}

Error too_many_requests(std::string code, Millis wait_ms) {
  const std::string seconds = std::to_string(std::max<Millis>((wait_ms + 999) / 1000, 1));
  Error error{ErrorKind::kTooManyRequests, std::move(code), {}, {{"seconds", seconds}}};
  error.details_json = R"({"retry_after":)" + seconds + "}";
  return error;
}

}  // namespace hougu::identity
