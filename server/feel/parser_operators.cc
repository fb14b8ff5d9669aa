// Operators, from the loosest to the tightest.
#include "feel/parser.h"

namespace hougu::feel {

Parser::Ref Parser::expression() {
  Depth depth(*this);
  if (!depth.ok) return kNone;
  const bool outer = in_range_;
  if (at_word("if") || at_word("for") || at_word("some") || at_word("every") ||
      at_word("function")) {
    in_range_ = false;
  }
  const Ref out = binary(0);
  in_range_ = outer;
  return out;
}

namespace {
struct BinaryOperator {
  const char* text;
  bool word;
  int level;
  Op op;
  TypeKind type;
};
// From loose to tight; comparisons (level 2) are read by comparison_tail.
constexpr BinaryOperator kOperators[] = {
    {"or", true, 0, Op::kOr, TypeKind::kBoolean},    {"and", true, 1, Op::kAnd, TypeKind::kBoolean},
    {"+", false, 3, Op::kAdd, TypeKind::kAny},       {"-", false, 3, Op::kSubtract, TypeKind::kAny},
    {"*", false, 4, Op::kMultiply, TypeKind::kAny},  {"/", false, 4, Op::kDivide, TypeKind::kAny},
    {"**", false, 5, Op::kPower, TypeKind::kNumber},
};
constexpr int kComparisons = 2;
constexpr int kUnary = 6;

TypePtr arithmetic_type(const TypePtr& left, const TypePtr& right, TypeKind known) {
  if (known != TypeKind::kAny) return basic_type(known);
  const bool alike = left->kind == right->kind &&
                     (left->kind == TypeKind::kNumber || left->kind == TypeKind::kString ||
                      left->kind == TypeKind::kDayTime || left->kind == TypeKind::kYearMonth);
  return alike ? left : basic_type(TypeKind::kAny);
}
}  // namespace

Parser::Ref Parser::binary(int level) {
  if (level == kUnary) return unary();
  Ref left = binary(level + 1);
  while (left != kNone) {
    const std::uint32_t position = token_.begin;
    if (level == kComparisons) {
      const std::size_t before = program_.nodes.size();
      const Ref next = comparison_tail(left, position);
      if (next == left && program_.nodes.size() == before) return left;
      left = next;
      continue;
    }
    const BinaryOperator* found = nullptr;
    for (const BinaryOperator& candidate : kOperators) {
      if (candidate.level != level) continue;
      if (candidate.word ? at_word(candidate.text) : at(candidate.text)) found = &candidate;
    }
    if (found == nullptr) return left;
    advance();
    const Ref right = binary(level + 1);
    if (right == kNone) return kNone;
    Node node{found->op};
    node.position = position;
    node.a = left;
    node.b = right;
    left = make(node, arithmetic_type(type_of(left), type_of(right), found->type), {left, right});
  }
  return left;
}

Parser::Ref Parser::comparison_tail(Ref left, std::uint32_t position) {
  static constexpr struct {
    const char* text;
    Op op;
  } kComparisonOps[] = {{"=", Op::kEqual},      {"!=", Op::kNotEqual}, {"<", Op::kLess},
                        {"<=", Op::kLessEqual}, {">", Op::kGreater},   {">=", Op::kGreaterEqual}};
  for (const auto& candidate : kComparisonOps) {
    if (!take(candidate.text)) continue;
    const Ref right = binary(kComparisons + 1);
    Node node{candidate.op};
    node.position = position;
    node.a = left;
    node.b = right;
    return make(node, basic_type(TypeKind::kBoolean), {left, right});
  }
  if (take_word("between")) {
    const Ref low = binary(kComparisons + 1);
    if (low == kNone || !expect_word("and")) return kNone;
    const Ref high = binary(kComparisons + 1);
    Node node{Op::kBetween};
    node.position = position;
    node.a = left;
    node.b = low;
    node.c = high;
    return make(node, basic_type(TypeKind::kBoolean), {left, low, high});
  }
  if (at_word("in")) {
    advance();
    return in_tests(left, position);
  }
  return left;
}

Parser::Ref Parser::unary() {
  Depth depth(*this);
  if (!depth.ok) return kNone;
  if (!at("-")) return postfix();
  const std::uint32_t position = token_.begin;
  advance();
  const Ref operand = unary();
  if (operand == kNone) return kNone;
  const Node& inner = program_.nodes[operand];
  if (inner.op == Op::kConstant && program_.constants[inner.a].is(Kind::kNumber)) {
    return constant(program_.constants[inner.a].number().negated(), position);
  }
  Node node{Op::kNegate};
  node.position = position;
  node.a = operand;
  return make(node, type_of(operand), {operand});
}
}  // namespace hougu::feel
