// The boxed expressions that have no file of their own, as BoxedCompiler makes them.
#pragma once

#include "dmn/boxed.h"

namespace hougu::dmn {

class Nothing final : public Boxed {
 public:
  feel::Value evaluate(Frame&) const override { return {}; }
};

class Literal final : public Boxed {
 public:
  Literal(feel::ExpressionPtr expression, feel::TypePtr type)
      : expression_(std::move(expression)), type_(std::move(type)) {}
  feel::Value evaluate(Frame& frame) const override;

 private:
  feel::ExpressionPtr expression_;
  feel::TypePtr type_;
};

class ContextBox final : public Boxed {
 public:
  struct Entry {
    std::string name;
    std::uint32_t slot;
    feel::TypePtr type;
    BoxedPtr value;
  };
  std::vector<Entry> entries;
  BoxedPtr result;  // the entry without a name

  feel::Value evaluate(Frame& frame) const override;
};

class ListBox final : public Boxed {
 public:
  std::vector<BoxedPtr> items;
  feel::Value evaluate(Frame& frame) const override;
};

class RelationBox final : public Boxed {
 public:
  std::vector<std::string> columns;
  std::vector<std::vector<BoxedPtr>> rows;
  feel::Value evaluate(Frame& frame) const override;
};

class InvocationBox final : public Boxed {
 public:
  BoxedPtr callee;
  std::vector<std::string> names;
  std::vector<BoxedPtr> arguments;
  feel::Value evaluate(Frame& frame) const override;
};

class BoxedClosure final : public feel::Function {
 public:
  BoxedClosure(BoxedCompiler::FunctionParts parts, std::vector<feel::Value> captured)
      : parts_(std::move(parts)), captured_(std::move(captured)) {
    parameters = parts_.parameters;
    for (const feel::Value& value : captured_) depth = std::max(depth, value.depth() + 1);
  }
  feel::Value call(feel::Evaluation& run, std::span<feel::Value> arguments,
                   feel::Position position) const override;

 private:
  BoxedCompiler::FunctionParts parts_;
  std::vector<feel::Value> captured_;
};

class FunctionBox final : public Boxed {
 public:
  BoxedCompiler::FunctionParts parts;
  std::size_t visible = 0;  // slots of the environment
  feel::Value evaluate(Frame& frame) const override;
};

class ConditionalBox final : public Boxed {
 public:
  BoxedPtr condition;
  BoxedPtr yes;
  BoxedPtr no;
  feel::Value evaluate(Frame& frame) const override;
};

class FilterBox final : public Boxed {
 public:
  BoxedPtr list;
  std::uint32_t slot = 0;
  feel::ExpressionPtr expression;
  BoxedPtr match;  // when it isn't a literal expression
  feel::Value evaluate(Frame& frame) const override;
};

class IteratorBox final : public Boxed {
 public:
  enum class Kind { kFor, kSome, kEvery } kind = Kind::kFor;
  BoxedPtr list;
  BoxedPtr body;
  std::uint32_t slot = 0;
  std::uint32_t partial = 0;

  feel::Value evaluate(Frame& frame) const override;

 private:
  feel::Value collect(Frame& frame, const std::vector<feel::Value>& items) const;
  feel::Value quantify(Frame& frame, const std::vector<feel::Value>& items) const;
};
}  // namespace hougu::dmn
