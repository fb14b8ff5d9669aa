// if, for, some, every and function definitions.
#include "feel/parser.h"

namespace hougu::feel {

Parser::Ref Parser::if_expression() {
  const std::uint32_t position = token_.begin;
  advance();
  const Ref condition = expression();
  if (condition == kNone || !expect_word("then")) return kNone;
  const Ref yes = expression();
  if (yes == kNone || !expect_word("else")) return kNone;
  const Ref no = expression();
  if (no == kNone) return kNone;
  Node node{Op::kIf};
  node.position = position;
  node.a = condition;
  node.b = yes;
  node.c = no;
  TypePtr type = type_of(yes)->kind == TypeKind::kNull ? type_of(no) : type_of(yes);
  if (type_of(no)->kind != type->kind && type_of(no)->kind != TypeKind::kNull) type = nullptr;
  return make(node, type, {condition, yes, no});
}

// "x in list, y in 1..3": adds the locals and fills in program_.iterations; `out` takes their
// indexes.
bool Parser::iterations(std::vector<Ref>& out, bool) {
  do {
    std::string name;
    if (!name_until("", name) || !expect_word("in")) return false;
    Iteration made;
    const Ref from = expression();
    if (from == kNone) return false;
    made.from = from;
    TypePtr type = type_of(from)->kind == TypeKind::kList ? type_of(from)->element : nullptr;
    if (take("..")) {
      made.is_range = true;
      const Ref to = expression();
      if (to == kNone) return false;
      made.to = to;
      type = type_of(from);
    }
    made.local = add_local(name, type);
    out.push_back(static_cast<Ref>(program_.iterations.size()));
    program_.iterations.push_back(made);
  } while (take(","));
  return true;
}

Parser::Ref Parser::for_expression() {
  const std::uint32_t position = token_.begin;
  advance();
  const std::size_t scope = frame().locals.size();
  std::vector<Ref> loops;
  if (!iterations(loops, true) || !expect_word("return")) return kNone;
  const std::uint32_t partial = add_local("partial", basic_type(TypeKind::kList));
  const bool outer_partial = partial_used_;
  partial_used_ = false;
  const Ref body = expression();
  frame().locals.resize(scope);
  if (body == kNone) return kNone;
  Node node{Op::kFor};
  node.position = position;
  node.a = body;
  node.b = add_list(loops);
  node.c = static_cast<std::uint32_t>(loops.size());
  node.extra = partial;
  node.flag = partial_used_ ? 1 : 0;
  partial_used_ = outer_partial || partial_used_;
  return make(node, list_of(type_of(body)), {body});
}

Parser::Ref Parser::quantified(Op op) {
  const std::uint32_t position = token_.begin;
  advance();
  const std::size_t scope = frame().locals.size();
  std::vector<Ref> loops;
  if (!iterations(loops, true) || !expect_word("satisfies")) return kNone;
  const Ref body = expression();
  frame().locals.resize(scope);
  if (body == kNone) return kNone;
  Node node{op};
  node.position = position;
  node.a = body;
  node.b = add_list(loops);
  node.c = static_cast<std::uint32_t>(loops.size());
  return make(node, basic_type(TypeKind::kBoolean), {body});
}

bool Parser::formal_parameters(FunctionCode& code) {
  if (!expect("(")) return false;
  while (!at(")")) {
    Parameter parameter;
    if (!name_until(":,)", parameter.name)) return false;
    if (take(":")) {
      parameter.type = type_reference();
      if (!parameter.type) return false;
    }
    code.slots.push_back(add_local(parameter.name, parameter.type));
    code.parameters.push_back(std::move(parameter));
    if (!take(",")) break;
  }
  return expect(")");
}

Parser::Ref Parser::function_definition() {
  const std::uint32_t position = token_.begin;
  advance();
  FunctionCode code;
  frames_.emplace_back();
  const bool good = formal_parameters(code);
  if (good && take(":")) code.result = type_reference();
  Ref body = kNone;
  if (good && !error_) {
    code.external = take_word("external");
    body = expression();
  }
  if (body == kNone) {
    frames_.pop_back();
    return kNone;
  }
  code.root = body;
  code.frame_size = frame().size;
  code.captures = std::move(frame().captures);
  frames_.pop_back();
  Type type;
  type.kind = TypeKind::kFunction;
  for (const Parameter& parameter : code.parameters) type.parameters.push_back(parameter.type);
  type.result = code.result ? code.result : type_of(body);
  Node node{Op::kFunction};
  node.position = position;
  node.a = static_cast<std::uint32_t>(program_.functions.size());
  program_.functions.push_back(std::move(code));
  return make(node, std::make_shared<const Type>(std::move(type)), {body});
}
}  // namespace hougu::feel
