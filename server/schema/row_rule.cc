#include "schema/row_rule.h"

#include <algorithm>

#include "schema/fields/reference_like.h"
#include "schema/plan.h"

namespace hougu::schema {
namespace {

constexpr int kDeepestParents = 4;

void add(RowRule& rule, const std::string& field, std::span<const Id> ids) {
  if (field.empty() || ids.empty()) return;
  const auto same = std::find_if(rule.any.begin(), rule.any.end(),
                                 [&](const auto& known) { return known.field == field; });
  auto& alternative =
      same != rule.any.end() ? *same : rule.any.emplace_back(RowRule::Alternative{field, {}});
  for (const auto& id : ids)
    if (std::find(alternative.ids.begin(), alternative.ids.end(), id) == alternative.ids.end())
      alternative.ids.push_back(id);
}

RowRule make(const Catalog& catalog, const EntityDefinition& entity, const identity::Principal& who,
             identity::Scope scope, int depth) {
  RowRule rule;
  if (who.access->is_everything()) {
    rule.all = true;
    return rule;
  }
  if (scope == identity::kNone || depth > kDeepestParents) return rule;
  const auto& owner = entity.ownership;
  const EntityDefinition* parent = nullptr;
  if (const auto* via = entity.field(owner.via)) {
    rule.via = via;
    rule.parent = parent = catalog.entity(via->target);
    if (parent == nullptr) return rule;
    rule.parent_rule = std::make_shared<const RowRule>(
        make(catalog, *parent, who, who.access->entity(parent->name).read, depth + 1));
  }
  const bool only_created = (scope & ~identity::kCreated) == 0;
  rule.all = (scope & identity::kAll) != 0 || (parent != nullptr && !only_created);
  if (rule.all) return rule;
  if (scope & identity::kDepartment) add(rule, owner.team, who.departments);
  if (scope & identity::kTeam) add(rule, owner.team, who.teams);
  const bool person = !who.id.is_nil() && who.kind != store::ActorKind::kCustomer;
  if (person && (scope & identity::kAssigned)) add(rule, owner.assignee, {&who.id, 1});
  if (person && (scope & identity::kCreated)) add(rule, "created_by", {&who.id, 1});
  return rule;
}
}  // namespace

RowRule make_rule(const Catalog& catalog, const EntityDefinition& entity,
                  const identity::Principal& who, identity::Scope scope) {
  return make(catalog, entity, who, scope, 0);
}

RowRule read_rule(const Catalog& catalog, const EntityDefinition& entity,
                  const identity::Principal& who) {
  return make_rule(catalog, entity, who, who.access->entity(entity.name).read);
}

void write_alternative(const RowRule::Alternative& alternative, std::string_view alias,
                       SqlText& sql, bool hidden) {
  sql << (hidden ? "+" : "") << alias << "." << store::quoted(alternative.field);
  if (alternative.ids.size() == 1) {
    (sql << " = ").bind(alternative.ids[0]);
    return;
  }
  sql << " IN (";
  for (std::size_t i = 0; i < alternative.ids.size(); ++i) {
    if (i > 0) sql << ", ";
    sql.bind(alternative.ids[i]);
  }
  sql << ")";
}

void write_parent_rule(const RowRule& rule, std::string_view alias, SqlText& sql) {
  if (rule.via == nullptr) {
    sql << "TRUE";
    return;
  }
  const auto inner = std::string(alias) + "p";
  sql << "EXISTS (SELECT 1 FROM " << store::quoted(rule.parent->table()) << " " << inner
      << " WHERE " << inner << ".id = " << alias << "." << store::quoted(rule.via->name) << " AND "
      << inner << ".deleted_at IS NULL AND ";
  write_rule(*rule.parent_rule, *rule.parent, inner, sql);
  sql << ")";
}

void write_rule(const RowRule& rule, const EntityDefinition& entity, std::string_view alias,
                SqlText& sql) {
  if (rule.impossible()) {
    sql << "FALSE";
    return;
  }
  if (rule.unlimited()) {
    sql << "TRUE";
    return;
  }
  sql << "(";
  for (std::size_t i = 0; i < rule.any.size(); ++i) {
    if (i > 0) sql << " OR ";
    const bool hidden = sql.hide_coarse && (rule.any.size() > 1 || sql.hide_rule ||
                                            rule.any[i].field == entity.ownership.team);
    write_alternative(rule.any[i], alias, sql, hidden);
  }
  sql << (rule.any.empty() ? "" : ")");
  if (rule.via == nullptr) return;
  if (!rule.any.empty()) sql << " AND (";
  write_parent_rule(rule, alias, sql);
  sql << ")";
}

bool fits(const RowRule& rule, const json::object& values) {
  if (rule.all) return true;
  for (const auto& alternative : rule.any) {
    const auto* value = find(values, alternative.field);
    const auto id = value ? id_from(*value) : std::nullopt;
    if (id &&
        std::find(alternative.ids.begin(), alternative.ids.end(), *id) != alternative.ids.end())
      return true;
  }
  return false;
}

bool may_read_field(const identity::Principal& who, const EntityDefinition& entity,
                    const FieldDefinition& field) {
  if (system_field(field.name) == &field) return true;
  return who.access->entity(entity.name).field(field.name) >= identity::FieldRight::kRead;
}

Error field_forbidden(std::string field) {
  Error error = forbidden("field.forbidden");
  error.params["name"] = field;
  error.field = std::move(field);
  return error;
}
}  // namespace hougu::schema
