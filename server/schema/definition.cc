#include "schema/definition.h"

#include <algorithm>
#include <array>
#include <set>

#include "base/text.h"
#include "schema/definition_reader.h"
#include "schema/fields/fields.h"
#include "schema/plan.h"
#include "schema/reserved.h"

namespace hougu::schema {
namespace {

constexpr std::size_t kMostIndexes = 30, kMostIndexFields = 6;
// PostgreSQL keeps no index entry above 2,704 bytes; a character takes up to four.
constexpr std::int64_t kMostIndexedCharacters = 650;

constexpr std::string_view kKeys[] = {
    "name",    "label",  "core",         "icon",    "title", "search", "ownership", "fields",
    "indexes", "unique", "history_only", "version", "forms", "views",  "grants",    "pack"};

std::vector<FieldDefinition> make_system_fields() {
  const auto field = [](std::string_view name, std::string_view type) {
    FieldDefinition out;
    out.name = name;
    out.type = find_field_type(type);
    out.managed = out.core = true;
    return out;
  };
  return {field("id", "relation"),          field("version", "integer"),
          field("created_at", "date_time"), field("created_by", "user"),
          field("updated_at", "date_time"), field("updated_by", "user"),
          field("deleted_at", "date_time")};
}

const FieldDefinition* known(const EntityDefinition& entity, std::string_view name) {
  const auto* field = entity.field(name);
  return field != nullptr ? field : system_field(name);
}

std::int64_t indexed_characters(const FieldDefinition& field) {
  const auto type = field.type->name();
  if (type == "text") return setting(field, "max_length", 200);
  if (type == "serial") return setting(field, "max_length", 64);
  if (type == "email") return 254;
  return type == "long_text" || type == "rich_text" || type == "url" ? kMostIndexedCharacters + 1
                                                                     : 40;
}

void check_index(const EntityDefinition& entity, const std::vector<std::string>& fields,
                 bool unique, const std::string& path, Faults& faults) {
  if (fields.empty() || fields.size() > kMostIndexFields) {
    faults.push_back({path, "definition.index"});
    return;
  }
  std::int64_t characters = 0;
  for (const auto& name : fields) {
    const auto* field = known(entity, name);
    if (field == nullptr || field->type->storage() != Storage::kColumns ||
        !field->type->sortable() || field->archived) {
      faults.push_back({path, "definition.index_field", {{"name", name}}});
      return;
    }
    if (unique && system_field(name) != nullptr)
      faults.push_back({path, "definition.index_field", {{"name", name}}});
    characters += indexed_characters(*field);
  }
  if (characters > kMostIndexedCharacters) faults.push_back({path, "definition.index_too_long"});
}

std::vector<std::vector<std::string>> read_indexes(const json::object& in, std::string_view key,
                                                   Faults& faults) {
  std::vector<std::vector<std::string>> out;
  const auto* value = find(in, key);
  const std::string path(key);
  if (value == nullptr || value->is_null()) return out;
  if (!value->is_array() || value->get_array().size() > kMostIndexes) {
    faults.push_back({path, "definition.index"});
    return out;
  }
  for (std::size_t i = 0; i < value->get_array().size(); ++i)
    out.push_back(read_names(&value->get_array()[i], path + "[" + std::to_string(i) + "]",
                             kMostIndexFields, faults));
  return out;
}

void read_ownership(const json::object& in, EntityDefinition& entity, Faults& faults) {
  const auto* value = find(in, "ownership");
  if (value == nullptr || value->is_null()) return;
  if (!value->is_object()) {
    faults.push_back({"ownership", "definition.object"});
    return;
  }
  const auto take = [&](std::string_view key, std::string_view type) -> std::string {
    const auto* name = find(value->get_object(), key);
    if (name == nullptr || name->is_null()) return {};
    const std::string_view text =
        name->is_string() ? std::string_view(name->get_string()) : std::string_view();
    const auto* field = entity.field(text);
    if (field == nullptr || field->type->name() != type || field->archived) {
      faults.push_back(
          {"ownership." + std::string(key), "definition.ownership", {{"type", std::string(type)}}});
      return {};
    }
    return std::string(text);
  };
  entity.ownership = {take("team", "team"), take("assignee", "user"), take("via", "relation")};
  for (const auto& member : value->get_object()) {
    const std::string_view key = member.key();
    const bool creator =
        key == "creator" && (member.value().is_null() ||
                             (member.value().is_string() &&
                              std::string_view(member.value().get_string()) == "created_by"));
    if (!creator && key != "team" && key != "assignee" && key != "via")
      faults.push_back({"ownership." + std::string(key), "definition.unknown_key"});
  }
}

// Fields that name the record and those that are searched.
void check_texts(EntityDefinition& entity, Faults& faults) {
  const auto names_it = [](const FieldDefinition* field) {
    return field != nullptr && field->type->storage() == Storage::kColumns &&
           !field->type->files() && !field->archived;
  };
  if (entity.title.empty()) {
    const auto first = std::find_if(entity.fields.begin(), entity.fields.end(),
                                    [&](const FieldDefinition& field) { return names_it(&field); });
    if (first != entity.fields.end()) entity.title.push_back(first->name);
  }
  for (const auto& name : entity.title) {
    if (!names_it(entity.field(name)))
      faults.push_back({"title", "definition.title_field", {{"name", name}}});
  }
  for (const auto& name : entity.search) {
    const auto* field = entity.field(name);
    if (field == nullptr || field->archived)
      faults.push_back({"search", "definition.search_field", {{"name", name}}});
  }
}

void check_names(const EntityDefinition& entity, Faults& faults) {
  if (!plain_name(entity.name, kLongestEntityName))
    faults.push_back({"name", "definition.name"});
  else if (reserved_entity_name(entity.name))
    faults.push_back({"name", "definition.reserved"});
  for (std::size_t i = 0; i < entity.fields.size(); ++i) {
    const auto& field = entity.fields[i];
    const bool own_table = field.type->storage() != Storage::kColumns;
    if (own_table && link_table(entity, field).size() > kLongestIdentifier)
      faults.push_back({"fields[" + std::to_string(i) + "].name", "definition.name_too_long"});
  }
}

void check_indexes(const EntityDefinition& entity, Faults& faults) {
  for (std::size_t i = 0; i < entity.indexes.size(); ++i)
    check_index(entity, entity.indexes[i], false, "indexes[" + std::to_string(i) + "]", faults);
  for (std::size_t i = 0; i < entity.unique.size(); ++i)
    check_index(entity, entity.unique[i], true, "unique[" + std::to_string(i) + "]", faults);
  for (std::size_t i = 0; i < entity.fields.size(); ++i)
    if (entity.fields[i].unique)
      check_index(entity, {entity.fields[i].name}, true, "fields[" + std::to_string(i) + "].unique",
                  faults);
}
}  // namespace

const FieldDefinition* EntityDefinition::field(std::string_view field_name) const {
  for (const auto& candidate : fields)
    if (candidate.name == field_name) return &candidate;
  return nullptr;
}

const FieldDefinition* system_field(std::string_view name) {
  static const std::vector<FieldDefinition> kFields = make_system_fields();
  for (const auto& field : kFields)
    if (field.name == name) return &field;
  return nullptr;
}

Label read_label(const json::value* in, const std::string& path, bool required, Faults& faults) {
  Label label;
  if (in != nullptr && in->is_object()) {
    label.zh = find_string(in->get_object(), "zh-CN").value_or("");
    label.en = find_string(in->get_object(), "en").value_or("");
  } else if (in != nullptr && in->is_string()) {
    label.zh = std::string(in->get_string());
  }
  std::string ignored;
  const bool usable = usable_text(std::string_view(label.zh), ignored) &&
                      usable_text(std::string_view(label.en), ignored) &&
                      label.zh.size() <= 1'000 && label.en.size() <= 1'000;
  if (!usable || (required && trimmed(label.zh).empty()))
    faults.push_back({path, "definition.label"});
  return label;
}

json::object label_json(const Label& label) {
  json::object out{{"zh-CN", json_text(label.zh)}};
  if (!label.en.empty()) out["en"] = json_text(label.en);
  return out;
}

std::vector<std::string> read_names(const json::value* in, const std::string& path,
                                    std::size_t limit, Faults& faults) {
  std::vector<std::string> out;
  if (in == nullptr || in->is_null()) return out;
  if (!in->is_array() || in->get_array().size() > limit) {
    faults.push_back({path, "definition.names"});
    return out;
  }
  for (const auto& element : in->get_array()) {
    if (!element.is_string() || element.get_string().size() > 100) {
      faults.push_back({path, "definition.names"});
      return {};
    }
    if (std::find(out.begin(), out.end(), std::string_view(element.get_string())) == out.end())
      out.emplace_back(element.get_string());
  }
  return out;
}

bool read_flag(const json::object& in, std::string_view key, const std::string& path,
               Faults& faults) {
  const auto* value = find(in, key);
  if (value == nullptr || value->is_null()) return false;
  if (value->is_bool()) return value->get_bool();
  faults.push_back(
      {path.empty() ? std::string(key) : path + "." + std::string(key), "definition.boolean"});
  return false;
}

Result<EntityDefinition> parse_definition(const json::object& document) {
  EntityDefinition entity;
  Faults faults;
  entity.name = find_string(document, "name").value_or("");
  entity.label = read_label(find(document, "label"), "label", true, faults);
  entity.icon = find_string(document, "icon").value_or("");
  if (!entity.icon.empty() && !plain_name(entity.icon, 40))
    faults.push_back({"icon", "definition.name"});
  entity.core = read_flag(document, "core", "", faults);
  entity.history_only = read_flag(document, "history_only", "", faults);
  entity.fields = read_fields(find(document, "fields"), "fields", false, faults);
  entity.title = read_names(find(document, "title"), "title", 5, faults);
  entity.search = read_names(find(document, "search"), "search", 20, faults);
  entity.indexes = read_indexes(document, "indexes", faults);
  entity.unique = read_indexes(document, "unique", faults);
  read_ownership(document, entity, faults);
  check_names(entity, faults);
  check_texts(entity, faults);
  check_indexes(entity, faults);
  for (const auto& member : document) {
    if (std::find(std::begin(kKeys), std::end(kKeys), std::string_view(member.key())) ==
        std::end(kKeys))
      faults.push_back({std::string(member.key()), "definition.unknown_key"});
  }
  if (!faults.empty()) {
    Error error = invalid("validation");
    error.fields = std::move(faults);
    return error;
  }
  entity.plan = make_plan(entity);
  return entity;
}

json::object definition_json(const EntityDefinition& entity) {
  const auto names = [](const std::vector<std::string>& in) {
    json::array out;
    for (const auto& name : in) out.push_back(json_text(name));
    return out;
  };
  const auto lists = [&](const std::vector<std::vector<std::string>>& in) {
    json::array out;
    for (const auto& list : in) out.push_back(names(list));
    return out;
  };
  const auto or_null = [](const std::string& name) {
    return name.empty() ? json::value(nullptr) : json::value(json_text(name));
  };
  json::object out{{"name", json_text(entity.name)}, {"label", label_json(entity.label)}};
  if (entity.core) out["core"] = true;
  if (entity.history_only) out["history_only"] = true;
  if (!entity.icon.empty()) out["icon"] = json_text(entity.icon);
  out["title"] = names(entity.title);
  out["search"] = names(entity.search);
  out["ownership"] = json::object{{"team", or_null(entity.ownership.team)},
                                  {"assignee", or_null(entity.ownership.assignee)},
                                  {"creator", "created_by"},
                                  {"via", or_null(entity.ownership.via)}};
  json::array fields;
  for (const auto& field : entity.fields) fields.push_back(field_json(field));
  out["fields"] = std::move(fields);
  out["indexes"] = lists(entity.indexes);
  out["unique"] = lists(entity.unique);
  return out;
}

Catalog::Catalog(std::vector<std::shared_ptr<const EntityDefinition>> entities)
    : entities_(std::move(entities)) {
  for (const auto& entity : entities_) by_name_.emplace(entity->name, entity.get());
}

const EntityDefinition* Catalog::entity(std::string_view name) const {
  const auto it = by_name_.find(name);
  return it == by_name_.end() ? nullptr : it->second;
}

std::vector<Referrer> Catalog::referrers(std::string_view target) const {
  std::vector<Referrer> out;
  for (const auto& entity : entities_)
    for (const auto& field : entity->fields)
      if (field.target == target) out.push_back({entity.get(), &field});
  return out;
}

std::vector<FieldError> Catalog::check_relations(const EntityDefinition& checked) const {
  Faults faults;
  const auto check = [&](const FieldDefinition& field, const std::string& path) {
    if (field.target.empty() || field.target == checked.name || entity(field.target)) return;
    faults.push_back({path + ".entity", "definition.no_entity", {{"name", field.target}}});
  };
  for (std::size_t i = 0; i < checked.fields.size(); ++i) {
    const auto path = "fields[" + std::to_string(i) + "]";
    check(checked.fields[i], path);
    for (std::size_t j = 0; j < checked.fields[i].fields.size(); ++j)
      check(checked.fields[i].fields[j], path + ".fields[" + std::to_string(j) + "]");
  }
  return faults;
}
}  // namespace hougu::schema
