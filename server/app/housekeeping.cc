#include "app/housekeeping.h"

#include <chrono>

#include "base/log.h"
#include "identity/sessions.h"
#include "store/events.h"

namespace hougu::app {
namespace {

constexpr Millis kDay = 24 * 3'600'000LL;
constexpr int kMaxRounds = 1'000;  // of 10,000 keys each

}  // namespace

Housekeeping::Housekeeping(store::Database& database, const Clock& clock)
    : database_(database), clock_(clock), thread_([this] { run(); }) {}

Housekeeping::~Housekeeping() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  wake_.notify_one();
  thread_.join();
}

Result<void> Housekeeping::tidy(store::Database& database, Millis now) {
  // In pieces, so that nobody waits long for the writer.
  std::int64_t forgotten = 1;
  for (int round = 0; round < kMaxRounds && forgotten > 0; ++round) {
    HOUGU_CHECK(database.write([&](store::Transaction& tx) -> Result<void> {
      HOUGU_TRY(forgotten, store::forget_idempotency(tx, now - kDay));
      return {};
    }));
  }
  return database.write([&](store::Transaction& tx) -> Result<void> {
    HOUGU_CHECK(tx.execute("DELETE FROM session WHERE last_seen_at < $1 OR created_at < $2",
                           {now - identity::kMaxIdle, now - identity::kMaxSession}));
    return tx.execute("DELETE FROM login_attempt WHERE last_at < $1", {now - kDay});
  });
}

void Housekeeping::run() {
  for (;;) {
    {
      std::unique_lock lock(mutex_);
      if (wake_.wait_for(lock, std::chrono::hours(1), [this] { return stopping_; })) return;
    }
    if (const auto done = tidy(database_, clock_.now()); !done.ok()) {
      log(LogLevel::kWarning, "tidying up failed", {{"cause", done.error().cause}});
    }
  }
}

}  // namespace hougu::app
