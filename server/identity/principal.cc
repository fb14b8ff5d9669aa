#include "identity/principal.h"

#include <algorithm>

#include "base/json.h"

namespace hougu::identity {
namespace {

constexpr std::string_view kScopeNames[] = {"none", "all",      "department",
                                            "team", "assigned", "created"};
constexpr Scope kScopeBits[] = {kNone, kAll, kDepartment, kTeam, kAssigned, kCreated};

Error fault(std::string place) { return invalid("role.malformed", std::move(place)); }

Result<Scope> one_scope(const json::value& value, const std::string& place) {
  if (!value.is_string()) return fault(place);
  for (std::size_t i = 0; i < std::size(kScopeNames); ++i) {
    if (value.as_string() == kScopeNames[i]) return kScopeBits[i];
  }
  return fault(place);
}

Result<Scope> scope_from(const json::value& value, const std::string& place) {
  if (!value.is_array()) return one_scope(value, place);
  Scope scope = kNone;
  for (const auto& part : value.as_array()) {
    HOUGU_TRY(const Scope bits, one_scope(part, place));
    scope |= bits;
  }
  return scope;
}

Result<FieldRight> field_right_from(const json::value& value, const std::string& place) {
  if (!value.is_string()) return fault(place);
  const std::string_view name = value.as_string();
  if (name == "none") return FieldRight::kNone;
  if (name == "masked") return FieldRight::kMasked;
  if (name == "read") return FieldRight::kRead;
  if (name == "write") return FieldRight::kWrite;
  return fault(place);
}

Result<void> read_verbs(const json::value& value, EntityGrants& grants, const std::string& place) {
  if (!value.is_object()) return fault(place);
  for (const auto& [verb, scope] : value.as_object()) {
    HOUGU_TRY(const Scope bits, scope_from(scope, place + "." + std::string(verb)));
    if (verb == "*") {
      grants.all_verbs = bits;
    } else {
      grants.verbs.insert_or_assign(std::string(verb), bits);
    }
  }
  return {};
}

Result<void> read_fields(const json::value& value, EntityGrants& grants, const std::string& place) {
  if (!value.is_object()) return fault(place);
  for (const auto& [name, right] : value.as_object()) {
    HOUGU_TRY(const FieldRight parsed, field_right_from(right, place + "." + std::string(name)));
    grants.fields.insert_or_assign(std::string(name), parsed);
  }
  return {};
}

Result<EntityGrants> grants_from(const json::value& value, const std::string& place) {
  if (!value.is_object()) return fault(place);
  EntityGrants grants;
  for (const auto& [key, part] : value.as_object()) {
    const std::string here = place + "." + std::string(key);
    const auto scope = [&](Scope& into) -> Result<void> {
      HOUGU_TRY(into, scope_from(part, here));
      return {};
    };
    if (key == "create") {
      if (!part.is_bool()) return fault(here);
      grants.create = part.as_bool();
    } else if (key == "read") {
      HOUGU_CHECK(scope(grants.read));
    } else if (key == "update") {
      HOUGU_CHECK(scope(grants.update));
    } else if (key == "delete") {
      HOUGU_CHECK(scope(grants.remove));
    } else if (key == "export") {
      HOUGU_CHECK(scope(grants.exporting));
    } else if (key == "verbs") {
      HOUGU_CHECK(read_verbs(part, grants, here));
    } else if (key == "fields") {
      HOUGU_CHECK(read_fields(part, grants, here));
    } else {
      return fault(here);
    }
  }
  return grants;
}

// What both roles allow together. A field that a role doesn't name may be written by it — where it
// says anything of the entity at all.
void widen(EntityGrants& into, const EntityGrants& other) {
  EntityGrants merged = into;
  merged.read |= other.read;
  merged.update |= other.update;
  merged.remove |= other.remove;
  merged.exporting |= other.exporting;
  merged.create |= other.create;
  merged.all_verbs |= other.all_verbs;
  for (const auto* grants : {static_cast<const EntityGrants*>(&into), &other}) {
    for (const auto& [name, unused] : grants->verbs) {
      merged.verbs[name] = static_cast<Scope>(into.verb(name) | other.verb(name));
    }
  }
  merged.fields.clear();
  for (const auto& [name, right] : into.fields) {
    if (const auto both = std::max(right, other.field(name)); both != FieldRight::kWrite) {
      merged.fields.emplace(name, both);
    }
  }
  into = std::move(merged);
}

bool names_anything(const EntityGrants& grants) {
  return grants.read != kNone || grants.update != kNone || grants.remove != kNone ||
         grants.exporting != kNone || grants.create || grants.all_verbs != kNone ||
         !grants.verbs.empty();
}

// One role's grants: by entity, and those for the entities that it doesn't name.
struct RoleGrants {
  EntityGrants any;
  std::map<std::string, EntityGrants, std::less<>> entities;

  const EntityGrants& of(std::string_view entity) const {
    const auto at = entities.find(entity);
    return at == entities.end() ? any : at->second;
  }
};

Result<RoleGrants> role_grants(const json::object& role) {
  RoleGrants parsed;
  const json::value* grants = role.if_contains("grants");
  if (grants == nullptr || grants->is_null()) return parsed;
  if (!grants->is_object()) return fault("grants");
  for (const auto& [entity, value] : grants->as_object()) {
    HOUGU_TRY(auto entity_grants, grants_from(value, "grants." + std::string(entity)));
    if (entity == "*") {
      parsed.any = std::move(entity_grants);
    } else {
      parsed.entities.insert_or_assign(std::string(entity), std::move(entity_grants));
    }
  }
  return parsed;
}

// Roles that say nothing of the entity don't count: their silence on fields is not a right.
EntityGrants together(const std::vector<RoleGrants>& roles, std::string_view entity) {
  EntityGrants merged;
  bool first = true;
  for (const RoleGrants& role : roles) {
    const EntityGrants& grants = entity.empty() ? role.any : role.of(entity);
    if (!names_anything(grants)) continue;
    if (first) {
      merged = grants;
      first = false;
    } else {
      widen(merged, grants);
    }
  }
  return merged;
}

EntityGrants all_grants() {
  EntityGrants grants;
  grants.read = grants.update = grants.remove = grants.exporting = grants.all_verbs = kAll;
  grants.create = true;
  return grants;
}

EntityGrants narrowed_grants(EntityGrants grants, bool may_read, bool may_write) {
  if (!may_write) {
    grants.create = false;
    grants.update = grants.remove = grants.all_verbs = kNone;
    grants.verbs.clear();
  }
  if (!may_read) grants.read = grants.exporting = kNone;
  return grants;
}

}  // namespace

Scope EntityGrants::verb(std::string_view name) const {
  const auto at = verbs.find(name);
  return at == verbs.end() ? all_verbs : at->second;
}

FieldRight EntityGrants::field(std::string_view name) const {
  const auto at = fields.find(name);
  return at == fields.end() ? FieldRight::kWrite : at->second;
}

std::shared_ptr<const Access> Access::everything() {
  static const auto shared = [] {
    auto access = std::make_shared<Access>();
    access->everything_ = true;
    access->any_ = all_grants();
    return std::shared_ptr<const Access>(std::move(access));
  }();
  return shared;
}

std::shared_ptr<const Access> Access::nothing() {
  static const auto shared = std::make_shared<const Access>();
  return shared;
}

Result<std::shared_ptr<const Access>> Access::merged(const std::vector<json::object>& roles) {
  std::vector<RoleGrants> parsed;
  std::set<std::string, std::less<>> named;
  auto access = std::make_shared<Access>();
  for (const json::object& role : roles) {
    if (find_string(role, "name") == "administrator") return everything();
    HOUGU_TRY(auto grants, role_grants(role));
    for (const auto& [entity, unused] : grants.entities) named.insert(entity);
    parsed.push_back(std::move(grants));
    const json::value* rights = role.if_contains("system");
    if (rights == nullptr || rights->is_null()) continue;
    if (!rights->is_array()) return fault("system");
    for (const auto& right : rights->as_array()) {
      if (!right.is_string()) return fault("system");
      access->system_.insert(std::string(right.as_string()));
    }
  }
  access->any_ = together(parsed, {});
  for (const std::string& entity : named) {
    access->entities_.emplace(entity, together(parsed, entity));
  }
  return std::shared_ptr<const Access>(std::move(access));
}

std::shared_ptr<const Access> Access::narrowed(const std::vector<std::string>& scopes) const {
  const auto has = [&](const std::string& scope) {
    return std::find(scopes.begin(), scopes.end(), scope) != scopes.end();
  };
  const bool read_all = has("read") || has("write"), write_all = has("write");
  auto access = std::make_shared<Access>();
  access->any_ = narrowed_grants(any_, read_all, write_all);
  if (read_all) access->system_ = everything_ ? all_system_rights() : system_;
  std::set<std::string, std::less<>> named;
  for (const auto& [entity, unused] : entities_) named.insert(entity);
  for (const std::string& scope : scopes) {
    if (const auto colon = scope.find(':'); colon != std::string::npos) {
      named.insert(scope.substr(0, colon));
    }
  }
  for (const std::string& name : named) {
    const bool write_one = write_all || has(name + ":write");
    const bool read_one = read_all || write_one || has(name + ":read");
    access->entities_.emplace(name, narrowed_grants(entity(name), read_one, write_one));
  }
  return access;
}

const EntityGrants& Access::entity(std::string_view name) const {
  const auto at = entities_.find(name);
  return at == entities_.end() ? any_ : at->second;
}

bool Access::system(std::string_view right) const {
  return everything_ || system_.find(right) != system_.end();
}

std::set<std::string, std::less<>> Access::system_rights() const {
  return everything_ ? all_system_rights() : system_;
}

const std::set<std::string, std::less<>>& all_system_rights() {
  static const std::set<std::string, std::less<>> rights{
      "users.manage", "roles.manage", "entities.manage", "settings.manage",
      "audit.read",   "import.run",   "api_keys.manage"};
  return rights;
}

Principal Principal::system() {
  Principal principal;
  principal.kind = store::ActorKind::kSystem;
  principal.name = "system";
  principal.access = Access::everything();
  return principal;
}

Principal Principal::elevated() const {
  Principal principal = *this;
  principal.access = Access::everything();
  return principal;
}

}  // namespace hougu::identity
