// From what somebody reported to a complete ticket: customer, device, warranty, region, due time.
#include "base/text.h"
#include "service/assets/assets.h"
#include "service/tickets/tickets.h"

namespace hougu::service {
namespace {

using identity::Principal;
using schema::Record;
using schema::Values;

bool empty(const json::object& values, std::string_view field) {
  const auto* value = find(values, field);
  if (!value || value->is_null()) return true;
  const auto* string = value->if_string();
  return string && trimmed({string->data(), string->size()}).empty();
}

void fill(json::object& values, std::string_view field, const Record& from,
          std::string_view source) {
  if (!empty(values, field)) return;
  if (const auto* value = find(from.values, source); value && !value->is_null())
    values[field] = *value;
}

// The subject is what the queue shows: the first line of the description, shortened.
std::string subject_from(std::string_view description) {
  const auto line = trimmed(description.substr(0, description.find('\n')));
  std::string subject;
  std::size_t at = 0;
  for (int n = 0; at < line.size() && n < 40; ++n)
    append_code_point(subject, next_code_point(line, at));
  if (at < line.size()) subject += "…";
  return subject;
}

// A reported serial number that we know; absent devices and unusable serials are no fault here.
Result<std::optional<Record>> reported_device(schema::Records& records, store::Transaction& tx,
                                              const json::object& values) {
  if (!empty(values, "asset")) {
    HOUGU_TRY(const auto id, optional_id(values, "asset"));
    HOUGU_TRY(auto asset, records.get(tx, Principal::system(), "asset", *id));
    return std::optional(std::move(asset));
  }
  if (empty(values, "serial_number")) return std::optional<Record>();
  auto found = records.find_by(tx, Principal::system(), "asset", "serial_number",
                               values.at("serial_number"));
  if (!found.ok()) {
    if (found.error().kind == ErrorKind::kInvalid) return std::optional<Record>();
    return std::move(found).error();
  }
  return std::move(found).value();
}

Result<std::optional<Record>> known_customer(schema::Records& records, store::Transaction& tx,
                                             const json::object& values) {
  if (empty(values, "contact_phone")) return std::optional<Record>();
  auto found =
      records.find_by(tx, Principal::system(), "customer", "phone", values.at("contact_phone"));
  if (!found.ok() && found.error().kind == ErrorKind::kInvalid) return std::optional<Record>();
  return found;
}

// Makes a customer of the reporter; without a name there is nobody to make.
Result<std::optional<Record>> new_customer(schema::Records& records, store::Transaction& tx,
                                           const Principal& who, const json::object& values) {
  if (empty(values, "contact_name")) return std::optional<Record>();
  Values customer{{"name", values.at("contact_name")}};
  if (!empty(values, "contact_phone")) customer["phone"] = values.at("contact_phone");
  if (!empty(values, "address")) customer["address"] = values.at("address");
  auto made = records.create(tx, who.elevated(), "customer", customer);
  if (!made.ok()) {
    // The person filled in the ticket's contact fields: that is where the fault is shown.
    auto error = std::move(made).error();
    for (auto& field : error.fields) {
      if (field.field == "name" || field.field == "phone") field.field = "contact_" + field.field;
    }
    if (error.field == "name" || error.field == "phone") error.field = "contact_" + error.field;
    return error;
  }
  return std::optional(std::move(made).value());
}
}  // namespace

Result<json::object> Tickets::intake(store::Transaction& tx, const Principal& who,
                                     json::object values) {
  const auto settings = this->settings();
  if (empty(values, "subject") && !empty(values, "description"))
    if (const auto description = find_string(values, "description"))
      values["subject"] = subject_from(*description);

  HOUGU_TRY(const auto asset, reported_device(records_, tx, values));
  if (asset) {
    values["asset"] = asset->id.text();
    fill(values, "serial_number", *asset, "serial_number");
    fill(values, "customer", *asset, "customer");
    fill(values, "address", *asset, "address");
    fill(values, "location", *asset, "location");
    const auto state =
        warranty_state(asset->text("warranty_until"), local_date(now(), settings->time_zone));
    if (empty(values, "in_warranty") && state != WarrantyState::kUnknown)
      values["in_warranty"] = state == WarrantyState::kIn;
  }

  if (empty(values, "customer")) {
    HOUGU_TRY(auto customer, known_customer(records_, tx, values));
    if (!customer) {
      HOUGU_TRY(customer, new_customer(records_, tx, who, values));
    }
    if (customer) values["customer"] = customer->id.text();
  }
  const bool contact_missing =
      empty(values, "contact_name") || empty(values, "contact_phone") || empty(values, "address");
  if (!empty(values, "customer") && contact_missing) {
    HOUGU_TRY(const auto id, optional_id(values, "customer"));
    if (auto customer = records_.get(tx, Principal::system(), "customer", *id); customer.ok()) {
      fill(values, "contact_name", *customer, "name");
      fill(values, "contact_phone", *customer, "phone");
      fill(values, "address", *customer, "address");
    }
  }

  if (const auto* address = find_object(values, "address")) {
    HOUGU_TRY(const auto match, regions_.find(tx, find_string(*address, "code").value_or("")));
    if (match) {
      if (empty(values, "region")) values["region"] = match->region.text();
      if (empty(values, "team")) values["team"] = match->team.text();
    }
  }
  const auto priority = std::string(find_string(values, "priority").value_or("normal"));
  if (const auto limit = settings->time_limit_hours.find(priority);
      empty(values, "due_at") && limit != settings->time_limit_hours.end())
    values["due_at"] = format_utc(now() + Millis{limit->second} * 3'600'000);
  return values;
}

Result<std::optional<Regions::Match>> Regions::find(store::Transaction& tx,
                                                    std::string_view division_code) {
  std::shared_ptr<const std::vector<Entry>> entries;
  {
    std::lock_guard lock(mutex_);
    entries = entries_;
  }
  if (!entries) {
    auto read = std::make_shared<std::vector<Entry>>();
    schema::ListQuery query;
    query.entity = "region";
    HOUGU_CHECK(records_.each(tx, Principal::system(), query, [&](const Record& region) {
      const auto team = region.reference("team");
      std::string codes(region.text("codes"));
      for (auto& c : codes)
        if (c == '\n' || c == ',' || c == '\t' || c == '\r') c = ' ';
      for (const auto code : split(codes, ' '))
        if (team && !code.empty()) read->push_back({std::string(code), {region.id, *team}});
      return true;
    }));
    entries = read;
    std::lock_guard lock(mutex_);
    entries_ = entries;
  }
  const Entry* best = nullptr;
  for (const auto& entry : *entries)
    if (division_code.starts_with(entry.prefix) &&
        (!best || entry.prefix.size() > best->prefix.size()))
      best = &entry;
  return best ? std::optional(best->match) : std::nullopt;
}

void Regions::forget() {
  std::lock_guard lock(mutex_);
  entries_.reset();
}

Result<Record> Tickets::create(store::Transaction& tx, const Principal& who,
                               const json::object& command) {
  if (!who.access->entity("ticket").create) return forbidden();
  json::object values = command;
  if (const auto* customer = find(command, "new_customer")) {
    const auto* details = customer->if_object();
    if (!details) return invalid("field.wrong_type", "new_customer");
    HOUGU_CHECK(only_members(*details, {"name", "phone", "address"}));
    values.erase("new_customer");
    for (const auto& [from, to] :
         {std::pair{"name", "contact_name"}, {"phone", "contact_phone"}, {"address", "address"}})
      if (details->contains(from) && empty(values, to)) values[to] = details->at(from);
  }
  HOUGU_CHECK(check_own_values(who, values));
  // A reference that the person may not see is refused before the verb looks at it for him.
  for (const auto* field : {"customer", "asset"})
    if (!empty(values, field)) {
      HOUGU_TRY(const auto id, optional_id(values, field));
      HOUGU_TRY(const bool seen, records_.visible(tx, who, field, *id));
      if (!seen) return invalid("field.invalid_reference", field);
    }
  HOUGU_TRY(auto complete, intake(tx, who, std::move(values)));
  schema::Note note;
  note.managed = true;
  HOUGU_TRY(auto ticket, records_.create(tx, who.elevated(), "ticket", complete, note));
  return as_seen(records_, tx, who, "ticket", std::move(ticket));
}

Result<Record> Tickets::create_reported(store::Transaction& tx, const Principal& who,
                                        json::object values) {
  HOUGU_TRY(auto complete, intake(tx, who, std::move(values)));
  schema::Note note;
  note.managed = true;
  return records_.create(tx, who.elevated(), "ticket", complete, note);
}

Result<void> Tickets::check_own_values(const Principal& who, const json::object& values) const {
  const auto catalog = schema_.catalog();
  const auto* entity = catalog->entity("ticket");
  if (!entity) return internal("entity ticket is missing");
  for (const auto& member : values) {
    const std::string name(member.key().data(), member.key().size());
    const auto* field = entity->field(name);
    if (!field) return invalid("field.unknown", name);
    if (field->managed) return invalid("field.managed", name);
    if (who.access->entity("ticket").field(name) != identity::FieldRight::kWrite) {
      auto error = forbidden("field.forbidden");
      error.field = name;
      return error;
    }
  }
  return {};
}
}  // namespace hougu::service
