#include "service/tickets/tickets.h"

#include <algorithm>

namespace hougu::service {

using identity::Principal;
using schema::Record;

struct Tickets::Context {
  store::Transaction& tx;
  const Principal& who;
  const Record& ticket;  // with all fields
  const json::object& command;
  std::optional<std::int64_t> version;
};

Tickets::Tickets(store::Database& database, schema::Schema& schema, schema::Records& records,
                 const Clock& clock, IdSource& ids)
    : database_(database),
      schema_(schema),
      records_(records),
      clock_(clock),
      ids_(ids),
      regions_(records),
      settings_(std::make_shared<const TicketSettings>()) {
  subscription_ = database_.on_events([this](const store::CommittedEvent& event) {
    if (event.entity == "region") regions_.forget();
  });
}

void Tickets::configure(TicketSettings settings) {
  auto next = std::make_shared<const TicketSettings>(std::move(settings));
  std::lock_guard lock(mutex_);
  settings_ = std::move(next);
}

std::shared_ptr<const TicketSettings> Tickets::settings() const {
  std::lock_guard lock(mutex_);
  return settings_;
}

Result<Record> Tickets::write(Context& context, json::object values, std::string_view event,
                              std::string_view reason, json::object data) {
  schema::Note note{std::string(event), std::string(reason), std::move(data), true};
  return records_.update(context.tx, context.who.elevated(), "ticket", context.ticket.id,
                         context.version.value_or(context.ticket.version), values, note);
}

Result<Record> Tickets::run(store::Transaction& tx, const Principal& who, std::string_view verb,
                            const Id& id, const json::object& command) {
  const auto* transition = find_transition(ticket_transitions(), verb);
  if (!transition) return not_found("verb.unknown");
  HOUGU_CHECK(records_.require(tx, who, "ticket", id, verb));
  HOUGU_TRY(const auto ticket, records_.get(tx, who.elevated(), "ticket", id));
  HOUGU_CHECK(check_transition("ticket", *transition, ticket.text("status")));

  json::object body = command;
  Context context{tx, who, ticket, body, find_integer(command, "version")};
  if (const auto* version = find(command, "version"); version && !context.version)
    return invalid("field.wrong_type", "version");
  body.erase("version");

  using Verb = Result<Record> (Tickets::*)(Context&);
  static constexpr std::pair<std::string_view, Verb> kVerbs[] = {
      {"triage", &Tickets::triage},   {"assign", &Tickets::assign},   {"pause", &Tickets::pause},
      {"resume", &Tickets::resume},   {"resolve", &Tickets::resolve}, {"close", &Tickets::close},
      {"reopen", &Tickets::reopen},   {"merge", &Tickets::merge},     {"split", &Tickets::split},
      {"message", &Tickets::message},
  };
  for (const auto& [name, function] : kVerbs) {
    if (name != verb) continue;
    HOUGU_TRY(auto result, (this->*function)(context));
    const auto* entity = verb == "message" ? "ticket_message" : "ticket";
    return as_seen(records_, tx, who, entity, std::move(result));
  }
  if (verb != "cancel") {
    HOUGU_TRY(auto linked, link(context, verb == "link"));
    return as_seen(records_, tx, who, "ticket", std::move(linked));
  }
  HOUGU_CHECK(only_members(body, {"reason"}));
  HOUGU_TRY(const auto reason, required_text(body, "reason"));
  HOUGU_TRY(auto cancelled, cancel(tx, who, ticket, reason));
  return as_seen(records_, tx, who, "ticket", std::move(cancelled));
}

Result<Record> Tickets::triage(Context& context) {
  HOUGU_CHECK(only_members(context.command,
                           {"service_type", "priority", "fault_category", "team", "note"}));
  json::object values{{"status", "open"}};
  for (const auto* field : {"service_type", "priority", "fault_category", "team"})
    if (context.command.contains(field)) values[field] = context.command.at(field);
  HOUGU_TRY(const auto note, optional_text(context.command, "note"));
  return write(context, std::move(values), "triaged", note);
}

Result<Record> Tickets::assign(Context& context) {
  HOUGU_CHECK(only_members(context.command, {"team", "assignee", "reason"}));
  HOUGU_TRY(const auto team, optional_id(context.command, "team"));
  HOUGU_TRY(const auto assignee, optional_id(context.command, "assignee"));
  if (!context.command.contains("team") && !context.command.contains("assignee"))
    return invalid("ticket.assign_to_whom", "assignee");
  HOUGU_TRY(const auto reason, optional_text(context.command, "reason"));
  json::object values;
  if (context.command.contains("team"))
    values["team"] = team ? json::value(team->text()) : json::value();
  if (context.command.contains("assignee"))
    values["assignee"] = assignee ? json::value(assignee->text()) : json::value();
  const auto status = context.ticket.text("status");
  if (assignee && (status == "new" || status == "open")) values["status"] = "assigned";
  if (!assignee && context.command.contains("assignee") && status == "assigned")
    values["status"] = "open";
  if (!assignee && status == "new" && !values.contains("status")) values["status"] = "open";
  return write(context, std::move(values), "assigned", reason);
}

Result<Record> Tickets::pause(Context& context) {
  HOUGU_CHECK(only_members(context.command, {"pause_reason", "note"}));
  HOUGU_TRY(const auto reason, required_text(context.command, "pause_reason", 40));
  HOUGU_TRY(const auto note, optional_text(context.command, "note"));
  return write(context,
               {{"status", "paused"},
                {"pause_reason", reason},
                {"paused_from", context.ticket.text("status")}},
               "paused", note);
}

Result<Record> Tickets::resume(Context& context) {
  HOUGU_CHECK(only_members(context.command, {"note"}));
  HOUGU_TRY(const auto note, optional_text(context.command, "note"));
  const auto before = context.ticket.text("paused_from");
  return write(context,
               {{"status", before.empty() ? std::string_view("open") : before},
                {"pause_reason", nullptr},
                {"paused_from", nullptr}},
               "resumed", note);
}

Result<Record> Tickets::resolve(Context& context) {
  HOUGU_CHECK(only_members(context.command, {"resolution"}));
  HOUGU_TRY(const auto resolution, required_text(context.command, "resolution", 20000));
  return write(
      context,
      {{"status", "resolved"}, {"resolution", resolution}, {"resolved_at", format_utc(now())}},
      "resolved");
}

Result<Record> Tickets::close(Context& context) {
  HOUGU_CHECK(only_members(context.command, {"note", "resolution"}));
  HOUGU_TRY(const auto note, optional_text(context.command, "note"));
  HOUGU_TRY(const auto resolution, optional_text(context.command, "resolution", 20000));
  const bool resolved = context.ticket.text("status") == "resolved";
  if (!resolved && resolution.empty())
    return invalid("ticket.close_needs_resolution", "resolution");
  json::object values{{"status", "closed"}, {"closed_at", format_utc(now())}};
  if (!resolution.empty()) values["resolution"] = resolution;
  if (!resolved) values["resolved_at"] = format_utc(now());
  return write(context, std::move(values), "closed", note);
}

Result<Record> Tickets::reopen(Context& context) {
  HOUGU_CHECK(only_members(context.command, {"reason"}));
  HOUGU_TRY(const auto reason, required_text(context.command, "reason"));
  return write(context,
               {{"status", "open"},
                {"resolved_at", nullptr},
                {"closed_at", nullptr},
                {"merged_into", nullptr}},
               "reopened", reason);
}

Result<Record> Tickets::merge(Context& context) {
  HOUGU_CHECK(only_members(context.command, {"into"}));
  HOUGU_TRY(const auto into, optional_id(context.command, "into"));
  if (!into) return invalid("field.required", "into");
  if (*into == context.ticket.id) return invalid("ticket.merge_into_itself", "into");
  auto target = records_.require(context.tx, context.who, "ticket", *into, "merge");
  if (!target.ok()) return invalid("field.invalid_reference", "into");
  if (!is_open_ticket(target->text("status")) && target->text("status") != "resolved")
    return invalid("ticket.merge_into_closed", "into");
  if (target->reference("merged_into")) return invalid("ticket.merge_into_merged", "into");
  HOUGU_TRY(
      auto merged,
      write(context,
            {{"status", "closed"}, {"closed_at", format_utc(now())}, {"merged_into", into->text()}},
            "merged"));
  HOUGU_CHECK(records_.update(context.tx, context.who.elevated(), "ticket", *into, std::nullopt, {},
                              {"absorbed", "",
                               json::object{{"ticket", context.ticket.id.text()},
                                            {"number", context.ticket.text("number")}},
                               true}));
  return merged;
}

Result<Record> Tickets::split(Context& context) {
  HOUGU_CHECK(only_members(context.command, {"subject", "description", "messages"}));
  HOUGU_TRY(const auto subject, required_text(context.command, "subject", 120));
  HOUGU_TRY(const auto description, optional_text(context.command, "description", 20000));
  json::object values{{"subject", subject},
                      {"description", description},
                      {"split_from", context.ticket.id.text()},
                      {"status", "open"}};
  for (const auto* field :
       {"service_type", "priority", "channel", "customer", "contact_name", "contact_phone",
        "address", "location", "asset", "serial_number", "in_warranty", "region", "team"})
    if (const auto* value = find(context.ticket.values, field); value && !value->is_null())
      values[field] = *value;
  HOUGU_TRY(auto complete, intake(context.tx, context.who, std::move(values)));
  schema::Note note;
  note.managed = true;
  HOUGU_TRY(auto made,
            records_.create(context.tx, context.who.elevated(), "ticket", complete, note));
  if (const auto* messages = find_array(context.command, "messages")) {
    if (messages->size() > 200) return invalid("field.too_many", "messages", {{"max", "200"}});
    for (const auto& entry : *messages) {
      const auto id = entry.is_string() ? Id::parse(entry.as_string()) : std::nullopt;
      if (!id) return invalid("field.invalid_reference", "messages");
      auto message = records_.get(context.tx, context.who, "ticket_message", *id);
      if (!message.ok() || message->reference("ticket") != context.ticket.id)
        return invalid("field.invalid_reference", "messages");
      HOUGU_CHECK(add_message(context.tx, context.who, made.id, message->text("kind"),
                              message->text("author_kind"), message->text("body"), nullptr));
    }
  }
  HOUGU_CHECK(write(context, {}, "split", "",
                    json::object{{"ticket", made.id.text()}, {"number", made.text("number")}}));
  return made;
}

Result<Record> Tickets::link(Context& context, bool add) {
  HOUGU_CHECK(only_members(context.command, {"ticket"}));
  HOUGU_TRY(const auto other, optional_id(context.command, "ticket"));
  if (!other) return invalid("field.required", "ticket");
  if (*other == context.ticket.id) return invalid("ticket.link_to_itself", "ticket");
  HOUGU_TRY(const bool seen, records_.visible(context.tx, context.who, "ticket", *other));
  if (!seen) return invalid("field.invalid_reference", "ticket");
  HOUGU_TRY(const auto other_ticket,
            records_.get(context.tx, context.who.elevated(), "ticket", *other));
  const auto change = [&](const Record& ticket, const Id& partner) -> Result<Record> {
    json::array ids;
    if (const auto* related = find_array(ticket.values, "related"))
      for (const auto& entry : *related)
        if (const auto* object = entry.if_object())
          if (const auto id = find_string(*object, "id"); id && *id != partner.text())
            ids.emplace_back(*id);
    if (add) ids.emplace_back(partner.text());
    return records_.update(
        context.tx, context.who.elevated(), "ticket", ticket.id, ticket.version,
        {{"related", std::move(ids)}},
        {add ? "linked" : "unlinked", "", json::object{{"ticket", partner.text()}}, true});
  };
  HOUGU_CHECK(change(other_ticket, context.ticket.id));
  return change(context.ticket, *other);
}

Result<Record> Tickets::message(Context& context) {
  HOUGU_CHECK(only_members(context.command, {"kind", "body", "attachments"}));
  HOUGU_TRY(const auto kind, required_text(context.command, "kind", 20));
  if (kind != "reply" && kind != "note") return invalid("field.invalid_choice", "kind");
  HOUGU_TRY(const auto body, required_text(context.command, "body", 10000));
  const auto* attachments = find(context.command, "attachments");
  HOUGU_TRY(auto message, add_message(context.tx, context.who, context.ticket.id, kind, "staff",
                                      body, attachments ? *attachments : json::value()));
  if (kind == "reply" && context.ticket.text("first_response_at").empty())
    HOUGU_CHECK(write(context, {{"first_response_at", format_utc(now())}}, "answered"));
  return message;
}

Result<Record> Tickets::add_message(store::Transaction& tx, const Principal& who, const Id& ticket,
                                    std::string_view kind, std::string_view author_kind,
                                    std::string_view body, const json::value& attachments) {
  schema::Values values{{"ticket", ticket.text()},
                        {"kind", kind},
                        {"author_kind", author_kind},
                        {"author_name", who.name},
                        {"body", body}};
  if (!attachments.is_null()) values["attachments"] = attachments;
  schema::Note note;
  note.data["ticket"] = ticket.text();
  HOUGU_TRY(auto message, records_.create(tx, who.elevated(), "ticket_message", values, note));
  // The ticket itself hasn't changed, but those who look at it want to know.
  store::CommittedEvent event;
  event.type = "ticket.messaged";
  event.entity = "ticket";
  event.record = ticket;
  event.actor = who.id;
  tx.announce(std::move(event));
  return message;
}

Result<Record> Tickets::cancel(store::Transaction& tx, const Principal& who, const Record& ticket,
                               std::string_view reason) {
  schema::ListQuery visits;
  visits.entity = "visit";
  visits.where = json::object{{"field", "ticket"}, {"op", "eq"}, {"value", ticket.id.text()}};
  visits.limit = 200;
  HOUGU_TRY(const auto page, records_.list(tx, who.elevated(), visits));
  for (const auto& visit : page.records)
    if (is_open_visit(visit.text("status")))
      HOUGU_CHECK(records_.update(tx, who.elevated(), "visit", visit.id, visit.version,
                                  {{"status", "cancelled"}, {"ended_at", format_utc(now())}},
                                  {"cancelled", std::string(reason), {}, true}));
  return records_.update(tx, who.elevated(), "ticket", ticket.id, ticket.version,
                         {{"status", "cancelled"}, {"closed_at", format_utc(now())}},
                         {"cancelled", std::string(reason), {}, true});
}

Result<Record> Tickets::advance(store::Transaction& tx, const Principal& who, const Id& ticket,
                                std::string_view status, std::string_view event,
                                json::object changes) {
  changes["status"] = status;
  return records_.update(tx, who.elevated(), "ticket", ticket, std::nullopt, changes,
                         {std::string(event), "", {}, true});
}

void Tickets::add_permitted(const Principal& who, Record& ticket) {
  auto verbs = verbs_from(ticket_transitions(), ticket.text("status"));
  verbs.insert(verbs.end(), {"update", "delete"});
  json::array can;
  for (const auto& verb : records_.permitted(who, "ticket", ticket, verbs)) can.emplace_back(verb);
  ticket.values["_can"] = std::move(can);
}
}  // namespace hougu::service
