// Which rows of an entity a person may read, update, … : the row scopes of his roles as a rule that
// is either written as SQL or applied to one record.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "identity/principal.h"
#include "schema/condition.h"
#include "schema/definition.h"

namespace hougu::schema {

struct RowRule {
  struct Alternative {
    std::string field;    // team, assignee or created_by
    std::vector<Id> ids;  // any of these
  };
  bool all = false;              // no own limit
  std::vector<Alternative> any;  // when not `all`; empty: no row
  // ownership.via: the record that the relation names must be there and fit its own read rule.
  const FieldDefinition* via = nullptr;
  const EntityDefinition* parent = nullptr;
  std::shared_ptr<const RowRule> parent_rule;

  bool unlimited() const { return all && via == nullptr; }
  bool impossible() const { return !all && any.empty(); }
};

// The rule of a scope of `entity` (principal.h). An entity with `via` follows its parent's read
// rule; its own scope then only says whether it may be done at all, or with "created" alone to
// one's own.
RowRule make_rule(const Catalog& catalog, const EntityDefinition& entity,
                  const identity::Principal& who, identity::Scope scope);
RowRule read_rule(const Catalog& catalog, const EntityDefinition& entity,
                  const identity::Principal& who);

// "TRUE", "FALSE" or a condition in brackets.
void write_rule(const RowRule& rule, const EntityDefinition& entity, std::string_view alias,
                SqlText& sql);
// `hidden`: from SQLite's planner (SqlText::hide_coarse).
void write_alternative(const RowRule::Alternative& alternative, std::string_view alias,
                       SqlText& sql, bool hidden = false);
// The parent's part of the rule alone.
void write_parent_rule(const RowRule& rule, std::string_view alias, SqlText& sql);
// Without the parent's part.
bool fits(const RowRule& rule, const json::object& values);

// Rights on fields. System fields may be read by everybody who sees the record.
bool may_read_field(const identity::Principal& who, const EntityDefinition& entity,
                    const FieldDefinition& field);
Error field_forbidden(std::string field);
}  // namespace hougu::schema
