// Lets the demo's tickets live: a queue of moments, each one verb of somebody, in the order of
// time.
#pragma once

#include <queue>

#include "app/demo/demo_company.h"
#include "service/tickets/portal.h"
#include "service/tickets/tickets.h"
#include "service/tickets/visits.h"

namespace hougu::app {

class DemoStories {
 public:
  DemoStories(const DemoMaker& maker, const DemoCompany& company, service::Tickets& tickets,
              service::Visits& visits, service::Portal& portal)
      : maker_(maker), company_(company), tickets_(tickets), visits_(visits), portal_(portal) {}

  // Spreads options.tickets over the two years before target.now and plays until then; what isn't
  // finished by now stays open.
  Result<void> play();
  // Tickets in their final state only, for large data.
  Result<void> write_plain();

 private:
  enum class Stage {
    kReport,
    kTriage,
    kAsk,
    kAnswer,
    kPlan,
    kAccept,
    kTravel,
    kArrive,
    kFinish,
    kResolve,
    kRate,
    kClose
  };
  struct Moment {
    Millis at;
    std::size_t story;
    Stage stage;
    bool operator>(const Moment& other) const { return at > other.at; }
  };
  struct Story {
    std::string service_type;
    const json::object* fault = nullptr;
    std::size_t device = 0;
    Id ticket, visit;
    std::size_t agent = 0, engineer = 0;
    Millis window = 0;
    int attempt = 0;
    bool from_portal = false;
  };

  Result<void> step(store::Transaction& tx, const Moment& moment);
  Result<void> report(store::Transaction& tx, Story& story);
  Result<void> triage(store::Transaction& tx, Story& story);
  Result<void> plan(store::Transaction& tx, Story& story);
  Result<void> visit_step(store::Transaction& tx, Story& story, const Moment& moment);
  Result<void> finish(store::Transaction& tx, Story& story, std::size_t index);
  Result<void> desk_step(store::Transaction& tx, Story& story, const Moment& moment);
  Result<void> rate(store::Transaction& tx, Story& story);
  void next(std::size_t story, Stage stage, Millis at);

  Story begin();
  bool needs_visit(const Story& story) const;
  json::object ticket_values(const Story& story, const DemoCompany::Customer& customer);
  const DemoOutlet& outlet_of(const Story& story) const;
  identity::Principal person(const DemoPerson& person) const;
  identity::Principal customer_of(const Story& story) const;
  Millis start_of(std::int64_t index) const;
  // The next moment at which somebody is at work: 8:00–20:00 in China.
  static Millis at_work(Millis time);

  const DemoMaker& maker_;
  const DemoCompany& company_;
  service::Tickets& tickets_;
  service::Visits& visits_;
  service::Portal& portal_;
  std::vector<Story> stories_;
  std::priority_queue<Moment, std::vector<Moment>, std::greater<>> queue_;
};
}  // namespace hougu::app
