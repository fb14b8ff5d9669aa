// Makes the people, places, customers and devices of the demo.
#pragma once

#include "app/demo/demo.h"
#include "app/demo/demo_data.h"
#include "schema/records.h"

namespace hougu::app {

struct DemoMaker {
  const DemoTarget& target;
  const DemoOptions& options;
  const DemoData& data;
  Dice& dice;
  schema::Records& records;
  ManualClock& clock;
  IdSource& ids;

  void report(std::string_view what, std::int64_t done, std::int64_t total) const {
    if (options.progress) options.progress(what, done, total);
  }
  // One transaction. A demo verb isn't repeatable (it moves the dice), so a second run is refused.
  Result<void> write(const store::Verb& verb) const;
};

Result<DemoCompany> make_company(const DemoMaker& maker);
}  // namespace hougu::app
