#include "http/forwarded.h"

#include <arpa/inet.h>

#include <charconv>
#include <cstring>

#include "base/text.h"

namespace hougu::http {

std::optional<TrustedProxies::Bytes> TrustedProxies::parse_address(std::string_view text) {
  const std::string zero_ended(text);
  Bytes bytes{};
  if (::inet_pton(AF_INET6, zero_ended.c_str(), bytes.data()) == 1) return bytes;
  bytes = {};
  bytes[10] = bytes[11] = 0xff;
  if (::inet_pton(AF_INET, zero_ended.c_str(), bytes.data() + 12) == 1) return bytes;
  return std::nullopt;
}

Result<TrustedProxies> TrustedProxies::parse(const std::vector<std::string>& texts) {
  TrustedProxies proxies;
  for (const auto& text : texts) {
    const auto slash = text.find('/');
    const auto address = parse_address(std::string_view(text).substr(0, slash));
    const bool is_v4 = text.find(':') == std::string::npos;
    const int width = is_v4 ? 32 : 128;
    int bits = width;
    bool ok = address.has_value();
    if (slash != std::string::npos) {
      const char* end = text.data() + text.size();
      const auto result = std::from_chars(text.data() + slash + 1, end, bits);
      ok = ok && result.ec == std::errc{} && result.ptr == end && bits >= 0 && bits <= width;
    }
    if (!ok) return invalid("http.bad_address", {}, {{"address", text}});
    proxies.networks_.push_back({*address, is_v4 ? bits + 96 : bits});
  }
  return proxies;
}

bool TrustedProxies::trusts(std::string_view text) const {
  const auto address = parse_address(text);
  if (!address) return false;
  for (const auto& network : networks_) {
    bool same = true;
    for (int bit = 0; bit < network.bits && same; bit += 8) {
      const auto at = static_cast<std::size_t>(bit / 8);
      const int rest = network.bits - bit;
      const int mask = rest >= 8 ? 0xff : 0xff << (8 - rest) & 0xff;
      same = ((network.address[at] ^ (*address)[at]) & mask) == 0;
    }
    if (same) return true;
  }
  return false;
}

void TrustedProxies::apply(Request& request, const std::string& peer) const {
  request.remote_address = peer;
  if (networks_.empty() || !trusts(peer)) return;
  request.secure = trimmed(request.header("x-forwarded-proto")) == "https";
  std::string chain;  // several headers are one list
  for (const auto& [name, value] : request.headers) {
    if (name != "x-forwarded-for") continue;
    if (!chain.empty()) chain += ',';
    chain += value;
  }
  const auto hops = split(chain, ',');
  for (auto hop = hops.rbegin(); hop != hops.rend(); ++hop) {
    const auto address = trimmed(*hop);
    if (!parse_address(address)) return;
    request.remote_address = address;
    if (!trusts(address)) return;
  }
}
}  // namespace hougu::http
