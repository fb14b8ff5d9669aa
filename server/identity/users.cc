#include "identity/users.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "identity/roles.h"
#include "identity/sessions.h"

namespace hougu::identity {
namespace {

constexpr std::string_view kSelect =
    "SELECT p.id, p.login, p.name, p.phone, p.email, p.locale, p.unit, u.name, p.roles, p.active, "
    "p.must_change_password, p.last_seen_at, p.created_at, p.version "
    "FROM org_user p LEFT JOIN org_unit u ON u.id = p.unit ";

json::value roles_json(std::string_view text) {
  auto roles = parse_json(text);
  return roles.ok() && roles->is_array() ? std::move(*roles) : json::value(json::array());
}

json::object user_json(const store::Row& row) {
  return {{"id", row.id(0).text()},
          {"login", row.text(1)},
          {"name", row.text(2)},
          {"phone", text_or_null(row, 3)},
          {"email", text_or_null(row, 4)},
          {"locale", text_or_null(row, 5)},
          {"unit", reference_json(row.optional_id(6), row.is_null(7) ? "" : row.text(7))},
          {"units", json::array()},
          {"roles", roles_json(row.text(8))},
          {"active", row.boolean(9)},
          {"must_change_password", row.boolean(10)},
          {"last_seen_at", time_or_null(row, 11)},
          {"created_at", format_utc(row.integer(12))},
          {"version", row.integer(13)}};
}

Result<json::array> units_of(store::Transaction& tx, const Id& user) {
  json::array units;
  HOUGU_CHECK(
      tx.each("SELECT u.id, u.name FROM org_membership m JOIN org_unit u ON u.id = m.unit "
              "WHERE m.person = $1 ORDER BY u.name, u.id",
              {user}, [&](const store::Row& row) {
                units.push_back({{"id", row.id(0).text()}, {"name", row.text(1)}});
                return true;
              }));
  return units;
}

bool plain_login(std::string_view login) {
  const std::size_t length = count_code_points(login);
  return length >= 2 && length <= 64 && std::none_of(login.begin(), login.end(), [](char c) {
           return static_cast<unsigned char>(c) <= 0x20 || c == 0x7f;
         });
}

bool plain_email(std::string_view email) {
  const auto at = email.find('@');
  return at != std::string_view::npos && at > 0 && at == email.rfind('@') &&
         email.find('.', at) != std::string_view::npos && email.find(' ') == std::string_view::npos;
}

struct UserValues {
  std::string login, name, phone, email, locale;
  std::optional<Id> unit;
  std::vector<Id> units;
  std::vector<std::string> roles;
  bool active = true, must_change = false;
};

Result<UserValues> checked(const json::object& values) {
  Form form(values);
  UserValues user;
  user.login = folded_login(form.text("login", 64, true));
  if (!user.login.empty() && !plain_login(user.login)) form.complain("login", "user.login_form");
  user.name = form.text("name", 100, true);
  user.phone = form.text("phone", 32);
  user.email = form.text("email", 200);
  if (!user.email.empty() && !plain_email(user.email)) form.complain("email", "field.email");
  user.locale = form.one_of("locale", {"zh-CN", "en"}, false);
  user.unit = form.reference("unit");
  user.units = form.references("units");
  user.roles = form.texts("roles");
  user.active = form.boolean("active", true);
  user.must_change = form.boolean("must_change_password", false);
  if (user.unit &&
      std::find(user.units.begin(), user.units.end(), *user.unit) == user.units.end()) {
    user.units.push_back(*user.unit);
  }
  HOUGU_CHECK(form.done());
  return user;
}

store::Param or_null(const std::string& text) {
  if (text.empty()) return nullptr;
  return std::string_view(text);
}
store::Param or_null(const std::optional<Id>& id) {
  if (!id) return nullptr;
  return *id;
}

std::string roles_text(const std::vector<std::string>& roles) {
  json::array list;
  for (const auto& role : roles) list.push_back(json::value(role));
  return json::serialize(list);
}

std::vector<std::string> role_names(const json::object& user) {
  std::vector<std::string> names;
  for (const auto& role : user.at("roles").as_array()) names.emplace_back(role.as_string());
  return names;
}

bool administers(const json::object& user) {
  const auto names = role_names(user);
  return user.at("active").as_bool() &&
         std::find(names.begin(), names.end(), kAdministrator) != names.end();
}

Result<void> check_references(store::Transaction& tx, const UserValues& user) {
  for (const auto& role : user.roles) {
    HOUGU_TRY(const auto found, tx.first("SELECT name FROM role WHERE name = $1", {role},
                                         [](const store::Row&) { return true; }));
    if (!found) return invalid("user.unknown_role", "roles", {{"role", role}});
  }
  for (const Id& unit : user.units) {
    HOUGU_TRY(const auto found, tx.first("SELECT id FROM org_unit WHERE id = $1", {unit},
                                         [](const store::Row&) { return true; }));
    if (!found) return invalid("field.reference", "units");
  }
  return {};
}

Result<void> check_login(store::Transaction& tx, const std::string& login, const Id& own) {
  HOUGU_TRY(const auto other, user_by_login(tx, login));
  if (!other || *other == own) return {};
  Error error = conflict("user.login_taken", {{"login", login}});
  error.field = "login";
  return error;
}

Result<void> write_memberships(store::Transaction& tx, const Id& user,
                               const std::vector<Id>& units) {
  HOUGU_CHECK(tx.execute("DELETE FROM org_membership WHERE person = $1", {user}));
  for (const Id& unit : units) {
    HOUGU_CHECK(
        tx.execute("INSERT INTO org_membership (person, unit) VALUES ($1, $2)", {user, unit}));
  }
  return {};
}

// One active administrator is left. Two changes at the same time are kept apart by the role's row.
Result<void> require_administrator(store::Transaction& tx) {
  HOUGU_CHECK(tx.execute("UPDATE role SET version = version WHERE name = $1", {kAdministrator}));
  bool found = false;
  HOUGU_CHECK(tx.each("SELECT roles FROM org_user WHERE active = $1 AND roles LIKE $2",
                      {true, std::string_view(R"(%"administrator"%)")}, [&](const store::Row&) {
                        found = true;
                        return false;
                      }));
  if (!found) return conflict("user.last_administrator");
  return {};
}

// Conditions of a list: text of the WHERE clause and its parameters, which look into `texts`.
struct Filter {
  std::string where = "WHERE 1 = 1";
  std::vector<store::Param> params;

  void add(std::string condition, store::Param param) {
    params.push_back(param);
    const std::string number = "$" + std::to_string(params.size());
    for (auto at = condition.find('?'); at != std::string::npos; at = condition.find('?', at)) {
      condition.replace(at, 1, number);
    }
    where += " AND " + condition;
  }
};

// Part of a text, with the wildcards of LIKE taken as themselves.
std::string like_pattern(std::string_view text) {
  std::string pattern = "%";
  for (const char c : folded(text)) {
    if (c == '%' || c == '_' || c == '\\') pattern += '\\';
    pattern += c;
  }
  return pattern + "%";
}

Result<std::pair<std::string, Id>> read_cursor(const std::string& cursor) {
  std::string text;
  const Error malformed{ErrorKind::kMalformed, "query.cursor", "after"};
  if (!from_base64url(cursor, text) || text.size() < 37) return malformed;
  const auto id = Id::parse(std::string_view(text).substr(0, 36));
  if (!id || !valid_utf8(text) || text.find('\0') != std::string::npos) return malformed;
  return std::pair(text.substr(36), *id);
}

}  // namespace

std::string folded_login(std::string_view login) { return folded(trimmed(login)); }

Result<UserPage> list_users(store::Transaction& tx, const UserQuery& query) {
  Filter filter;
  const std::string search = like_pattern(trimmed(query.search));
  const std::string role = like_pattern("\"" + query.role + "\"");
  std::pair<std::string, Id> after;
  if (search != "%%") {
    filter.add(
        "(lower(p.name) LIKE ? ESCAPE '\\' OR p.login LIKE ? ESCAPE '\\' OR p.phone LIKE ? "
        "ESCAPE '\\')",
        std::string_view(search));
  }
  if (!query.role.empty()) filter.add("p.roles LIKE ? ESCAPE '\\'", std::string_view(role));
  if (query.active) filter.add("p.active = ?", *query.active);
  if (query.unit) {
    filter.add("p.id IN (SELECT person FROM org_membership WHERE unit = ?)", *query.unit);
  }
  if (!query.after.empty()) {
    HOUGU_TRY(after, read_cursor(query.after));
    filter.add("p.name >= ?", std::string_view(after.first));
    const std::string name = "$" + std::to_string(filter.params.size());
    filter.add("(p.name > " + name + " OR p.id > ?)", after.second);
  }
  filter.params.push_back(static_cast<std::int64_t>(query.limit + 1));
  const std::string sql = std::string(kSelect) + filter.where + " ORDER BY p.name, p.id LIMIT $" +
                          std::to_string(filter.params.size());
  UserPage page;
  bool more = false;
  HOUGU_CHECK(tx.each(sql, filter.params, [&](const store::Row& row) {
    more = page.users.size() == static_cast<std::size_t>(query.limit);
    if (!more) page.users.push_back(user_json(row));
    return !more;
  }));
  for (auto& user : page.users) {
    json::object& object = user.as_object();
    const auto id = Id::parse(object.at("id").as_string());
    HOUGU_TRY(object["units"], units_of(tx, id.value_or(Id{})));
  }
  if (more) {
    const json::object& last = page.users.back().as_object();
    page.next = base64url(std::string(last.at("id").as_string()) +
                          std::string(last.at("name").as_string()));
  }
  return page;
}

Result<json::object> read_user(store::Transaction& tx, const Id& id) {
  HOUGU_TRY(auto user, tx.first(std::string(kSelect) + "WHERE p.id = $1", {id}, user_json));
  if (!user) return not_found();
  HOUGU_TRY((*user)["units"], units_of(tx, id));
  return std::move(*user);
}

Result<std::optional<Id>> user_by_login(store::Transaction& tx, std::string_view login) {
  const std::string plain = folded_login(login);
  return tx.first("SELECT id FROM org_user WHERE login = $1", {plain},
                  [](const store::Row& row) { return row.id(0); });
}

Result<json::object> create_user(const Context& context, const json::object& values,
                                 std::string_view password_hash) {
  HOUGU_TRY(const auto user, checked(values));
  const Id id = context.ids.next();
  HOUGU_CHECK(check_references(context.tx, user));
  HOUGU_CHECK(check_login(context.tx, user.login, id));
  HOUGU_CHECK(require_not_above(context, user.roles));
  const std::string roles = roles_text(user.roles);
  const store::Param hash =
      password_hash.empty() ? store::Param(nullptr) : store::Param(password_hash);
  HOUGU_CHECK(context.tx.execute(
      "INSERT INTO org_user (id, login, name, phone, email, locale, unit, roles, active, password, "
      "must_change_password, version, created_at) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 1, $12)",
      {id, user.login, user.name, or_null(user.phone), or_null(user.email), or_null(user.locale),
       or_null(user.unit), roles, user.active, hash, user.must_change, context.now}));
  HOUGU_CHECK(write_memberships(context.tx, id, user.units));
  HOUGU_TRY(auto created, read_user(context.tx, id));
  HOUGU_CHECK(leave_event(context, "user", "created", id, 1, changes_between({}, created)));
  return created;
}

Result<json::object> update_user(const Context& context, const Id& id, const json::object& values) {
  HOUGU_TRY(const auto before, read_user(context.tx, id));
  HOUGU_CHECK(require_not_above(context, role_names(before)));
  json::object wanted = before;
  for (const auto& [key, value] : values) wanted[key] = value;
  // A new home unit replaces the old one among the memberships unless these are given too.
  if (values.contains("unit") && !values.contains("units") && before.at("unit").is_object()) {
    json::array others;
    for (const auto& unit : before.at("units").as_array()) {
      if (unit.at("id") != before.at("unit").at("id")) others.push_back(unit);
    }
    wanted["units"] = std::move(others);
  }
  HOUGU_TRY(const auto user, checked(wanted));
  HOUGU_CHECK(check_references(context.tx, user));
  HOUGU_CHECK(check_login(context.tx, user.login, id));
  HOUGU_CHECK(require_not_above(context, user.roles));
  const std::string roles = roles_text(user.roles);
  HOUGU_CHECK(context.tx.execute(
      "UPDATE org_user SET login = $2, name = $3, phone = $4, email = $5, locale = $6, unit = $7, "
      "roles = $8, active = $9, must_change_password = $10, version = version + 1 WHERE id = $1",
      {id, user.login, user.name, or_null(user.phone), or_null(user.email), or_null(user.locale),
       or_null(user.unit), roles, user.active, user.must_change}));
  HOUGU_CHECK(write_memberships(context.tx, id, user.units));
  HOUGU_TRY(auto after, read_user(context.tx, id));
  if (administers(before) && !administers(after)) HOUGU_CHECK(require_administrator(context.tx));
  if (!user.active) HOUGU_CHECK(end_sessions(context, id, std::nullopt));
  HOUGU_CHECK(leave_event(context, "user", "updated", id, after.at("version").as_int64(),
                          changes_between(before, after)));
  return after;
}

Result<void> set_password(const Context& context, const Id& id, std::string_view password_hash,
                          bool must_change, const std::optional<Id>& keep_session) {
  HOUGU_TRY(const auto user, read_user(context.tx, id));
  if (id != context.who.id) HOUGU_CHECK(require_not_above(context, role_names(user)));
  HOUGU_CHECK(context.tx.execute(
      "UPDATE org_user SET password = $2, must_change_password = $3, version = version + 1 "
      "WHERE id = $1",
      {id, password_hash, must_change}));
  HOUGU_CHECK(end_sessions(context, id, keep_session));
  return leave_event(context, "user", "password_changed", id, user.at("version").as_int64() + 1);
}

Result<void> set_preferences(const Context& context, const Id& id,
                             const json::object& preferences) {
  const std::string text = json::serialize(preferences);
  const auto locale = find_string(preferences, "locale");
  if (locale && *locale != "zh-CN" && *locale != "en") return invalid("field.choice", "locale");
  HOUGU_CHECK(context.tx.execute("UPDATE org_user SET preferences = $2 WHERE id = $1", {id, text}));
  if (!locale) return {};
  HOUGU_TRY(const auto changed,
            context.tx.execute_counted("UPDATE org_user SET locale = $2 WHERE id = $1 AND "
                                       "(locale IS NULL OR locale <> $2)",
                                       {id, *locale}));
  if (changed == 0) return {};
  return leave_event(context, "user", "preferences_changed", id, 0);
}

Result<json::object> read_preferences(store::Transaction& tx, const Id& id) {
  HOUGU_TRY(const auto text, tx.first("SELECT preferences FROM org_user WHERE id = $1", {id},
                                      [](const store::Row& row) {
                                        return std::string(row.is_null(0) ? "{}" : row.text(0));
                                      }));
  if (!text) return not_found();
  HOUGU_TRY(auto value, parse_json(*text));
  return value.is_object() ? std::move(value.as_object()) : json::object();
}

Result<json::array> lookup_users(store::Transaction& tx, std::string_view typed, int limit,
                                 const std::optional<Id>& team) {
  const std::string search = like_pattern(trimmed(typed));
  json::array items;
  HOUGU_CHECK(tx.each(
      "SELECT p.id, p.name, u.name, m.person IS NOT NULL AS mate FROM org_user p "
      "LEFT JOIN org_unit u ON u.id = p.unit "
      "LEFT JOIN org_membership m ON m.person = p.id AND m.unit = $4 "
      "WHERE p.active = $1 AND (lower(p.name) LIKE $2 ESCAPE '\\' OR p.login LIKE $2 "
      "ESCAPE '\\') ORDER BY mate DESC, p.name, p.id LIMIT $3",
      {true, search, static_cast<std::int64_t>(limit), team.value_or(Id{})},
      [&](const store::Row& row) {
        json::object item{
            {"id", row.id(0).text()}, {"title", row.text(1)}, {"hint", text_or_null(row, 2)}};
        if (team) item["in_team"] = row.boolean(3);
        items.push_back(std::move(item));
        return true;
      }));
  return items;
}

std::string_view avatar_color(const Id& user) {
  static constexpr std::array<std::string_view, 12> kColors{
      "#1677ff", "#0958d9", "#531dab", "#c41d7f", "#cf1322", "#d4380d",
      "#ad6800", "#5b8c00", "#237804", "#006d75", "#003eb3", "#9e1068"};
  return kColors[std::hash<Id>{}(user) % kColors.size()];
}

}  // namespace hougu::identity
