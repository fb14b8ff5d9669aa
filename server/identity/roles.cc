#include "identity/roles.h"

#include <algorithm>

#include "base/text.h"

namespace hougu::identity {
namespace {

constexpr std::size_t kMaxBytes = 200'000;

bool plain_name(std::string_view name) {
  if (name.empty() || name.size() > 41 || name[0] < 'a' || name[0] > 'z') return false;
  return std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
  });
}

Result<json::object> parsed(std::string_view text) {
  HOUGU_TRY(auto value, parse_json(text));
  if (!value.is_object()) return internal("a role's definition isn't an object");
  return std::move(value.as_object());
}

json::object role_json(json::object definition, std::string_view name, const json::value& pack,
                       std::int64_t version) {
  definition["name"] = name;
  definition["pack"] = pack;
  definition["version"] = version;
  return definition;
}

Result<std::vector<json::object>> definitions_of(store::Transaction& tx,
                                                 const std::vector<std::string>& roles) {
  std::vector<json::object> definitions;
  for (const std::string& role : roles) {
    HOUGU_TRY(auto text, tx.first("SELECT definition FROM role WHERE name = $1", {role},
                                  [](const store::Row& row) { return std::string(row.text(0)); }));
    if (!text) continue;
    HOUGU_TRY(auto definition, parsed(*text));
    definition["name"] = role;
    definitions.push_back(std::move(definition));
  }
  return definitions;
}

Result<void> check_label(const json::object& document) {
  const json::object* label = find_object(document, "label");
  if (label == nullptr) return invalid("role.malformed", "label");
  for (const auto& [language, text] : *label) {
    if ((language != "zh-CN" && language != "en") || !text.is_string() ||
        count_code_points(text.as_string()) > 100) {
      return invalid("role.malformed", "label." + std::string(language));
    }
  }
  const auto chinese = find_string(*label, "zh-CN");
  if (!chinese || trimmed(*chinese).empty()) return invalid("role.malformed", "label.zh-CN");
  return {};
}

Result<void> check_words(const json::object& document, std::string_view member,
                         const std::set<std::string, std::less<>>& allowed) {
  const json::value* value = document.if_contains(member);
  if (value == nullptr || value->is_null()) return {};
  if (!value->is_array()) return invalid("role.malformed", std::string(member));
  for (const auto& word : value->as_array()) {
    if (!word.is_string() || allowed.find(std::string_view(word.as_string())) == allowed.end()) {
      return invalid("role.malformed", std::string(member));
    }
  }
  return {};
}

// What is kept of a document: its known members, checked.
Result<json::object> checked(const Context& context, std::string_view name,
                             const json::object& document) {
  json::object kept;
  for (const auto& [key, value] : document) {
    if (key == "label" || key == "grants" || key == "system" || key == "faces") {
      kept[key] = value;
    } else if (key != "name" && key != "version" && key != "pack") {
      return invalid("role.malformed", std::string(key));
    }
  }
  HOUGU_CHECK(check_label(kept));
  HOUGU_CHECK(check_words(kept, "system", all_system_rights()));
  HOUGU_CHECK(check_words(kept, "faces", {"desk", "field", "studio"}));
  if (json::serialize(kept).size() > kMaxBytes) return invalid("role.malformed", "grants");
  json::object named = kept;
  named["name"] = name;
  HOUGU_TRY(const auto access, Access::merged({named}));
  for (const auto& right : access->system_rights()) {
    if (!context.who.access->system(right)) return forbidden("role.above_own");
  }
  return kept;
}

struct StoredRole {
  std::string definition;
  json::value pack;
  std::int64_t version = 0;
};
Result<std::optional<StoredRole>> stored_role(store::Transaction& tx, std::string_view name) {
  return tx.first(
      "SELECT definition, pack, version FROM role WHERE name = $1", {name},
      [](const store::Row& row) {
        return StoredRole{std::string(row.text(0)), text_or_null(row, 1), row.integer(2)};
      });
}

}  // namespace

Result<json::array> list_roles(store::Transaction& tx) {
  json::array roles;
  Result<void> fault;
  HOUGU_CHECK(tx.each("SELECT name, definition, pack, version FROM role ORDER BY name", {},
                      [&](const store::Row& row) {
                        auto definition = parsed(row.text(1));
                        if (!definition.ok()) return fault = definition.error(), false;
                        roles.push_back(role_json(std::move(*definition), row.text(0),
                                                  text_or_null(row, 2), row.integer(3)));
                        return true;
                      }));
  HOUGU_CHECK(std::move(fault));
  return roles;
}

Result<json::object> read_role(store::Transaction& tx, std::string_view name) {
  HOUGU_TRY(auto stored, stored_role(tx, name));
  if (!stored) return not_found();
  HOUGU_TRY(auto definition, parsed(stored->definition));
  return role_json(std::move(definition), name, stored->pack, stored->version);
}

Result<json::object> put_role(const Context& context, std::string_view name,
                              const json::object& document, std::string_view pack) {
  if (!plain_name(name)) return invalid("role.malformed", "name");
  if (name == kAdministrator && context.who.kind != store::ActorKind::kSystem) {
    return conflict("role.fixed");
  }
  HOUGU_TRY(const auto kept, checked(context, name, document));
  HOUGU_TRY(const auto stored, stored_role(context.tx, name));
  if (const auto version = find_integer(document, "version"); version && pack.empty()) {
    if (!stored || stored->version != *version) return conflict("role.stale");
  }
  json::object before;
  if (stored) {
    HOUGU_TRY(before, parsed(stored->definition));
    const std::vector<std::string> this_role{std::string(name)};
    HOUGU_CHECK(require_not_above(context, this_role));
    if (before == kept) return role_json(kept, name, stored->pack, stored->version);
  }
  const std::string text = json::serialize(kept);
  const store::Param from =
      pack.empty() ? store::Param(nullptr) : store::Param(std::string_view(pack));
  HOUGU_CHECK(context.tx.execute(
      "INSERT INTO role (name, definition, pack, version) VALUES ($1, $2, $3, 1) "
      "ON CONFLICT (name) DO UPDATE SET definition = excluded.definition, "
      "version = role.version + 1",
      {name, text, from}));
  const std::int64_t version = stored ? stored->version + 1 : 1;
  HOUGU_CHECK(leave_event(context, "role", stored ? "updated" : "created", Id{}, version,
                          changes_between(before, kept), {{"name", name}}));
  return read_role(context.tx, name);
}

Result<void> create_administrator_role(const Context& context, const json::object& label) {
  HOUGU_CHECK(put_role(context, kAdministrator,
                       {{"label", label}, {"faces", json::array{"desk", "field", "studio"}}}));
  return {};
}

Result<void> remove_role(const Context& context, std::string_view name) {
  if (name == kAdministrator) return conflict("role.fixed");
  HOUGU_TRY(const auto role, read_role(context.tx, name));
  HOUGU_CHECK(require_not_above(context, {std::string(name)}));
  std::string part = "%\"";  // "_" is a wildcard
  for (const char c : name) part += c == '_' ? "\\_" : std::string(1, c);
  part += "\"%";
  HOUGU_TRY(const auto holder,
            context.tx.first("SELECT name FROM org_user WHERE roles LIKE $1 ESCAPE '\\'", {part},
                             [](const store::Row& row) { return std::string(row.text(0)); }));
  if (holder) return conflict("role.in_use", {{"name", *holder}});
  HOUGU_CHECK(context.tx.execute("DELETE FROM role WHERE name = $1", {name}));
  return leave_event(context, "role", "deleted", Id{}, role.at("version").as_int64(), {},
                     {{"name", name}});
}

Result<std::shared_ptr<const Access>> read_access(store::Transaction& tx,
                                                  const std::vector<std::string>& roles) {
  HOUGU_TRY(const auto definitions, definitions_of(tx, roles));
  return Access::merged(definitions);
}

Result<void> require_not_above(const Context& context, const std::vector<std::string>& roles) {
  if (context.who.access->is_everything()) return {};
  HOUGU_TRY(const auto access, read_access(context.tx, roles));
  if (access->is_everything()) return forbidden("role.above_own");
  for (const auto& right : access->system_rights()) {
    if (!context.who.access->system(right)) return forbidden("role.above_own");
  }
  return {};
}

Result<json::array> faces_of(store::Transaction& tx, const std::vector<std::string>& roles,
                             const Access& access) {
  std::set<std::string, std::less<>> faces;
  HOUGU_TRY(const auto definitions, definitions_of(tx, roles));
  for (const auto& definition : definitions) {
    const json::array* own = find_array(definition, "faces");
    if (own != nullptr) {
      for (const auto& face : *own) faces.insert(std::string(face.as_string()));
    } else if (find_string(definition, "name") == "engineer") {
      faces.insert("field");
    } else {
      faces.insert("desk");
    }
  }
  if (!access.system_rights().empty()) faces.insert("studio");
  json::array ordered;
  for (const std::string_view face : {"desk", "field", "studio"}) {
    if (faces.find(face) != faces.end()) ordered.push_back(json::value(face));
  }
  return ordered;
}

}  // namespace hougu::identity
