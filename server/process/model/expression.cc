#include "process/model/expression.h"

#include <algorithm>

namespace hougu::process {

Result<ExpressionPtr> Expression::compile(std::string_view source,
                                          const std::set<std::string>& declared) {
  feel::Environment environment;
  for (const std::string& name : declared) environment.add(name);
  HOUGU_TRY(feel::ExpressionPtr compiled, feel::compile(source, environment));
  if (!compiled->unknown_names().empty()) {  // variables that only running makes
    for (const feel::Diagnostic& unknown : compiled->unknown_names()) {
      if (unknown.detail.find(' ') != std::string::npos) {
        return invalid("bpmn.expression.name", {}, {{"name", unknown.detail.substr(0, 200)}});
      }
      environment.add(unknown.detail);
    }
    HOUGU_TRY(compiled, feel::compile(source, environment));
  }
  auto out = std::make_shared<Expression>();
  out->source_ = source;
  out->slots_ = environment.variables().size();
  out->places_ = compiled->inputs();
  for (const std::uint32_t slot : out->places_) {
    out->names_.push_back(environment.variables()[slot].name);
  }
  out->compiled_ = std::move(compiled);
  return ExpressionPtr(std::move(out));
}

bool Expression::reads(std::string_view name) const {
  return std::find(names_.begin(), names_.end(), name) != names_.end();
}

feel::TypeKind Expression::type() const {
  return compiled_->type() ? compiled_->type()->kind : feel::TypeKind::kAny;
}
}  // namespace hougu::process
