// Definitions: what kinds of records there are, and their change in the studio.
#include "api/routes.h"
#include "schema/views.h"

namespace hougu::api {
namespace {

constexpr std::uint64_t kMaxDefinition = 4u << 20;

Result<Answer> list_entities(Call& call) {
  HOUGU_TRY(auto entities, schema::entities_json(call.tx, call.services.schema, call.who));
  return Answer::ok(json::object{{"entities", std::move(entities)}});
}

Result<Answer> get_entity(Call& call) {
  HOUGU_TRY(auto entity,
            schema::entity_json(call.tx, call.services.schema, call.who, call.params["entity"]));
  return Answer::ok(std::move(entity));
}

Result<Answer> list_types(Call& call) {
  return Answer::ok(schema::field_types_json(call.services.messages, call.locale));
}

// A definition as GET /entities showed it may come back whole: what isn't part of it is left out.
json::object document_in(const json::object& body) {
  json::object document = body;
  for (const auto* key : {"version", "forms", "views", "grants", "pack"}) document.erase(key);
  return document;
}

json::object published_json(const schema::EntityDefinition& entity) {
  json::object shown = schema::definition_json(entity);
  shown["forms"] = entity.forms;
  shown["views"] = entity.views;
  shown["version"] = entity.version;
  return shown;
}

Result<Answer> create_entity(Call& call) {
  HOUGU_TRY(const auto entity,
            call.services.schema.publish(call.tx, call.who, document_in(call.object()), 0));
  return Answer::created(published_json(*entity));
}

Result<Answer> publish_entity(Call& call) {
  json::object document = document_in(call.object());
  const auto named = find_string(document, "name");
  if (named && *named != call.params["entity"]) return invalid("entity.renamed", "name");
  document["name"] = call.params["entity"];
  const auto version = find_integer(call.object(), "version").value_or(0);
  if (version < 1) return invalid("field.required", "version");
  HOUGU_TRY(const auto entity,
            call.services.schema.publish(call.tx, call.who, document, static_cast<int>(version)));
  return Answer::ok(published_json(*entity));
}

Result<Answer> remove_entity(Call& call) {
  HOUGU_CHECK(call.services.schema.remove(call.tx, call.who, call.params["entity"]));
  return Answer::none();
}

Result<Answer> put_forms(Call& call) {
  const json::array& forms = *find_array(call.object(), "forms");
  HOUGU_TRY(const auto version,
            call.services.schema.publish_forms(call.tx, call.who, call.params["entity"], forms,
                                               find_integer(call.object(), "version")));
  return Answer::ok(json::object{{"forms", forms}, {"version", version}});
}

Result<Answer> put_views(Call& call) {
  const json::array& views = *find_array(call.object(), "views");
  HOUGU_TRY(const auto version,
            call.services.schema.publish_views(call.tx, call.who, call.params["entity"], views,
                                               find_integer(call.object(), "version")));
  return Answer::ok(json::object{{"views", views}, {"version", version}});
}

Result<Answer> save_my_view(Call& call) {
  HOUGU_CHECK(schema::save_personal_view(call.tx, call.services.schema, call.who,
                                         call.params["entity"], call.object(), call.now));
  return Answer::ok(call.body);
}

Result<Answer> forget_my_view(Call& call) {
  HOUGU_CHECK(
      schema::remove_personal_view(call.tx, call.who, call.params["entity"], call.params["name"]));
  return Answer::none();
}

}  // namespace

Routes entity_routes() {
  const Access signed_in = Access::signed_in(), manage = Access::system("entities.manage");
  const auto list_of = [](std::string_view member) {
    Body body = Body::json({{member, Type::kArray, kRequired}, {"version", Type::kInteger}});
    body.max_bytes = kMaxDefinition;
    body.array_as = member;
    return body;
  };
  const Body definition = Body::open_json({{"version", Type::kInteger}}, kMaxDefinition);
  const std::string one = "/entities/{entity}";
  Routes routes;
  routes.push_back(read(Method::kGet, "/entities", signed_in, "entity.list", list_entities));
  routes.push_back(read(Method::kGet, "/field_types", signed_in, "entity.types", list_types));
  routes.push_back(read(Method::kGet, one, signed_in, "entity.get", get_entity));
  routes.push_back(
      write(Method::kPost, "/entities", manage, definition, "entity.create", create_entity));
  routes.push_back(write(Method::kPut, one, manage, definition, "entity.publish", publish_entity));
  routes.push_back(
      write(Method::kDelete, one, manage, Body::none(), "entity.delete", remove_entity));
  routes.push_back(
      write(Method::kPut, one + "/forms", manage, list_of("forms"), "entity.forms", put_forms));
  routes.push_back(
      write(Method::kPut, one + "/views", manage, list_of("views"), "entity.views", put_views));
  routes.push_back(write(Method::kPost, one + "/my_views", signed_in,
                         Body::open_json({}, 64 * 1024), "entity.my_view", save_my_view));
  routes.push_back(write(Method::kDelete, one + "/my_views/{name}", signed_in, Body::none(),
                         "entity.forget_view", forget_my_view));
  return routes;
}

}  // namespace hougu::api
