// Tickets: creation, verbs, and what an agent sees around one. Fields, lists and history are those
// of every entity (records.cc).
#include "service/tickets/tickets.h"

#include "api/routes.h"
#include "service/tickets/portal.h"
#include "service/tickets/ticket_views.h"

namespace hougu::api {
namespace {

Result<Answer> create_ticket(Call& call) {
  HOUGU_TRY(auto ticket, call.services.tickets->create(call.tx, call.who, call.object()));
  return Answer::created(std::move(ticket.values));
}

Result<Answer> run_verb(Call& call) {
  HOUGU_TRY(const auto id, call.id());
  const auto verb = call.params["verb"];
  HOUGU_TRY(auto record, call.services.tickets->run(call.tx, call.who, verb, id, call.object()));
  const bool made = verb == "message" || verb == "split";
  if (verb != "message" && !record.values.contains("_hidden"))
    call.services.tickets->add_permitted(call.who, record);
  return made ? Answer::created(std::move(record.values)) : Answer::ok(std::move(record.values));
}

Result<Answer> timeline(Call& call) {
  HOUGU_TRY(const auto id, call.id());
  HOUGU_TRY(auto items, call.services.ticket_views->timeline(call.tx, call.who, id));
  return Answer::ok(std::move(items));
}

Result<Answer> context(Call& call) {
  HOUGU_TRY(const auto id, call.id());
  HOUGU_TRY(auto found, call.services.ticket_views->context(call.tx, call.who, id));
  return Answer::ok(std::move(found));
}

Result<Answer> tracking(Call& call) {
  HOUGU_TRY(const auto id, call.id());
  HOUGU_CHECK(call.services.records.get(call.tx, call.who, "ticket", id));
  return Answer::ok(
      json::object{{"url", call.services.public_url + call.services.portal->track_url(id)}});
}

Result<Answer> ticket_visits(Call& call) {
  HOUGU_TRY(const auto id, call.id());
  HOUGU_TRY(auto page, call.services.ticket_views->visits(call.tx, call.who, id));
  json::array records;
  for (auto& visit : page.records) {
    call.services.visits->add_permitted(call.who, visit);
    records.emplace_back(std::move(visit.values));
  }
  return Answer::ok(json::object{{"records", std::move(records)}});
}

Result<Answer> find_caller(Call& call) {
  HOUGU_TRY(auto found, call.services.ticket_views->find_caller(
                            call.tx, call.who, call.request.parameter("phone").value_or(""),
                            call.request.parameter("serial").value_or(""),
                            call.request.parameter("q").value_or("")));
  return Answer::ok(std::move(found));
}
}  // namespace

Routes ticket_routes() {
  const auto signed_in = Access::signed_in();
  Routes routes;
  routes.push_back(write(Method::kPost, "/ticket", signed_in, Body::open_json(), "ticket.create",
                         create_ticket));
  routes.push_back(write(Method::kPost, "/ticket/{id}/{verb}", signed_in, Body::open_json(),
                         "ticket.verb", run_verb));
  routes.push_back(
      read(Method::kGet, "/ticket/{id}/timeline", signed_in, "ticket.timeline", timeline));
  routes.push_back(
      read(Method::kGet, "/ticket/{id}/context", signed_in, "ticket.context", context));
  routes.push_back(
      read(Method::kGet, "/ticket/{id}/tracking", signed_in, "ticket.tracking", tracking));
  routes.push_back(
      read(Method::kGet, "/ticket/{id}/visits", signed_in, "ticket.visits", ticket_visits));
  routes.push_back(read(Method::kGet, "/customer/find", signed_in, "customer.find", find_caller)
                       .with_query({"phone", "serial", "q"}));
  return routes;
}
}  // namespace hougu::api
