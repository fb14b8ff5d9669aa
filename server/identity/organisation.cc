#include "identity/organisation.h"

#include <algorithm>

#include "base/hash.h"
#include "base/text.h"
#include "identity/roles.h"
#include "identity/units.h"
#include "identity/users.h"

namespace hougu::identity {
namespace {

constexpr std::string_view kSetting = "organisation", kSecret = "secret";

json::object defaults() {
  return {{"name", ""},
          {"logo", nullptr},
          {"accent_color", nullptr},
          {"time_zone", "Asia/Shanghai"},
          {"default_locale", "zh-CN"},
          {"portal", {{"enabled", true}, {"phone", ""}, {"welcome", ""}}}};
}

Result<std::optional<json::value>> stored(store::Transaction& tx, std::string_view name) {
  HOUGU_TRY(const auto text,
            tx.first("SELECT value FROM setting WHERE name = $1", {name},
                     [](const store::Row& row) { return std::string(row.text(0)); }));
  if (!text) return std::optional<json::value>();
  HOUGU_TRY(auto value, parse_json(*text));
  return std::optional(std::move(value));
}

Result<void> put(store::Transaction& tx, std::string_view name, const json::value& value) {
  const std::string text = json::serialize(value);
  return tx.execute(
      "INSERT INTO setting (name, value) VALUES ($1, $2) "
      "ON CONFLICT (name) DO UPDATE SET value = excluded.value",
      {name, text});
}

void show_logo(json::object& organisation) {
  const bool has = organisation.at("logo").is_string();
  organisation["logo_url"] = has ? json::value("/api/v1/portal/logo") : json::value();
}

bool is_color(std::string_view text) {
  return text.size() == 7 && text[0] == '#' &&
         std::all_of(text.begin() + 1, text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
         });
}

// A name of the time zone database; whether it exists is known to those who use it.
bool is_zone(std::string_view text) {
  return !text.empty() && text.size() <= 64 && text.front() != '/' &&
         text.find("..") == std::string_view::npos &&
         std::all_of(text.begin(), text.end(), [](char c) {
           return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
                  c == '/' || c == '_' || c == '+' || c == '-';
         });
}

json::value or_null(std::string text) {
  return text.empty() ? json::value() : json::value(std::move(text));
}

Result<json::object> checked(const json::object& wanted) {
  Form form(wanted);
  json::object kept;
  kept["name"] = form.text("name", 100, true);
  const auto logo = form.reference("logo");
  kept["logo"] = logo ? json::value(logo->text()) : json::value();
  const std::string color = form.text("accent_color", 7);
  if (!color.empty() && !is_color(color)) form.complain("accent_color", "setting.color");
  kept["accent_color"] = or_null(color);
  const std::string zone = form.text("time_zone", 64, true);
  if (!is_zone(zone)) form.complain("time_zone", "setting.time_zone");
  kept["time_zone"] = zone;
  kept["default_locale"] = form.one_of("default_locale", {"zh-CN", "en"}, true);
  const json::object* portal = find_object(wanted, "portal");
  if (portal == nullptr) {
    form.complain("portal", "field.type");
    HOUGU_CHECK(form.done());
  }
  Form portal_form(*portal);
  kept["portal"] = {{"enabled", portal_form.boolean("enabled", true)},
                    {"phone", portal_form.text("phone", 32)},
                    {"welcome", portal_form.text("welcome", 500)}};
  HOUGU_CHECK(form.done());
  HOUGU_CHECK(portal_form.done());
  return kept;
}

}  // namespace

Result<json::object> read_organisation(store::Transaction& tx) {
  json::object organisation = defaults();
  HOUGU_TRY(auto value, stored(tx, kSetting));
  if (value && value->is_object()) {
    for (auto& [key, member] : value->as_object()) organisation[key] = std::move(member);
  }
  show_logo(organisation);
  return organisation;
}

Result<json::object> update_organisation(const Context& context, const json::object& values) {
  HOUGU_TRY(auto before, read_organisation(context.tx));
  before.erase("logo_url");
  json::object wanted = before;
  for (const auto& [key, value] : values) {
    if (!before.contains(key)) return invalid("field.unknown", std::string(key));
    const json::object* part = value.is_object() ? find_object(before, key) : nullptr;
    if (part == nullptr) {
      wanted[key] = value;
      continue;
    }
    for (const auto& [inner, inner_value] : value.as_object()) {
      if (!part->contains(inner)) {
        return invalid("field.unknown", std::string(key) + "." + std::string(inner));
      }
      wanted[key].as_object()[inner] = inner_value;
    }
  }
  HOUGU_TRY(auto kept, checked(wanted));
  HOUGU_CHECK(put(context.tx, kSetting, kept));
  HOUGU_CHECK(leave_event(context, "setting", "updated", Id{}, 0, changes_between(before, kept)));
  show_logo(kept);
  return kept;
}

Result<std::string> instance_secret(store::Transaction& tx) {
  HOUGU_TRY(const auto value, stored(tx, kSecret));
  std::string secret;
  if (value && value->is_string() && from_base64url(std::string(value->as_string()), secret)) {
    return secret;
  }
  const std::string token = random_token(32);
  HOUGU_CHECK(put(tx, kSecret, json::value(token)));
  if (!from_base64url(token, secret)) return internal("a random token isn't base64url");
  return secret;
}

Result<FirstStart> first_start(const Context& context, const FirstPerson& person) {
  HOUGU_TRY(const auto somebody, context.tx.first("SELECT id FROM org_user LIMIT 1", {},
                                                  [](const store::Row& row) { return row.id(0); }));
  if (somebody) return FirstStart{};
  HOUGU_CHECK(update_organisation(context, {{"name", person.company}}));
  HOUGU_TRY(const auto unit, create_unit(context, {{"name", person.company}, {"kind", "company"}}));
  HOUGU_TRY(const auto user, create_user(context,
                                         {{"login", person.login},
                                          {"name", person.login},
                                          {"unit", unit.at("id")},
                                          {"roles", json::array{kAdministrator}},
                                          {"must_change_password", person.must_change_password}},
                                         person.password_hash));
  return FirstStart{true, Id::parse(user.at("id").as_string()).value_or(Id{})};
}

}  // namespace hougu::identity
