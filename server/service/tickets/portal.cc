// Reporting and finding. The progress page is portal_story.cc.
#include "service/tickets/portal.h"

#include <algorithm>

#include "base/text.h"
#include "service/assets/assets.h"
#include "service/tickets/ticket_views.h"
#include "service/tickets/tracking.h"

namespace hougu::service {

using identity::Principal;
using schema::Record;

namespace {
// The customer as he appears in histories; he has no rights of his own.
Principal anonymous_customer(std::string name) {
  Principal customer;
  customer.kind = store::ActorKind::kCustomer;
  customer.name = std::move(name);
  return customer;
}

json::array offered(const schema::EntityDefinition* entity, std::string_view name, Locale locale) {
  json::array choices;
  const auto* field = entity ? entity->field(name) : nullptr;
  if (!field) return choices;
  for (const auto& choice : field->choices)
    if (!choice.archived)
      choices.emplace_back(
          json::object{{"value", choice.value}, {"label", choice.label.in(locale)}});
  return choices;
}
}  // namespace

std::string masked_name(std::string_view name) {
  std::string masked;
  std::size_t at = 0;
  if (!name.empty()) append_code_point(masked, next_code_point(name, at));
  for (int n = 0; at < name.size() && n < 2; ++n) {
    next_code_point(name, at);
    masked += '*';
  }
  return masked;
}

std::string masked_phone(std::string_view phone) {
  if (phone.size() < 7) return std::string(phone.size(), '*');
  return std::string(phone.substr(0, 3)) + "****" + std::string(phone.substr(phone.size() - 4));
}

std::string Portal::track_url(const Id& ticket) const {
  return "/track/" + tracking_token(secret_, ticket);
}

std::string Portal::label(std::string_view entity_name, std::string_view field_name,
                          std::string_view value, Locale locale) const {
  const auto catalog = schema_.catalog();
  const auto* entity = catalog->entity(entity_name);
  const auto* field = entity ? entity->field(field_name) : nullptr;
  if (field)
    for (const auto& choice : field->choices)
      if (choice.value == value) return choice.label.in(locale);
  return std::string(value);
}

namespace {
std::optional<Id> first_file(const Record& record, std::string_view field) {
  const auto* files = find_array(record.values, field);
  if (!files || files->empty() || !files->front().is_object()) return std::nullopt;
  return Id::parse(find_string(files->front().get_object(), "id").value_or(""));
}
}  // namespace

json::object Portal::choices(Locale locale) const {
  const auto catalog = schema_.catalog();
  const auto* ticket = catalog->entity("ticket");
  return {{"service_types", offered(ticket, "service_type", locale)},
          {"fault_categories", offered(ticket, "fault_category", locale)}};
}

Result<Record> Portal::scanned(store::Transaction& tx, std::string_view qr_token) {
  if (qr_token.empty() || qr_token.size() > 32) return not_found("portal.unknown_device");
  HOUGU_TRY(auto asset,
            records_.find_by(tx, Principal::system(), "asset", "qr_token", json::value(qr_token)));
  if (!asset) return not_found("portal.unknown_device");
  return std::move(*asset);
}

Result<Id> Portal::device_picture(store::Transaction& tx, std::string_view qr_token) {
  HOUGU_TRY(const auto asset, scanned(tx, qr_token));
  if (const auto id = asset.reference("product"))
    if (const auto product = records_.get(tx, Principal::system(), "product", *id); product.ok())
      if (const auto picture = first_file(*product, "picture")) return *picture;
  return not_found("attachment.not_found");
}

Result<json::object> Portal::device(store::Transaction& tx, std::string_view qr_token,
                                    Locale locale) {
  const auto system = Principal::system();
  HOUGU_TRY(const auto asset, scanned(tx, qr_token));
  const auto today = local_date(clock_.now(), tickets_.settings()->time_zone);
  const auto until = asset.text("warranty_until");
  json::object product{{"name", nullptr}, {"model", nullptr}, {"picture_url", nullptr}};
  if (const auto id = asset.reference("product"))
    if (const auto found = records_.get(tx, system, "product", *id); found.ok()) {
      product["name"] = found->text("name");
      product["model"] = found->text("model");
      if (first_file(*found, "picture"))
        product["picture_url"] = "/api/v1/portal/asset/" + std::string(qr_token) + "/picture";
    }
  const auto serial = asset.text("serial_number");
  json::object card{
      {"product", std::move(product)},
      {"serial_number", serial.size() > 4 ? "****" + std::string(serial.substr(serial.size() - 4))
                                          : std::string(serial)},
      {"warranty",
       json::object{{"state", warranty_name(warranty_state(until, today))},
                    {"until", until.empty() ? json::value(nullptr) : json::value(until)}}},
      {"open_ticket", nullptr},
      {"contact", nullptr}};
  HOUGU_TRY(const auto tickets,
            records_.list(
                tx, system,
                query_of("ticket", condition("asset", "eq", asset.id.text()), "-created_at", 20)));
  json::array services;
  for (const auto& ticket : tickets.records) {
    const auto status = ticket.text("status");
    if (is_open_ticket(status)) {
      if (card.at("open_ticket").is_null())
        card["open_ticket"] = json::object{{"number", ticket.text("number")}};
    } else if (services.size() < 5 && status != "cancelled") {
      const auto at = ticket.time("resolved_at").value_or(ticket.time("created_at").value_or(0));
      services.emplace_back(json::object{
          {"date", local_date(at, tickets_.settings()->time_zone)},
          {"service_type", label("ticket", "service_type", ticket.text("service_type"), locale)},
          {"result", label("ticket", "status", status, locale)}});
    }
  }
  card["services"] = std::move(services);
  if (const auto id = asset.reference("customer"))
    if (const auto customer = records_.get(tx, system, "customer", *id);
        customer.ok() && !customer->text("phone").empty())
      card["contact"] = json::object{{"name", masked_name(customer->text("name"))},
                                     {"phone", masked_phone(customer->text("phone"))}};
  return card;
}

Result<json::object> Portal::report(store::Transaction& tx, const json::object& command,
                                    Locale locale) {
  HOUGU_CHECK(
      only_members(command, {"qr_token", "serial_number", "service_type", "fault_category",
                             "description", "photos", "contact_name", "contact_phone",
                             "use_known_contact", "address", "preferred_time", "location"}));
  HOUGU_CHECK(required_text(command, "description", 5000));
  json::object values{{"channel", "portal"}};
  for (const auto* field :
       {"serial_number", "service_type", "fault_category", "description", "photos", "contact_name",
        "contact_phone", "address", "preferred_time", "location"})
    if (const auto* value = hougu::find(command, field); value && !value->is_null())
      values[field] = *value;
  const auto system = Principal::system();
  const bool known_contact = find_bool(command, "use_known_contact").value_or(false);
  bool contact_is_known = false;
  if (const auto token = find_string(command, "qr_token"); token && !token->empty()) {
    HOUGU_TRY(const auto asset,
              records_.find_by(tx, system, "asset", "qr_token", json::value(*token)));
    if (!asset) return not_found("portal.unknown_device");
    values["asset"] = asset->id.text();
    if (known_contact)
      if (const auto id = asset->reference("customer")) {
        HOUGU_TRY(const auto customer, records_.get(tx, system, "customer", *id));
        contact_is_known = !customer.text("phone").empty();
        values["customer"] = id->text();
        values.erase("contact_name");
        values.erase("contact_phone");
      }
  }
  if (!contact_is_known) {
    HOUGU_CHECK(required_text(command, "contact_name", 60));
    HOUGU_CHECK(required_text(command, "contact_phone", 40));
    // Somebody else than the device's known owner reports: his own name and phone count.
    if (values.contains("asset") && !values.contains("customer")) {
      HOUGU_TRY(const auto known,
                records_.find_by(tx, system, "customer", "phone", values.at("contact_phone")));
      if (known) values["customer"] = known->id.text();
    }
  }
  const auto name = optional_text(command, "contact_name", 60);
  const auto reporter = anonymous_customer(
      name.ok() && !name.value().empty() ? name.value()
                                         : messages_.text(Locale::kChinese, "portal.customer"));
  HOUGU_TRY(const auto ticket, tickets_.create_reported(tx, reporter, std::move(values)));
  return json::object{
      {"number", ticket.text("number")},
      {"track_url", track_url(ticket.id)},
      {"message", messages_.text(locale, "portal.report_received",
                                 {{"number", std::string(ticket.text("number"))}})}};
}

Result<json::object> Portal::find(store::Transaction& tx, std::string_view number,
                                  std::string_view phone) {
  const auto system = Principal::system();
  const auto written = nfkc(trimmed(number));
  std::string upper(written);
  std::transform(upper.begin(), upper.end(), upper.begin(),
                 [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; });
  auto ticket = records_.find_by(tx, system, "ticket", "number", json::value(upper));
  if (!ticket.ok() && ticket.error().kind != ErrorKind::kInvalid) return std::move(ticket).error();
  const auto digits = [](std::string_view text) {
    std::string only;
    for (const char c : nfkc(text))
      if (c >= '0' && c <= '9') only += c;
    return only;
  };
  const auto typed = digits(phone);
  if (!ticket.ok() || !*ticket || typed.size() < 7 ||
      digits((*ticket)->text("contact_phone")) != typed)
    return not_found("portal.no_such_ticket");
  return json::object{{"track_url", track_url((*ticket)->id)}};
}

Result<Principal> Portal::customer_of(store::Transaction& tx, std::string_view token) {
  const auto id = tracked_ticket(secret_, token);
  if (!id) return not_found("portal.link_invalid");
  auto ticket = records_.get(tx, Principal::system(), "ticket", *id);
  if (!ticket.ok()) {
    if (ticket.error().kind == ErrorKind::kNotFound) return not_found("portal.link_invalid");
    return std::move(ticket).error();
  }
  const auto name = ticket->text("contact_name");
  auto customer = anonymous_customer(
      name.empty() ? messages_.text(Locale::kChinese, "portal.customer") : std::string(name));
  customer.id = *id;
  return customer;
}
}  // namespace hougu::service
