// What an agent sees around a ticket: its timeline, the customer behind it, and who is calling.
#pragma once

#include <string_view>

#include "service/tickets/tickets.h"
#include "service/tickets/visits.h"

namespace hougu::service {

class TicketViews {
 public:
  TicketViews(schema::Records& records, Tickets& tickets, const Clock& clock)
      : records_(records), tickets_(tickets), clock_(clock) {}

  // {"items":[{"kind","at",…}]} oldest first: messages, verb events, visits, the rating; those of
  // tickets that were merged into this one too. At most 500 of each kind.
  Result<json::object> timeline(store::Transaction& tx, const identity::Principal& who,
                                const Id& ticket);
  // Customer 360 as in docs/api.md; only what the person may see.
  Result<json::object> context(store::Transaction& tx, const identity::Principal& who,
                               const Id& ticket);
  // Who is on the phone: by phone number, serial number or words.
  Result<json::object> find_caller(store::Transaction& tx, const identity::Principal& who,
                                   std::string_view phone, std::string_view serial,
                                   std::string_view words);
  Result<schema::Page> visits(store::Transaction& tx, const identity::Principal& who,
                              const Id& ticket);

 private:
  // The ticket and those merged into it.
  Result<json::array> family(store::Transaction& tx, const identity::Principal& who,
                             const Id& ticket);
  json::object with_warranty(const schema::Record& asset) const;
  Result<json::object> customer_with_devices(store::Transaction& tx, const identity::Principal& who,
                                             const schema::Record& customer);

  schema::Records& records_;
  Tickets& tickets_;
  const Clock& clock_;
};

// {"field","op","value"}, the form of a condition.
json::object condition(std::string_view field, std::string_view op, std::string_view value);
json::object condition(std::string_view field, std::string_view op, json::array values);
schema::ListQuery query_of(std::string_view entity, json::object where, std::string_view sort,
                           int limit);
}  // namespace hougu::service
