#include "service/tickets/visits.h"

namespace hougu::service {

using identity::Principal;
using schema::Record;

struct Visits::Context {
  store::Transaction& tx;
  const Principal& who;
  const Transition& transition;
  const Record& visit;
  Id ticket;
  const json::object& command;
  std::optional<std::int64_t> version;
};

namespace {
// The end of an appointment lies behind its start, and both are given or neither.
Result<void> check_window(const json::object& command) {
  const auto start = find_string(command, "window_start");
  const auto end = find_string(command, "window_end");
  if (!start && !end) return {};
  Millis from = 0, to = 0;
  if (!start || !parse_rfc3339(*start, from))
    return invalid("field.invalid_date_time", "window_start");
  if (!end || !parse_rfc3339(*end, to)) return invalid("field.invalid_date_time", "window_end");
  if (to <= from) return invalid("visit.window_reversed", "window_end");
  return {};
}

void copy(const json::object& from, std::initializer_list<const char*> fields, json::object& to) {
  for (const auto* field : fields)
    if (const auto* value = find(from, field)) to[field] = *value;
}
}  // namespace

Result<Record> Visits::plan(store::Transaction& tx, const Principal& who,
                            const json::object& command) {
  HOUGU_CHECK(only_members(
      command, {"ticket", "place", "window_start", "window_end", "note", "team", "engineer"}));
  if (!who.access->entity("visit").create) return forbidden();
  HOUGU_TRY(const auto ticket_id, optional_id(command, "ticket"));
  if (!ticket_id) return invalid("field.required", "ticket");
  HOUGU_TRY(const bool seen, records_.visible(tx, who, "ticket", *ticket_id));
  if (!seen) return invalid("field.invalid_reference", "ticket");
  HOUGU_TRY(const auto ticket, records_.get(tx, who.elevated(), "ticket", *ticket_id));
  if (!is_open_ticket(ticket.text("status")))
    return conflict("visit.ticket_not_open",
                    {{"status", "@ticket.status." + std::string(ticket.text("status"))}});
  HOUGU_CHECK(check_window(command));
  HOUGU_TRY(const auto engineer, optional_id(command, "engineer"));

  json::object values{{"ticket", ticket_id->text()}, {"status", engineer ? "assigned" : "planned"}};
  copy(command, {"place", "window_start", "window_end", "note", "team", "engineer"}, values);
  if (!values.contains("team"))
    if (const auto* team = find(ticket.values, "team")) values["team"] = *team;
  schema::Note note;
  note.managed = true;
  note.data["ticket"] = ticket_id->text();
  HOUGU_TRY(auto visit, records_.create(tx, who.elevated(), "visit", values, note));
  if (const auto status = ticket.text("status"); status == "new" || status == "open") {
    json::object changes;
    if (engineer && !ticket.reference("assignee")) changes["assignee"] = engineer->text();
    HOUGU_CHECK(tickets_.advance(tx, who, *ticket_id, engineer ? "assigned" : "open",
                                 "visit_planned", std::move(changes)));
  }
  return as_seen(records_, tx, who, "visit", std::move(visit));
}

Result<Record> Visits::run(store::Transaction& tx, const Principal& who, std::string_view verb,
                           const Id& id, const json::object& command) {
  const auto* transition = find_transition(visit_transitions(), verb);
  if (!transition) return not_found("verb.unknown");
  HOUGU_CHECK(records_.require(tx, who, "visit", id, verb));
  HOUGU_TRY(const auto visit, records_.get(tx, who.elevated(), "visit", id));
  HOUGU_CHECK(check_transition("visit", *transition, visit.text("status")));
  const auto ticket = visit.reference("ticket");
  if (!ticket) return internal("visit without a ticket: " + id.text());

  json::object body = command;
  if (const auto* version = find(command, "version"); version && !version->is_int64())
    return invalid("field.wrong_type", "version");
  body.erase("version");
  Context context{tx, who, *transition, visit, *ticket, body, find_integer(command, "version")};
  using Verb = Result<Record> (Visits::*)(Context&);
  static constexpr std::pair<std::string_view, Verb> kVerbs[] = {
      {"plan", &Visits::replan},
      {"assign", &Visits::assign},
      {"accept", &Visits::accept},
      {"refuse", &Visits::refuse},
      {"start_travel", &Visits::start_travel},
      {"arrive", &Visits::arrive},
      {"complete", &Visits::complete},
      {"end_unfinished", &Visits::end_unfinished},
      {"cancel", &Visits::cancel},
  };
  for (const auto& [name, function] : kVerbs) {
    if (name != verb) continue;
    HOUGU_TRY(auto changed, (this->*function)(context));
    HOUGU_TRY(auto seen, as_seen(records_, tx, who, "visit", std::move(changed)));
    add_permitted(who, seen);
    return seen;
  }
  return not_found("verb.unknown");
}

Result<Record> Visits::write(Context& context, json::object values, std::string_view reason) {
  if (!context.transition.to.empty()) values["status"] = context.transition.to;
  schema::Note note{std::string(context.transition.event), std::string(reason), {}, true};
  note.data["ticket"] = context.ticket.text();
  return records_.update(context.tx, context.who.elevated(), "visit", context.visit.id,
                         context.version.value_or(context.visit.version), values, note);
}

Result<Record> Visits::replan(Context& context) {
  HOUGU_CHECK(only_members(context.command, {"window_start", "window_end", "note"}));
  HOUGU_CHECK(check_window(context.command));
  json::object values;
  copy(context.command, {"window_start", "window_end", "note"}, values);
  return write(context, std::move(values));
}

Result<Record> Visits::assign(Context& context) {
  HOUGU_CHECK(only_members(context.command, {"engineer", "team", "reason"}));
  HOUGU_TRY(const auto engineer, optional_id(context.command, "engineer"));
  if (!engineer) return invalid("field.required", "engineer");
  HOUGU_TRY(const auto reason, optional_text(context.command, "reason"));
  json::object values{
      {"engineer", engineer->text()}, {"refuse_reason", nullptr}, {"accepted_at", nullptr}};
  copy(context.command, {"team"}, values);
  HOUGU_TRY(auto visit, write(context, std::move(values), reason));
  HOUGU_TRY(const auto ticket,
            records_.get(context.tx, context.who.elevated(), "ticket", context.ticket));
  if (const auto status = ticket.text("status"); status == "new" || status == "open") {
    json::object changes;
    if (!ticket.reference("assignee")) changes["assignee"] = engineer->text();
    HOUGU_CHECK(tickets_.advance(context.tx, context.who, context.ticket, "assigned",
                                 "visit_assigned", std::move(changes)));
  }
  return visit;
}

Result<Record> Visits::accept(Context& context) {
  HOUGU_CHECK(only_members(context.command, {}));
  return write(context, {{"accepted_at", format_utc(clock_.now())}});
}

Result<Record> Visits::refuse(Context& context) {
  HOUGU_CHECK(only_members(context.command, {"reason"}));
  HOUGU_TRY(const auto reason, required_text(context.command, "reason", 200));
  return write(context, {{"refuse_reason", reason}}, reason);
}

Result<Record> Visits::start_travel(Context& context) {
  HOUGU_CHECK(only_members(context.command, {"eta"}));
  json::object values{{"travel_started_at", format_utc(clock_.now())}};
  copy(context.command, {"eta"}, values);
  HOUGU_TRY(auto visit, write(context, std::move(values)));
  HOUGU_CHECK(ticket_in_progress(context));
  return visit;
}

Result<Record> Visits::arrive(Context& context) {
  HOUGU_CHECK(only_members(context.command, {"position", "at"}));
  Millis at = clock_.now();
  if (const auto given = find_string(context.command, "at")) {
    // A phone that was without network tells when it really was there; it can't be in the future.
    if (!parse_rfc3339(*given, at)) return invalid("field.invalid_date_time", "at");
    if (at > clock_.now()) at = clock_.now();
  }
  json::object values{{"arrived_at", format_utc(at)}};
  if (const auto* position = find(context.command, "position"))
    values["arrived_position"] = *position;
  auto visit = write(context, std::move(values));
  if (!visit.ok() && visit.error().field == "arrived_position") visit.error().field = "position";
  HOUGU_CHECK(visit);
  HOUGU_CHECK(ticket_in_progress(context));
  return visit;
}

Result<Record> Visits::complete(Context& context) {
  HOUGU_CHECK(only_members(context.command, {"fault_cause", "action_taken", "labour_minutes",
                                             "photos", "signature", "signed_by"}));
  HOUGU_CHECK(required_text(context.command, "fault_cause", 20000));
  HOUGU_TRY(const auto action, required_text(context.command, "action_taken", 20000));
  if (!find_integer(context.command, "labour_minutes"))
    return invalid("field.required", "labour_minutes");
  json::object values{{"ended_at", format_utc(clock_.now())}};
  copy(context.command,
       {"fault_cause", "action_taken", "labour_minutes", "photos", "signature", "signed_by"},
       values);
  HOUGU_TRY(auto visit, write(context, std::move(values)));
  HOUGU_TRY(const bool others, other_open_visits(context));
  HOUGU_TRY(const auto ticket,
            records_.get(context.tx, context.who.elevated(), "ticket", context.ticket));
  if (!others && is_open_ticket(ticket.text("status")))
    HOUGU_CHECK(tickets_.advance(context.tx, context.who, context.ticket, "resolved", "resolved",
                                 {{"resolution", action},
                                  {"resolved_at", format_utc(clock_.now())},
                                  {"pause_reason", nullptr},
                                  {"paused_from", nullptr}}));
  return visit;
}

Result<Record> Visits::end_unfinished(Context& context) {
  HOUGU_CHECK(only_members(context.command,
                           {"unfinished_reason", "next_needs", "photos", "labour_minutes"}));
  HOUGU_TRY(const auto reason, required_text(context.command, "unfinished_reason", 200));
  json::object values{{"ended_at", format_utc(clock_.now())}};
  copy(context.command, {"unfinished_reason", "next_needs", "photos", "labour_minutes"}, values);
  HOUGU_TRY(auto visit, write(context, std::move(values), reason));
  HOUGU_TRY(const auto ticket,
            records_.get(context.tx, context.who.elevated(), "ticket", context.ticket));
  HOUGU_TRY(const bool others, other_open_visits(context));
  const auto status = ticket.text("status");
  if (!others && (status == "in_progress" || status == "assigned"))
    HOUGU_CHECK(
        tickets_.advance(context.tx, context.who, context.ticket, "open", "visit_unfinished"));
  return visit;
}

Result<Record> Visits::cancel(Context& context) {
  HOUGU_CHECK(only_members(context.command, {"reason"}));
  HOUGU_TRY(const auto reason, required_text(context.command, "reason"));
  return write(context, {{"ended_at", format_utc(clock_.now())}}, reason);
}

Result<void> Visits::ticket_in_progress(Context& context) {
  HOUGU_TRY(const auto ticket,
            records_.get(context.tx, context.who.elevated(), "ticket", context.ticket));
  const auto status = ticket.text("status");
  if (status != "new" && status != "open" && status != "assigned") return {};
  HOUGU_CHECK(tickets_.advance(context.tx, context.who, context.ticket, "in_progress", "started"));
  return {};
}

Result<bool> Visits::other_open_visits(Context& context) {
  schema::ListQuery query;
  query.entity = "visit";
  query.where = json::object{{"field", "ticket"}, {"op", "eq"}, {"value", context.ticket.text()}};
  query.limit = 200;
  HOUGU_TRY(const auto page, records_.list(context.tx, context.who.elevated(), query));
  for (const auto& visit : page.records)
    if (visit.id != context.visit.id && is_open_visit(visit.text("status"))) return true;
  return false;
}

void Visits::add_permitted(const Principal& who, Record& visit) {
  auto verbs = verbs_from(visit_transitions(), visit.text("status"));
  verbs.insert(verbs.end(), {"update", "delete"});
  json::array can;
  for (const auto& verb : records_.permitted(who, "visit", visit, verbs)) can.emplace_back(verb);
  visit.values["_can"] = std::move(can);
}
}  // namespace hougu::service
