#include "app/demo/demo_stories.h"

#include <algorithm>
#include <cmath>

namespace hougu::app {
namespace {

using identity::Principal;

constexpr Millis kMinute = 60'000, kHour = 60 * kMinute, kDay = 24 * kHour;
constexpr Millis kChina = 8 * kHour;  // the demo's clock on the wall
constexpr Millis kTwoYears = 730 * kDay;
constexpr int kMomentsPerTransaction = 200;

}  // namespace

Millis DemoStories::at_work(Millis time) {
  const auto wall = (time + kChina) % kDay;
  if (wall < 8 * kHour) return time + 8 * kHour - wall;
  if (wall >= 20 * kHour) return time + kDay - wall + 8 * kHour;
  return time;
}

// A little more every month: the business grows.
Millis DemoStories::start_of(std::int64_t index) const {
  const auto share = static_cast<double>(index + 1) / static_cast<double>(maker_.options.tickets);
  const auto from = maker_.target.now - kTwoYears;
  return from + static_cast<Millis>(std::pow(share, 0.85) * static_cast<double>(kTwoYears)) -
         5 * kMinute;
}

Principal DemoStories::person(const DemoPerson& who) const {
  Principal principal;
  principal.kind = store::ActorKind::kUser;
  principal.id = who.id;
  principal.name = who.name;
  principal.access = identity::Access::everything();
  return principal;
}

Principal DemoStories::customer_of(const Story& story) const {
  Principal principal;
  principal.kind = store::ActorKind::kCustomer;
  principal.id = story.ticket;
  principal.name = company_.customers[company_.devices[story.device].customer].name;
  return principal;
}

const DemoOutlet& DemoStories::outlet_of(const Story& story) const {
  return company_.outlets[company_.customers[company_.devices[story.device].customer].outlet];
}

bool DemoStories::needs_visit(const Story& story) const {
  return story.service_type == "on_site_repair" || story.service_type == "installation";
}

void DemoStories::next(std::size_t story, Stage stage, Millis at) {
  if (at <= maker_.target.now) queue_.push({at, story, stage});
}

DemoStories::Story DemoStories::begin() {
  auto& dice = maker_.dice;
  Story story;
  story.device = dice.below(company_.devices.size());
  const auto kind = dice.below(100);
  story.service_type = kind < 66   ? "on_site_repair"
                       : kind < 80 ? "installation"
                       : kind < 88 ? "consultation"
                       : kind < 93 ? "complaint"
                       : kind < 97 ? "return_exchange"
                                   : "depot_repair";
  const auto product = company_.devices[story.device].product;
  const auto& line = maker_.data.list("products")[product].as_object().at("line").as_string();
  story.fault =
      story.service_type == "on_site_repair"
          ? &dice.pick(maker_.data.part("faults").at(line).as_array()).as_object()
          : &dice.pick(maker_.data.part("requests").at(story.service_type).as_array()).as_object();
  story.agent = dice.below(company_.agents.size());
  story.engineer = dice.below(outlet_of(story).engineers.size());
  story.from_portal = dice.chance(55);
  return story;
}

json::object DemoStories::ticket_values(const Story& story, const DemoCompany::Customer& customer) {
  auto& dice = maker_.dice;
  json::object values{{"service_type", story.service_type},
                      {"subject", story.fault->at("subject")},
                      {"description", story.fault->at("description")},
                      {"asset", company_.devices[story.device].id.text()},
                      {"customer", customer.id.text()},
                      {"contact_name", customer.name},
                      {"contact_phone", customer.phone},
                      {"address", customer.address},
                      {"channel", story.from_portal ? "portal"
                                  : dice.chance(75) ? "phone"
                                                    : "store"}};
  if (story.fault->contains("category")) values["fault_category"] = story.fault->at("category");
  const auto urgency = dice.below(100);
  values["priority"] = urgency < 4    ? "urgent"
                       : urgency < 18 ? "high"
                       : urgency < 88 ? "normal"
                                      : "low";
  if (needs_visit(story)) values["preferred_time"] = dice.text(maker_.data.list("preferred_times"));
  if (story.service_type == "complaint") values["complaint_about"] = "timeliness";
  return values;
}

Result<void> DemoStories::play() {
  const auto total = maker_.options.tickets;
  stories_.reserve(static_cast<std::size_t>(total));
  for (std::int64_t i = 0; i < total; ++i) {
    stories_.push_back(begin());
    const auto at = start_of(i);
    next(static_cast<std::size_t>(i), Stage::kReport,
         std::min(at_work(at) + maker_.dice.between(0, 40) * kMinute, maker_.target.now - kMinute));
  }
  std::int64_t reported = 0, told = 0;
  while (!queue_.empty()) {
    HOUGU_CHECK(maker_.write([&](store::Transaction& tx) -> Result<void> {
      for (int n = 0; n < kMomentsPerTransaction && !queue_.empty(); ++n) {
        const auto moment = queue_.top();
        queue_.pop();
        maker_.clock.set(moment.at);
        HOUGU_CHECK(step(tx, moment));
        if (moment.stage == Stage::kReport) ++reported;
      }
      return {};
    }));
    if (reported - told >= 500 || queue_.empty()) maker_.report("tickets", told = reported, total);
  }
  return {};
}

Result<void> DemoStories::step(store::Transaction& tx, const Moment& moment) {
  auto& story = stories_[moment.story];
  switch (moment.stage) {
    case Stage::kReport: {
      HOUGU_CHECK(report(tx, story));
      next(moment.story, Stage::kTriage, at_work(moment.at + maker_.dice.between(3, 90) * kMinute));
      return {};
    }
    case Stage::kPlan:
    case Stage::kAccept:
    case Stage::kTravel:
    case Stage::kArrive:
    case Stage::kFinish:
      return visit_step(tx, story, moment);
    default:
      return desk_step(tx, story, moment);
  }
}

Result<void> DemoStories::report(store::Transaction& tx, Story& story) {
  const auto& customer = company_.customers[company_.devices[story.device].customer];
  auto values = ticket_values(story, customer);
  if (story.from_portal) {
    HOUGU_TRY(const auto ticket,
              tickets_.create_reported(tx, customer_of(story), std::move(values)));
    story.ticket = ticket.id;
  } else {
    HOUGU_TRY(const auto ticket, tickets_.create(tx, person(company_.agents[story.agent]), values));
    story.ticket = ticket.id;
  }
  return {};
}

Result<void> DemoStories::desk_step(store::Transaction& tx, Story& story, const Moment& moment) {
  auto& dice = maker_.dice;
  const auto agent = person(company_.agents[story.agent]);
  const auto later = [&](Stage stage, std::int64_t from, std::int64_t to) {
    next(moment.story, stage, at_work(moment.at + dice.between(from, to) * kMinute));
  };
  switch (moment.stage) {
    case Stage::kTriage: {
      HOUGU_CHECK(tickets_.run(tx, agent, "triage", story.ticket, {}));
      if (!needs_visit(story))
        HOUGU_CHECK(
            tickets_.run(tx, agent, "assign", story.ticket, {{"assignee", agent.id.text()}}));
      if (dice.chance(30)) later(Stage::kAsk, 1, 20);
      later(needs_visit(story) ? Stage::kPlan : Stage::kResolve, needs_visit(story) ? 5 : 60,
            needs_visit(story) ? 180 : 2'000);
      return {};
    }
    case Stage::kAsk:
      HOUGU_CHECK(
          tickets_.run(tx, agent, "message", story.ticket,
                       {{"kind", "reply"}, {"body", dice.text(maker_.data.list("replies"))}}));
      if (dice.chance(25))
        HOUGU_CHECK(
            tickets_.run(tx, agent, "message", story.ticket,
                         {{"kind", "note"}, {"body", dice.text(maker_.data.list("notes"))}}));
      if (dice.chance(60)) later(Stage::kAnswer, 2, 90);
      return {};
    case Stage::kAnswer: {
      // The ticket may be over by now; then the customer doesn't answer.
      auto sent = portal_.message(tx, customer_of(story),
                                  {{"body", dice.text(maker_.data.list("questions"))}});
      if (!sent.ok() && sent.error().kind != ErrorKind::kConflict) return sent;
      return {};
    }
    case Stage::kResolve: {
      const auto* action = find(*story.fault, "action");
      HOUGU_CHECK(
          tickets_.run(tx, agent, "resolve", story.ticket,
                       {{"resolution", action ? *action : maker_.data.list("replies")[0]}}));
      later(dice.chance(45) ? Stage::kRate : Stage::kClose, 60, 3'000);
      return {};
    }
    case Stage::kRate:
      return rate(tx, story);
    default:
      HOUGU_CHECK(tickets_.run(tx, agent, "close", story.ticket, {}));
      return {};
  }
}

Result<void> DemoStories::visit_step(store::Transaction& tx, Story& story, const Moment& moment) {
  auto& dice = maker_.dice;
  const auto engineer = person(outlet_of(story).engineers[story.engineer]);
  switch (moment.stage) {
    case Stage::kPlan:
      HOUGU_CHECK(plan(tx, story));
      next(moment.story, Stage::kAccept, at_work(moment.at + dice.between(2, 60) * kMinute));
      return {};
    case Stage::kAccept: {
      if (story.attempt == 1 && dice.chance(3)) {
        HOUGU_CHECK(visits_.run(tx, engineer, "refuse", story.visit,
                                {{"reason", dice.text(maker_.data.list("refusals"))}}));
        story.engineer = (story.engineer + 1) % outlet_of(story).engineers.size();
        HOUGU_CHECK(
            visits_.run(tx, person(company_.agents[story.agent]), "assign", story.visit,
                        {{"engineer", outlet_of(story).engineers[story.engineer].id.text()}}));
        ++story.attempt;
        next(moment.story, Stage::kAccept, at_work(moment.at + 30 * kMinute));
        return {};
      }
      HOUGU_CHECK(visits_.run(tx, engineer, "accept", story.visit, {}));
      next(moment.story, Stage::kTravel,
           std::max(moment.at + kMinute, story.window - dice.between(15, 50) * kMinute));
      return {};
    }
    case Stage::kTravel: {
      const auto eta = moment.at + dice.between(15, 55) * kMinute;
      HOUGU_CHECK(
          visits_.run(tx, engineer, "start_travel", story.visit, {{"eta", format_utc(eta)}}));
      next(moment.story, Stage::kArrive, eta + dice.between(-5, 12) * kMinute);
      return {};
    }
    case Stage::kArrive: {
      HOUGU_CHECK(visits_.run(tx, engineer, "arrive", story.visit, {}));
      const auto minutes =
          story.fault->contains("minutes") ? story.fault->at("minutes").as_int64() : 60;
      next(moment.story, Stage::kFinish, moment.at + (minutes + dice.between(-10, 30)) * kMinute);
      return {};
    }
    default:
      return finish(tx, story, moment.story);
  }
}

Result<void> DemoStories::plan(store::Transaction& tx, Story& story) {
  auto& dice = maker_.dice;
  const auto midnight = (maker_.clock.now() + kChina) / kDay * kDay - kChina;
  story.window = midnight + dice.between(1, 2) * kDay + (8 + 2 * dice.between(0, 5)) * kHour;
  HOUGU_TRY(const auto visit,
            visits_.plan(tx, person(company_.agents[story.agent]),
                         {{"ticket", story.ticket.text()},
                          {"place", "on_site"},
                          {"window_start", format_utc(story.window)},
                          {"window_end", format_utc(story.window + 2 * kHour)},
                          {"engineer", outlet_of(story).engineers[story.engineer].id.text()}}));
  story.visit = visit.id;
  ++story.attempt;
  return {};
}

Result<void> DemoStories::finish(store::Transaction& tx, Story& story, std::size_t index) {
  auto& dice = maker_.dice;
  const auto engineer = person(outlet_of(story).engineers[story.engineer]);
  const auto now = maker_.clock.now();
  if (story.attempt < 3 && dice.chance(9)) {
    HOUGU_CHECK(visits_.run(tx, engineer, "end_unfinished", story.visit,
                            {{"unfinished_reason", dice.text(maker_.data.list("unfinished"))},
                             {"labour_minutes", 20}}));
    next(index, Stage::kPlan, at_work(now + dice.between(60, 900) * kMinute));
    return {};
  }
  const auto text = [&](const char* field, std::string_view otherwise) {
    return std::string(find_string(*story.fault, field).value_or(otherwise));
  };
  const auto minutes =
      story.fault->contains("minutes") ? story.fault->at("minutes").as_int64() : 60;
  const auto subject = text("subject", "");
  HOUGU_CHECK(visits_.run(tx, engineer, "complete", story.visit,
                          {{"fault_cause", text("cause", subject)},
                           {"action_taken", text("action", subject)},
                           {"labour_minutes", minutes},
                           {"signed_by", customer_of(story).name}}));
  next(index, dice.chance(55) ? Stage::kRate : Stage::kClose,
       at_work(now + dice.between(30, 3'000) * kMinute));
  return {};
}

Result<void> DemoStories::rate(store::Transaction& tx, Story& story) {
  auto& dice = maker_.dice;
  const auto mood = dice.below(100);
  const char* key = mood < 78 ? "good" : mood < 92 ? "middling" : "bad";
  const auto stars = [&] {
    return mood < 78 ? dice.between(4, 5) : mood < 92 ? dice.between(3, 4) : dice.between(1, 2);
  };
  return portal_.rate(tx, customer_of(story),
                      {{"overall", stars()},
                       {"attitude", stars()},
                       {"timeliness", stars()},
                       {"quality", stars()},
                       {"comment", dice.text(maker_.data.part("comments").at(key).as_array())}});
}

Result<void> DemoStories::write_plain() {
  constexpr std::int64_t kPerTransaction = 500;
  const auto total = maker_.options.tickets;
  for (std::int64_t done = 0; done < total;) {
    const auto until = std::min(total, done + kPerTransaction);
    HOUGU_CHECK(maker_.write([&](store::Transaction& tx) -> Result<void> {
      for (; done < until; ++done) {
        maker_.clock.set(start_of(done));
        const auto story = begin();
        const auto& customer = company_.customers[company_.devices[story.device].customer];
        auto values = ticket_values(story, customer);
        const auto age = maker_.target.now - maker_.clock.now();
        const bool over = age > 3 * kDay || maker_.dice.chance(30);
        values["status"] = over ? "closed" : "assigned";
        values["team"] = outlet_of(story).team.text();
        values["assignee"] = outlet_of(story).engineers[story.engineer].id.text();
        if (over) values["closed_at"] = format_utc(maker_.clock.now() + kDay);
        schema::Note note;
        note.managed = true;
        HOUGU_CHECK(maker_.records.create(tx, person(company_.agents[story.agent]), "ticket",
                                          values, note));
      }
      return {};
    }));
    if (done % 10'000 == 0 || done == total) maker_.report("tickets", done, total);
  }
  return {};
}
}  // namespace hougu::app
