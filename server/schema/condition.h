// Conditions of docs/schema.md ("Forms and views") over one entity: read once with all checks, then
// written as SQL with bound parameters. A comparison with an empty field is false, its negation
// true; there is no third value.
#pragma once

#include <deque>
#include <string>
#include <string_view>
#include <vector>

#include "identity/principal.h"
#include "schema/calendar.h"
#include "schema/definition.h"
#include "schema/fields/field_type.h"

namespace hougu::schema {

inline constexpr std::size_t kMostSortKeys = 4;

struct Comparison {
  const FieldDefinition* relation = nullptr;  // the step to another entity; nullptr: none
  const EntityDefinition* target = nullptr;   // whose field it is, behind the step
  const FieldDefinition* field = nullptr;
  Operator op = Operator::kEq;
  json::value value;
};

struct Condition {
  enum class Kind { kComparison, kAnd, kOr, kNot };
  Kind kind = Kind::kAnd;  // an empty "and" is true
  std::vector<Condition> parts;
  Comparison comparison;
};

// Points into the catalog's definitions. `who` set: fields that he may not read are refused
// (kForbidden "field.forbidden"), else values could be found out by asking. Other faults: kInvalid
// "condition.…" with the place in `field`.
Result<Condition> parse_condition(const Catalog& catalog, const EntityDefinition& entity,
                                  const json::value& in, const identity::Principal* who);

// SQL under construction; parameters are numbered as they are bound.
struct SqlText {
  std::string text;
  std::vector<Cell> params;
  std::deque<std::string> kept;  // owns texts of parameters
  // SQLite has no statistics and takes an index on a column of few values for a good one: with this
  // set, such columns and row rules are hidden from its planner ("+column"), because an order is
  // wanted.
  bool hide_coarse = false;
  bool hide_rule = false;  // the row rule whole
  // Everything but this field's column: the index has been chosen.
  const FieldDefinition* only_shown = nullptr;

  SqlText& operator<<(std::string_view part) {
    text += part;
    return *this;
  }
  SqlText& bind(const Cell& value) {
    params.push_back(value);
    text += '$';
    text += std::to_string(params.size());
    return *this;
  }
};

// Who asks and when: what "$me" and "$today" stand for.
struct Asking {
  const Catalog& catalog;
  const identity::Principal& who;
  Millis now;
  const Zone& zone;
  store::Dialect dialect;
};
// Columns of few different values: choices, yes or no, teams.
bool coarse(const FieldDefinition& field);

// `alias`: of the entity's table in the query.
void write_condition(const Condition& condition, const EntityDefinition& entity,
                     std::string_view alias, const Asking& asking, SqlText& sql);

// The values of a comparison, variables replaced; texts go into `kept`.
std::vector<Cell> values_of(const Comparison& comparison, const Asking& asking,
                            std::deque<std::string>& kept);
// alias."column" of the field that a comparison looks at.
std::string column_text(std::string_view alias, const FieldDefinition& field, Operator op);
}  // namespace hougu::schema
