#include <algorithm>
#include <array>

#include "schema/alter.h"
#include "schema/fields/field_type.h"

namespace hougu::schema {
namespace {

struct TypeChange {
  std::string_view from, to;
};
// Those whose stored values are values of the new type as they are.
constexpr TypeChange kTypeChanges[] = {
    {"text", "long_text"},   {"long_text", "text"},     {"email", "text"},
    {"url", "text"},         {"phone", "text"},         {"serial", "text"},
    {"auto_number", "text"}, {"single_choice", "text"}, {"date", "text"},
    {"email", "long_text"},  {"url", "long_text"},      {"phone", "long_text"},
    {"serial", "long_text"}, {"rating", "integer"},     {"duration", "integer"},
    {"integer", "number"},   {"number", "money"},       {"money", "number"},
    {"image", "attachment"}};

bool may_change(std::string_view from, std::string_view to) {
  return from == to || std::any_of(std::begin(kTypeChanges), std::end(kTypeChanges),
                                   [&](const TypeChange& change) {
                                     return change.from == from && change.to == to;
                                   });
}

void check_field(const FieldDefinition& before, const FieldDefinition& after,
                 const std::string& path, std::vector<FieldError>& faults) {
  if (before.core && (before.type != after.type || !after.core || after.archived ||
                      before.managed != after.managed))
    faults.push_back({path, "definition.core_field", {{"name", before.name}}});
  if (!may_change(before.type->name(), after.type->name())) {
    faults.push_back(
        {path + ".type",
         "definition.type_change",
         {{"from", std::string(before.type->name())}, {"to", std::string(after.type->name())}}});
    return;
  }
  if (before.target != after.target)
    faults.push_back({path + ".entity",
                      "definition.type_change",
                      {{"from", before.target}, {"to", after.target}}});
  const bool decimals = before.type->name() == "number" || before.type->name() == "money";
  if (decimals && setting(after, "scale", 2) < setting(before, "scale", 2))
    faults.push_back({path + ".scale", "definition.scale_change"});
}

const FieldDefinition* named(const std::vector<FieldDefinition>& fields, std::string_view name) {
  for (const auto& field : fields)
    if (field.name == name) return &field;
  return nullptr;
}
}  // namespace

std::vector<FieldError> check_change(const EntityDefinition& before,
                                     const EntityDefinition& after) {
  std::vector<FieldError> faults;
  if (before.core && !after.core) faults.push_back({"core", "definition.core_entity"});
  if (before.core && before.history_only != after.history_only)
    faults.push_back({"history_only", "definition.core_entity"});
  for (const auto& field : before.fields)
    if (field.core && after.field(field.name) == nullptr)
      faults.push_back({"fields", "definition.core_field", {{"name", field.name}}});
  for (std::size_t i = 0; i < after.fields.size(); ++i) {
    const auto& field = after.fields[i];
    const auto path = "fields[" + std::to_string(i) + "]";
    const auto* old = before.field(field.name);
    if (old == nullptr) continue;
    check_field(*old, field, path, faults);
    for (std::size_t j = 0; j < field.fields.size(); ++j) {
      if (const auto* child = named(old->fields, field.fields[j].name))
        check_field(*child, field.fields[j], path + ".fields[" + std::to_string(j) + "]", faults);
    }
  }
  return faults;
}
}  // namespace hougu::schema
