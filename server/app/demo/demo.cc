#include "app/demo/demo.h"

#include "app/demo/demo_stories.h"
#include "service/assets/assets.h"

namespace hougu::app {
namespace {

// Ids carry the demo's time, their random part comes from the same seed.
Result<void> require_empty(const DemoTarget& target, schema::Records& records) {
  std::int64_t tickets = 0;
  HOUGU_CHECK(target.database.read([&](store::Transaction& tx) -> Result<void> {
    schema::ListQuery query;
    query.entity = "ticket";
    HOUGU_TRY(tickets, records.count(tx, identity::Principal::system(), query));
    return {};
  }));
  if (tickets > 0) return conflict("demo.not_empty");
  return {};
}
}  // namespace

Result<void> load_demo(const DemoTarget& target, const DemoOptions& options) {
  HOUGU_TRY(const auto data, DemoData::load());
  Dice dice(options.seed);
  SeededRandom random(options.seed);
  constexpr Millis kTwoYears = 730LL * 86'400'000;
  ManualClock clock(target.now - kTwoYears);
  IdSource ids(clock, random);
  schema::Records records(target.schema, clock, ids);
  service::register_asset_hooks(records);
  HOUGU_CHECK(require_empty(target, records));

  const DemoMaker maker{target, options, data, dice, records, clock, ids};
  HOUGU_TRY(const auto company, make_company(maker));
  service::Tickets tickets(target.database, target.schema, records, clock, ids);
  service::Visits visits(records, tickets, clock);
  service::Portal portal(target.schema, records, tickets, target.messages, clock, target.secret);
  DemoStories stories(maker, company, tickets, visits, portal);
  return options.tickets <= options.whole_stories ? stories.play() : stories.write_plain();
}
}  // namespace hougu::app
