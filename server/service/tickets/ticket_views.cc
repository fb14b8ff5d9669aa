#include "service/tickets/ticket_views.h"

#include <algorithm>

#include "base/text.h"
#include "service/assets/assets.h"

namespace hougu::service {

using identity::Principal;
using schema::Record;

json::object condition(std::string_view field, std::string_view op, std::string_view value) {
  return {{"field", field}, {"op", op}, {"value", value}};
}

json::object condition(std::string_view field, std::string_view op, json::array values) {
  return {{"field", field}, {"op", op}, {"value", std::move(values)}};
}

schema::ListQuery query_of(std::string_view entity, json::object where, std::string_view sort,
                           int limit) {
  schema::ListQuery query;
  query.entity = entity;
  query.where = std::move(where);
  query.sort = {std::string(sort)};
  query.limit = limit;
  return query;
}

namespace {
constexpr int kMany = 200;

json::array values_of(schema::Page page) {
  json::array all;
  for (auto& record : page.records) all.emplace_back(std::move(record.values));
  return all;
}

// A list that a role doesn't show at all is empty, not a failure of the page around it.
Result<schema::Page> list_or_nothing(schema::Records& records, store::Transaction& tx,
                                     const Principal& who, const schema::ListQuery& query) {
  auto page = records.list(tx, who, query);
  if (!page.ok() && page.error().kind == ErrorKind::kForbidden) return schema::Page{};
  return page;
}

json::object open_tickets_of(std::string_view field, const Id& id) {
  json::array states;
  for (const auto state : kOpenTicketStates) states.emplace_back(state);
  return {{"and", json::array{condition(field, "eq", id.text()),
                              condition("status", "in", std::move(states))}}};
}
}  // namespace

Result<json::array> TicketViews::family(store::Transaction& tx, const Principal& who,
                                        const Id& ticket) {
  json::array ids{ticket.text()};
  HOUGU_TRY(const auto merged,
            records_.list(tx, who,
                          query_of("ticket", condition("merged_into", "eq", ticket.text()),
                                   "-created_at", 50)));
  for (const auto& record : merged.records) ids.emplace_back(record.id.text());
  return ids;
}

Result<json::object> TicketViews::timeline(store::Transaction& tx, const Principal& who,
                                           const Id& ticket) {
  HOUGU_CHECK(records_.get(tx, who, "ticket", ticket));
  HOUGU_TRY(const auto ids, family(tx, who, ticket));
  std::vector<std::pair<std::string, json::object>> items;
  const auto add = [&](std::string_view kind, std::string_view at, json::object item) {
    item["kind"] = kind;
    item["at"] = at;
    items.emplace_back(at, std::move(item));
  };
  HOUGU_TRY(auto messages,
            list_or_nothing(
                records_, tx, who,
                query_of("ticket_message", condition("ticket", "in", ids), "-created_at", kMany)));
  for (auto& message : messages.records) {
    const std::string at(message.text("created_at"));
    add("message", at, {{"message", std::move(message.values)}});
  }
  HOUGU_TRY(auto visits, list_or_nothing(records_, tx, who,
                                         query_of("visit", condition("ticket", "in", ids),
                                                  "-created_at", kMany)));
  for (auto& visit : visits.records) {
    const std::string at(visit.text("created_at"));
    add("visit", at, {{"visit", std::move(visit.values)}});
  }
  HOUGU_TRY(auto ratings,
            list_or_nothing(records_, tx, who,
                            query_of("rating", condition("ticket", "in", ids), "-created_at", 50)));
  for (auto& rating : ratings.records) {
    const std::string at(rating.text("created_at"));
    add("rating", at, {{"rating", std::move(rating.values)}});
  }
  for (const auto& id : ids) {
    HOUGU_TRY(auto history, records_.history(tx, who, "ticket",
                                             *Id::parse(std::string_view(id.as_string())), 0, 500));
    for (auto& entry : history.at("events").as_array()) {
      auto& event = entry.as_object();
      const std::string at(find_string(event, "at").value_or(""));
      add("event", at, std::move(event));
    }
  }
  std::stable_sort(items.begin(), items.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  json::array sorted;
  for (auto& item : items) sorted.emplace_back(std::move(item.second));
  return json::object{{"items", std::move(sorted)}};
}

json::object TicketViews::with_warranty(const Record& asset) const {
  auto values = asset.values;
  const auto until = asset.text("warranty_until");
  const auto state =
      warranty_state(until, local_date(clock_.now(), tickets_.settings()->time_zone));
  values["warranty"] =
      json::object{{"state", warranty_name(state)},
                   {"until", until.empty() ? json::value(nullptr) : json::value(until)}};
  return values;
}

Result<json::object> TicketViews::context(store::Transaction& tx, const Principal& who,
                                          const Id& id) {
  HOUGU_TRY(const auto ticket, records_.get(tx, who, "ticket", id));
  json::object context{{"customer", nullptr},
                       {"contacts", json::array()},
                       {"assets", json::array()},
                       {"tickets", json::array()},
                       {"rating_average", nullptr}};
  json::array assets;
  if (const auto customer_id = ticket.reference("customer")) {
    const auto customer = customer_id->text();
    if (auto found = records_.get(tx, who, "customer", *customer_id); found.ok())
      context["customer"] = std::move(found->values);
    HOUGU_TRY(auto contacts,
              list_or_nothing(
                  records_, tx, who,
                  query_of("contact", condition("customer", "eq", customer), "-created_at", 20)));
    context["contacts"] = values_of(std::move(contacts));
    HOUGU_TRY(const auto devices,
              list_or_nothing(
                  records_, tx, who,
                  query_of("asset", condition("customer", "eq", customer), "-created_at", 50)));
    for (const auto& device : devices.records) assets.emplace_back(with_warranty(device));
    HOUGU_TRY(auto earlier, records_.list(tx, who,
                                          query_of("ticket", condition("customer", "eq", customer),
                                                   "-created_at", 21)));
    std::erase_if(earlier.records, [&](const Record& other) { return other.id == id; });
    if (earlier.records.size() > 20) earlier.records.pop_back();
    context["tickets"] = values_of(std::move(earlier));
    HOUGU_TRY(const auto ratings,
              list_or_nothing(records_, tx, who,
                              query_of("rating", condition("ticket.customer", "eq", customer),
                                       "-created_at", kMany)));
    std::int64_t sum = 0;
    for (const auto& rating : ratings.records)
      sum += find_integer(rating.values, "overall").value_or(0);
    if (!ratings.records.empty())
      context["rating_average"] =
          static_cast<double>(sum) / static_cast<double>(ratings.records.size());
  } else if (const auto asset_id = ticket.reference("asset")) {
    if (const auto device = records_.get(tx, who, "asset", *asset_id); device.ok())
      assets.emplace_back(with_warranty(*device));
  }
  context["assets"] = std::move(assets);
  return context;
}

Result<json::object> TicketViews::customer_with_devices(store::Transaction& tx,
                                                        const Principal& who,
                                                        const Record& customer) {
  auto values = customer.values;
  const auto id = customer.id.text();
  json::array assets;
  HOUGU_TRY(const auto devices,
            list_or_nothing(records_, tx, who,
                            query_of("asset", condition("customer", "eq", id), "-created_at", 20)));
  for (const auto& device : devices.records) assets.emplace_back(with_warranty(device));
  values["assets"] = std::move(assets);
  HOUGU_TRY(auto open, list_or_nothing(records_, tx, who,
                                       query_of("ticket", open_tickets_of("customer", customer.id),
                                                "-created_at", 20)));
  values["open_tickets"] = values_of(std::move(open));
  return values;
}

Result<json::object> TicketViews::find_caller(store::Transaction& tx, const Principal& who,
                                              std::string_view phone, std::string_view serial,
                                              std::string_view words) {
  std::vector<Record> customers, devices;
  const auto known = [&](const Id& id) {
    return std::any_of(customers.begin(), customers.end(),
                       [&](const Record& customer) { return customer.id == id; });
  };
  const auto add_customer = [&](const Id& id) {
    if (known(id)) return;
    if (auto customer = records_.get(tx, who, "customer", id); customer.ok())
      customers.push_back(std::move(*customer));
  };
  // A number that isn't complete yet finds nobody by equality; the words below still can.
  const auto equal = [&](std::string_view entity, std::string_view field,
                         std::string_view value) -> std::vector<Record> {
    auto page =
        records_.list(tx, who, query_of(entity, condition(field, "eq", value), "-created_at", 10));
    return page.ok() ? std::move(page->records) : std::vector<Record>{};
  };
  if (!phone.empty()) {
    for (auto& customer : equal("customer", "phone", phone))
      if (!known(customer.id)) customers.push_back(std::move(customer));
    for (const auto& contact : equal("contact", "phone", phone))
      if (const auto id = contact.reference("customer")) add_customer(*id);
  }
  if (!serial.empty()) devices = equal("asset", "serial_number", serial);
  if (!words.empty() && customers.empty() && devices.empty()) {
    schema::ListQuery query;
    query.entity = "customer";
    query.search = words;
    query.limit = 10;
    HOUGU_TRY(auto by_words, list_or_nothing(records_, tx, who, query));
    customers = std::move(by_words.records);
    query.entity = "asset";
    HOUGU_TRY(auto by_code, list_or_nothing(records_, tx, who, query));
    devices = std::move(by_code.records);
  }
  json::array found_devices, found_customers;
  for (const auto& device : devices) {
    found_devices.emplace_back(with_warranty(device));
    if (const auto id = device.reference("customer"); id && !serial.empty()) add_customer(*id);
  }
  for (const auto& customer : customers) {
    HOUGU_TRY(auto values, customer_with_devices(tx, who, customer));
    found_customers.emplace_back(std::move(values));
  }
  return json::object{{"customers", std::move(found_customers)},
                      {"assets", std::move(found_devices)}};
}

Result<schema::Page> TicketViews::visits(store::Transaction& tx, const Principal& who,
                                         const Id& ticket) {
  HOUGU_CHECK(records_.get(tx, who, "ticket", ticket));
  HOUGU_TRY(const auto ids, family(tx, who, ticket));
  return list_or_nothing(records_, tx, who,
                         query_of("visit", condition("ticket", "in", ids), "-created_at", kMany));
}
}  // namespace hougu::service
