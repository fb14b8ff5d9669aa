// The progress page: what happened to a ticket, told to its customer.
#include <date/date.h>
#include <date/tz.h>

#include <algorithm>

#include "service/assets/assets.h"
#include "service/tickets/portal.h"
#include "service/tickets/ticket_views.h"
#include "service/tickets/tracking.h"

namespace hougu::service {

using identity::Principal;
using schema::Record;

struct Portal::Story {
  Record ticket;
  std::string token;
  std::vector<Record> visits;              // newest first
  std::vector<Record> messages;            // replies only
  std::vector<store::StoredEvent> events;  // of the ticket and its visits, oldest first
  std::optional<Record> rating;
  std::string engineer_name, engineer_phone;  // of the visit that counts now
  const Record* visit = nullptr;              // the open one, else the last ended one
};

namespace {
// Events of the ticket and its visits that a customer is told of (message key portal.event.<type>).
constexpr std::string_view kTold[] = {
    "ticket.created",       "ticket.triaged",  "ticket.assigned", "ticket.paused",
    "ticket.resumed",       "ticket.resolved", "ticket.closed",   "ticket.reopened",
    "ticket.cancelled",     "ticket.merged",   "visit.assigned",  "visit.accepted",
    "visit.travel_started", "visit.arrived",   "visit.completed", "visit.ended_unfinished",
    "visit.planned"};

std::string local_time(Millis time, std::string_view zone, const char* format) {
  using namespace std::chrono;
  const date::sys_time<milliseconds> utc{milliseconds(time)};
  try {
    return date::format(format,
                        date::floor<minutes>(date::locate_zone(std::string(zone))->to_local(utc)));
  } catch (const std::exception&) {
    return date::format(format, date::floor<minutes>(utc));
  }
}

// When the first event of one of these types happened.
std::optional<Millis> first_of(const std::vector<store::StoredEvent>& events,
                               std::initializer_list<std::string_view> types) {
  for (const auto& event : events)
    if (std::find(types.begin(), types.end(), event.type) != types.end()) return event.at;
  return std::nullopt;
}

int progress_of(std::string_view status) {
  if (status == "new") return 0;
  if (status == "open") return 1;
  if (status == "assigned") return 2;
  if (status == "resolved") return 8;
  if (status == "closed") return 9;
  return 3;
}
}  // namespace

Result<Portal::Story> Portal::read_story(store::Transaction& tx, const Id& id) {
  const auto system = Principal::system();
  Story story;
  HOUGU_TRY(story.ticket, records_.get(tx, system, "ticket", id));
  story.token = tracking_token(secret_, id);
  const auto of_ticket = condition("ticket", "eq", id.text());
  HOUGU_TRY(auto visits,
            records_.list(tx, system, query_of("visit", of_ticket, "-created_at", 50)));
  story.visits = std::move(visits.records);
  HOUGU_TRY(
      auto messages,
      records_.list(
          tx, system,
          query_of("ticket_message",
                   json::object{{"and", json::array{of_ticket, condition("kind", "eq", "reply")}}},
                   "-created_at", 200)));
  story.messages = std::move(messages.records);
  HOUGU_TRY(auto ratings,
            records_.list(tx, system, query_of("rating", of_ticket, "-created_at", 1)));
  if (!ratings.records.empty()) story.rating = std::move(ratings.records.front());

  HOUGU_TRY(story.events, store::events_of(tx, "ticket", id, 0, 200));
  for (const auto& visit : story.visits) {
    HOUGU_TRY(auto events, store::events_of(tx, "visit", visit.id, 0, 50));
    std::move(events.begin(), events.end(), std::back_inserter(story.events));
  }
  std::sort(story.events.begin(), story.events.end(),
            [](const auto& a, const auto& b) { return a.sequence < b.sequence; });

  for (const auto& visit : story.visits)
    if (is_open_visit(visit.text("status")) && !story.visit) story.visit = &visit;
  for (const auto& visit : story.visits)
    if (visit.text("status") == "completed" && !story.visit) story.visit = &visit;
  const auto engineer = story.visit ? story.visit->reference("engineer") : std::nullopt;
  if (engineer)
    HOUGU_CHECK(tx.each("SELECT name, phone FROM org_user WHERE id = $1", {*engineer},
                        [&](const store::Row& row) {
                          story.engineer_name = row.text(0);
                          if (!row.is_null(1)) story.engineer_phone = row.text(1);
                          return false;
                        }));
  return story;
}

json::array Portal::steps(const Story& story, Locale locale) const {
  const auto& events = story.events;
  const auto type = story.ticket.text("service_type");
  const bool on_site = type == "on_site_repair" || type == "installation" || story.visit;
  const bool depot = type == "depot_repair" && !story.visit;
  int progress = progress_of(story.ticket.text("status"));
  if (story.visit && progress < 8) {
    const auto status = story.visit->text("status");
    if (status == "travelling") progress = std::max(progress, 4);
    if (status == "arrived") progress = std::max(progress, 5);
  }
  struct Step {
    const char* key;
    int level;
    std::optional<Millis> at;
  };
  const auto accepted =
      first_of(events, {"ticket.triaged", "ticket.assigned", "visit.planned", "visit.created",
                        "ticket.visit_planned", "ticket.visit_assigned", "ticket.started"});
  std::vector<Step> all{{"reported", 0, story.ticket.time("created_at")},
                        {"accepted", 1, accepted}};
  if (on_site || depot)
    all.push_back({"assigned", 2,
                   first_of(events, {"ticket.assigned", "ticket.visit_planned",
                                     "ticket.visit_assigned", "visit.assigned"})});
  if (on_site) {
    all.push_back({"on_the_way", 4, first_of(events, {"visit.travel_started"})});
    all.push_back({"arrived", 5, first_of(events, {"visit.arrived"})});
  }
  if (depot) all.push_back({"in_repair", 3, first_of(events, {"ticket.started"})});
  all.push_back({"resolved", 8, story.ticket.time("resolved_at")});
  all.push_back({"closed", 9, story.ticket.time("closed_at")});

  // A cancelled ticket stands nowhere: what was reached has a time, nothing goes on.
  const bool cancelled = story.ticket.text("status") == "cancelled";
  if (cancelled) all.pop_back();
  int current = 0;
  for (std::size_t i = 0; i < all.size(); ++i)
    if (cancelled ? all[i].at.has_value() : all[i].level <= progress) current = static_cast<int>(i);
  json::array steps;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const bool done = static_cast<int>(i) <= current;
    steps.emplace_back(json::object{
        {"key", all[i].key},
        {"text", messages_.text(locale, std::string("portal.step.") + all[i].key)},
        {"at", done && all[i].at ? json::value(format_utc(*all[i].at)) : json::value()},
        {"done", done},
        {"current", !cancelled && static_cast<int>(i) == current}});
  }
  return steps;
}

json::value Portal::cancellation(const Story& story) const {
  if (story.ticket.text("status") != "cancelled") return nullptr;
  json::object card{{"at", story.ticket.text("closed_at")}, {"reason", nullptr}};
  // The customer's own words; what staff wrote is for staff.
  for (const auto& event : story.events)
    if (event.type == "ticket.cancelled" && event.actor_kind == store::ActorKind::kCustomer &&
        !event.reason.empty())
      card["reason"] = event.reason;
  return card;
}

json::value Portal::visit_card(const Story& story) const {
  if (!story.visit || !is_open_visit(story.visit->text("status"))) return nullptr;
  json::object card{{"engineer_name", story.engineer_name}, {"engineer_phone", nullptr}};
  // His number helps while he is coming; before and afterwards the service desk answers.
  const auto status = story.visit->text("status");
  if (status == "accepted" || status == "travelling" || status == "arrived")
    if (!story.engineer_phone.empty()) card["engineer_phone"] = story.engineer_phone;
  for (const auto* field : {"window_start", "window_end", "eta", "status"})
    if (const auto* value = hougu::find(story.visit->values, field)) card[field] = *value;
  return card;
}

json::array Portal::images(const json::value* files, std::string_view token) const {
  json::array urls;
  const auto* list = files ? files->if_array() : nullptr;
  if (!list) return urls;
  for (const auto& file : *list)
    if (const auto* object = file.if_object())
      if (const auto id = find_string(*object, "id"); id && object->contains("thumbnail_url"))
        urls.emplace_back("/api/v1/portal/track/" + std::string(token) + "/attachment/" +
                          std::string(*id));
  return urls;
}

Result<json::array> Portal::timeline(store::Transaction&, const Story& story, Locale locale) const {
  std::vector<std::pair<std::string, json::object>> items;
  const auto zone = tickets_.settings()->time_zone;
  for (const auto& event : story.events) {
    if (std::find(std::begin(kTold), std::end(kTold), event.type) == std::end(kTold)) continue;
    std::map<std::string, std::string> params{{"engineer", story.engineer_name}, {"window", ""}};
    if (event.type == "visit.planned" || event.type == "visit.assigned") {
      // A visit's own record tells when; its creation is no news before somebody has it.
      for (const auto& visit : story.visits)
        if (visit.id == event.record)
          if (const auto from = visit.time("window_start"), to = visit.time("window_end");
              from && to)
            params["window"] =
                local_time(*from, zone, "%m-%d %H:%M") + "–" + local_time(*to, zone, "%H:%M");
    }
    const bool timed = !params["window"].empty();
    auto key = "portal.event." + event.type + (timed ? ".timed" : "");
    if (!messages_.has(key)) key = "portal.event." + event.type;
    items.emplace_back(
        format_utc(event.at),
        json::object{
            {"kind", event.entity == "visit" ? "visit" : "event"},
            {"text", messages_.text(locale, key, params)},
            {"author", event.actor_kind == store::ActorKind::kCustomer
                           ? json::value(event.actor_name)
                           : json::value()},
            {"author_kind", event.actor_kind == store::ActorKind::kCustomer ? "customer" : "staff"},
            {"images", json::array()}});
  }
  for (const auto& message : story.messages)
    items.emplace_back(
        std::string(message.text("created_at")),
        json::object{{"kind", "message"},
                     {"text", message.text("body")},
                     {"author", message.text("author_name")},
                     {"author_kind", message.text("author_kind")},
                     {"images", images(hougu::find(message.values, "attachments"), story.token)}});
  std::stable_sort(items.begin(), items.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  json::array timeline;
  for (auto& [at, item] : items) {
    item["at"] = at;
    timeline.emplace_back(std::move(item));
  }
  return timeline;
}

json::value Portal::report_card(const Story& story) const {
  for (const auto& visit : story.visits)
    if (visit.text("status") == "completed")
      return json::object{{"fault_cause", visit.text("fault_cause")},
                          {"action_taken", visit.text("action_taken")},
                          {"photos", images(hougu::find(visit.values, "photos"), story.token)}};
  if (const auto resolution = story.ticket.text("resolution"); !resolution.empty())
    return json::object{
        {"fault_cause", ""}, {"action_taken", resolution}, {"photos", json::array()}};
  return nullptr;
}

Result<json::object> Portal::track(store::Transaction& tx, const Principal& customer,
                                   Locale locale) {
  HOUGU_TRY(auto story, read_story(tx, customer.id));
  const auto& ticket = story.ticket;
  const auto status = ticket.text("status");
  HOUGU_TRY(auto told, timeline(tx, story, locale));
  const auto visit_status = story.visit ? story.visit->text("status") : std::string_view();
  json::object page{
      {"number", ticket.text("number")},
      {"subject", ticket.text("subject")},
      {"description", ticket.text("description")},
      {"status", status},
      {"status_text", messages_.text(locale, "portal.status." + std::string(status))},
      {"service_type", label("ticket", "service_type", ticket.text("service_type"), locale)},
      {"created_at", ticket.text("created_at")},
      {"preferred_time", ticket.text("preferred_time")},
      {"photos", images(hougu::find(ticket.values, "photos"), story.token)},
      {"steps", steps(story, locale)},
      {"visit", visit_card(story)},
      {"cancelled", cancellation(story)},
      {"timeline", std::move(told)},
      {"can_cancel",
       is_open_ticket(status) && visit_status != "travelling" && visit_status != "arrived"},
      {"can_message", is_open_ticket(status) || status == "resolved"},
      {"can_rate", (status == "resolved" || status == "closed") && !story.rating &&
                       !ticket.reference("merged_into")},
      {"rating", nullptr},
      {"asset", nullptr},
      {"report", status == "resolved" || status == "closed" ? report_card(story) : json::value()}};
  if (story.rating) {
    json::object rating;
    for (const auto* field : {"overall", "attitude", "timeliness", "quality", "comment"})
      if (const auto* value = hougu::find(story.rating->values, field)) rating[field] = *value;
    page["rating"] = std::move(rating);
  }
  if (const auto* asset = find_object(ticket.values, "asset")) {
    json::object card{{"title", find_string(*asset, "title").value_or("")}};
    page["asset"] = std::move(card);
  }
  return page;
}
}  // namespace hougu::service
