// Digests, message authentication and secret tokens (OpenSSL).
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>

namespace hougu {

// SHA-256 as 32 raw bytes; hex() of base/text.h makes it readable.
std::string sha256(std::string_view data);
std::string sha256_hex(std::string_view data);
// HMAC-SHA-256 (RFC 2104) as 32 raw bytes.
std::string hmac_sha256(std::string_view key, std::string_view data);
// Compares secrets: the time taken tells nothing about where they differ (only their lengths).
bool equal_constant_time(std::string_view a, std::string_view b);
// base64url (no padding) of `bytes` bytes from OpenSSL's generator: session tokens and links.
std::string random_token(std::size_t bytes = 32);

// SHA-256 of data that comes in pieces. Used by one thread at a time.
class Sha256Stream {
 public:
  Sha256Stream();
  ~Sha256Stream();
  Sha256Stream(Sha256Stream&&) noexcept;
  Sha256Stream& operator=(Sha256Stream&&) noexcept;
  void update(std::string_view data);
  // 32 raw bytes; call it once, at the end.
  std::string finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};
}  // namespace hougu
