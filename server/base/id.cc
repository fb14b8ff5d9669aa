#include "base/id.h"

#include <sys/random.h>

#include <cassert>
#include <cerrno>
#include <cstdlib>
#include <cstring>

namespace hougu {
namespace {
constexpr char kHexDigits[] = "0123456789abcdef";
constexpr std::uint32_t kCounterBits = 26;  // 12 in rand_a, 14 at the head of rand_b

int hex_value(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

bool is_dash_position(std::size_t at) { return at == 8 || at == 13 || at == 18 || at == 23; }

void fill_from_system(std::uint8_t* bytes, std::size_t count) {
  while (count > 0) {
    const auto got = getrandom(bytes, count, 0);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) std::abort();  // no randomness: nothing that we'd make would be safe
    bytes += got;
    count -= static_cast<std::size_t>(got);
  }
}

std::uint64_t rotate_left(std::uint64_t value, int by) { return value << by | value >> (64 - by); }

std::uint64_t split_mix(std::uint64_t& state) {
  auto z = state += 0x9e3779b97f4a7c15ULL;
  z = (z ^ z >> 30) * 0xbf58476d1ce4e5b9ULL;
  z = (z ^ z >> 27) * 0x94d049bb133111ebULL;
  return z ^ z >> 31;
}
}  // namespace

std::string Id::text() const {
  std::string out(36, '-');
  std::size_t at = 0;
  for (const auto byte : bytes) {
    if (is_dash_position(at)) ++at;
    out[at++] = kHexDigits[byte >> 4];
    out[at++] = kHexDigits[byte & 15];
  }
  return out;
}

std::optional<Id> Id::parse(std::string_view text) {
  if (text.size() != 36) return std::nullopt;
  Id id;
  std::size_t at = 0;
  for (auto& byte : id.bytes) {
    if (is_dash_position(at) && text[at++] != '-') return std::nullopt;
    const int high = hex_value(text[at++]);
    const int low = hex_value(text[at++]);
    if (high < 0 || low < 0) return std::nullopt;
    byte = static_cast<std::uint8_t>(high << 4 | low);
  }
  return id;
}

Id Id::from_bytes(const void* sixteen_bytes) {
  Id id;
  std::memcpy(id.bytes.data(), sixteen_bytes, id.bytes.size());
  return id;
}

void SystemRandom::fill(void* bytes, std::size_t count) {
  auto* out = static_cast<std::uint8_t*>(bytes);
  if (count > buffer_.size()) return fill_from_system(out, count);
  std::lock_guard lock(mutex_);
  if (buffer_.size() - used_ < count) {
    fill_from_system(buffer_.data(), buffer_.size());
    used_ = 0;
  }
  std::memcpy(out, buffer_.data() + used_, count);
  std::memset(buffer_.data() + used_, 0, count);  // what was handed out isn't kept
  used_ += count;
}

SeededRandom::SeededRandom(std::uint64_t seed) {
  for (auto& word : state_) word = split_mix(seed);
}

// xoshiro256** 1.0, Blackman and Vigna, public domain algorithm (prng.di.unimi.it).
std::uint64_t SeededRandom::next_locked() {
  const auto result = rotate_left(state_[1] * 5, 7) * 9;
  const auto shifted = state_[1] << 17;
  state_[2] ^= state_[0];
  state_[3] ^= state_[1];
  state_[1] ^= state_[2];
  state_[0] ^= state_[3];
  state_[2] ^= shifted;
  state_[3] = rotate_left(state_[3], 45);
  return result;
}

std::uint64_t SeededRandom::next() {
  std::lock_guard lock(mutex_);
  return next_locked();
}

std::uint64_t SeededRandom::below(std::uint64_t bound) {
  assert(bound > 0);
  const auto limit = UINT64_MAX - UINT64_MAX % bound;  // values from here on would be uneven
  for (;;) {
    const auto value = next();
    if (value < limit) return value % bound;
  }
}

void SeededRandom::fill(void* bytes, std::size_t count) {
  auto* out = static_cast<std::uint8_t*>(bytes);
  std::lock_guard lock(mutex_);
  while (count > 0) {
    const auto word = next_locked();
    const auto part = count < sizeof word ? count : sizeof word;
    std::memcpy(out, &word, part);
    out += part;
    count -= part;
  }
}

Id IdSource::next() {
  std::uint8_t random[10];
  random_.fill(random, sizeof random);
  std::int64_t ms = clock_.now();
  std::uint32_t counter = 0;
  {
    std::lock_guard lock(mutex_);
    if (ms > last_ms_) {
      last_ms_ = ms;
      // A random start with its top bit clear: unguessable, with room to count.
      std::memcpy(&counter_, random + 6, sizeof counter_);
      counter_ &= (1u << (kCounterBits - 1)) - 1;
    } else if (++counter_ >> kCounterBits) {
      ++last_ms_;
      counter_ = 0;
    }
    ms = last_ms_;
    counter = counter_;
  }
  Id id;
  for (int i = 0; i < 6; ++i)
    id.bytes[static_cast<std::size_t>(i)] = static_cast<std::uint8_t>(ms >> (40 - 8 * i));
  id.bytes[6] = static_cast<std::uint8_t>(0x70 | (counter >> 22 & 0x0f));
  id.bytes[7] = static_cast<std::uint8_t>(counter >> 14);
  id.bytes[8] = static_cast<std::uint8_t>(0x80 | (counter >> 8 & 0x3f));
  id.bytes[9] = static_cast<std::uint8_t>(counter);
  std::memcpy(id.bytes.data() + 10, random, 6);
  return id;
}
}  // namespace hougu
