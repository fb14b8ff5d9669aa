// The tables of definitions, and reading them.
#include "schema/stored.h"

#include "schema/schema.h"

namespace hougu::schema {
namespace {

constexpr std::string_view kDefinitions = R"sql(
CREATE TABLE entity_definition (
  name {text} PRIMARY KEY,
  version {int} NOT NULL,
  definition {text} NOT NULL,
  forms {text} NOT NULL,
  views {text} NOT NULL,
  pack {text},
  updated_at {int} NOT NULL
);
CREATE TABLE view_personal (
  person {id} NOT NULL,
  entity {text} NOT NULL,
  name {text} NOT NULL,
  definition {text} NOT NULL,
  updated_at {int} NOT NULL,
  PRIMARY KEY (person, entity, name)
);
)sql";

constexpr std::string_view kPacks = R"sql(
CREATE TABLE pack_part (
  pack {text} NOT NULL,
  path {text} NOT NULL,
  content {text} NOT NULL,
  installed_at {int} NOT NULL,
  PRIMARY KEY (pack, path)
);
)sql";

constexpr store::Migration kMigrations[] = {{300, "schema_definitions", kDefinitions},
                                            {301, "schema_packs", kPacks}};

constexpr JsonLimits kStoredLimits{64, 16u << 20};

using Definition = std::shared_ptr<const EntityDefinition>;

Result<json::array> parse_array(std::string_view text) {
  HOUGU_TRY(auto value, parse_json(text, kStoredLimits));
  if (!value.is_array()) return internal("a stored list of forms or views is none");
  return std::move(value.get_array());
}

Result<Definition> read_definition(const store::Row& row) {
  HOUGU_TRY(const auto document, parse_json(row.text(2), kStoredLimits));
  if (!document.is_object()) return internal("a stored definition is no object");
  auto parsed = parse_definition(document.get_object());
  if (!parsed.ok()) {
    const auto& faults = parsed.error().fields;
    return internal(
        "stored definition of " + std::string(row.text(0)) + ": " +
        (faults.empty() ? parsed.error().code : faults[0].field + " " + faults[0].code));
  }
  auto entity = std::make_shared<EntityDefinition>(std::move(parsed).value());
  entity->version = static_cast<int>(row.integer(1));
  HOUGU_TRY(entity->forms, parse_array(row.text(3)));
  HOUGU_TRY(entity->views, parse_array(row.text(4)));
  if (!row.is_null(5)) entity->pack = row.text(5);
  return Definition(std::move(entity));
}

}  // namespace

Result<std::vector<Definition>> read_definitions(store::Transaction& tx) {
  std::vector<Definition> found;
  std::optional<Error> failed;
  HOUGU_CHECK(tx.each(
      "SELECT name, version, definition, forms, views, pack FROM entity_definition ORDER BY name",
      {}, [&](const store::Row& row) {
        auto entity = read_definition(row);
        if (!entity.ok()) {
          failed = std::move(entity).error();
          return false;
        }
        found.push_back(std::move(entity).value());
        return true;
      }));
  if (failed) return std::move(*failed);
  return found;
}

std::span<const store::Migration> schema_migrations() { return kMigrations; }
}  // namespace hougu::schema
