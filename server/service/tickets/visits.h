// The verbs of a visit (作业): one engineer's piece of work for a ticket, on site or at the bench.
// A visit's progress moves its ticket in the same transaction.
#pragma once

#include <string>
#include <string_view>

#include "service/tickets/tickets.h"

namespace hougu::service {

class Visits {
 public:
  Visits(schema::Records& records, Tickets& tickets, const Clock& clock)
      : records_(records), tickets_(tickets), clock_(clock) {}

  // POST /visit: {"ticket","place","window_start","window_end","note","team"?,"engineer"?}. The
  // team is the ticket's when none is given; with an engineer the visit is assigned at once.
  Result<schema::Record> plan(store::Transaction& tx, const identity::Principal& who,
                              const json::object& command);
  // POST /visit/{id}/{verb}; unknown verbs are kNotFound.
  Result<schema::Record> run(store::Transaction& tx, const identity::Principal& who,
                             std::string_view verb, const Id& visit, const json::object& command);
  void add_permitted(const identity::Principal& who, schema::Record& visit);

  // The engineer's day: his open visits up to the end of `day` (ISO date in the organisation's
  // zone, late ones included) and those he ended on it; each with "_ticket", "_asset", "_can".
  Result<json::object> mine(store::Transaction& tx, const identity::Principal& who,
                            std::string_view day);
  // One visit with the same, and "_history": the device's earlier visits.
  Result<schema::Record> job(store::Transaction& tx, const identity::Principal& who,
                             const Id& visit);

 private:
  struct Context;
  Result<schema::Record> write(Context& context, json::object values, std::string_view reason = {});
  Result<schema::Record> replan(Context& context);
  Result<schema::Record> assign(Context& context);
  Result<schema::Record> accept(Context& context);
  Result<schema::Record> refuse(Context& context);
  Result<schema::Record> start_travel(Context& context);
  Result<schema::Record> arrive(Context& context);
  Result<schema::Record> complete(Context& context);
  Result<schema::Record> end_unfinished(Context& context);
  Result<schema::Record> cancel(Context& context);
  // The ticket moves on unless it has gone further already.
  Result<void> ticket_in_progress(Context& context);
  Result<bool> other_open_visits(Context& context);
  Result<void> add_job_facts(store::Transaction& tx, const identity::Principal& who,
                             schema::Record& visit);

  schema::Records& records_;
  Tickets& tickets_;
  const Clock& clock_;
};
}  // namespace hougu::service
