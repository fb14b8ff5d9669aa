// Units, people, roles, API keys and the organisation's settings.
#include "identity/organisation.h"

#include "api/routes.h"
#include "identity/api_keys.h"
#include "identity/roles.h"
#include "identity/sessions.h"
#include "identity/units.h"
#include "identity/users.h"
#include "schema/attachments/attachments.h"

namespace hougu::api {
namespace {

Answer records(json::array list, json::value next = nullptr) {
  return Answer::ok(json::object{{"records", std::move(list)}, {"next", std::move(next)}});
}

Result<Answer> list_units(Call& call) {
  HOUGU_TRY(auto units, identity::list_units(call.tx));
  return records(std::move(units));
}

Result<Answer> create_unit(Call& call) {
  HOUGU_TRY(auto unit, identity::create_unit(call.organisation(), call.object()));
  return Answer::created(std::move(unit));
}

Result<Answer> update_unit(Call& call) {
  HOUGU_TRY(const auto id, call.id());
  HOUGU_TRY(auto unit, identity::update_unit(call.organisation(), id, call.object()));
  return Answer::ok(std::move(unit));
}

Result<Answer> delete_unit(Call& call) {
  HOUGU_TRY(const auto id, call.id());
  HOUGU_CHECK(identity::remove_unit(call.organisation(), id));
  return Answer::none();
}

Result<Answer> list_users(Call& call) {
  identity::UserQuery query;
  query.search = call.request.parameter("search").value_or("");
  query.role = call.request.parameter("role").value_or("");
  query.after = call.request.parameter("after").value_or("");
  if (const auto unit = call.request.parameter("unit"); unit && !unit->empty()) {
    query.unit = Id::parse(*unit);
    if (!query.unit) return Error{ErrorKind::kMalformed, "field.reference", "unit"};
  }
  if (const auto active = call.request.parameter("active"); active && !active->empty()) {
    query.active = *active == "true";
  }
  HOUGU_TRY(query.limit, call.limit(50, 200));
  HOUGU_TRY(auto page, identity::list_users(call.tx, query));
  return records(std::move(page.users), page.next.empty() ? json::value() : json::value(page.next));
}

Result<Answer> get_user(Call& call) {
  HOUGU_TRY(const auto id, call.id());
  HOUGU_TRY(auto user, identity::read_user(call.tx, id));
  return Answer::ok(std::move(user));
}

Result<Answer> create_user(Call& call) {
  const auto hash = find_string(call.object(), "password").value_or("");
  HOUGU_TRY(auto user, identity::create_user(call.organisation(), call.object(), hash));
  return Answer::created(std::move(user));
}

Result<Answer> update_user(Call& call) {
  HOUGU_TRY(const auto id, call.id());
  const auto context = call.organisation();
  json::object values = call.object();
  values.erase("password");
  if (const auto hash = find_string(call.object(), "password")) {
    const bool must_change = find_bool(values, "must_change_password").value_or(false);
    HOUGU_CHECK(identity::set_password(context, id, *hash, must_change, call.who.session));
  }
  HOUGU_TRY(auto user, identity::update_user(context, id, values));
  return Answer::ok(std::move(user));
}

Result<Answer> set_password(Call& call) {
  HOUGU_TRY(const auto id, call.id());
  const auto hash = find_string(call.object(), "password").value_or("");
  const bool must_change = find_bool(call.object(), "must_change").value_or(true);
  HOUGU_CHECK(identity::set_password(call.organisation(), id, hash, must_change, call.who.session));
  return Answer::none();
}

Result<Answer> sign_user_out(Call& call) {
  HOUGU_TRY(const auto id, call.id());
  HOUGU_CHECK(identity::read_user(call.tx, id));
  HOUGU_CHECK(identity::end_sessions(call.organisation(), id, std::nullopt));
  return Answer::none();
}

// Those who appoint people need the names of roles as much as those who make roles.
Result<Answer> list_roles(Call& call) {
  if (!call.who.access->system("roles.manage") && !call.who.access->system("users.manage")) {
    return forbidden();
  }
  HOUGU_TRY(auto roles, identity::list_roles(call.tx));
  return records(std::move(roles));
}

Result<Answer> put_role(Call& call) {
  HOUGU_TRY(auto role, identity::put_role(call.organisation(), call.params["name"], call.object()));
  return Answer::ok(std::move(role));
}

Result<Answer> delete_role(Call& call) {
  HOUGU_CHECK(identity::remove_role(call.organisation(), call.params["name"]));
  return Answer::none();
}

Result<Answer> list_keys(Call& call) {
  HOUGU_TRY(auto keys, identity::list_api_keys(call.tx));
  return records(std::move(keys));
}

// A stolen key must not be able to make itself successors.
Result<Answer> create_key(Call& call) {
  if (!call.who.session) return forbidden("session.needed");
  HOUGU_TRY(auto key, identity::create_api_key(call.organisation(), call.object()));
  return Answer::created(std::move(key));
}

Result<Answer> delete_key(Call& call) {
  HOUGU_TRY(const auto id, call.id());
  HOUGU_CHECK(identity::remove_api_key(call.organisation(), id));
  return Answer::none();
}

Result<Answer> get_settings(Call& call) {
  HOUGU_TRY(auto organisation, identity::read_organisation(call.tx));
  return Answer::ok(std::move(organisation));
}

Result<Answer> put_settings(Call& call) {
  HOUGU_TRY(auto organisation, identity::update_organisation(call.organisation(), call.object()));
  // Otherwise the logo would go with the files that nobody claimed.
  if (const auto logo = Id::parse(find_string(organisation, "logo").value_or(""))) {
    HOUGU_CHECK(attachments::claim(call.tx, call.who, std::span(&*logo, 1), "setting", Id{}, "logo",
                                   {true, {}}));
  }
  return Answer::ok(std::move(organisation));
}

std::vector<Member> unit_members() {
  return {{"name", Type::kString},     {"kind", Type::kString},  {"parent", Type::kId},
          {"code", Type::kString},     {"phone", Type::kString}, {"address", Type::kString},
          {"archived", Type::kBoolean}};
}

std::vector<Member> user_members() {
  return {{"login", Type::kString},
          {"name", Type::kString},
          {"phone", Type::kString},
          {"email", Type::kString},
          {"locale", Type::kString},
          {"unit", Type::kId},
          {"units", Type::kArray},
          {"roles", Type::kArray},
          {"active", Type::kBoolean},
          {"must_change_password", Type::kBoolean},
          {"password", Type::kString, false, 512}};
}

void add_unit_routes(Routes& routes) {
  const Access manage = Access::system("users.manage");
  routes.push_back(read(Method::kGet, "/unit", Access::signed_in(), "unit.list", list_units));
  routes.push_back(write(Method::kPost, "/unit", manage, Body::json(unit_members()), "unit.create",
                         create_unit));
  routes.push_back(write(Method::kPatch, "/unit/{id}", manage, Body::json(unit_members()),
                         "unit.update", update_unit));
  routes.push_back(
      write(Method::kDelete, "/unit/{id}", manage, Body::none(), "unit.delete", delete_unit));
}

void add_user_routes(Routes& routes) {
  const Access manage = Access::system("users.manage");
  routes.push_back(read(Method::kGet, "/user", manage, "user.list", list_users)
                       .with_query({"search", "role", "unit", "active", "limit", "after"}));
  routes.push_back(read(Method::kGet, "/user/{id}", manage, "user.get", get_user));
  routes.push_back(
      write(Method::kPost, "/user", manage, Body::json(user_members()), "user.create", create_user)
          .hashing("password"));
  routes.push_back(write(Method::kPatch, "/user/{id}", manage, Body::json(user_members()),
                         "user.update", update_user)
                       .hashing("password"));
  routes.push_back(write(Method::kPost, "/user/{id}/password", manage,
                         Body::json({{"password", Type::kString, kRequired, 512},
                                     {"must_change", Type::kBoolean}}),
                         "user.password", set_password)
                       .hashing("password"));
  routes.push_back(write(Method::kPost, "/user/{id}/sign_out", manage, Body::none(),
                         "user.sign_out", sign_user_out));
}

void add_role_routes(Routes& routes) {
  const Access manage = Access::system("roles.manage");
  routes.push_back(read(Method::kGet, "/role", Access::signed_in(), "role.list", list_roles));
  routes.push_back(
      write(Method::kPut, "/role/{name}", manage, Body::open_json(), "role.put", put_role));
  routes.push_back(
      write(Method::kDelete, "/role/{name}", manage, Body::none(), "role.delete", delete_role));
}

void add_key_routes(Routes& routes) {
  const Access manage = Access::system("api_keys.manage");
  routes.push_back(read(Method::kGet, "/api_key", manage, "api_key.list", list_keys));
  routes.push_back(write(Method::kPost, "/api_key", manage,
                         Body::json({{"name", Type::kString, kRequired, 100},
                                     {"scopes", Type::kArray, kRequired},
                                     {"expires_at", Type::kDateTime}}),
                         "api_key.create", create_key)
                       .secret());
  routes.push_back(
      write(Method::kDelete, "/api_key/{id}", manage, Body::none(), "api_key.delete", delete_key));
}

}  // namespace

Routes organisation_routes() {
  const Access manage = Access::system("settings.manage");
  Routes routes;
  add_unit_routes(routes);
  add_user_routes(routes);
  add_role_routes(routes);
  add_key_routes(routes);
  routes.push_back(read(Method::kGet, "/setting", manage, "setting.get", get_settings));
  routes.push_back(
      write(Method::kPut, "/setting", manage, Body::open_json(), "setting.put", put_settings));
  return routes;
}

}  // namespace hougu::api
