// Where a running import is: counters that its thread raises and others read, and the wish to stop.
#pragma once

#include <atomic>
#include <cstdint>

namespace hougu::exchange {
struct ImportProgress {
  std::atomic<bool> cancelled = false;
  std::atomic<bool> writing = false;   // false: still reading and checking
  std::atomic<std::int64_t> rows = 0;  // read so far; all of them when `writing`
  std::atomic<std::int64_t> done = 0, created = 0, updated = 0, failed = 0;
};
}  // namespace hougu::exchange
