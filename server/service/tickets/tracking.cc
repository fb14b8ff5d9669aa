#include "service/tickets/tracking.h"

#include "base/hash.h"
#include "base/text.h"

namespace hougu::service {
namespace {
constexpr std::size_t kIdBytes = 16, kMacBytes = 16;

std::string mac_of(std::string_view secret, std::string_view id) {
  return hmac_sha256(secret, "track" + std::string(id)).substr(0, kMacBytes);
}
}  // namespace

std::string tracking_token(std::string_view secret, const Id& ticket) {
  const std::string id(reinterpret_cast<const char*>(ticket.bytes.data()), kIdBytes);
  return base64url(id + mac_of(secret, id));
}

std::optional<Id> tracked_ticket(std::string_view secret, std::string_view token) {
  std::string bytes;
  if (token.size() > 64 || !from_base64url(token, bytes)) return std::nullopt;
  if (bytes.size() != kIdBytes + kMacBytes) return std::nullopt;
  const auto id = std::string_view(bytes).substr(0, kIdBytes);
  if (!equal_constant_time(std::string_view(bytes).substr(kIdBytes), mac_of(secret, id)))
    return std::nullopt;
  return Id::from_bytes(id.data());
}
}  // namespace hougu::service
