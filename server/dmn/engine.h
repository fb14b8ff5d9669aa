// Models compiled for evaluation: immutable, shared by threads.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "dmn/cells.h"
#include "dmn/model.h"
#include "feel/evaluation.h"
#include "feel/type.h"
#include "feel/value.h"

namespace hougu::dmn {
struct Element;
struct Compiled;

// Something wrong in a model, with its place.
struct Problem {
  std::string code;            // "dmn.…" or "feel.…"
  std::string element;         // name of the decision, input or knowledge model
  std::string place{};         // id of the expression or cell, where it has one
  std::uint32_t position = 0;  // in the expression's text
  std::string detail{};
};

// Why a decision came out as it did.
struct Trace {
  struct Rule {
    std::string table;      // id, or the decision's name
    std::size_t index = 0;  // from 1
    std::string id{};
    feel::Value output{};
  };
  struct Decision {
    std::string name;
    std::vector<std::pair<std::string, feel::Value>> inputs{};  // of its tables: expression, value
    std::vector<Rule> rules{};                                  // those that matched
    feel::Value result{};
  };
  std::vector<Decision> decisions{};  // in the order they were finished
};

class Engine {
 public:
  // `imports`: models the first one (or its imports) may import, found by namespace.
  // Errors: dmn.import_missing {namespace}, dmn.cycle {detail}, dmn.reference {detail},
  // dmn.too_deep. Expressions that don't compile are problems: their value is null.
  static Result<std::shared_ptr<const Engine>> compile(ModelPtr model,
                                                       std::span<const ModelPtr> imports = {});
  ~Engine();

  const std::vector<Problem>& problems() const;
  // Overlaps, gaps and unreachable rules of all tables, each with an example.
  std::vector<Finding> check() const;
  // Names and types of the inputs, and names of the decisions, of the first model.
  std::vector<std::pair<std::string, feel::TypePtr>> inputs() const;
  std::vector<std::string> decisions() const;
  std::vector<std::string> services() const;

  // `inputs` is a context by names of inputs; a decision's name overrides that decision.
  // not_found when there is no such decision or service.
  Result<feel::Value> decide(std::string_view decision, const feel::Value& inputs,
                             feel::Evaluation& run, Trace* trace = nullptr) const;
  // A decision service with its parameters by name; the context of outputs when it has several.
  Result<feel::Value> serve(std::string_view service, const feel::Value& inputs,
                            feel::Evaluation& run, Trace* trace = nullptr) const;

 private:
  explicit Engine(std::shared_ptr<Compiled> compiled);
  std::shared_ptr<const Compiled> compiled_;
};
using EnginePtr = std::shared_ptr<const Engine>;
}  // namespace hougu::dmn
