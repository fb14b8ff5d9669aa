// People. Passwords come hashed (passwords.h). See context.h.
#pragma once

#include "identity/context.h"

namespace hougu::identity {

struct UserQuery {
  std::string search;  // part of name, login or phone
  std::string role;
  std::optional<Id> unit;
  std::optional<bool> active;
  int limit = 50;
  std::string after;  // cursor of the page before
};
struct UserPage {
  json::array users;
  std::string next;  // "" at the end
};

// {"id","version","login","name","phone","email","locale","unit":{"id","title"},
//  "units":[{"id","name"}],"roles","active","must_change_password","last_seen_at","created_at"},
// ordered by name.
Result<UserPage> list_users(store::Transaction& tx, const UserQuery& query);
Result<json::object> read_user(store::Transaction& tx, const Id& id);
Result<std::optional<Id>> user_by_login(store::Transaction& tx, std::string_view login);

// The login name as it is stored and compared: NFKC and case folded.
std::string folded_login(std::string_view login);

// `values`: login, name, phone, email, locale ("zh-CN", "en"), unit, units, roles, active,
// must_change_password. Errors: "validation", "user.login_taken", "role.above_own", and for changes
// "user.last_administrator".
Result<json::object> create_user(const Context& context, const json::object& values,
                                 std::string_view password_hash);
// Members that are absent stay as they are. Ends the sessions of somebody made inactive.
Result<json::object> update_user(const Context& context, const Id& id, const json::object& values);
// Ends all sessions of the person except `keep`.
Result<void> set_password(const Context& context, const Id& id, std::string_view password_hash,
                          bool must_change, const std::optional<Id>& keep_session);
Result<void> set_preferences(const Context& context, const Id& id, const json::object& preferences);
Result<json::object> read_preferences(store::Transaction& tx, const Id& id);

// [{"id","title","hint"}] of active people, for pickers. With `team` its people come first and
// every item says "in_team".
Result<json::array> lookup_users(store::Transaction& tx, std::string_view typed, int limit,
                                 const std::optional<Id>& team = {});

// One of twelve colours, always the same for the same person.
std::string_view avatar_color(const Id& user);

}  // namespace hougu::identity
