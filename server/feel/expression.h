// Compiling and evaluating FEEL. A compiled expression is immutable and may be evaluated by
// several threads at once; evaluation never throws and stays within its budget.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "feel/environment.h"
#include "feel/evaluation.h"
#include "feel/type.h"
#include "feel/value.h"

namespace hougu::feel {
struct Program;

struct CompileOptions {
  bool unary_tests = false;  // a table's input cell: "<= 10, 20" about the value called "?"
  TypePtr subject{};         // the type of "?"
  std::size_t max_bytes = 1u << 20;
  std::uint32_t max_depth = 500;  // nesting
};

class Expression {
 public:
  // Slots of the environment that the expression reads, ascending.
  const std::vector<std::uint32_t>& inputs() const;
  // The type as far as it is known without values; Any otherwise.
  const TypePtr& type() const;
  // False when it asks for the time of day.
  bool deterministic() const;
  // Names that are neither variables nor functions, with their place: they evaluate to null.
  const std::vector<Diagnostic>& unknown_names() const;

  // `inputs` has one value per variable of the environment. Null when something is wrong, with the
  // reasons in the evaluation's diagnostics.
  Value evaluate(Evaluation& run, std::span<const Value> inputs) const;
  // For unary tests: true, false or null about `subject`.
  Value test(Evaluation& run, std::span<const Value> inputs, const Value& subject) const;

  explicit Expression(std::shared_ptr<const Program> program) : program_(std::move(program)) {}
  const Program& program() const { return *program_; }

 private:
  std::shared_ptr<const Program> program_;
};

using ExpressionPtr = std::shared_ptr<const Expression>;

// Errors: ErrorKind::kInvalid with a code "feel.…" and params {position} (byte), {line}, {column}
// (characters from 1), {detail}.
Result<ExpressionPtr> compile(std::string_view source, const Environment& environment,
                              const CompileOptions& options = {});
}  // namespace hougu::feel
