// Conditions written in FEEL over an entity's fields (docs/schema.md, "Expressions"): read once
// with all checks, then written as SQL for either database or evaluated on one record, with the
// same outcome. Only what both databases can do exactly as FEEL defines it is accepted; the rest is
// refused with its place.
//
// Names: the fields, id, version, created_at, created_by, updated_at, updated_by, and `user` (who
// asks) with id, name, teams and departments, unless a field is called so. References are contexts:
// `team.id`, `customer.level` (one step, null when the person may not see that record).
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "feel/expression.h"
#include "schema/condition.h"
#include "schema/expression/term.h"

namespace hougu::schema {

// Immutable; points into the catalog that it was read with.
class Filter {
 public:
  // `who` set: fields that he may not read are refused (kForbidden "field.forbidden"). Other
  // faults: kInvalid, "feel.…" for what isn't FEEL and "filter.…" for what databases can't do, with
  // params {position} (byte), {line}, {column} (characters from 1), {detail}, and the place as
  // details too.
  static Result<std::shared_ptr<const Filter>> parse(const Catalog& catalog,
                                                     const EntityDefinition& entity,
                                                     std::string_view source,
                                                     const identity::Principal* who);

  const Term& root() const { return root_; }
  const std::vector<FixedPart>& fixed() const { return fixed_; }
  const feel::ExpressionPtr& expression() const { return expression_; }
  std::size_t slots() const { return fields_.size(); }
  // The field of a slot of the expression; nullptr: `user`.
  const FieldDefinition* field(std::uint32_t slot) const { return fields_[slot]; }
  // The entity behind the relation, when the expression looks there.
  const EntityDefinition* target(const FieldDefinition& relation) const;
  Error refused(std::string code, std::uint32_t position, std::string_view detail = {}) const;

 private:
  std::string source_;
  feel::ExpressionPtr expression_;
  std::vector<const FieldDefinition*> fields_;
  std::vector<FixedPart> fixed_;
  Term root_;
};
using FilterPtr = std::shared_ptr<const Filter>;

// A filter with the parts that depend on who asks and when worked out.
struct BoundFilter {
  FilterPtr filter;
  std::vector<feel::Value> fixed;
};
// kInvalid "filter.…" when one of those parts has no value that could be compared.
Result<BoundFilter> bind_filter(FilterPtr filter, const Asking& asking);
// `alias`: of the entity's table in the query. True for exactly the rows for which
// evaluate() is.
void write_filter(const BoundFilter& filter, std::string_view alias, const Asking& asking,
                  SqlText& sql);

// The values (API form) of the record that a relation names, nullopt when the person can't see it.
using Related =
    std::function<Result<std::optional<json::object>>(const FieldDefinition& relation, const Id&)>;
struct Moment {
  Millis now;
  const Zone& zone;
};
// Whether the condition is true, false or undecided about one record, given by its values in API
// form. `diagnostics`: why something became null.
Result<std::optional<bool>> evaluate(const Filter& filter, const json::object& values,
                                     const identity::Principal& who, const Moment& moment,
                                     const Related& related,
                                     std::vector<feel::Diagnostic>* diagnostics = nullptr);
}  // namespace hougu::schema
