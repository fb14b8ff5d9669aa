#include "identity/api_keys.h"

#include <algorithm>

#include "base/hash.h"

namespace hougu::identity {
namespace {

constexpr std::string_view kPrefix = "hk_";
constexpr std::string_view kSelect =
    "SELECT k.id, k.name, k.shown, k.person, p.name, k.scopes, k.expires_at, k.created_at "
    "FROM api_key k JOIN org_user p ON p.id = k.person ";

json::object key_json(const store::Row& row) {
  json::array scopes;
  for (const auto& scope : scopes_from(row.text(5))) scopes.push_back(json::value(scope));
  return {{"id", row.id(0).text()},
          {"name", row.text(1)},
          {"shown", row.text(2)},
          {"owner", reference_json(row.id(3), row.text(4))},
          {"scopes", std::move(scopes)},
          {"expires_at", time_or_null(row, 6)},
          {"created_at", format_utc(row.integer(7))}};
}

bool valid_scope(const std::string& scope) {
  if (scope == "read" || scope == "write") return true;
  const auto colon = scope.find(':');
  if (colon == std::string::npos || colon == 0 || colon > 41) return false;
  const auto right = scope.substr(colon + 1);
  return (right == "read" || right == "write") &&
         std::all_of(scope.begin(), scope.begin() + static_cast<std::ptrdiff_t>(colon), [](char c) {
           return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
         });
}

}  // namespace

bool is_api_key(std::string_view credential) { return credential.starts_with(kPrefix); }

std::vector<std::string> scopes_from(std::string_view json_text) {
  std::vector<std::string> scopes;
  const auto value = parse_json(json_text);
  if (!value.ok() || !value->is_array()) return scopes;
  for (const auto& scope : value->as_array()) {
    if (scope.is_string()) scopes.emplace_back(scope.as_string());
  }
  return scopes;
}

Result<json::array> list_api_keys(store::Transaction& tx) {
  json::array keys;
  HOUGU_CHECK(tx.each(std::string(kSelect) + "ORDER BY k.created_at DESC, k.id", {},
                      [&](const store::Row& row) {
                        keys.push_back(key_json(row));
                        return true;
                      }));
  return keys;
}

Result<json::object> create_api_key(const Context& context, const json::object& values) {
  Form form(values);
  const std::string name = form.text("name", 100, true);
  const auto scopes = form.texts("scopes");
  if (scopes.empty()) form.complain("scopes", "field.required");
  if (!std::all_of(scopes.begin(), scopes.end(), valid_scope)) {
    form.complain("scopes", "api_key.scope_form");
  }
  const std::string until = form.text("expires_at", 40);
  Millis expires = 0;
  if (!until.empty() && (!parse_rfc3339(until, expires) || expires <= context.now)) {
    form.complain("expires_at", "api_key.expiry");
  }
  HOUGU_CHECK(form.done());
  const Id id = context.ids.next();
  const std::string key = std::string(kPrefix) + random_token();
  const std::string hash = sha256_hex(key), shown = key.substr(0, 7) + "…";
  json::array list;
  for (const auto& scope : scopes) list.push_back(json::value(scope));
  const std::string scopes_text = json::serialize(list);
  const store::Param expiry = until.empty() ? store::Param(nullptr) : store::Param(expires);
  HOUGU_CHECK(context.tx.execute(
      "INSERT INTO api_key (id, name, key_hash, shown, person, scopes, expires_at, created_at) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
      {id, name, hash, shown, context.who.id, scopes_text, expiry, context.now}));
  HOUGU_CHECK(leave_event(context, "api_key", "created", id, 1, {},
                          {{"name", name}, {"scopes", std::move(list)}}));
  HOUGU_TRY(auto created,
            context.tx.first(std::string(kSelect) + "WHERE k.id = $1", {id}, key_json));
  if (!created) return internal("a new API key is missing");
  (*created)["key"] = key;
  return std::move(*created);
}

Result<void> remove_api_key(const Context& context, const Id& id) {
  HOUGU_TRY(const auto removed,
            context.tx.execute_counted("DELETE FROM api_key WHERE id = $1", {id}));
  if (removed == 0) return not_found();
  return leave_event(context, "api_key", "deleted", id, 1);
}

}  // namespace hougu::identity
