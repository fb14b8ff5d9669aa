// Functions as values: built-ins, closures, and what the DMN engine makes invocable.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "feel/type.h"
#include "feel/value.h"

namespace hougu::feel {
class Evaluation;

struct Parameter {
  std::string name;
  TypePtr type{};  // null: any
};

// Where a call stands in the source, for diagnostics.
using Position = std::uint32_t;

class Function : public Object {
 public:
  // Never throws; null with a diagnostic when arguments don't fit.
  virtual Value call(Evaluation& run, std::span<Value> arguments, Position position) const = 0;
  // Binds by parameter names; the default refuses unknown, doubled and missing names.
  virtual Value call_named(Evaluation& run, std::span<const std::string> names,
                           std::span<Value> arguments, Position position) const;
  virtual std::string description() const { return "function"; }

  std::vector<Parameter> parameters{};
  TypePtr result{};
  std::uint32_t depth = 0;
  bool flexible = false;  // takes arguments in several ways: fits any function type

 protected:
  // Checks the number and types of arguments, converting where FEEL does; false with a diagnostic.
  bool bind(Evaluation& run, std::span<Value> arguments, Position position) const;
};
}  // namespace hougu::feel
