// What an engineer sees of his day and of one job.
#include <date/date.h>
#include <date/tz.h>

#include <algorithm>

#include "service/assets/assets.h"
#include "service/tickets/ticket_views.h"
#include "service/tickets/visits.h"

namespace hougu::service {
namespace {

using identity::Principal;
using schema::Record;

// The moment at which the ISO date's day ends in the zone.
std::optional<Millis> end_of_day(std::string_view day, std::string_view zone) {
  Millis midnight = 0;
  if (day.size() != 10 || !parse_rfc3339(std::string(day) + "T00:00:00Z", midnight))
    return std::nullopt;
  using namespace std::chrono;
  try {
    const date::local_days next{date::floor<date::days>(milliseconds(midnight)) + date::days(1)};
    const auto moment = date::locate_zone(std::string(zone))
                            ->to_sys(date::local_seconds(next), date::choose::earliest);
    return duration_cast<milliseconds>(moment.time_since_epoch()).count();
  } catch (const std::exception&) {
    return midnight + 86'400'000;
  }
}

json::object part_of(const Record& record, std::initializer_list<const char*> fields) {
  json::object part{{"id", record.id.text()}};
  for (const auto* field : fields)
    if (const auto* value = find(record.values, field)) part[field] = *value;
  return part;
}

json::array open_states() {
  json::array states;
  for (const auto state : kOpenVisitStates)
    if (state != "planned") states.emplace_back(state);
  return states;
}
}  // namespace

Result<void> Visits::add_job_facts(store::Transaction& tx, const Principal& who, Record& visit) {
  add_permitted(who, visit);
  const auto ticket_id = visit.reference("ticket");
  if (!ticket_id) return {};
  // The visit is his, so he needs the facts of its ticket even where his role shows him no tickets.
  HOUGU_TRY(const auto ticket, records_.get(tx, who.elevated(), "ticket", *ticket_id));
  visit.values["_ticket"] =
      part_of(ticket, {"number", "subject", "description", "status", "priority", "contact_name",
                       "contact_phone", "address", "location", "photos", "in_warranty",
                       "service_type", "fault_category", "preferred_time", "due_at", "version"});
  const auto asset_id = ticket.reference("asset");
  if (!asset_id) return {};
  auto asset = records_.get(tx, who.elevated(), "asset", *asset_id);
  if (!asset.ok()) return {};
  auto facts = part_of(*asset, {"serial_number", "product", "installed_on", "purchased_on",
                                "warranty_until", "address", "location", "status", "note"});
  const auto state = warranty_state(asset->text("warranty_until"),
                                    local_date(clock_.now(), tickets_.settings()->time_zone));
  facts["warranty"] = json::object{
      {"state", warranty_name(state)},
      {"until", asset->values.contains("warranty_until") ? asset->values.at("warranty_until")
                                                         : json::value()}};
  visit.values["_asset"] = std::move(facts);
  return {};
}

Result<json::object> Visits::mine(store::Transaction& tx, const Principal& who,
                                  std::string_view day) {
  const auto zone = tickets_.settings()->time_zone;
  const auto chosen = day.empty() ? local_date(clock_.now(), zone) : std::string(day);
  const auto until = end_of_day(chosen, zone);
  if (!until) return invalid("field.invalid_date", "day");
  const auto until_text = format_utc(*until);
  const auto mine = condition("engineer", "eq", who.id.text());
  HOUGU_TRY(auto open,
            records_.list(
                tx, who,
                query_of("visit",
                         json::object{
                             {"and", json::array{mine, condition("status", "in", open_states())}}},
                         "window_start", 200)));
  HOUGU_TRY(
      auto ended,
      records_.list(
          tx, who,
          query_of("visit",
                   json::object{{"and", json::array{mine,
                                                    condition("ended_at", "ge",
                                                              format_utc(*until - 86'400'000)),
                                                    condition("ended_at", "lt", until_text)}}},
                   "-created_at", 100)));
  json::array records;
  const auto add = [&](Record& visit) -> Result<void> {
    HOUGU_CHECK(add_job_facts(tx, who, visit));
    records.emplace_back(std::move(visit.values));
    return {};
  };
  for (auto& visit : open.records)
    if (const auto start = visit.time("window_start"); !start || *start < *until)
      HOUGU_CHECK(add(visit));
  for (auto& visit : ended.records) HOUGU_CHECK(add(visit));
  return json::object{{"day", chosen}, {"records", std::move(records)}};
}

Result<Record> Visits::job(store::Transaction& tx, const Principal& who, const Id& id) {
  HOUGU_TRY(auto visit, records_.get(tx, who, "visit", id));
  HOUGU_CHECK(add_job_facts(tx, who, visit));
  json::array history;
  const auto* asset = find_object(visit.values, "_asset");
  if (const auto asset_id = asset ? find_string(*asset, "id") : std::nullopt) {
    HOUGU_TRY(const auto page,
              records_.list(tx, who.elevated(),
                            query_of("visit", condition("ticket.asset", "eq", *asset_id),
                                     "-created_at", 20)));
    for (const auto& earlier : page.records)
      if (earlier.id != visit.id)
        history.emplace_back(part_of(
            earlier, {"number", "ticket", "status", "place", "engineer", "ended_at", "created_at",
                      "fault_cause", "action_taken", "unfinished_reason", "next_needs"}));
  }
  visit.values["_history"] = std::move(history);
  return visit;
}
}  // namespace hougu::service
