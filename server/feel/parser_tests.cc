// Unary tests: a table's input cells, and what stands behind "in".
#include <algorithm>

#include "feel/parser.h"

namespace hougu::feel {
namespace {
constexpr int kOperand = 3;  // the level above comparisons

struct Comparison {
  const char* text;
  Op op;
};
constexpr Comparison kComparisons[] = {{"=", Op::kEqual},      {"!=", Op::kNotEqual},
                                       {"<=", Op::kLessEqual}, {">=", Op::kGreaterEqual},
                                       {"<", Op::kLess},       {">", Op::kGreater}};
}  // namespace

Parser::Ref Parser::wrap_test(Ref value, std::uint32_t subject, bool mentions) {
  if (value == kNone) return kNone;
  Node node{Op::kTest};
  node.position = program_.nodes[value].position;
  node.a = value;
  node.flag = mentions ? 1 : 0;
  node.extra = subject;
  return make(node, basic_type(TypeKind::kBoolean), {value});
}

Parser::Ref Parser::positive_test(std::uint32_t subject) {
  const std::uint32_t position = token_.begin;
  for (const Comparison& comparison : kComparisons) {
    if (!take(comparison.text)) continue;
    const Ref operand = binary(kOperand);
    if (operand == kNone) return kNone;
    Node node{Op::kCompare};
    node.position = position;
    node.flag = static_cast<std::uint8_t>(comparison.op);
    node.a = operand;
    node.extra = subject;
    return make(node, basic_type(TypeKind::kBoolean), {operand});
  }
  subject_used_ = false;
  const Ref value = expression();
  return wrap_test(value, subject, subject_used_);
}

bool Parser::test_list(std::vector<Ref>& tests, std::uint32_t subject) {
  do {
    const Ref test = positive_test(subject);
    if (test == kNone) return false;
    tests.push_back(test);
  } while (take(","));
  return true;
}

Parser::Ref Parser::in_tests(Ref value, std::uint32_t position) {
  const std::uint32_t subject = frame().size++;
  const bool outer_used = subject_used_;
  std::vector<Ref> tests;
  bool comparison = false;
  for (const Comparison& candidate : kComparisons) comparison = comparison || at(candidate.text);
  if (comparison) {
    const Ref test = positive_test(subject);
    if (test == kNone) return kNone;
    tests.push_back(test);
  } else if (at("(")) {
    const std::uint32_t opened = token_.begin;
    advance();
    for (const Comparison& candidate : kComparisons) comparison = comparison || at(candidate.text);
    Ref first = comparison ? positive_test(subject) : expression();
    if (first == kNone) return kNone;
    if (!comparison && take("..")) {
      first = range_end(first, false, opened);
      tests.push_back(wrap_test(first, subject, false));
    } else if (!comparison && take(")")) {
      tests.push_back(wrap_test(postfix_tail(first), subject, false));
    } else {
      tests.push_back(comparison ? first : wrap_test(first, subject, false));
      if (take(",") && !test_list(tests, subject)) return kNone;
      if (!expect(")")) return kNone;
    }
  } else {
    tests.push_back(wrap_test(binary(kOperand), subject, false));
  }
  subject_used_ = outer_used || subject_used_;
  if (std::find(tests.begin(), tests.end(), kNone) != tests.end()) return kNone;
  Node node{Op::kIn};
  node.position = position;
  node.a = value;
  node.b = add_list(tests);
  node.c = static_cast<std::uint32_t>(tests.size());
  node.extra = subject;
  node.depth = depth_of(tests);
  return make(node, basic_type(TypeKind::kBoolean), {value});
}

Parser::Ref Parser::unary_tests_root() {
  program_.subject = add_local("?", options_.subject);
  Node node{Op::kTests};
  node.extra = program_.subject;
  std::vector<Ref> tests;
  const Token first = token_;
  const bool any = at("-") && next_token(source_, token_.end).kind == TokenKind::kEnd;
  if (any) {
    advance();
  } else if (at_word("not") && next_token(source_, token_.end).symbol == symbol("(")) {
    advance();
    advance();
    if (!test_list(tests, program_.subject) || !expect(")")) return kNone;
    node.flag = 1;
    if (token_.kind != TokenKind::kEnd) {  // an expression that begins with not(…)
      if (error_) return kNone;
      token_ = first;
      tests.clear();
      node.flag = 0;
      if (!test_list(tests, program_.subject)) return kNone;
    }
  } else if (!test_list(tests, program_.subject)) {
    return kNone;
  }
  node.b = add_list(tests);
  node.c = static_cast<std::uint32_t>(tests.size());
  node.depth = depth_of(tests);
  return make(node, basic_type(TypeKind::kBoolean));
}
}  // namespace hougu::feel
