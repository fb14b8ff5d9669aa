#include "service/tickets/tracking.h"

#include <gtest/gtest.h>

#include <set>

namespace hougu::service {
namespace {

const Id kTicket = *Id::parse("019315f0-1111-7222-8333-444455556666");

TEST(Tracking, TokenOpensItsTicketAndNoOther) {
  const auto token = tracking_token("secret", kTicket);
  EXPECT_EQ(token.size(), 43u);
  EXPECT_EQ(tracked_ticket("secret", token), kTicket);
  EXPECT_EQ(tracking_token("secret", kTicket), token);
  EXPECT_FALSE(tracked_ticket("another secret", token));
}

TEST(Tracking, EveryChangedCharacterIsRefused) {
  const auto token = tracking_token("secret", kTicket);
  for (std::size_t i = 0; i < token.size(); ++i) {
    auto forged = token;
    forged[i] = forged[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(tracked_ticket("secret", forged)) << i;
  }
}

TEST(Tracking, RefusesWhatIsNoToken) {
  for (const auto* text : {"", "x", "../../etc/passwd", "%00", "************************"})
    EXPECT_FALSE(tracked_ticket("secret", text)) << text;
  EXPECT_FALSE(tracked_ticket("secret", std::string(100'000, 'A')));
  EXPECT_FALSE(tracked_ticket("secret", tracking_token("secret", kTicket) + "A"));
}
}  // namespace
}  // namespace hougu::service
