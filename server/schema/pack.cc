#include "schema/pack.h"

#include <algorithm>

#include "schema/layout.h"
#include "schema/pretty_json.h"
#include "schema/reserved.h"
#include "schema/stored.h"

namespace hougu::schema {
namespace {

constexpr JsonLimits kLimits{64, 16u << 20};

// What a pack says or what is here, part by part, written the same way. Parts: "pack.json",
// "ticket/entity.json", "ticket/forms.json", "roles.json#agent".
using Parts = std::map<std::string, std::string>;

Error malformed(const std::string& path, std::string cause = {}) {
  auto error = invalid("pack.malformed", {}, {{"path", path}});
  error.cause = std::move(cause);
  return error;
}

Result<json::value> parsed(const PackFiles& files, const std::string& path) {
  const auto it = files.find(path);
  if (it == files.end()) return invalid("pack.file_missing", {}, {{"path", path}});
  auto value = parse_json(it->second, kLimits);
  if (!value.ok()) return malformed(path, value.error().code);
  return value;
}

Result<json::array> list_or_none(const PackFiles& files, const std::string& path) {
  if (files.count(path) == 0) return json::array();
  HOUGU_TRY(auto value, parsed(files, path));
  if (!value.is_array()) return malformed(path);
  return std::move(value.get_array());
}

Result<json::object> pack_document(const PackFiles& files) {
  HOUGU_TRY(auto value, parsed(files, "pack.json"));
  if (!value.is_object()) return malformed("pack.json");
  const auto name = find_string(value.get_object(), "name").value_or("");
  const auto* entities = find_array(value.get_object(), "entities");
  if (!plain_name(name, kLongestFieldName) || entities == nullptr) return malformed("pack.json");
  for (const auto& entity : *entities)
    if (!entity.is_string() ||
        !plain_name(std::string_view(entity.get_string()), kLongestFieldName))
      return malformed("pack.json");
  return std::move(value.get_object());
}

void add_entity(const EntityDefinition& entity, Parts& parts) {
  parts[entity.name + "/entity.json"] = pretty_json(definition_json(entity));
  if (!entity.forms.empty()) parts[entity.name + "/forms.json"] = pretty_json(entity.forms);
  if (!entity.views.empty()) parts[entity.name + "/views.json"] = pretty_json(entity.views);
}

void add_roles(const json::array& roles, Parts& parts) {
  for (const auto& role : roles)
    if (role.is_object())
      parts["roles.json#" + std::string(find_string(role.get_object(), "name").value_or(""))] =
          pretty_json(role);
}

Result<Parts> parts_of_files(const PackFiles& files) {
  HOUGU_TRY(const auto pack, pack_document(files));
  Parts parts{{"pack.json", pretty_json(pack)}};
  std::vector<FieldError> faults;
  for (const auto& name : *find_array(pack, "entities")) {
    const std::string folder(name.get_string());
    HOUGU_TRY(const auto document, parsed(files, folder + "/entity.json"));
    if (!document.is_object()) return malformed(folder + "/entity.json");
    auto entity = parse_definition(document.get_object());
    if (!entity.ok()) {
      for (auto& fault : entity.error().fields) {
        fault.field = folder + "." + fault.field;
        faults.push_back(std::move(fault));
      }
      continue;
    }
    if (entity->name != folder) return malformed(folder + "/entity.json");
    HOUGU_TRY(entity->forms, list_or_none(files, folder + "/forms.json"));
    HOUGU_TRY(entity->views, list_or_none(files, folder + "/views.json"));
    add_entity(*entity, parts);
  }
  if (!faults.empty()) {
    Error error = invalid("validation");
    error.fields = std::move(faults);
    return error;
  }
  HOUGU_TRY(const auto roles, list_or_none(files, "roles.json"));
  add_roles(roles, parts);
  return parts;
}

Result<Parts> remembered(store::Transaction& tx, std::string_view pack) {
  Parts parts;
  HOUGU_CHECK(tx.each("SELECT path, content FROM pack_part WHERE pack = $1", {pack},
                      [&](const store::Row& row) {
                        parts[std::string(row.text(0))] = row.text(1);
                        return true;
                      }));
  return parts;
}

// `wanted`: entities of these names count too, whoever made them.
Result<Parts> parts_here(store::Transaction& tx, std::string_view pack, const PackRoles& roles,
                         const Parts& wanted = {}) {
  Parts parts;
  HOUGU_TRY(const auto definitions, read_definitions(tx));
  for (const auto& entity : definitions)
    if (entity->pack == pack || wanted.count(entity->name + "/entity.json") != 0)
      add_entity(*entity, parts);
  HOUGU_TRY(const auto present, roles.present(tx));
  add_roles(present, parts);
  HOUGU_TRY(const auto brought, remembered(tx, pack));
  if (const auto it = brought.find("pack.json"); it != brought.end()) parts.insert(*it);
  return parts;
}

const std::string& part(const Parts& parts, const std::string& path) {
  static const std::string kNone;
  const auto it = parts.find(path);
  return it == parts.end() ? kNone : it->second;
}

// Which parts of the pack are installed: all but those that were changed here.
struct Decision {
  Parts install;
  PackReport report;
};

Decision decide(const Parts& wanted, const Parts& here, const Parts& brought, bool force) {
  Decision out;
  for (const auto& [path, text] : wanted) {
    const auto& now = part(here, path);
    if (now == text) continue;
    const auto& base = part(brought, path);
    const bool known = brought.count(path) != 0;
    const bool changed_here = known ? now != base : !now.empty();
    if (known && changed_here && text == base && !force) continue;  // nothing new in the pack
    if (changed_here) out.report.differences += "--- " + path + "\n" + line_diff(now, text);
    if (changed_here && !force) {
      out.report.kept.push_back(path);
      continue;
    }
    out.install[path] = text;
    out.report.changed.push_back(path);
  }
  return out;
}

Result<json::value> stored_json(const std::string& text) {
  if (text.empty()) return json::value(json::array());
  return parse_json(text, kLimits);
}

// Entities of which any part is installed; the parts that are kept stay as they are here.
Result<std::vector<Publication>> publications(const Decision& decision, const Parts& here,
                                              const std::string& pack) {
  std::map<std::string, Publication> by_name;
  for (const auto& [path, text] : decision.install) {
    const auto slash = path.find('/');
    if (slash == std::string::npos) continue;
    const auto name = path.substr(0, slash);
    auto& publication = by_name[name];
    publication.version = Publication::kAnyVersion;
    publication.pack = pack;
    HOUGU_TRY(auto value, stored_json(text));
    if (path.ends_with("/entity.json")) publication.document = std::move(value.get_object());
    if (path.ends_with("/forms.json")) publication.forms = std::move(value.get_array());
    if (path.ends_with("/views.json")) publication.views = std::move(value.get_array());
  }
  std::vector<Publication> out;
  for (auto& [name, publication] : by_name) {
    if (publication.document.empty()) {
      HOUGU_TRY(auto value, stored_json(part(here, name + "/entity.json")));
      publication.document = std::move(value.get_object());
    }
    out.push_back(std::move(publication));
  }
  return out;
}

Result<void> remember(store::Transaction& tx, const std::string& pack, const Parts& wanted,
                      Millis now) {
  HOUGU_CHECK(tx.execute("DELETE FROM pack_part WHERE pack = $1", {std::string_view(pack)}));
  for (const auto& [path, text] : wanted)
    HOUGU_CHECK(tx.execute(
        "INSERT INTO pack_part (pack, path, content, installed_at) VALUES ($1, $2, $3, $4)",
        {std::string_view(pack), std::string_view(path), std::string_view(text), now}));
  return {};
}
}  // namespace

Result<std::string> pack_name(const PackFiles& files) {
  HOUGU_TRY(const auto pack, pack_document(files));
  return std::string(*find_string(pack, "name"));
}

Result<PackReport> install_pack(store::Transaction& tx, Schema& schema,
                                const identity::Principal& who, const PackFiles& files, bool force,
                                const PackRoles& roles) {
  HOUGU_TRY(const auto name, pack_name(files));
  HOUGU_TRY(const auto wanted, parts_of_files(files));
  HOUGU_TRY(const auto here, parts_here(tx, name, roles, wanted));
  HOUGU_TRY(const auto brought, remembered(tx, name));
  auto decision = decide(wanted, here, brought, force);
  HOUGU_TRY(const auto entities, publications(decision, here, name));
  if (!entities.empty()) HOUGU_CHECK(schema.publish_all(tx, who, entities));
  for (const auto& [path, text] : decision.install) {
    if (!path.starts_with("roles.json#")) continue;
    HOUGU_TRY(const auto role, stored_json(text));
    HOUGU_CHECK(roles.put(tx, role.get_object()));
  }
  if (brought != wanted) HOUGU_CHECK(remember(tx, name, wanted, schema.clock().now()));
  return std::move(decision.report);
}

Result<PackFiles> export_pack(store::Transaction& tx, std::string_view name,
                              const PackRoles& roles) {
  HOUGU_TRY(const auto parts, parts_here(tx, name, roles));
  if (parts.empty()) return not_found("pack.unknown");
  PackFiles files;
  json::array role_list, entities;
  for (const auto& [path, text] : parts) {
    if (path.starts_with("roles.json#")) {
      HOUGU_TRY(auto role, stored_json(text));
      role_list.push_back(std::move(role));
    } else if (path != "pack.json") {
      files[path] = text;
      if (path.ends_with("/entity.json"))
        entities.push_back(json::string(path.substr(0, path.find('/'))));
    }
  }
  json::object pack{{"name", json::string(name)}, {"version", "1.0.0"}};
  if (const auto it = parts.find("pack.json"); it != parts.end()) {
    HOUGU_TRY(auto stored, stored_json(it->second));
    pack = std::move(stored.get_object());
  }
  pack["entities"] = std::move(entities);
  files["pack.json"] = pretty_json(pack);
  if (!role_list.empty()) files["roles.json"] = pretty_json(role_list);
  return files;
}

Result<std::string> diff_pack(store::Transaction& tx, const PackFiles& files,
                              const PackRoles& roles) {
  HOUGU_TRY(const auto name, pack_name(files));
  HOUGU_TRY(auto wanted, parts_of_files(files));
  HOUGU_TRY(auto here, parts_here(tx, name, roles, wanted));
  wanted.erase("pack.json");
  here.erase("pack.json");
  Parts all = here;
  all.insert(wanted.begin(), wanted.end());
  std::string out;
  for (const auto& [path, text] : all)
    if (const auto lines = line_diff(part(wanted, path), part(here, path)); !lines.empty())
      out += "--- " + path + "\n" + lines;
  return out;
}
}  // namespace hougu::schema
