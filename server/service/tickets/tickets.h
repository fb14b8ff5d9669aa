// The verbs of a ticket (服务单). Each runs inside the caller's transaction, checks the person's
// right and the state, writes the ticket and its event, and answers the record as the person sees
// it.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "identity/principal.h"
#include "schema/records.h"
#include "service/tickets/transitions.h"

namespace hougu::service {

// What the organisation decides; replaced as a whole when its settings change. Thread-safe.
struct TicketSettings {
  std::string time_zone = "Asia/Shanghai";
  // Hours until a ticket is due, by priority; no entry: no time limit.
  std::map<std::string, int, std::less<>> time_limit_hours{
      {"urgent", 4}, {"high", 24}, {"normal", 48}, {"low", 72}};
};

// Which region and team serve a place, from the region records; cached until one changes.
class Regions {
 public:
  explicit Regions(schema::Records& records) : records_(records) {}
  struct Match {
    Id region, team;
  };
  // By the longest division prefix of the GB/T 2260 code.
  Result<std::optional<Match>> find(store::Transaction& tx, std::string_view division_code);
  void forget();

 private:
  struct Entry {
    std::string prefix;
    Match match;
  };
  schema::Records& records_;
  std::mutex mutex_;
  std::shared_ptr<const std::vector<Entry>> entries_;
};

class Tickets {
 public:
  Tickets(store::Database& database, schema::Schema& schema, schema::Records& records,
          const Clock& clock, IdSource& ids);

  void configure(TicketSettings settings);
  std::shared_ptr<const TicketSettings> settings() const;

  // A new ticket. `command`: field values, and `new_customer` {name, phone, address}. Found and
  // filled in: customer (by the new customer's or the contact's phone, else made), device (by
  // serial number) with its customer, address and warranty, region and team by address, due time by
  // priority, subject from the description. Rights: create on ticket; managed fields are refused.
  Result<schema::Record> create(store::Transaction& tx, const identity::Principal& who,
                                const json::object& command);
  // The same for a report that comes through the portal: `values` are trusted, made by portal.cc.
  Result<schema::Record> create_reported(store::Transaction& tx, const identity::Principal& who,
                                         json::object values);

  // POST /ticket/{id}/{verb}; unknown verbs are kNotFound. Answers the ticket, for `split` the new
  // one, for `message` the message.
  Result<schema::Record> run(store::Transaction& tx, const identity::Principal& who,
                             std::string_view verb, const Id& ticket, const json::object& command);

  // Adds what this person may do now: "_can".
  void add_permitted(const identity::Principal& who, schema::Record& ticket);

  // Writes that other verbs make on a ticket; they carry the actor but need no right of his.
  Result<schema::Record> advance(store::Transaction& tx, const identity::Principal& who,
                                 const Id& ticket, std::string_view status, std::string_view event,
                                 json::object changes = {});
  Result<schema::Record> add_message(store::Transaction& tx, const identity::Principal& who,
                                     const Id& ticket, std::string_view kind,
                                     std::string_view author_kind, std::string_view body,
                                     const json::value& attachments);
  // Cancels the ticket and its open visits.
  Result<schema::Record> cancel(store::Transaction& tx, const identity::Principal& who,
                                const schema::Record& ticket, std::string_view reason);

  schema::Records& records() { return records_; }
  Millis now() const { return clock_.now(); }

 private:
  struct Context;  // one verb: transaction, person, ticket as it is, command
  Result<json::object> intake(store::Transaction& tx, const identity::Principal& who,
                              json::object values);
  Result<void> check_own_values(const identity::Principal& who, const json::object& values) const;
  Result<schema::Record> write(Context& context, json::object values, std::string_view event,
                               std::string_view reason = {}, json::object data = {});
  Result<schema::Record> triage(Context& context);
  Result<schema::Record> assign(Context& context);
  Result<schema::Record> pause(Context& context);
  Result<schema::Record> resume(Context& context);
  Result<schema::Record> resolve(Context& context);
  Result<schema::Record> close(Context& context);
  Result<schema::Record> reopen(Context& context);
  Result<schema::Record> merge(Context& context);
  Result<schema::Record> split(Context& context);
  Result<schema::Record> link(Context& context, bool add);
  Result<schema::Record> message(Context& context);

  store::Database& database_;
  schema::Schema& schema_;
  schema::Records& records_;
  const Clock& clock_;
  IdSource& ids_;
  Regions regions_;
  std::shared_ptr<void> subscription_;
  mutable std::mutex mutex_;
  std::shared_ptr<const TicketSettings> settings_;
};

// The whole record as `who` sees it, or {"id","_hidden":true} when the verb moved it out of his
// sight.
Result<schema::Record> as_seen(schema::Records& records, store::Transaction& tx,
                               const identity::Principal& who, std::string_view entity,
                               schema::Record record);
// A text of the command: trimmed; "field.required" when it must be there and isn't.
Result<std::string> required_text(const json::object& command, std::string_view field,
                                  std::size_t max_code_points = 2000);
Result<std::string> optional_text(const json::object& command, std::string_view field,
                                  std::size_t max_code_points = 2000);
// Refuses members that the verb doesn't know: "field.unknown".
Result<void> only_members(const json::object& command,
                          std::initializer_list<std::string_view> known);
Result<std::optional<Id>> optional_id(const json::object& command, std::string_view field);
}  // namespace hougu::service
