#include "schema/plan.h"

#include <algorithm>

#include "base/hash.h"
#include "schema/fields/field_type.h"

namespace hougu::schema {
namespace {

constexpr std::string_view kSystemNames[] = {
    "rid", "id", "version", "created_at", "created_by", "updated_at", "updated_by", "deleted_at"};

// Long enough to be unlike, short enough for an identifier.
std::string index_name(const EntityDefinition& entity, const std::vector<std::string>& fields,
                       bool unique, bool not_null) {
  std::string text;
  for (const auto& field : fields) text += field + ",";
  if (not_null) text += "not null";
  return (unique ? "u_" : "i_") + entity.name + "_" + sha256_hex(text).substr(0, 10);
}

void add_index(const EntityDefinition& entity, EntityPlan& plan, std::vector<std::string> fields,
               bool unique, bool not_null) {
  IndexPlan index{
      index_name(entity, fields, unique, not_null), std::move(fields), {}, unique, not_null};
  for (const auto& field : index.fields) index.columns.push_back(index_column(entity, field));
  for (const auto& other : plan.indexes)
    if (other.name == index.name) return;
  plan.indexes.push_back(std::move(index));
}

bool has_index(const EntityPlan& plan, const std::vector<std::string>& fields) {
  return std::any_of(plan.indexes.begin(), plan.indexes.end(),
                     [&](const IndexPlan& index) { return index.fields == fields; });
}

bool leads_an_index(const EntityPlan& plan, const std::string& field) {
  return std::any_of(plan.indexes.begin(), plan.indexes.end(),
                     [&](const IndexPlan& index) { return index.fields.front() == field; });
}

void add_indexes(const EntityDefinition& entity, EntityPlan& plan) {
  for (const auto& field : entity.fields)
    if (field.unique && !field.archived) add_index(entity, plan, {field.name}, true, false);
  for (const auto& fields : entity.unique) add_index(entity, plan, fields, true, false);
  for (const auto& fields : entity.indexes) add_index(entity, plan, fields, false, false);
  // The row scopes "assigned to me" and "created by me", newest first.
  for (const auto& field : {entity.ownership.assignee, std::string("created_by")})
    if (!field.empty() && entity.ownership.via.empty() && !has_index(plan, {field, "created_at"}))
      add_index(entity, plan, {field, "created_at"}, false, true);
  // Relations are followed back when their target goes.
  for (const auto& field : entity.fields) {
    const bool followed = field.type->reference() != Reference::kNone &&
                          field.type->storage() == Storage::kColumns && !field.archived;
    if (followed && !leads_an_index(plan, field.name))
      add_index(entity, plan, {field.name}, false, true);
  }
}
}  // namespace

std::vector<store::Column> columns_of(const FieldDefinition& field) {
  std::vector<store::Column> out;
  for (const auto& column : field.type->columns())
    out.push_back({field.name + std::string(column.suffix), column.type});
  return out;
}

std::string link_table(const EntityDefinition& entity, const FieldDefinition& field) {
  return "l_" + entity.name + "_" + field.name;
}
std::string child_table(const EntityDefinition& entity, const FieldDefinition& field) {
  return "c_" + entity.name + "_" + field.name;
}

std::string index_column(const EntityDefinition& entity, std::string_view name) {
  if (system_field(name) != nullptr) return std::string(name);
  const auto* field = entity.field(name);
  if (field == nullptr || field->type->columns().empty()) return {};
  return field->name + std::string(field->type->columns()[0].suffix);
}

const FieldSlot* EntityPlan::slot(const EntityDefinition& entity, std::string_view field) const {
  for (const auto& slot : slots)
    if (entity.fields[static_cast<std::size_t>(slot.field)].name == field) return &slot;
  return nullptr;
}

std::shared_ptr<const EntityPlan> make_plan(const EntityDefinition& entity) {
  auto plan = std::make_shared<EntityPlan>();
  for (std::size_t i = 0; i < entity.fields.size(); ++i) {
    const auto& field = entity.fields[i];
    if (field.archived) continue;
    auto columns = columns_of(field);
    plan->slots.push_back({static_cast<int>(i), static_cast<int>(plan->columns.size()),
                           static_cast<int>(columns.size())});
    for (auto& column : columns) plan->columns.push_back(std::move(column));
    plan->has_links = plan->has_links || field.type->storage() == Storage::kLinks;
    plan->has_rows = plan->has_rows || field.type->storage() == Storage::kRows;
  }
  for (const auto name : kSystemNames) {
    if (!plan->select_list.empty()) plan->select_list += ", ";
    plan->select_list += "t." + std::string(name);
  }
  std::string names = "id, version, created_at, created_by, updated_at, updated_by";
  std::string values = "$1, $2, $3, $4, $5, $6";
  for (std::size_t i = 0; i < plan->columns.size(); ++i) {
    const auto column = store::quoted(plan->columns[i].name);
    plan->select_list += ", t." + column;
    names += ", " + column;
    values += ", $" + std::to_string(i + 7);
  }
  const auto table = store::quoted(entity.table());
  plan->insert_sql = "INSERT INTO " + table + " (" + names + ") VALUES (" + values + ")";
  plan->get_sql = "SELECT " + plan->select_list + " FROM " + table + " t WHERE t.id = $1";
  add_indexes(entity, *plan);
  return plan;
}
}  // namespace hougu::schema
