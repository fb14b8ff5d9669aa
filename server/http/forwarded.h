// Who is really asking when a proxy stands in front.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/message.h"

namespace hougu::http {

// Immutable after parse().
class TrustedProxies {
 public:
  // Addresses or networks ("10.0.0.0/8", "fd00::/8"); kInvalid "http.bad_address" {address}.
  static Result<TrustedProxies> parse(const std::vector<std::string>& texts);
  // Fills remote_address and secure. X-Forwarded-For is read from its end, past every trusted
  // proxy; a value that isn't an address ends the reading.
  void apply(Request& request, const std::string& peer) const;

 private:
  using Bytes = std::array<std::uint8_t, 16>;  // IPv4 as ::ffff:a.b.c.d
  struct Network {
    Bytes address;
    int bits;
  };
  static std::optional<Bytes> parse_address(std::string_view text);
  bool trusts(std::string_view address) const;

  std::vector<Network> networks_;
};
}  // namespace hougu::http
