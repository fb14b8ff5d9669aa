// A FEEL expression of a model. Its names are looked up where it is used, in the variables of the
// scopes around; a name that is nowhere is null. Immutable; may be used by several threads.
#pragma once

#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "feel/expression.h"

namespace hougu::process {

class Expression {
 public:
  // `declared`: names of variables known beforehand; those of several words are found only so.
  // Errors: feel.… as feel::compile, bpmn.expression.name {name} for undeclared words in a row.
  static Result<std::shared_ptr<const Expression>> compile(std::string_view source,
                                                           const std::set<std::string>& declared);

  const std::string& source() const { return source_; }
  // Names it reads.
  const std::vector<std::string>& names() const { return names_; }
  bool reads(std::string_view name) const;
  // As far as it is known without values.
  feel::TypeKind type() const;

  // `lookup(name)` gives the value of a variable.
  template <typename Lookup>
  feel::Value evaluate(feel::Evaluation& run, const Lookup& lookup) const {
    std::vector<feel::Value> inputs(slots_);
    for (std::size_t i = 0; i < names_.size(); ++i) inputs[places_[i]] = lookup(names_[i]);
    return compiled_->evaluate(run, inputs);
  }

 private:
  std::string source_{};
  feel::ExpressionPtr compiled_{};
  std::size_t slots_ = 0;
  std::vector<std::string> names_{};
  std::vector<std::uint32_t> places_{};  // slots of the names
};
using ExpressionPtr = std::shared_ptr<const Expression>;
}  // namespace hougu::process
