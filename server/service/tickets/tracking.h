// Signed tracking links: what a customer needs instead of an account. The token is
// base64url(ticket id ‖ first 16 bytes of HMAC-SHA-256(secret, "track" ‖ ticket id)), 43
// characters: it can't be guessed, needs no row, and is the same each time it is made.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/id.h"

namespace hougu::service {
std::string tracking_token(std::string_view secret, const Id& ticket);
// The ticket of a genuine token; compares in constant time.
std::optional<Id> tracked_ticket(std::string_view secret, std::string_view token);
}  // namespace hougu::service
