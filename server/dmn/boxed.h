// Boxed expressions, compiled. Each evaluates over the slots of its element's environment; inner
// variables take the slots behind.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "dmn/cells.h"
#include "dmn/engine.h"
#include "feel/environment.h"
#include "feel/expression.h"
#include "feel/function.h"

namespace pugi {
class xml_node;
}

namespace hougu::dmn {

struct Frame {
  feel::Evaluation& run;
  std::vector<feel::Value>& slots;
  Trace::Decision* trace = nullptr;

  void set(std::uint32_t slot, feel::Value value) {
    if (slots.size() <= slot) slots.resize(slot + 1);
    slots[slot] = std::move(value);
  }
};

class Boxed {
 public:
  virtual ~Boxed() = default;
  virtual feel::Value evaluate(Frame& frame) const = 0;
  // Adds what is wrong with a table.
  virtual void check(std::vector<Finding>&) const {}
};
using BoxedPtr = std::shared_ptr<const Boxed>;

// What compiling needs to know about its surroundings.
class TypeTable {
 public:
  virtual ~TypeTable() = default;
  // nullptr when unknown or not given.
  virtual feel::TypePtr type(std::string_view reference) const = 0;
};

class BoxedCompiler {
 public:
  BoxedCompiler(const TypeTable& types, std::string element, std::vector<Problem>& problems)
      : types_(types), element_(std::move(element)), problems_(problems) {}

  // Never nullptr: what can't be compiled evaluates to null and is a problem.
  BoxedPtr compile(const pugi::xml_node& node, const feel::Environment& environment, int depth = 0);
  // A function's parameters and body; the body's environment has the parameters behind.
  struct FunctionParts {
    std::vector<feel::Parameter> parameters;
    std::vector<std::uint32_t> slots;
    BoxedPtr body;
  };
  FunctionParts function(const pugi::xml_node& node, const feel::Environment& environment,
                         int depth);
  feel::ExpressionPtr expression(const std::string& text, const feel::Environment& environment,
                                 const feel::CompileOptions& options, const pugi::xml_node& at);
  feel::TypePtr type(const pugi::xml_node& node) const;
  void problem(const char* code, const pugi::xml_node& at, std::string detail = {},
               std::uint32_t position = 0);
  const TypeTable& types() const { return types_; }
  // All tables met so far.
  std::vector<BoxedPtr> tables{};

 private:
  BoxedPtr literal(const pugi::xml_node& node, const feel::Environment& environment);
  BoxedPtr context(const pugi::xml_node& node, const feel::Environment& environment, int depth);
  BoxedPtr list(const pugi::xml_node& node, const feel::Environment& environment, int depth);
  BoxedPtr relation(const pugi::xml_node& node, const feel::Environment& environment, int depth);
  BoxedPtr invocation(const pugi::xml_node& node, const feel::Environment& environment, int depth);
  BoxedPtr conditional(const pugi::xml_node& node, const feel::Environment& environment, int depth);
  BoxedPtr filter(const pugi::xml_node& node, const feel::Environment& environment, int depth);
  BoxedPtr iterator(const pugi::xml_node& node, const feel::Environment& environment, int depth);
  BoxedPtr part(const pugi::xml_node& node, const char* name, const feel::Environment& environment,
                int depth);

  const TypeTable& types_;
  std::string element_;
  std::vector<Problem>& problems_;
};

// dmn/table_compiler.cc
BoxedPtr compile_table(BoxedCompiler& compiler, const pugi::xml_node& node,
                       const feel::Environment& environment);
}  // namespace hougu::dmn
