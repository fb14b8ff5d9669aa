// 128-bit identifiers: UUID version 7 (RFC 9562): 48-bit Unix milliseconds, then a counter and
// random bits, so that ids made by one process sort in the order of their making.
#pragma once

#include <array>
#include <compare>
#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>

#include "base/clock.h"

namespace hougu {

struct Id {
  std::array<std::uint8_t, 16> bytes{};

  auto operator<=>(const Id&) const = default;
  bool is_nil() const { return *this == Id{}; }
  // Lower-case 8-4-4-4-12 form.
  std::string text() const;
  // Accepts exactly the 36-character form, either case.
  static std::optional<Id> parse(std::string_view text);
  static Id from_bytes(const void* sixteen_bytes);
};

// Source of random bytes, handed in so that a failing seed can be run again. Thread-safe.
class Random {
 public:
  virtual ~Random() = default;
  virtual void fill(void* bytes, std::size_t count) = 0;
};

// The operating system's generator (getrandom), buffered.
class SystemRandom final : public Random {
 public:
  void fill(void* bytes, std::size_t count) override;

 private:
  std::mutex mutex_;
  std::array<std::uint8_t, 512> buffer_{};
  std::size_t used_ = 512;
};

// Deterministic (xoshiro256**): tests and demo data only, never secrets.
class SeededRandom final : public Random {
 public:
  explicit SeededRandom(std::uint64_t seed);
  void fill(void* bytes, std::size_t count) override;
  std::uint64_t next();
  // Uniform in [0, bound); bound > 0.
  std::uint64_t below(std::uint64_t bound);

 private:
  std::mutex mutex_;
  std::array<std::uint64_t, 4> state_;
  std::uint64_t next_locked();
};

// Makes UUIDv7 ids, strictly increasing within this source even when the clock steps back.
// Thread-safe.
class IdSource {
 public:
  IdSource(const Clock& clock, Random& random) : clock_(clock), random_(random) {}
  Id next();

 private:
  const Clock& clock_;
  Random& random_;
  std::mutex mutex_;
  std::int64_t last_ms_ = 0;
  std::uint32_t counter_ = 0;
};
}  // namespace hougu

template <>
struct std::hash<hougu::Id> {
  std::size_t operator()(const hougu::Id& id) const noexcept {
    std::uint64_t low = 0;  // the last eight bytes are random
    for (int i = 8; i < 16; ++i) low = low << 8 | id.bytes[static_cast<std::size_t>(i)];
    return static_cast<std::size_t>(low);
  }
};
