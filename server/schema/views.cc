#include "schema/views.h"

#include <algorithm>
#include <map>

#include "schema/definition_reader.h"
#include "schema/fields/fields.h"
#include "schema/layout.h"

namespace hougu::schema {
namespace {

constexpr std::int64_t kMostViews = 100;
constexpr std::size_t kLongestView = 64 << 10;

using ViewsByEntity = std::map<std::string, json::array, std::less<>>;

Result<ViewsByEntity> personal_views(store::Transaction& tx, const Id& person) {
  ViewsByEntity out;
  if (person.is_nil()) return out;
  std::optional<Error> failed;
  HOUGU_CHECK(tx.each(
      "SELECT entity, definition FROM view_personal WHERE person = $1 ORDER BY entity, name",
      {person}, [&](const store::Row& row) {
        auto view = parse_json(row.text(1));
        if (!view.ok() || !view->is_object()) {
          failed = internal("a personal view can't be read");
          return false;
        }
        view->get_object()["personal"] = true;
        out[std::string(row.text(0))].push_back(std::move(view).value());
        return true;
      }));
  if (failed) return std::move(*failed);
  return out;
}

constexpr std::pair<identity::Scope, std::string_view> kScopes[] = {
    {identity::kDepartment, "department"},
    {identity::kTeam, "team"},
    {identity::kAssigned, "assigned"},
    {identity::kCreated, "created"}};

json::value scope_json(identity::Scope scope) {
  if (scope & identity::kAll) return "all";
  json::array out;
  for (const auto& [bit, name] : kScopes)
    if (scope & bit) out.push_back(json_text(name));
  if (out.empty()) return "none";
  if (out.size() == 1) return out[0];
  return out;
}

std::string_view right_name(identity::FieldRight right) {
  switch (right) {
    case identity::FieldRight::kNone:
      return "none";
    case identity::FieldRight::kMasked:
      return "masked";
    case identity::FieldRight::kRead:
      return "read";
    case identity::FieldRight::kWrite:
      return "write";
  }
  return "none";
}

json::object grants_json(const EntityDefinition& entity, const identity::Principal& who) {
  const auto& grants = who.access->entity(entity.name);
  json::object fields;
  for (const auto& field : entity.fields) {
    const auto right = grants.field(field.name);
    if (right != identity::FieldRight::kWrite) fields[field.name] = json_text(right_name(right));
  }
  json::array verbs;
  if (grants.all_verbs != identity::kNone) verbs.push_back("*");
  for (const auto& [verb, scope] : grants.verbs)
    if (scope != identity::kNone) verbs.push_back(json_text(verb));
  return {{"create", grants.create},
          {"read", scope_json(grants.read)},
          {"update", scope_json(grants.update)},
          {"delete", scope_json(grants.remove)},
          {"export", scope_json(grants.exporting)},
          {"fields", std::move(fields)},
          {"verbs", std::move(verbs)}};
}

bool concerns(const EntityDefinition& entity, const identity::Principal& who) {
  const auto& grants = who.access->entity(entity.name);
  return grants.read != identity::kNone || grants.create;
}

json::object shown(const EntityDefinition& entity, const identity::Principal& who,
                   const ViewsByEntity& personal) {
  auto out = definition_json(entity);
  const auto& grants = who.access->entity(entity.name);
  auto& fields = out["fields"].get_array();
  fields.erase(std::remove_if(fields.begin(), fields.end(),
                              [&](const json::value& field) {
                                const auto name = find_string(field.get_object(), "name");
                                return grants.field(*name) == identity::FieldRight::kNone;
                              }),
               fields.end());
  out["forms"] = entity.forms;
  auto views = entity.views;
  if (const auto own = personal.find(entity.name); own != personal.end())
    views.insert(views.end(), own->second.begin(), own->second.end());
  out["views"] = std::move(views);
  out["grants"] = grants_json(entity, who);
  out["version"] = entity.version;
  out["pack"] = entity.pack.empty() ? json::value(nullptr) : json::value(json_text(entity.pack));
  return out;
}

std::string_view kind_name(Setting::Kind kind) {
  switch (kind) {
    case Setting::Kind::kInteger:
      return "integer";
    case Setting::Kind::kDecimal:
      return "decimal";
    case Setting::Kind::kDate:
      return "date";
    case Setting::Kind::kPattern:
      return "pattern";
    case Setting::Kind::kBoolean:
      return "boolean";
    case Setting::Kind::kText:
      return "text";
    case Setting::Kind::kTexts:
      return "texts";
    case Setting::Kind::kOneOf:
      return "one_of";
    case Setting::Kind::kChoices:
      return "choices";
    case Setting::Kind::kEntity:
      return "entity";
    case Setting::Kind::kFields:
      return "fields";
  }
  return "text";
}

constexpr std::string_view kOperatorNames[] = {
    "eq",     "ne",    "lt",        "le",       "gt",          "ge",     "in",
    "not_in", "empty", "not_empty", "contains", "starts_with", "between"};

json::object setting_json(const Setting& setting, const Messages& messages, Locale locale) {
  json::object out{
      {"name", json_text(setting.name)},
      {"type", json_text(kind_name(setting.kind))},
      {"label", json_text(messages.text(locale, "setting." + std::string(setting.name)))},
      {"required", setting.required}};
  if (setting.kind == Setting::Kind::kInteger) {
    out["min"] = setting.low;
    out["max"] = setting.high;
  }
  if (!setting.words.empty()) {
    json::array words;
    std::string_view rest = setting.words;
    while (!rest.empty()) {
      const auto end = std::min(rest.find(' '), rest.size());
      words.push_back(json_text(rest.substr(0, end)));
      rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    out["words"] = std::move(words);
  }
  return out;
}
}  // namespace

Result<void> save_personal_view(store::Transaction& tx, const Schema& schema,
                                const identity::Principal& who, std::string_view name,
                                const json::object& view, Millis now) {
  const auto catalog = schema.catalog();
  const auto* entity = catalog->entity(name);
  if (entity == nullptr || !concerns(*entity, who)) return not_found("entity.unknown");
  json::object kept = view;
  kept.erase("personal");
  kept.erase("default");
  if (auto faults = check_view(*catalog, *entity, kept, "view"); !faults.empty()) {
    Error error = invalid("validation");
    error.fields = std::move(faults);
    return error;
  }
  const auto view_name = find_string(kept, "name").value_or("");
  if (find_view(entity->views, view_name) != nullptr)
    return invalid("view.name_taken", "view.name", {{"name", std::string(view_name)}});
  const auto text = json::serialize(kept);
  if (text.size() > kLongestView) return invalid("view.too_long", "view");
  HOUGU_CHECK(
      tx.execute("DELETE FROM view_personal WHERE person = $1 AND entity = $2 AND name = $3",
                 {who.id, name, view_name}));
  HOUGU_TRY(const auto count,
            tx.first("SELECT count(*) FROM view_personal WHERE person = $1 AND entity = $2",
                     {who.id, name}, [](const store::Row& row) { return row.integer(0); }));
  if (count.value_or(0) >= kMostViews)
    return invalid("view.too_many", "view", {{"max", std::to_string(kMostViews)}});
  return tx.execute(
      "INSERT INTO view_personal (person, entity, name, definition, updated_at) "
      "VALUES ($1, $2, $3, $4, $5)",
      {who.id, name, view_name, std::string_view(text), now});
}

Result<void> remove_personal_view(store::Transaction& tx, const identity::Principal& who,
                                  std::string_view entity, std::string_view name) {
  HOUGU_TRY(const auto removed,
            tx.execute_counted(
                "DELETE FROM view_personal WHERE person = $1 AND entity = $2 AND name = $3",
                {who.id, entity, name}));
  if (removed == 0) return not_found("view.unknown");
  return {};
}

Result<json::array> entities_json(store::Transaction& tx, const Schema& schema,
                                  const identity::Principal& who) {
  const auto catalog = schema.catalog();
  HOUGU_TRY(const auto personal, personal_views(tx, who.id));
  json::array out;
  for (const auto& entity : catalog->entities())
    if (concerns(*entity, who)) out.push_back(shown(*entity, who, personal));
  return out;
}

Result<json::object> entity_json(store::Transaction& tx, const Schema& schema,
                                 const identity::Principal& who, std::string_view name) {
  const auto catalog = schema.catalog();
  const auto* entity = catalog->entity(name);
  if (entity == nullptr || !concerns(*entity, who)) return not_found("entity.unknown");
  HOUGU_TRY(const auto personal, personal_views(tx, who.id));
  return shown(*entity, who, personal);
}

json::object field_types_json(const Messages& messages, Locale locale) {
  json::array types;
  for (const auto* type : field_types()) {
    json::array settings, operators;
    for (const auto& setting : type->settings())
      settings.push_back(setting_json(setting, messages, locale));
    const FieldDefinition any;
    for (unsigned i = 0; i < std::size(kOperatorNames); ++i)
      if (type->operators(any) & (1u << i)) operators.push_back(json_text(kOperatorNames[i]));
    types.push_back(json::object{{"name", json_text(type->name())},
                                 {"label", json_text(messages.text(locale, type->label_key()))},
                                 {"settings", std::move(settings)},
                                 {"operators", std::move(operators)},
                                 {"unique", type->unique_allowed()},
                                 {"in_child_table", type->in_child_table()}});
  }
  return {{"types", std::move(types)}};
}
}  // namespace hougu::schema
