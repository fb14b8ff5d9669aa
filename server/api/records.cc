// Records of every entity the same way.
#include "api/routes.h"
#include "base/text.h"
#include "identity/units.h"
#include "identity/users.h"

namespace hougu::api {
namespace {

constexpr int kMaxPage = 200;
constexpr std::size_t kMaxBulk = 1000;

Error bad_query(std::string_view parameter) {
  return {ErrorKind::kMalformed, "query." + std::string(parameter), std::string(parameter)};
}

std::vector<std::string> words(const std::optional<std::string>& list) {
  std::vector<std::string> parts;
  if (!list) return parts;
  for (const auto part : split(*list, ',')) {
    if (!trimmed(part).empty()) parts.emplace_back(trimmed(part));
  }
  return parts;
}

Result<Answer> list_records(Call& call) {
  HOUGU_TRY(auto query, list_query(call));
  HOUGU_TRY(query.limit, call.limit(50, kMaxPage));
  HOUGU_TRY(auto page, call.services.records.list(call.tx, call.who, query));
  json::array records;
  records.reserve(page.records.size());
  for (auto& record : page.records) records.push_back(std::move(record.values));
  return Answer::ok(json::object{
      {"records", std::move(records)},
      {"next", page.next.empty() ? json::value() : json::value(std::move(page.next))}});
}

Result<Answer> count_records(Call& call) {
  HOUGU_TRY(const auto query, list_query(call));
  HOUGU_TRY(const auto count, call.services.records.count(call.tx, call.who, query));
  return Answer::ok(json::object{{"count", count}, {"exact", count < 10'000}});
}

// The record with what this person may do with it now.
json::object with_rights(const Call& call, std::string_view entity, schema::Record record) {
  if (const auto own = call.services.add_permitted.find(entity);
      own != call.services.add_permitted.end()) {
    own->second(call.who, record);
    return std::move(record.values);
  }
  json::array can;
  for (const auto& verb :
       call.services.records.permitted(call.who, entity, record, {"update", "delete"})) {
    can.push_back(json::value(verb));
  }
  record.values["_can"] = std::move(can);
  return std::move(record.values);
}

Result<Answer> get_record(Call& call) {
  HOUGU_TRY(const auto id, call.id());
  const auto entity = call.params["entity"];
  HOUGU_TRY(auto record, call.services.records.get(call.tx, call.who, entity, id));
  return Answer::ok(with_rights(call, entity, std::move(record)));
}

Result<Answer> create_record(Call& call) {
  const auto entity = call.params["entity"];
  HOUGU_TRY(auto record, call.services.records.create(call.tx, call.who, entity, call.object()));
  return Answer::created(std::move(record.values));
}

// "version" and "overwrite" say how the write is meant; the rest are fields.
struct Update {
  std::optional<std::int64_t> version;
  schema::Values values;
};
Result<Update> update_in(const json::object& body) {
  Update update{find_integer(body, "version"), body};
  if (!update.version && !find_bool(body, "overwrite").value_or(false)) {
    return invalid("record.version_required", "version");
  }
  for (const auto* key : {"version", "overwrite", "id", "_can"}) update.values.erase(key);
  return update;
}

Result<Answer> update_record(Call& call) {
  HOUGU_TRY(const auto id, call.id());
  HOUGU_TRY(const auto update, update_in(call.object()));
  const auto entity = call.params["entity"];
  HOUGU_TRY(auto record, call.services.records.update(call.tx, call.who, entity, id, update.version,
                                                      update.values));
  return Answer::ok(with_rights(call, entity, std::move(record)));
}

Result<Answer> delete_record(Call& call) {
  HOUGU_TRY(const auto id, call.id());
  HOUGU_CHECK(call.services.records.remove(call.tx, call.who, call.params["entity"], id));
  return Answer::none();
}

Result<Answer> restore(Call& call, std::string_view entity) {
  HOUGU_TRY(const auto id, call.id());
  HOUGU_TRY(auto record, call.services.records.restore(call.tx, call.who, entity, id));
  return Answer::ok(with_rights(call, entity, std::move(record)));
}

Result<Answer> get_history(Call& call) {
  HOUGU_TRY(const auto id, call.id());
  HOUGU_TRY(const auto before, call.before());
  HOUGU_TRY(const auto limit, call.limit(50, kMaxPage));
  HOUGU_TRY(auto history, call.services.records.history(call.tx, call.who, call.params["entity"],
                                                        id, before, limit));
  return Answer::ok(std::move(history));
}

Result<Answer> lookup_records(Call& call) {
  HOUGU_TRY(const auto limit, call.limit(20, 50));
  HOUGU_TRY(auto items,
            call.services.records.lookup(call.tx, call.who, call.params["entity"],
                                         call.request.parameter("q").value_or(""), limit));
  return Answer::ok(json::object{{"items", std::move(items)}});
}

Result<Answer> lookup_users(Call& call) {
  HOUGU_TRY(const auto limit, call.limit(20, 50));
  const auto named = call.request.parameter("team");
  const auto team = named ? Id::parse(*named) : std::nullopt;
  if (named && !team) return Error{ErrorKind::kMalformed, "field.reference", "team"};
  HOUGU_TRY(auto items,
            identity::lookup_users(call.tx, call.request.parameter("q").value_or(""), limit, team));
  return Answer::ok(json::object{{"items", std::move(items)}});
}

Result<Answer> lookup_teams(Call& call) {
  HOUGU_TRY(const auto limit, call.limit(20, 50));
  HOUGU_TRY(auto items,
            identity::lookup_units(call.tx, call.request.parameter("q").value_or(""), limit));
  return Answer::ok(json::object{{"items", std::move(items)}});
}

// The complaint says which row it is about: "update[3].phone".
Error in_row(Error error, std::string_view list, std::size_t row) {
  const std::string place = std::string(list) + "[" + std::to_string(row) + "]";
  error.field = error.field.empty() ? place : place + "." + error.field;
  for (auto& one : error.fields) one.field = place + "." + one.field;
  return error;
}

using RowVerb = std::function<Result<json::value>(const json::value& row)>;
Result<json::array> each_row(const json::object& body, std::string_view list, const RowVerb& verb) {
  json::array results;
  const json::array* rows = find_array(body, list);
  if (rows == nullptr) return results;
  for (std::size_t i = 0; i < rows->size(); ++i) {
    auto result = verb((*rows)[i]);
    if (!result.ok()) return in_row(std::move(result).error(), list, i);
    results.push_back(std::move(*result));
  }
  return results;
}

Result<Id> row_id(const json::value& row) {
  const json::value* value = row.is_object() ? row.as_object().if_contains("id") : &row;
  const auto id = value && value->is_string() ? Id::parse(value->as_string()) : std::nullopt;
  if (!id) return invalid("field.reference", "id");
  return *id;
}

Result<Answer> bulk(Call& call) {
  const json::object& body = call.object();
  const auto entity = call.params["entity"];
  auto& records = call.services.records;
  std::size_t rows = 0;
  for (const auto* list : {"create", "update", "delete"}) {
    if (const auto* array = find_array(body, list)) rows += array->size();
  }
  if (rows > kMaxBulk) return invalid("bulk.too_many", {}, {{"max", std::to_string(kMaxBulk)}});
  const RowVerb create = [&](const json::value& row) -> Result<json::value> {
    if (!row.is_object()) return invalid("field.type");
    HOUGU_TRY(const auto record, records.create(call.tx, call.who, entity, row.as_object()));
    return json::value(record.id.text());
  };
  const RowVerb update = [&](const json::value& row) -> Result<json::value> {
    if (!row.is_object()) return invalid("field.type");
    HOUGU_TRY(const auto id, row_id(row));
    json::object with_mode = row.as_object();
    if (!with_mode.contains("version")) with_mode["overwrite"] = true;
    HOUGU_TRY(const auto wanted, update_in(with_mode));
    HOUGU_TRY(const auto record,
              records.update(call.tx, call.who, entity, id, wanted.version, wanted.values));
    return json::value({{"id", record.id.text()}, {"version", record.version}});
  };
  const RowVerb remove = [&](const json::value& row) -> Result<json::value> {
    HOUGU_TRY(const auto id, row_id(row));
    HOUGU_CHECK(records.remove(call.tx, call.who, entity, id));
    return json::value(id.text());
  };
  HOUGU_TRY(auto created, each_row(body, "create", create));
  HOUGU_TRY(auto updated, each_row(body, "update", update));
  HOUGU_TRY(auto deleted, each_row(body, "delete", remove));
  return Answer::ok(json::object{{"created", std::move(created)},
                                 {"updated", std::move(updated)},
                                 {"deleted", std::move(deleted)}});
}

}  // namespace

Result<schema::ListQuery> list_query(const Call& call) {
  schema::ListQuery query;
  query.entity = call.params["entity"];
  const http::Request& request = call.request;
  if (const auto where = request.parameter("where"); where && !where->empty()) {
    auto condition = parse_json(*where, {16, 64 * 1024});
    if (!condition.ok()) return bad_query("where");
    query.where = std::move(*condition);
  }
  query.filter = request.parameter("filter").value_or("");
  if (query.filter.size() > 8'000) return bad_query("filter");
  query.view = request.parameter("view").value_or("");
  query.search = request.parameter("search").value_or("");
  if (query.search.size() > 500) return bad_query("search");
  query.sort = words(request.parameter("sort"));
  query.fields = words(request.parameter("fields"));
  if (query.sort.size() > 5) return bad_query("sort");
  query.after = request.parameter("after").value_or("");
  query.deleted = request.parameter("deleted") == "true";
  return query;
}

Routes record_routes() {
  const Access signed_in = Access::signed_in();
  const std::vector<std::string_view> list_parameters{"view",  "where", "filter", "search", "sort",
                                                      "limit", "after", "fields", "deleted"};
  const Member version{"version", Type::kInteger}, overwrite{"overwrite", Type::kBoolean};
  Routes routes;
  routes.push_back(read(Method::kGet, "/user/lookup", signed_in, "user.lookup", lookup_users)
                       .with_query({"q", "limit", "team"}));
  routes.push_back(read(Method::kGet, "/team/lookup", signed_in, "team.lookup", lookup_teams)
                       .with_query({"q", "limit"}));
  routes.push_back(read(Method::kGet, "/{entity}", signed_in, "record.list", list_records)
                       .with_query(list_parameters));
  routes.push_back(read(Method::kGet, "/{entity}/count", signed_in, "record.count", count_records)
                       .with_query({"view", "where", "filter", "search", "deleted"}));
  routes.push_back(
      read(Method::kGet, "/{entity}/lookup", signed_in, "record.lookup", lookup_records)
          .with_query({"q", "limit"}));
  routes.push_back(read(Method::kGet, "/{entity}/{id}", signed_in, "record.get", get_record));
  routes.push_back(
      read(Method::kGet, "/{entity}/{id}/history", signed_in, "record.history", get_history)
          .with_query({"before", "limit"}));
  routes.push_back(write(Method::kPost, "/{entity}", signed_in, Body::open_json(), "record.create",
                         create_record));
  routes.push_back(write(Method::kPatch, "/{entity}/{id}", signed_in,
                         Body::open_json({version, overwrite}), "record.update", update_record));
  routes.push_back(write(Method::kDelete, "/{entity}/{id}", signed_in, Body::none(),
                         "record.delete", delete_record));
  routes.push_back(write(Method::kPost, "/{entity}/{id}/restore", signed_in, Body::none(),
                         "record.restore",
                         [](Call& call) { return restore(call, call.params["entity"]); }));
  // Their verbs are "/ticket/{id}/{verb}", which would take the path of the general route.
  for (const std::string entity : {"ticket", "visit"}) {
    routes.push_back(write(Method::kPost, "/" + entity + "/{id}/restore", signed_in, Body::none(),
                           entity == "ticket" ? "ticket.restore" : "visit.restore",
                           [entity](Call& call) { return restore(call, entity); })
                         .undocumented());
  }
  Body bulk_body =
      Body::json({{"create", Type::kArray}, {"update", Type::kArray}, {"delete", Type::kArray}});
  bulk_body.max_bytes = 4u << 20;
  routes.push_back(
      write(Method::kPost, "/{entity}/bulk", signed_in, std::move(bulk_body), "record.bulk", bulk));
  return routes;
}

}  // namespace hougu::api
