#include "schema/exchange/import_plan.h"

#include <algorithm>
#include <charconv>

#include "schema/exchange/table_reader.h"
#include "schema/fields/field_type.h"

namespace hougu::exchange {
namespace {
using schema::EntityDefinition;

Result<void> read_columns(const json::object& mapping, const EntityDefinition& entity,
                          const identity::Principal& who, ImportPlan& plan) {
  std::set<std::string, std::less<>> used;
  for (const auto& [key, value] : mapping) {
    std::size_t column = 0;
    const auto end = std::from_chars(key.data(), key.data() + key.size(), column);
    const std::string place = "mapping." + std::string(key);
    if (end.ec != std::errc() || end.ptr != key.data() + key.size() || column >= kMaxColumns) {
      return invalid("field.unknown", place);
    }
    if (value.is_null()) continue;  // a column that is left out
    if (!value.is_string()) return invalid("field.type", place);
    const std::string name(value.as_string());
    const auto* field = entity.field(name);
    if (field == nullptr || !importable(entity, *field, who)) {
      return invalid("field.unknown", place, {{"field", name}});
    }
    if (!used.insert(name).second) return invalid("import.field_twice", place, {{"field", name}});
    plan.columns.emplace(column, name);
  }
  if (plan.columns.empty()) return invalid("import.mapping_empty", "mapping");
  return {};
}

Result<void> read_match(const json::object& body, ImportPlan& plan) {
  if (const auto* match = find_array(body, "match")) {
    for (const auto& name : *match) {
      if (!name.is_string() || plan.match.size() >= 5) return invalid("field.type", "match");
      const std::string field(name.as_string());
      const bool mapped = std::any_of(plan.columns.begin(), plan.columns.end(),
                                      [&](const auto& column) { return column.second == field; });
      if (!mapped) return invalid("import.match_not_mapped", "match", {{"field", field}});
      plan.match.push_back(field);
    }
  }
  if (plan.mode != ImportPlan::Mode::kAdd && plan.match.empty()) {
    return invalid("import.match_missing", "match");
  }
  return {};
}

Result<void> check_rights(const ImportPlan& plan, const identity::Principal& who) {
  const auto& grants = who.access->entity(plan.entity);
  const bool creates = plan.mode != ImportPlan::Mode::kUpdate;
  const bool updates = plan.mode != ImportPlan::Mode::kAdd;
  if ((creates && !grants.create) || (updates && grants.update == identity::kNone)) {
    return forbidden();
  }
  return {};
}
}  // namespace

bool importable(const EntityDefinition& entity, const schema::FieldDefinition& field,
                const identity::Principal& who) {
  return !field.managed && !field.archived && field.type->written_by_people() &&
         !field.type->files() && field.type->storage() != schema::Storage::kRows &&
         who.access->entity(entity.name).field(field.name) == identity::FieldRight::kWrite;
}

Result<ImportPlan> read_plan(const json::object& body, const EntityDefinition& entity,
                             const identity::Principal& who) {
  ImportPlan plan;
  plan.entity = entity.name;
  if (const auto sheet = find_string(body, "sheet")) plan.sheet = *sheet;
  const auto mode = find_string(body, "mode").value_or("");
  if (mode == "add") {
    plan.mode = ImportPlan::Mode::kAdd;
  } else if (mode == "update") {
    plan.mode = ImportPlan::Mode::kUpdate;
  } else if (mode == "both") {
    plan.mode = ImportPlan::Mode::kBoth;
  } else {
    return invalid("field.choice", "mode");
  }
  const auto on_error = find_string(body, "on_error").value_or("stop");
  if (on_error != "stop" && on_error != "skip") return invalid("field.choice", "on_error");
  plan.all_or_nothing = on_error == "stop";
  HOUGU_CHECK(check_rights(plan, who));
  const auto* mapping = find_object(body, "mapping");
  if (mapping == nullptr) return invalid("import.mapping_empty", "mapping");
  HOUGU_CHECK(read_columns(*mapping, entity, who, plan));
  HOUGU_CHECK(read_match(body, plan));
  return plan;
}
}  // namespace hougu::exchange
