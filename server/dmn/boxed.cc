#include "dmn/boxed.h"

#include "base/text.h"
#include "dmn/xml.h"

namespace hougu::dmn {
namespace {
using feel::Value;
constexpr int kMaxDepth = 100;

class Nothing final : public Boxed {
 public:
  Value evaluate(Frame&) const override { return {}; }
};

class Literal final : public Boxed {
 public:
  Literal(feel::ExpressionPtr expression, feel::TypePtr type)
      : expression_(std::move(expression)), type_(std::move(type)) {}
  Value evaluate(Frame& frame) const override {
    Value out = expression_->evaluate(frame.run, frame.slots);
    if (!type_) return out;
    auto converted = coerce(out, *type_);
    if (!converted) return frame.run.fail("dmn.result_type", 0, type_text(*type_));
    return *std::move(converted);
  }

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

  Value evaluate(Frame& frame) const override {
    std::vector<feel::ContextEntry> out;
    for (const Entry& entry : entries) {
      Value value = entry.value->evaluate(frame);
      if (entry.type) {
        auto converted = coerce(value, *entry.type);
        if (!converted) frame.run.fail("dmn.result_type", 0, entry.name);
        value = converted ? *std::move(converted) : Value();
      }
      frame.set(entry.slot, value);
      out.push_back({entry.name, std::move(value)});
    }
    return result ? result->evaluate(frame) : frame.run.context(std::move(out), 0);
  }
};

class ListBox final : public Boxed {
 public:
  std::vector<BoxedPtr> items;
  Value evaluate(Frame& frame) const override {
    std::vector<Value> out;
    for (const BoxedPtr& item : items) out.push_back(item->evaluate(frame));
    return frame.run.list(std::move(out), 0);
  }
};

class RelationBox final : public Boxed {
 public:
  std::vector<std::string> columns;
  std::vector<std::vector<BoxedPtr>> rows;
  Value evaluate(Frame& frame) const override {
    std::vector<Value> out;
    for (const auto& row : rows) {
      std::vector<feel::ContextEntry> entries;
      for (std::size_t i = 0; i < row.size() && i < columns.size(); ++i) {
        entries.push_back({columns[i], row[i]->evaluate(frame)});
      }
      out.push_back(frame.run.context(std::move(entries), 0));
    }
    return frame.run.list(std::move(out), 0);
  }
};

class InvocationBox final : public Boxed {
 public:
  BoxedPtr callee;
  std::vector<std::string> names;
  std::vector<BoxedPtr> arguments;
  Value evaluate(Frame& frame) const override {
    const Value function = callee->evaluate(frame);
    if (!function.is(feel::Kind::kFunction)) return frame.run.fail("feel.not_a_function", 0);
    std::vector<Value> values;
    for (const BoxedPtr& argument : arguments) values.push_back(argument->evaluate(frame));
    return function.function().call_named(frame.run, names, values, 0);
  }
};

class BoxedClosure final : public feel::Function {
 public:
  BoxedClosure(BoxedCompiler::FunctionParts parts, std::vector<Value> captured)
      : parts_(std::move(parts)), captured_(std::move(captured)) {
    parameters = parts_.parameters;
    for (const Value& value : captured_) depth = std::max(depth, value.depth() + 1);
  }
  Value call(feel::Evaluation& run, std::span<Value> arguments,
             feel::Position position) const override {
    if (!bind(run, arguments, position)) return {};
    if (!run.enter(20, position)) return {};
    std::vector<Value> slots = captured_;
    Frame frame{run, slots};
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      frame.set(parts_.slots[i], std::move(arguments[i]));
    }
    Value out = parts_.body->evaluate(frame);
    run.leave(20);
    return out;
  }

 private:
  BoxedCompiler::FunctionParts parts_;
  std::vector<Value> captured_;
};

class FunctionBox final : public Boxed {
 public:
  BoxedCompiler::FunctionParts parts;
  std::size_t visible = 0;  // slots of the environment
  Value evaluate(Frame& frame) const override {
    std::vector<Value> captured(
        frame.slots.begin(),
        frame.slots.begin() + static_cast<std::ptrdiff_t>(std::min(visible, frame.slots.size())));
    captured.resize(visible);
    Value out = Value::function(new BoxedClosure(parts, std::move(captured)));
    if (out.depth() > frame.run.limits().value_depth) {
      return frame.run.fail("feel.value_too_deep", 0);
    }
    return out;
  }
};

class ConditionalBox final : public Boxed {
 public:
  BoxedPtr condition;
  BoxedPtr yes;
  BoxedPtr no;
  Value evaluate(Frame& frame) const override {
    const Value verdict = condition->evaluate(frame);
    if (verdict.is_true()) return yes->evaluate(frame);
    if (verdict.is_false() || verdict.is_null()) return no->evaluate(frame);
    return frame.run.fail("feel.not_boolean", 0);
  }
};

class FilterBox final : public Boxed {
 public:
  BoxedPtr list;
  std::uint32_t slot = 0;
  feel::ExpressionPtr expression;
  BoxedPtr match;  // when it isn't a literal expression
  Value evaluate(Frame& frame) const override {
    Value items = list->evaluate(frame);
    if (expression) {
      frame.set(slot, std::move(items));
      return expression->evaluate(frame.run, frame.slots);
    }
    if (!items.is(feel::Kind::kList)) items = Value::list({items});
    std::vector<Value> out;
    for (const Value& item : items.list()) {
      frame.set(slot, item);
      const Value verdict = match->evaluate(frame);
      if (!frame.run.pay(1, 0)) return {};
      if (verdict.is_true()) out.push_back(item);
    }
    return frame.run.list(std::move(out), 0);
  }
};

class IteratorBox final : public Boxed {
 public:
  enum class Kind { kFor, kSome, kEvery } kind = Kind::kFor;
  BoxedPtr list;
  BoxedPtr body;
  std::uint32_t slot = 0;
  std::uint32_t partial = 0;

  Value evaluate(Frame& frame) const override {
    Value items = list->evaluate(frame);
    if (items.is_null()) return frame.run.fail("feel.iteration_null", 0);
    if (!items.is(feel::Kind::kList)) items = Value::list({items});
    std::vector<Value> out;
    bool undecided = false;
    for (const Value& item : items.list()) {
      if (!frame.run.pay(1, 0)) return {};
      frame.set(slot, item);
      if (kind == Kind::kFor) {
        frame.set(partial, Value::list(out));
        if (!frame.run.pay(static_cast<std::int64_t>(out.size()), 0)) return {};
        out.push_back(body->evaluate(frame));
        continue;
      }
      const Value verdict = body->evaluate(frame);
      if (kind == Kind::kSome ? verdict.is_true() : verdict.is_false()) {
        return Value::boolean(kind == Kind::kSome);
      }
      undecided = undecided || !verdict.is(feel::Kind::kBoolean);
    }
    if (kind == Kind::kFor) return frame.run.list(std::move(out), 0);
    if (undecided) return frame.run.fail("feel.not_boolean", 0);
    return Value::boolean(kind == Kind::kEvery);
  }
};
}  // namespace

void BoxedCompiler::problem(const char* code, const pugi::xml_node& at, std::string detail) {
  problems_.push_back({code, element_, at.attribute("id").value(), 0, std::move(detail)});
}

feel::TypePtr BoxedCompiler::type(const pugi::xml_node& node) const {
  return types_.type(node.attribute("typeRef").value());
}

feel::ExpressionPtr BoxedCompiler::expression(const std::string& text,
                                              const feel::Environment& environment,
                                              const feel::CompileOptions& options,
                                              const pugi::xml_node& at) {
  auto compiled = feel::compile(text, environment, options);
  if (!compiled.ok()) {
    const auto& params = compiled.error().params;
    problems_.push_back({compiled.error().code, element_, at.attribute("id").value(),
                         static_cast<std::uint32_t>(std::stoul(params.at("position"))),
                         params.at("detail")});
    return nullptr;
  }
  for (const feel::Diagnostic& unknown : (*compiled)->unknown_names()) {
    problems_.push_back(
        {unknown.code, element_, at.attribute("id").value(), unknown.position, unknown.detail});
  }
  return *std::move(compiled);
}

BoxedPtr BoxedCompiler::literal(const pugi::xml_node& node, const feel::Environment& environment) {
  const std::string text = text_of(node);
  if (trimmed(text).empty()) return std::make_shared<Nothing>();
  auto made = expression(text, environment, {}, node);
  if (!made) return std::make_shared<Nothing>();
  return std::make_shared<Literal>(std::move(made), type(node));
}

BoxedPtr BoxedCompiler::part(const pugi::xml_node& node, const char* name,
                             const feel::Environment& environment, int depth) {
  return compile(expression_child(child(node, name)), environment, depth);
}

BoxedPtr BoxedCompiler::context(const pugi::xml_node& node, const feel::Environment& environment,
                                int depth) {
  auto out = std::make_shared<ContextBox>();
  feel::Environment inner = environment;
  for (const pugi::xml_node& entry : children(node, "contextEntry")) {
    const pugi::xml_node variable = child(entry, "variable");
    const pugi::xml_node expression = expression_child(entry);
    BoxedPtr value = compile(expression, inner, depth);
    if (!variable) {
      out->result = std::move(value);
      continue;
    }
    feel::TypePtr declared = type(variable);
    const std::string name = variable.attribute("name").value();
    const std::uint32_t slot = inner.add(name, declared);
    out->entries.push_back({inner.variables().back().name, slot, declared, std::move(value)});
  }
  return out;
}

BoxedPtr BoxedCompiler::list(const pugi::xml_node& node, const feel::Environment& environment,
                             int depth) {
  auto out = std::make_shared<ListBox>();
  for (const pugi::xml_node& item : node.children()) {
    const std::string_view name = local_name(item);
    if (item.type() != pugi::node_element || name == "description" || name == "extensionElements") {
      continue;
    }
    out->items.push_back(compile(item, environment, depth));
  }
  return out;
}

BoxedPtr BoxedCompiler::relation(const pugi::xml_node& node, const feel::Environment& environment,
                                 int depth) {
  auto out = std::make_shared<RelationBox>();
  for (const pugi::xml_node& column : children(node, "column")) {
    out->columns.emplace_back(column.attribute("name").value());
  }
  for (const pugi::xml_node& row : children(node, "row")) {
    out->rows.emplace_back();
    for (const pugi::xml_node& cell : row.children()) {
      const std::string_view name = local_name(cell);
      if (cell.type() == pugi::node_element && name != "description" &&
          name != "extensionElements") {
        out->rows.back().push_back(compile(cell, environment, depth));
      }
    }
  }
  return out;
}

BoxedPtr BoxedCompiler::invocation(const pugi::xml_node& node, const feel::Environment& environment,
                                   int depth) {
  auto out = std::make_shared<InvocationBox>();
  out->callee = compile(expression_child(node), environment, depth);
  for (const pugi::xml_node& binding : children(node, "binding")) {
    out->names.emplace_back(child(binding, "parameter").attribute("name").value());
    out->arguments.push_back(compile(expression_child(binding), environment, depth));
  }
  return out;
}

BoxedCompiler::FunctionParts BoxedCompiler::function(const pugi::xml_node& node,
                                                     const feel::Environment& environment,
                                                     int depth) {
  FunctionParts out;
  feel::Environment inner = environment;
  for (const pugi::xml_node& parameter : children(node, "formalParameter")) {
    feel::TypePtr declared = type(parameter);
    out.slots.push_back(inner.add(parameter.attribute("name").value(), declared));
    out.parameters.push_back({inner.variables().back().name, std::move(declared)});
  }
  const std::string_view kind = node.attribute("kind").value();
  if (kind.empty() || kind == "FEEL") {
    out.body = compile(expression_child(node), inner, depth);
  } else {
    problem("dmn.external_function", node, std::string(kind));
    out.body = std::make_shared<Nothing>();
  }
  return out;
}

BoxedPtr BoxedCompiler::conditional(const pugi::xml_node& node,
                                    const feel::Environment& environment, int depth) {
  auto out = std::make_shared<ConditionalBox>();
  out->condition = part(node, "if", environment, depth);
  out->yes = part(node, "then", environment, depth);
  out->no = part(node, "else", environment, depth);
  return out;
}

BoxedPtr BoxedCompiler::filter(const pugi::xml_node& node, const feel::Environment& environment,
                               int depth) {
  auto out = std::make_shared<FilterBox>();
  out->list = part(node, "in", environment, depth);
  const pugi::xml_node match = expression_child(child(node, "match"));
  feel::Environment inner = environment;
  if (local_name(match) == "literalExpression") {
    out->slot = inner.add("filtered list");
    out->expression = expression("filtered list[" + text_of(match) + "]", inner, {}, match);
    if (!out->expression) return std::make_shared<Nothing>();
    return out;
  }
  out->slot = inner.add("item");
  out->match = compile(match, inner, depth);
  return out;
}

BoxedPtr BoxedCompiler::iterator(const pugi::xml_node& node, const feel::Environment& environment,
                                 int depth) {
  auto out = std::make_shared<IteratorBox>();
  const std::string_view name = local_name(node);
  out->kind = name == "for"    ? IteratorBox::Kind::kFor
              : name == "some" ? IteratorBox::Kind::kSome
                               : IteratorBox::Kind::kEvery;
  out->list = part(node, "in", environment, depth);
  feel::Environment inner = environment;
  out->slot = inner.add(node.attribute("iteratorVariable").value());
  if (name == "for") out->partial = inner.add("partial");
  out->body = part(node, name == "for" ? "return" : "satisfies", inner, depth);
  return out;
}

BoxedPtr BoxedCompiler::compile(const pugi::xml_node& node, const feel::Environment& environment,
                                int depth) {
  if (depth > kMaxDepth) {
    problem("dmn.too_deep", node);
    return std::make_shared<Nothing>();
  }
  const std::string_view name = local_name(node);
  ++depth;
  if (name == "literalExpression") return literal(node, environment);
  if (name == "decisionTable") return compile_table(*this, node, environment);
  if (name == "context") return context(node, environment, depth);
  if (name == "list") return list(node, environment, depth);
  if (name == "relation") return relation(node, environment, depth);
  if (name == "invocation") return invocation(node, environment, depth);
  if (name == "conditional") return conditional(node, environment, depth);
  if (name == "filter") return filter(node, environment, depth);
  if (name == "for" || name == "some" || name == "every") return iterator(node, environment, depth);
  if (name == "functionDefinition") {
    auto out = std::make_shared<FunctionBox>();
    out->visible = environment.variables().size();
    out->parts = function(node, environment, depth);
    return out;
  }
  return std::make_shared<Nothing>();
}
}  // namespace hougu::dmn
