// Once an hour: forgets replayed requests that are older than a day, sessions that have ended, and
// failed sign-ins that count no more.
#pragma once

#include <condition_variable>
#include <mutex>
#include <thread>

#include "base/clock.h"
#include "store/database.h"

namespace hougu::app {

class Housekeeping {
 public:
  Housekeeping(store::Database& database, const Clock& clock);
  ~Housekeeping();
  Housekeeping(const Housekeeping&) = delete;
  Housekeeping& operator=(const Housekeeping&) = delete;

  // What the thread does each time; for tests.
  static Result<void> tidy(store::Database& database, Millis now);

 private:
  void run();

  store::Database& database_;
  const Clock& clock_;
  std::mutex mutex_;
  std::condition_variable wake_;
  bool stopping_ = false;
  std::thread thread_;
};

}  // namespace hougu::app
