#include "dmn/boxes.h"

#include "base/text.h"
#include "dmn/xml.h"
#include "feel/program.h"

namespace hougu::dmn {
namespace {
constexpr int kMaxDepth = 100;
}  // namespace

void BoxedCompiler::problem(const char* code, const pugi::xml_node& at, std::string detail,
                            std::uint32_t position) {
  problems_.push_back({code, element_, at.attribute("id").value(), position, std::move(detail)});
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
  for (const feel::FunctionCode& function : (*compiled)->program().functions) {
    if (function.external) problem("dmn.external_function", at);
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
