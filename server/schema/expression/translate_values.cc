// Arithmetic and functions. Numbers are whole numbers at a scale; bounds make sure that neither
// database runs over or rounds where FEEL doesn't.
#include <algorithm>

#include "feel/builtins/registry.h"
#include "schema/expression/translator.h"

namespace hougu::schema {
namespace {
using feel::i128;
using feel::Node;
using feel::Op;

constexpr int kMostScale = 18;
// From here on FEEL rounds: 10^34.
constexpr i128 kDigits34 = i128{1'000'000'000'000'000'000} * 10'000'000'000'000'000;
constexpr i128 kWidest = kDigits34 * 10'000;
constexpr i128 kMostMillis = 1'000'000'000'000'000;

// Times 10^digits; beyond kWidest it no longer matters how far.
i128 raised(i128 bound, int digits) {
  for (; digits > 0; --digits) bound = bound > kWidest / 10 ? kWidest + 1 : bound * 10;
  return bound;
}

i128 absolute(i128 value) { return value < 0 ? -value : value; }

// A number as digits at the smallest scale that holds it.
bool digits_of(const feel::Number& number, int& scale, i128& bound) {
  if (number.coefficient() > static_cast<feel::u128>(kWidest)) return false;
  bound = static_cast<i128>(number.coefficient());
  int exponent = number.exponent();
  while (bound != 0 && bound % 10 == 0 && exponent < 0) {
    bound /= 10;
    ++exponent;
  }
  if (bound == 0) exponent = 0;
  for (; exponent > 0; --exponent) {
    bound *= 10;
    if (bound >= kDigits34) return false;
  }
  scale = -exponent;
  return scale <= kMostScale && bound < kDigits34;
}
}  // namespace

// Fixed parts inside arithmetic become whole numbers at a scale of their own.
Result<void> Translator::fit_arithmetic(Term& term) {
  if (!is_fixed(term) || term.type == TermType::kNull) return {};
  auto& part = fixed_[term.fixed];
  if (term.type == TermType::kMoment) {
    term.scale = 3;
    term.bound = kMostMillis;
  } else if (part.varies) {
    return refused("filter.varying", term.position);
  } else if (term.type == TermType::kNumber) {
    if (!digits_of(part.value.number(), term.scale, term.bound))
      return refused("filter.range", term.position);
  } else {
    const auto nanos = feel::Number::make(
        part.value.nanos() < 0, static_cast<feel::u128>(absolute(part.value.nanos())), -9);
    if (!nanos || !digits_of(*nanos, term.scale, term.bound))
      return refused("filter.range", term.position);
  }
  part.in_arithmetic = true;
  part.scale = term.scale;
  return {};
}

Result<i128> Translator::bound_at(const Term& term, int scale) const {
  const i128 bound = raised(term.bound, scale - term.scale);
  if (bound >= kDigits34 || scale > kMostScale) return refused("filter.range", term.position);
  return bound;
}

// Two numeric sides of a comparison. A fixed side takes what scale the other has, unless the other
// is too wide for that.
Result<void> Translator::align(Term& left, Term& right) {
  const auto far = [](const Term& side) { return side.bound >= INT64_MAX; };
  if ((is_fixed(left) || is_fixed(right)) && !far(left) && !far(right)) return {};
  HOUGU_CHECK(fit_arithmetic(left));
  HOUGU_CHECK(fit_arithmetic(right));
  const int scale = std::max(left.scale, right.scale);
  i128 most = 0;
  for (const Term* side : {&left, &right}) {
    const i128 bound = raised(side->bound, scale - side->scale);
    if (bound > kWidest || scale > kMostScale) return refused("filter.range", side->position);
    // FEEL rounds the larger one; that changes nothing only where the other stays below
    if (bound >= kDigits34 && most >= kDigits34) return refused("filter.range", side->position);
    most = std::max(most, bound);
  }
  left.wide = most >= INT64_MAX || is_fixed(left) || is_fixed(right);
  return {};
}

Result<Term> Translator::sum(Term left, Term right, bool subtract, std::uint32_t position) {
  Term out;
  out.kind = subtract ? Term::Kind::kSubtract : Term::Kind::kAdd;
  out.position = position;
  if (left.type == TermType::kText && right.type == TermType::kText && !subtract) {
    out.kind = Term::Kind::kConcatenate;
    out.type = TermType::kText;
  } else if (left.type == TermType::kDate && right.type == TermType::kDate && subtract) {
    out.type = TermType::kDuration;
    out.bound = i128{20'000} * 366 * 86'400;
    for (Term* side : {&left, &right}) {
      Term days;
      days.kind = Term::Kind::kDays;
      days.type = TermType::kNumber;
      days.bound = i128{10'000} * 366;
      days.position = side->position;
      days.parts.push_back(std::move(*side));
      *side = std::move(days);
    }
    out.flag = 1;  // days, to be made seconds
  } else if (numeric(left.type) && left.type == right.type &&
             (left.type != TermType::kMoment || subtract)) {
    HOUGU_CHECK(fit_arithmetic(left));
    HOUGU_CHECK(fit_arithmetic(right));
    out.type = left.type == TermType::kMoment ? TermType::kDuration : left.type;
    out.scale = std::max(left.scale, right.scale);
    HOUGU_TRY(const auto one, bound_at(left, out.scale));
    HOUGU_TRY(const auto other, bound_at(right, out.scale));
    out.bound = one + other;
  } else {
    const bool shifts = right.type == TermType::kDuration || left.type == TermType::kDuration;
    if (shifts) return refused("filter.shift", position);
    return mismatch(left, right, position);
  }
  out.parts.push_back(std::move(left));
  out.parts.push_back(std::move(right));
  return out;
}

Result<Term> Translator::product(Term left, Term right, std::uint32_t position) {
  if (left.type != TermType::kNumber || right.type != TermType::kNumber)
    return mismatch(left, right, position);
  HOUGU_CHECK(fit_arithmetic(left));
  HOUGU_CHECK(fit_arithmetic(right));
  Term out;
  out.kind = Term::Kind::kMultiply;
  out.type = TermType::kNumber;
  out.position = position;
  out.scale = left.scale + right.scale;
  HOUGU_TRY(const auto one, bound_at(left, left.scale));
  HOUGU_TRY(const auto other, bound_at(right, right.scale));
  if (out.scale > kMostScale || (other != 0 && one > kWidest / other))
    return refused("filter.range", position);
  out.bound = std::max({one * other, one, other});  // what is inside must fit, too
  out.parts.push_back(std::move(left));
  out.parts.push_back(std::move(right));
  return out;
}

// By a number whose reciprocal has an end (2, 4, 5, 10, …): as a multiplication, exactly.
Result<Term> Translator::quotient(Term left, const Term& right, std::uint32_t position) {
  if (left.type != TermType::kNumber || right.type != TermType::kNumber)
    return mismatch(left, right, position);
  if (!is_constant(right)) return refused("filter.division", position);
  const auto divisor = value_of(right).number();
  if (divisor.is_zero()) return refused("feel.division_by_zero", position);
  const auto reciprocal = feel::divide(feel::Number(1), divisor);
  const auto back = reciprocal ? feel::multiply(*reciprocal, divisor) : std::nullopt;
  int scale = 0;
  i128 bound = 0;
  if (!back || !(*back == feel::Number(1)) || !digits_of(*reciprocal, scale, bound))
    return refused("filter.division", position);
  return product(std::move(left), constant(*reciprocal, TermType::kNumber, right.position),
                 position);
}

Result<Term> Translator::arithmetic(const Node& node) {
  HOUGU_TRY(auto left, term(node.a));
  if (node.op == Op::kNegate) {
    if (left.type != TermType::kNumber && left.type != TermType::kDuration)
      return refused("filter.value", node.position, type_word(left.type));
    Term out;
    out.kind = Term::Kind::kNegate;
    out.type = left.type;
    out.scale = left.scale;
    out.position = node.position;
    HOUGU_TRY(out.bound, bound_at(left, left.scale));
    out.parts.push_back(std::move(left));
    return out;
  }
  HOUGU_TRY(auto right, term(node.b));
  switch (node.op) {
    case Op::kAdd:
    case Op::kSubtract:
      return sum(std::move(left), std::move(right), node.op == Op::kSubtract, node.position);
    case Op::kMultiply:
      return product(std::move(left), std::move(right), node.position);
    default:
      return quotient(std::move(left), right, node.position);
  }
}

Result<Term> Translator::text_test(Term::Kind kind, const Node& node) {
  Term out;
  out.kind = kind;
  out.type = TermType::kBoolean;
  out.position = node.position;
  for (std::uint32_t i = 0; i < 2; ++i) {
    HOUGU_TRY(auto part, term(program_.lists[node.b + i]));
    const bool list = kind == Term::Kind::kHolds && i == 0;
    if (part.type != (list ? TermType::kTexts : TermType::kText))
      return refused("filter.value", part.position, type_word(part.type));
    out.parts.push_back(std::move(part));
  }
  if (kind == Term::Kind::kHolds && !is_constant(out.parts[1]))
    return refused("filter.varying", out.parts[1].position);
  return out;
}

Result<Term> Translator::call(const Node& node) {
  const std::string& name = program_.builtins[node.a]->name;
  if (node.c == 2) {
    if (name == "contains") return text_test(Term::Kind::kContains, node);
    if (name == "starts with") return text_test(Term::Kind::kStarts, node);
    if (name == "ends with") return text_test(Term::Kind::kEnds, node);
    if (name == "list contains") return text_test(Term::Kind::kHolds, node);
  }
  if (name == "upper case" || name == "lower case") return refused("filter.case", node.position);
  Term out;
  out.position = node.position;
  if (name == "not" && node.c == 1) {
    HOUGU_TRY(auto part, boolean(program_.lists[node.b]));
    out.kind = Term::Kind::kNot;
    out.type = TermType::kBoolean;
    out.parts.push_back(std::move(part));
    return out;
  }
  const bool measures = name == "string length" || name == "count" || name == "abs";
  if (!measures || node.c != 1) return refused("filter.function", node.position, name);
  HOUGU_TRY(auto part, term(program_.lists[node.b]));
  const auto wanted = name == "count"           ? TermType::kTexts
                      : name == "string length" ? TermType::kText
                                                : TermType::kNumber;
  const bool duration = name == "abs" && part.type == TermType::kDuration;
  if (part.type != wanted && !duration)
    return refused("filter.value", part.position, type_word(part.type));
  out.kind = name == "count" ? Term::Kind::kCount
             : name == "abs" ? Term::Kind::kAbsolute
                             : Term::Kind::kLength;
  out.type = name == "abs" ? part.type : TermType::kNumber;
  out.scale = name == "abs" ? part.scale : 0;
  out.bound = 1'000'000'000'000;
  if (name == "abs") {
    HOUGU_TRY(out.bound, bound_at(part, part.scale));
  }
  out.parts.push_back(std::move(part));
  return out;
}
}  // namespace hougu::schema
