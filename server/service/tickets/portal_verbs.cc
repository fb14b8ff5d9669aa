// What a customer does on the progress page.
#include "service/tickets/portal.h"
#include "service/tickets/ticket_views.h"

namespace hougu::service {

using identity::Principal;

Result<void> Portal::message(store::Transaction& tx, const Principal& customer,
                             const json::object& command) {
  HOUGU_CHECK(only_members(command, {"body", "photos"}));
  HOUGU_TRY(const auto body, required_text(command, "body", 2000));
  HOUGU_TRY(const auto ticket, records_.get(tx, Principal::system(), "ticket", customer.id));
  const auto status = ticket.text("status");
  if (!is_open_ticket(status) && status != "resolved")
    return conflict("portal.ticket_over", {{"status", "@portal.status." + std::string(status)}});
  const auto* photos = hougu::find(command, "photos");
  auto sent = tickets_.add_message(tx, customer, customer.id, "reply", "customer", body,
                                   photos ? *photos : json::value());
  if (!sent.ok() && sent.error().field == "attachments") sent.error().field = "photos";
  HOUGU_CHECK(sent);
  return {};
}

Result<void> Portal::cancel(store::Transaction& tx, const Principal& customer,
                            const json::object& command) {
  HOUGU_CHECK(only_members(command, {"reason"}));
  HOUGU_TRY(const auto reason, optional_text(command, "reason", 500));
  HOUGU_TRY(const auto ticket, records_.get(tx, Principal::system(), "ticket", customer.id));
  const auto* transition = find_transition(ticket_transitions(), "cancel");
  HOUGU_CHECK(check_transition("ticket", *transition, ticket.text("status")));
  HOUGU_TRY(const auto visits,
            records_.list(tx, Principal::system(),
                          query_of("visit", condition("ticket", "eq", customer.id.text()),
                                   "-created_at", 50)));
  for (const auto& visit : visits.records)
    if (const auto status = visit.text("status"); status == "travelling" || status == "arrived")
      return conflict("portal.engineer_is_coming");
  HOUGU_CHECK(tickets_.cancel(tx, customer, ticket, reason));
  return {};
}

Result<void> Portal::rate(store::Transaction& tx, const Principal& customer,
                          const json::object& command) {
  HOUGU_CHECK(only_members(command, {"overall", "attitude", "timeliness", "quality", "comment"}));
  if (!find_integer(command, "overall")) return invalid("field.required", "overall");
  HOUGU_TRY(const auto ticket, records_.get(tx, Principal::system(), "ticket", customer.id));
  const auto status = ticket.text("status");
  if (status != "resolved" && status != "closed") return conflict("portal.not_done_yet");
  HOUGU_TRY(const auto earlier, records_.find_by(tx, Principal::system(), "rating", "ticket",
                                                 json::value(customer.id.text())));
  if (earlier) return conflict("portal.rated_already");
  schema::Values values = command;
  values["ticket"] = customer.id.text();
  HOUGU_TRY(const auto visits,
            records_.list(tx, Principal::system(),
                          query_of("visit", condition("ticket", "eq", customer.id.text()),
                                   "-created_at", 50)));
  auto engineer = ticket.reference("assignee");
  for (const auto& visit : visits.records)
    if (visit.text("status") == "completed" && visit.reference("engineer")) {
      engineer = visit.reference("engineer");
      break;
    }
  if (engineer) values["engineer"] = engineer->text();
  schema::Note note;
  note.data["ticket"] = customer.id.text();
  HOUGU_CHECK(records_.create(tx, customer.elevated(), "rating", values, note));
  // A content customer is the confirmation that a resolved ticket waits for; a discontented one
  // needs somebody to look at it first.
  if (status == "resolved" && find_integer(command, "overall").value_or(0) >= 3)
    HOUGU_CHECK(tickets_.advance(tx, customer, customer.id, "closed", "closed",
                                 {{"closed_at", format_utc(clock_.now())}}));
  else {
    store::CommittedEvent event;
    event.type = "ticket.rated";
    event.entity = "ticket";
    event.record = customer.id;
    tx.announce(std::move(event));
  }
  return {};
}

Result<void> Portal::change_preferred_time(store::Transaction& tx, const Principal& customer,
                                           const json::object& command) {
  HOUGU_CHECK(only_members(command, {"preferred_time"}));
  HOUGU_TRY(const auto preferred, required_text(command, "preferred_time", 60));
  HOUGU_TRY(const auto ticket, records_.get(tx, Principal::system(), "ticket", customer.id));
  if (!is_open_ticket(ticket.text("status")))
    return conflict("portal.ticket_over",
                    {{"status", "@portal.status." + std::string(ticket.text("status"))}});
  HOUGU_CHECK(records_.update(tx, customer.elevated(), "ticket", customer.id, ticket.version,
                              {{"preferred_time", preferred}},
                              {"preferred_time_changed", "", {}, true}));
  return {};
}

Result<bool> Portal::shows_file(store::Transaction& tx, const Principal& customer,
                                std::string_view entity, const Id& record, std::string_view field) {
  if (entity == "ticket") return record == customer.id && field == "photos";
  if (entity == "ticket_message") {
    auto message = records_.get(tx, Principal::system(), "ticket_message", record);
    return message.ok() && message->reference("ticket") == customer.id &&
           message->text("kind") == "reply";
  }
  if (entity == "visit") {
    auto visit = records_.get(tx, Principal::system(), "visit", record);
    return visit.ok() && visit->reference("ticket") == customer.id &&
           visit->text("status") == "completed" && (field == "photos" || field == "signature");
  }
  return false;
}
}  // namespace hougu::service
