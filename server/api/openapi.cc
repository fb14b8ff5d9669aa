#include "api/openapi.h"

#include <algorithm>
#include <set>

#include "api/dispatch.h"
#include "schema/fields/field_type.h"

namespace hougu::api {
namespace {

constexpr std::string_view kEntityPart = "/{entity}";

json::object schema_ref(std::string_view schema) {
  return {{"$ref", "#/components/schemas/" + std::string(schema)}};
}

json::object type_schema(Type type) {
  switch (type) {
    case Type::kString:
      return {{"type", "string"}};
    case Type::kInteger:
      return {{"type", "integer"}};
    case Type::kNumber:
      return {{"type", "number"}};
    case Type::kBoolean:
      return {{"type", "boolean"}};
    case Type::kId:
      return {{"type", "string"}, {"format", "uuid"}};
    case Type::kDateTime:
      return {{"type", "string"}, {"format", "date-time"}};
    case Type::kObject:
      return {{"type", "object"}};
    case Type::kArray:
      return {{"type", "array"}, {"items", json::object()}};
    case Type::kAny:
      break;
  }
  return {};
}

json::object text_content(json::object schema) {
  return {{"application/json", {{"schema", std::move(schema)}}}};
}

json::object body_schema(const Body& body) {
  json::object properties;
  json::array required;
  for (const Member& member : body.members) {
    json::object schema = type_schema(member.type);
    if (member.type == Type::kString) schema["maxLength"] = member.max_length;
    properties[member.name] = std::move(schema);
    if (member.required) required.push_back(json::value(member.name));
  }
  json::object schema{{"type", "object"}, {"properties", std::move(properties)}};
  if (!required.empty()) schema["required"] = std::move(required);
  if (!body.open) schema["additionalProperties"] = false;
  return schema;
}

// One operation of the document: a route, for one entity where the path says {entity}.
struct Operation {
  const Route& route;
  const schema::EntityDefinition* entity = nullptr;

  std::string path() const {
    std::string path = Dispatcher::path_of(route);
    if (const auto at = path.find(kEntityPart); entity && at != std::string::npos) {
      path.replace(at, kEntityPart.size(), "/" + entity->name);
    }
    return path;
  }
  std::string id() const {
    const std::string name(route.name);
    return entity ? entity->name + name.substr(name.find('.')) : name;
  }
  std::string tag() const { return entity ? entity->name : id().substr(0, id().find('.')); }
};

json::array parameters(const Operation& operation) {
  json::array list;
  const std::string path = operation.path();
  for (auto open = path.find('{'); open != std::string::npos; open = path.find('{', open + 1)) {
    std::string name = path.substr(open + 1, path.find('}', open) - open - 1);
    json::object schema{{"type", "string"}};
    if (name == "id") schema["format"] = "uuid";
    list.push_back(
        {{"name", name}, {"in", "path"}, {"required", true}, {"schema", std::move(schema)}});
  }
  for (const auto name : operation.route.query) {
    json::object schema{{"type", name == "limit" ? "integer" : "string"}};
    list.push_back({{"name", name}, {"in", "query"}, {"schema", std::move(schema)}});
  }
  if (operation.route.method == Method::kPost && operation.route.kind == Kind::kWrite) {
    list.push_back(json::object{{"$ref", "#/components/parameters/IdempotencyKey"}});
  }
  return list;
}

std::optional<json::object> request_body(const Operation& operation) {
  const Body& body = operation.route.body;
  if (body.form == Body::Form::kNone) return std::nullopt;
  if (body.form == Body::Form::kRaw) {
    return json::object{
        {"required", true},
        {"content", {{"*/*", {{"schema", {{"type", "string"}, {"format", "binary"}}}}}}}};
  }
  json::object schema = body_schema(body);
  const std::string name(operation.route.name);
  if (operation.entity && (name == "record.create" || name == "record.update")) {
    json::array all{schema_ref(operation.entity->name + "_input")};
    if (!body.members.empty()) all.push_back(std::move(schema));
    schema = {{"allOf", std::move(all)}};
  } else if (name == "ticket.create") {
    schema = schema_ref("ticket_input");
  }
  return json::object{{"required", true}, {"content", text_content(std::move(schema))}};
}

json::object answer_schema(const Operation& operation) {
  const std::string name(operation.route.name);
  if (operation.entity == nullptr) return {{"type", "object"}};
  const json::object record = schema_ref(operation.entity->name);
  if (name == "record.list") {
    return {{"type", "object"},
            {"properties",
             {{"records", {{"type", "array"}, {"items", record}}},
              {"next", {{"type", json::array{"string", "null"}}}}}}};
  }
  if (name == "record.count") {
    return {{"type", "object"},
            {"properties", {{"count", {{"type", "integer"}}}, {"exact", {{"type", "boolean"}}}}}};
  }
  if (name == "record.get" || name == "record.create" || name == "record.update" ||
      name == "record.restore") {
    return record;
  }
  return {{"type", "object"}};
}

json::object responses(const Operation& operation) {
  const std::string_view name = operation.route.name;
  json::object all;
  if (operation.route.method == Method::kDelete) {
    all["204"] = {{"description", "Done"}};
  } else {
    const bool created = name.ends_with(".create");
    all[created ? "201" : "200"] = {{"description", created ? "Created" : "OK"},
                                    {"content", text_content(answer_schema(operation))}};
  }
  all["default"] = {{"$ref", "#/components/responses/Error"}};
  return all;
}

std::string summary(const Operation& operation, const Services& services, Locale locale) {
  const std::string key = "api." + std::string(operation.route.name);
  if (!services.messages.has(key)) return operation.id();
  const std::string label = operation.entity ? operation.entity->label.in(locale) : std::string();
  return services.messages.text(locale, key, {{"entity", label}});
}

json::object operation_json(const Operation& operation, const Services& services, Locale locale) {
  json::object described{{"operationId", operation.id()},
                         {"summary", summary(operation, services, locale)},
                         {"tags", json::array{json::value(operation.tag())}},
                         {"parameters", parameters(operation)}};
  if (auto body = request_body(operation)) described["requestBody"] = std::move(*body);
  described["responses"] = responses(operation);
  const auto level = operation.route.access.level;
  if (level == Access::Level::kPublic || level == Access::Level::kCustomer) {
    described["security"] = json::array();
  } else if (level == Access::Level::kSystem) {
    described["x-system-right"] = operation.route.access.right;
  }
  return described;
}

std::string lower_method(Method method) {
  std::string name(http::method_name(method));
  std::transform(name.begin(), name.end(), name.begin(),
                 [](char c) { return static_cast<char>(c - 'A' + 'a'); });
  return name;
}

json::object field_schema(const schema::FieldDefinition& field, Locale locale, bool input) {
  const bool single = input && field.type->reference() != schema::Reference::kNone &&
                      field.type->storage() == schema::Storage::kColumns;
  json::object schema =
      single ? json::object{{"type", "string"}, {"format", "uuid"}} : field.type->schema(field);
  schema["title"] = field.label.in(locale);
  if (const auto& help = field.help.in(locale); !help.empty()) schema["description"] = help;
  return schema;
}

json::object record_schema(const schema::EntityDefinition& entity, Locale locale) {
  const json::object id{{"type", "string"}, {"format", "uuid"}};
  const json::object time{{"type", "string"}, {"format", "date-time"}};
  json::object properties{{"id", id},           {"version", {{"type", "integer"}}},
                          {"created_at", time}, {"created_by", schema_ref("Reference")},
                          {"updated_at", time}, {"updated_by", schema_ref("Reference")}};
  for (const auto& field : entity.fields) {
    properties[field.name] = json::object{
        {"anyOf", {field_schema(field, locale, false), json::object{{"type", "null"}}}}};
  }
  return {{"type", "object"},
          {"title", entity.label.in(locale)},
          {"properties", std::move(properties)}};
}

json::object input_schema(const schema::EntityDefinition& entity, Locale locale) {
  json::object properties;
  json::array required;
  for (const auto& field : entity.fields) {
    if (field.managed || field.archived || !field.type->written_by_people()) continue;
    properties[field.name] = field_schema(field, locale, true);
    if (field.required && field.default_value.is_null()) {
      required.push_back(json::value(field.name));
    }
  }
  json::object schema{{"type", "object"},
                      {"title", entity.label.in(locale)},
                      {"properties", std::move(properties)}};
  if (!required.empty()) schema["x-required-on-create"] = std::move(required);
  return schema;
}

json::object error_schema() {
  const json::object text{{"type", "string"}};
  return {{"type", "object"},
          {"required", json::array{"code", "message"}},
          {"properties",
           {{"code", text},
            {"message", text},
            {"field", text},
            {"details", {{"type", "object"}}},
            {"request", text}}}};
}

json::object components(const schema::Catalog& catalog, Locale locale) {
  json::object schemas{
      {"Error", error_schema()},
      {"Reference",
       {{"type", json::array{"object", "null"}},
        {"properties",
         {{"id", {{"type", "string"}, {"format", "uuid"}}}, {"title", {{"type", "string"}}}}}}}};
  for (const auto& entity : catalog.entities()) {
    schemas[entity->name] = record_schema(*entity, locale);
    schemas[entity->name + "_input"] = input_schema(*entity, locale);
  }
  return {{"schemas", std::move(schemas)},
          {"parameters",
           {{"IdempotencyKey",
             {{"name", "Idempotency-Key"},
              {"in", "header"},
              {"schema", {{"type", "string"}, {"maxLength", 100}}}}}}},
          {"responses",
           {{"Error", {{"description", "Error"}, {"content", text_content(schema_ref("Error"))}}}}},
          {"securitySchemes",
           {{"session", {{"type", "apiKey"}, {"in", "cookie"}, {"name", kSessionCookie}}},
            {"api_key", {{"type", "http"}, {"scheme", "bearer"}}}}}};
}

// All operations; a route of its own for an entity replaces the general one.
std::vector<Operation> operations(const Routes& routes, const schema::Catalog& catalog) {
  std::vector<Operation> all;
  std::set<std::pair<Method, std::string>> own;
  for (const Route& route : routes) {
    if (!route.documented || route.pattern.starts_with(kEntityPart)) continue;
    all.push_back({route});
    own.emplace(route.method, all.back().path());
  }
  for (const auto& entity : catalog.entities()) {
    for (const Route& route : routes) {
      if (!route.documented || !route.pattern.starts_with(kEntityPart)) continue;
      const Operation operation{route, entity.get()};
      if (!own.contains({route.method, operation.path()})) all.push_back(operation);
    }
  }
  return all;
}

}  // namespace

json::object openapi_document(const Routes& routes, const schema::Catalog& catalog,
                              const Services& services, Locale locale) {
  json::object paths;
  for (const Operation& operation : operations(routes, catalog)) {
    json::value& path = paths[operation.path()];
    if (!path.is_object()) path = json::object();
    path.as_object()[lower_method(operation.route.method)] =
        operation_json(operation, services, locale);
  }
  return {
      {"openapi", "3.1.0"},
      {"info",
       {{"title", "Hougu"},
        {"version", services.version},
        {"description", services.messages.text(locale, "api.description")}}},
      {"servers",
       json::array{json::object{{"url", services.public_url.empty() ? "/" : services.public_url}}}},
      {"security", json::array{json::object{{"session", json::array()}},
                               json::object{{"api_key", json::array()}}}},
      {"paths", std::move(paths)},
      {"components", components(catalog, locale)}};
}

}  // namespace hougu::api
