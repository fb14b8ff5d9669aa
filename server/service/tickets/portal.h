// The customer's side: report a fault, follow it, talk, cancel, rate. No account: a device's QR
// token opens its card, a signed link (tracking.h) opens a ticket. Only what this file names leaves
// the house; every text is in the caller's language.
#pragma once

#include <string>
#include <string_view>

#include "base/messages.h"
#include "service/tickets/tickets.h"

namespace hougu::service {

class Portal {
 public:
  Portal(schema::Schema& schema, schema::Records& records, Tickets& tickets,
         const Messages& messages, const Clock& clock, std::string secret)
      : schema_(schema),
        records_(records),
        tickets_(tickets),
        messages_(messages),
        clock_(clock),
        secret_(std::move(secret)) {}

  // {"service_types":[{value,label}],"fault_categories":[…]}: what a report can choose from.
  json::object choices(Locale locale) const;
  // The card behind a QR code; kNotFound "portal.unknown_device".
  Result<json::object> device(store::Transaction& tx, std::string_view qr_token, Locale locale);
  // The attachment with the picture of its product; kNotFound when there is none.
  Result<Id> device_picture(store::Transaction& tx, std::string_view qr_token);
  // Makes the ticket; answers {"number","track_url","message"}.
  Result<json::object> report(store::Transaction& tx, const json::object& command, Locale locale);
  // Ticket number and phone number together open the ticket; kNotFound "portal.no_such_ticket" for
  // every mismatch.
  Result<json::object> find(store::Transaction& tx, std::string_view number,
                            std::string_view phone);

  // The customer of a genuine link to a ticket that exists; kNotFound "portal.link_invalid".
  Result<identity::Principal> customer_of(store::Transaction& tx, std::string_view token);
  // The progress page.
  Result<json::object> track(store::Transaction& tx, const identity::Principal& customer,
                             Locale locale);
  Result<void> message(store::Transaction& tx, const identity::Principal& customer,
                       const json::object& command);
  Result<void> cancel(store::Transaction& tx, const identity::Principal& customer,
                      const json::object& command);
  Result<void> rate(store::Transaction& tx, const identity::Principal& customer,
                    const json::object& command);
  Result<void> change_preferred_time(store::Transaction& tx, const identity::Principal& customer,
                                     const json::object& command);
  // May the customer see a file that this record's field holds? (ticket photos, public messages,
  // photos and signature of the ticket's visits)
  Result<bool> shows_file(store::Transaction& tx, const identity::Principal& customer,
                          std::string_view entity, const Id& record, std::string_view field);

  std::string track_url(const Id& ticket) const;

 private:
  Result<schema::Record> scanned(store::Transaction& tx, std::string_view qr_token);
  struct Story;  // everything the progress page is made of
  Result<Story> read_story(store::Transaction& tx, const Id& ticket);
  json::array steps(const Story& story, Locale locale) const;
  json::value visit_card(const Story& story) const;
  json::value cancellation(const Story& story) const;
  Result<json::array> timeline(store::Transaction& tx, const Story& story, Locale locale) const;
  json::value report_card(const Story& story) const;
  json::array images(const json::value* files, std::string_view token) const;
  std::string label(std::string_view entity, std::string_view field, std::string_view value,
                    Locale locale) const;

  schema::Schema& schema_;
  schema::Records& records_;
  Tickets& tickets_;
  const Messages& messages_;
  const Clock& clock_;
  std::string secret_;
};

// "张*", "138****8888": enough to recognise oneself, too little for a stranger.
std::string masked_name(std::string_view name);
std::string masked_phone(std::string_view phone);
}  // namespace hougu::service
