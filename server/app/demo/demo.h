// The demo organisation: a home-appliance maker with outlets, people, customers, devices and two
// years of tickets, made from a seed by running the product's own verbs on a clock of its own.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>

#include "base/messages.h"
#include "schema/schema.h"
#include "store/database.h"

namespace hougu::app {

struct DemoOptions {
  std::int64_t tickets = 12'000;
  std::int64_t customers = 2'000;
  std::int64_t devices = 5'000;
  std::uint64_t seed = 2026;
  // Up to this many tickets live through their whole story; beyond it they are written in their
  // final state with no visits, for benchmarks.
  std::int64_t whole_stories = 50'000;
  // Called now and then: what is being made, how many of how many.
  std::function<void(std::string_view what, std::int64_t done, std::int64_t total)> progress;
};

struct DemoTarget {
  store::Database& database;
  schema::Schema& schema;  // with the pack installed
  const Messages& messages;
  Millis now;          // the two years end here
  std::string secret;  // of tracking links
};

// Fills an organisation that has no tickets yet; otherwise kConflict "demo.not_empty". Everybody's
// password is "hougu-demo"; logins: admin, manager, agent, engineer (and agent02…, engineer02…).
Result<void> load_demo(const DemoTarget& target, const DemoOptions& options);
}  // namespace hougu::app
