// Entity definitions as C++ values: docs/schema.md is their description. Immutable once in a
// Catalog.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "base/messages.h"

namespace hougu::schema {

class FieldType;
struct EntityDefinition;
struct EntityPlan;

struct Label {
  std::string zh, en;
  const std::string& in(Locale locale) const {
    return locale == Locale::kEnglish && !en.empty() ? en : zh;
  }
};

struct Choice {
  std::string value;
  Label label;
  std::string color;
  bool archived = false;
};

struct FieldDefinition {
  std::string name;
  const FieldType* type = nullptr;
  Label label, help;
  bool required = false, unique = false, core = false, managed = false, archived = false,
       personal = false;
  json::value default_value;            // null: none
  json::object settings;                // those of the type, checked when published
  std::vector<Choice> choices;          // choice types
  std::string target;                   // relation types: entity name
  std::vector<FieldDefinition> fields;  // child_table
};

struct Ownership {
  std::string team, assignee, via;  // field names; empty: none
};

struct EntityDefinition {
  std::string name;
  Label label;
  std::string icon;
  bool core = false, history_only = false;
  std::vector<std::string> title, search;
  Ownership ownership;
  std::vector<FieldDefinition> fields;
  std::vector<std::vector<std::string>> indexes, unique;
  json::array forms, views;
  int version = 0;
  std::string pack;                        // the pack that brought it; empty: made here
  std::shared_ptr<const EntityPlan> plan;  // plan.h; made by parse_definition()

  const FieldDefinition* field(std::string_view field_name) const;
  std::string table() const { return "r_" + name; }
};

// Reads and checks a definition document; all faults at once as FieldErrors whose `field` is the
// place ("fields[3].max"). Knows nothing of other entities; Catalog checks relations. The keys that
// GET /entities adds (version, forms, views, grants, pack) are passed over.
Result<EntityDefinition> parse_definition(const json::object& document);
json::object definition_json(const EntityDefinition& definition);

// What every record has beside its fields, as fields: id, version, created_at, created_by,
// updated_at, updated_by, deleted_at. nullptr for other names.
const FieldDefinition* system_field(std::string_view name);

// A field of another entity that points to records of this one.
struct Referrer {
  const EntityDefinition* entity;
  const FieldDefinition* field;
};

// All entities at one moment.
class Catalog {
 public:
  explicit Catalog(std::vector<std::shared_ptr<const EntityDefinition>> entities);
  const EntityDefinition* entity(std::string_view name) const;
  const std::vector<std::shared_ptr<const EntityDefinition>>& entities() const { return entities_; }
  std::vector<Referrer> referrers(std::string_view entity) const;
  // Relations lead to entities that exist. Faults as in parse_definition().
  std::vector<FieldError> check_relations(const EntityDefinition& entity) const;

 private:
  std::vector<std::shared_ptr<const EntityDefinition>> entities_;
  std::map<std::string, const EntityDefinition*, std::less<>> by_name_;
};
}  // namespace hougu::schema
