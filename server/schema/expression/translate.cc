// Conditions: names, comparisons, membership, choices.
#include <algorithm>

#include "base/text.h"
#include "feel/builtins/registry.h"
#include "schema/expression/context.h"
#include "schema/expression/translator.h"
#include "schema/fields/field_type.h"
#include "schema/row_rule.h"

namespace hougu::schema {
namespace {
using feel::Node;
using feel::Op;

constexpr std::size_t kMostTerms = 300, kMostValues = 500;

Error at_field(std::string_view source, std::uint32_t position, std::string_view name) {
  return filter_error("filter.field", source, position, name);
}

feel::Value sample_user() {
  identity::Principal nobody;
  nobody.teams = nobody.departments = {Id()};
  return user_value(nobody);
}
}  // namespace

Error placed(Error error) {
  json::object place;
  for (const auto key : {"position", "line", "column"})
    if (const auto found = error.params.find(key); found != error.params.end())
      place[key] = std::stoll(found->second);
  error.field = "filter";
  error.details_json = json::serialize(place);
  return error;
}

Error filter_error(std::string code, std::string_view source, std::uint32_t position,
                   std::string_view detail) {
  const auto before = source.substr(0, position);
  const auto line = 1 + std::count(before.begin(), before.end(), '\n');
  const auto begin = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
  return placed(invalid(std::move(code), {},
                        {{"position", std::to_string(position)},
                         {"line", std::to_string(line)},
                         {"column", std::to_string(count_code_points(before.substr(begin)) + 1)},
                         {"detail", std::string(detail.substr(0, 100))}}));
}

std::string_view type_word(TermType type) {
  constexpr std::string_view kWords[] = {"null",           "boolean",       "number",   "string",
                                         "date",           "date and time", "duration", "id",
                                         "list of string", "record",        "?",        "list"};
  return kWords[static_cast<std::size_t>(type)];
}

std::optional<TermType> type_of(const feel::Value& value) {
  switch (value.kind()) {
    case feel::Kind::kNull:
      return TermType::kNull;
    case feel::Kind::kBoolean:
      return TermType::kBoolean;
    case feel::Kind::kNumber:
      return TermType::kNumber;
    case feel::Kind::kString:
      return TermType::kText;
    case feel::Kind::kDate:
      return TermType::kDate;
    case feel::Kind::kDateTime:
      return TermType::kMoment;
    case feel::Kind::kDayTime:
      return TermType::kDuration;
    case feel::Kind::kList:
      return TermType::kList;
    default:
      return std::nullopt;
  }
}

Translator::Dependence Translator::of_all(std::uint32_t begin, std::uint32_t count) {
  auto most = Dependence::kConstant;
  for (std::uint32_t i = 0; i < count; ++i)
    most = std::max(most, dependence(program_.lists[begin + i]));
  return most;
}

// What isn't listed counts as depending on the record, and is refused when it is met.
Translator::Dependence Translator::dependence(Ref ref) {
  const Node& node = program_.nodes[ref];
  switch (node.op) {
    case Op::kConstant:
      return program_.constants[node.a].is(feel::Kind::kFunction) ? Dependence::kVaries
                                                                  : Dependence::kConstant;
    case Op::kInput:
      return fields_[node.a] == nullptr ? Dependence::kVaries : Dependence::kRecord;
    case Op::kBuiltin:
      return std::max(of_all(node.b, node.c), program_.builtins[node.a]->deterministic
                                                  ? Dependence::kConstant
                                                  : Dependence::kVaries);
    case Op::kList:
      return of_all(node.b, node.c);
    case Op::kPath:
    case Op::kNegate:
    case Op::kTest:
    case Op::kCompare:
    case Op::kInstance:
      return dependence(node.a);
    case Op::kIn:
      return std::max(dependence(node.a), of_all(node.b, node.c));
    case Op::kIf:
    case Op::kBetween:
      return std::max({dependence(node.a), dependence(node.b), dependence(node.c)});
    case Op::kAnd:
    case Op::kOr:
    case Op::kEqual:
    case Op::kNotEqual:
    case Op::kLess:
    case Op::kLessEqual:
    case Op::kGreater:
    case Op::kGreaterEqual:
    case Op::kAdd:
    case Op::kSubtract:
    case Op::kMultiply:
    case Op::kDivide:
    case Op::kPower:
    case Op::kRange:
      return std::max(dependence(node.a), dependence(node.b));
    default:
      return Dependence::kRecord;
  }
}

Term Translator::constant(feel::Value value, TermType type, std::uint32_t position) {
  FixedPart part;
  part.value = std::move(value);
  part.type = type;
  part.position = position;
  fixed_.push_back(std::move(part));
  Term out;
  out.type = type;
  out.position = position;
  out.fixed = static_cast<std::uint32_t>(fixed_.size() - 1);
  return out;
}

// Evaluated by FEEL: now when it is constant, else for its type alone, with somebody who has no
// name at some time.
Result<Term> Translator::fixed(Ref ref, bool varies) {
  const Node& node = program_.nodes[ref];
  auto part_program = program_;
  part_program.root = ref;
  auto expression = std::make_shared<const feel::Expression>(
      std::make_shared<const feel::Program>(std::move(part_program)));
  std::vector<feel::Value> inputs(fields_.size());
  for (std::size_t i = 0; i < fields_.size(); ++i)
    if (fields_[i] == nullptr) inputs[i] = sample_user();
  std::vector<feel::Diagnostic> why;
  feel::Limits limits;
  limits.steps = 200'000;
  limits.bytes = 4 << 20;
  feel::Evaluation run(&why, limits);
  auto value = expression->evaluate(run, inputs);
  const bool literal = node.op == Op::kConstant;
  if (value.is_null() && !literal) {
    if (why.empty()) return refused("filter.undecided", node.position);
    return refused(why[0].code, why[0].position, why[0].detail);
  }
  const auto type = type_of(value);
  if (!type) return refused("filter.value", node.position, feel::kind_name(value.kind()));
  auto out = constant(varies ? feel::Value() : std::move(value), *type, node.position);
  auto& part = fixed_.back();
  part.varies = varies;
  if (varies) part.expression = std::move(expression);
  return out;
}

Result<Term> Translator::described(Term term, const EntityDefinition& entity) {
  const auto& field = *term.field;
  if (who_ != nullptr && !may_read_field(*who_, entity, field)) return field_forbidden(field.name);
  term.kind = Term::Kind::kColumn;
  const std::string_view type = field.type->name();
  if (field.type->storage() != Storage::kColumns)
    return at_field(source_, term.position, field.name);
  if (field.name == "id" && system_field("id") == &field) {
    term.type = TermType::kId;
  } else if (type == "number" || type == "money") {
    term.type = TermType::kNumber;
    term.scale = static_cast<int>(setting(field, "scale", 2));
    term.bound = 999'999'999'999'999'999;
  } else if (type == "integer" || type == "rating") {
    term.type = TermType::kNumber;
    term.bound = 9'007'199'254'740'991;
  } else if (type == "duration") {
    term.type = TermType::kDuration;
    term.bound = 9'007'199'254'740'991;
  } else if (type == "date_time") {
    term.type = TermType::kMoment;
    term.scale = 3;
    term.bound = 300'000'000'000'000;
  } else if (type == "date") {
    term.type = TermType::kDate;
  } else if (type == "yes_no") {
    term.type = TermType::kBoolean;
  } else if (type == "multiple_choice") {
    term.type = TermType::kTexts;
  } else if (field.type->reference() != Reference::kNone) {
    term.type = TermType::kReference;
  } else if (field.type->columns().size() == 1 &&
             field.type->columns()[0].type == store::ColumnType::kText) {
    term.type = TermType::kText;
  } else {
    term.type = TermType::kOpaque;
  }
  return term;
}

Result<Term> Translator::column(const Node& node) {
  Term out;
  out.position = node.position;
  out.field = fields_[node.a];
  return described(std::move(out), entity_);
}

// "customer.level", "team.id", "bought_on.year".
Result<Term> Translator::path(const Node& node) {
  HOUGU_TRY(auto object, term(node.a));
  const std::string& name = program_.constants[node.b].string();
  if (object.kind == Term::Kind::kColumn && object.type == TermType::kDate) {
    constexpr std::string_view kParts[] = {"year", "month", "day"};
    const auto* found = std::find(std::begin(kParts), std::end(kParts), name);
    if (found == std::end(kParts)) return refused("filter.part", node.position, name);
    object.kind = Term::Kind::kDatePart;
    object.flag = static_cast<std::uint8_t>(found - std::begin(kParts));
    object.type = TermType::kNumber;
    object.bound = 9'999;
    return object;
  }
  if (object.kind != Term::Kind::kColumn || object.type != TermType::kReference)
    return refused("filter.part", node.position, name);
  if (name == "id") {
    object.type = TermType::kId;
    return object;
  }
  if (object.relation != nullptr || object.field->type->reference() != Reference::kRecord)
    return refused("filter.part", node.position, name);
  object.target = catalog_.entity(object.field->target);
  object.relation = object.field;
  if (object.target == nullptr) return at_field(source_, node.position, name);
  if (who_ != nullptr && who_->access->entity(object.target->name).read == identity::kNone)
    return field_forbidden(object.relation->name + "." + name);
  object.field = object.target->field(name);
  if (object.field == nullptr && name != "deleted_at") object.field = system_field(name);
  if (object.field == nullptr || object.field->archived)
    return at_field(source_, node.position, name);
  return described(std::move(object), *object.target);
}

Error Translator::mismatch(const Term& left, const Term& right, std::uint32_t position) const {
  return refused("filter.types", position,
                 std::string(type_word(left.type)) + ", " + std::string(type_word(right.type)));
}

Result<Term> Translator::compared(Op op, Term left, Term right, std::uint32_t position) {
  const bool equality = op == Op::kEqual || op == Op::kNotEqual;
  // An id is compared with the text that names it.
  if (left.type == TermType::kId && is_fixed(right) && right.type == TermType::kText)
    right.type = fixed_[right.fixed].type = TermType::kId;
  if (right.type == TermType::kId && is_fixed(left) && left.type == TermType::kText)
    left.type = fixed_[left.fixed].type = TermType::kId;
  const bool with_null = left.type == TermType::kNull || right.type == TermType::kNull;
  if (with_null ? !equality : left.type != right.type) return mismatch(left, right, position);
  const auto type = left.type == TermType::kNull ? right.type : left.type;
  const bool whole = type == TermType::kTexts || type == TermType::kReference ||
                     type == TermType::kOpaque || type == TermType::kList;
  const bool ordered = numeric(type) || type == TermType::kText || type == TermType::kDate;
  if ((whole && !with_null) || type == TermType::kList || (!equality && !ordered))
    return mismatch(left, right, position);
  Term out;
  out.kind = Term::Kind::kCompare;
  out.type = TermType::kBoolean;
  out.op = op;
  out.position = position;
  if (numeric(type) && !with_null) {
    HOUGU_CHECK(align(left, right));
    out.wide = left.wide || right.wide;
  }
  out.parts.push_back(std::move(left));
  out.parts.push_back(std::move(right));
  return out;
}

Result<Term> Translator::between(Term value, Term low, Term high, std::uint8_t flag,
                                 std::uint32_t position) {
  Term out;
  out.kind = Term::Kind::kBetween;
  out.type = TermType::kBoolean;
  out.flag = flag;
  out.position = position;
  const bool above = (flag & feel::kStartOpenEnded) == 0;
  const bool below = (flag & feel::kEndOpenEnded) == 0;
  if (above) {
    const auto op = (flag & feel::kStartIncluded) != 0 ? Op::kGreaterEqual : Op::kGreater;
    HOUGU_TRY(auto part, compared(op, value, std::move(low), position));
    out.parts.push_back(std::move(part));
  }
  if (below) {
    const auto op = (flag & feel::kEndIncluded) != 0 ? Op::kLessEqual : Op::kLess;
    HOUGU_TRY(auto part, compared(op, std::move(value), std::move(high), position));
    out.parts.push_back(std::move(part));
  }
  if (out.parts.empty()) return refused("filter.operation", position, "range");
  return out;
}

Result<Term> Translator::one_of(Term value, Term list, std::uint32_t position) {
  if (!is_fixed(list) || list.type != TermType::kList) return mismatch(value, list, position);
  const bool comparable = numeric(value.type) || value.type == TermType::kText ||
                          value.type == TermType::kDate || value.type == TermType::kId ||
                          value.type == TermType::kBoolean;
  if (!comparable) return mismatch(value, list, position);
  auto& part = fixed_[list.fixed];
  if (!part.varies) {
    if (part.value.list().size() > kMostValues) return refused("filter.too_many", position);
    for (const auto& item : part.value.list()) {
      const auto type = type_of(item);
      const bool text_for_id = value.type == TermType::kId && type == TermType::kText;
      if (!type || (*type != TermType::kNull && *type != value.type && !text_for_id))
        return refused(
            "filter.types", position,
            std::string(type_word(value.type)) + ", " + std::string(feel::kind_name(item.kind())));
    }
  }
  if (numeric(value.type) && value.bound > INT64_MAX) return refused("filter.range", position);
  Term out;
  out.kind = Term::Kind::kOneOf;
  out.type = TermType::kBoolean;
  out.position = position;
  out.parts.push_back(std::move(value));
  out.parts.push_back(std::move(list));
  return out;
}

// One of the tests behind "in".
Result<Term> Translator::test(const Node& test, const Term& value) {
  if (test.op == Op::kCompare) {
    HOUGU_TRY(auto operand, term(test.a));
    return compared(static_cast<Op>(test.flag), value, std::move(operand), test.position);
  }
  const Node& inner = program_.nodes[test.a];
  if (test.flag != 0) return refused("filter.operation", test.position, "?");
  if (inner.op == Op::kRange) {
    const auto start_open = (inner.flag & feel::kStartOpenEnded) != 0;
    const auto end_open = (inner.flag & feel::kEndOpenEnded) != 0;
    Term low, high;
    if (!start_open) {
      HOUGU_TRY(low, term(inner.a));
    }
    if (!end_open) {
      HOUGU_TRY(high, term(inner.b));
    }
    return between(value, std::move(low), std::move(high), inner.flag, inner.position);
  }
  HOUGU_TRY(auto operand, term(test.a));
  if (operand.type == TermType::kList) return one_of(value, std::move(operand), test.position);
  if (operand.type == TermType::kTexts) {
    if (!is_constant(value) || value.type != TermType::kText)
      return mismatch(value, operand, test.position);
    Term out;
    out.kind = Term::Kind::kIn;
    out.type = TermType::kBoolean;
    out.position = test.position;
    out.parts.push_back(std::move(operand));
    out.parts.push_back(value);
    return out;
  }
  return compared(Op::kEqual, value, std::move(operand), test.position);
}

Result<Term> Translator::membership(const Node& node) {
  HOUGU_TRY(const auto value, term(node.a));
  Term out;
  out.kind = Term::Kind::kOr;
  out.type = TermType::kBoolean;
  out.position = node.position;
  for (std::uint32_t i = 0; i < node.c; ++i) {
    HOUGU_TRY(auto part, test(program_.nodes[program_.lists[node.b + i]], value));
    out.parts.push_back(std::move(part));
  }
  if (out.parts.size() == 1) return std::move(out.parts[0]);
  return out;
}

Result<Term> Translator::joined(const Node& node, Term::Kind kind) {
  Term out;
  out.kind = kind;
  out.type = TermType::kBoolean;
  out.position = node.position;
  HOUGU_TRY(auto left, boolean(node.a));
  HOUGU_TRY(auto right, boolean(node.b));
  out.parts.push_back(std::move(left));
  out.parts.push_back(std::move(right));
  return out;
}

Result<Term> Translator::choice(const Node& node) {
  Term out;
  out.kind = Term::Kind::kIf;
  out.position = node.position;
  HOUGU_TRY(auto condition, boolean(node.a));
  HOUGU_TRY(auto yes, term(node.b));
  HOUGU_TRY(auto no, term(node.c));
  out.type = yes.type == TermType::kNull ? no.type : yes.type;
  const bool alike =
      yes.type == no.type || yes.type == TermType::kNull || no.type == TermType::kNull;
  const bool scalar = numeric(out.type) || out.type == TermType::kText ||
                      out.type == TermType::kDate || out.type == TermType::kBoolean;
  if (!alike || !scalar) return mismatch(yes, no, node.position);
  if (numeric(out.type)) {
    HOUGU_CHECK(fit_arithmetic(yes));
    HOUGU_CHECK(fit_arithmetic(no));
    out.scale = std::max(yes.scale, no.scale);
    HOUGU_TRY(const auto left, bound_at(yes, out.scale));
    HOUGU_TRY(const auto right, bound_at(no, out.scale));
    out.bound = std::max(left, right);
  }
  yes.type = no.type = out.type;  // a null is one of the other's type
  out.parts.push_back(std::move(condition));
  out.parts.push_back(std::move(yes));
  out.parts.push_back(std::move(no));
  return out;
}

Result<Term> Translator::boolean(Ref ref) {
  HOUGU_TRY(auto out, term(ref));
  if (out.type != TermType::kBoolean && out.type != TermType::kNull)
    return refused("filter.not_boolean", program_.nodes[ref].position, type_word(out.type));
  return out;
}

Result<Term> Translator::term(Ref ref) {
  const Node& node = program_.nodes[ref];
  if (++terms_ > kMostTerms) return refused("filter.too_long", node.position);
  const auto depends = dependence(ref);
  if (depends != Dependence::kRecord) return fixed(ref, depends == Dependence::kVaries);
  switch (node.op) {
    case Op::kInput:
      return column(node);
    case Op::kPath:
      return path(node);
    case Op::kBuiltin:
      return call(node);
    case Op::kIf:
      return choice(node);
    case Op::kAnd:
      return joined(node, Term::Kind::kAnd);
    case Op::kOr:
      return joined(node, Term::Kind::kOr);
    case Op::kIn:
      return membership(node);
    case Op::kEqual:
    case Op::kNotEqual:
    case Op::kLess:
    case Op::kLessEqual:
    case Op::kGreater:
    case Op::kGreaterEqual: {
      HOUGU_TRY(auto left, term(node.a));
      HOUGU_TRY(auto right, term(node.b));
      return compared(node.op, std::move(left), std::move(right), node.position);
    }
    case Op::kBetween: {
      HOUGU_TRY(auto value, term(node.a));
      HOUGU_TRY(auto low, term(node.b));
      HOUGU_TRY(auto high, term(node.c));
      return between(std::move(value), std::move(low), std::move(high),
                     feel::kStartIncluded | feel::kEndIncluded, node.position);
    }
    case Op::kAdd:
    case Op::kSubtract:
    case Op::kMultiply:
    case Op::kDivide:
    case Op::kNegate:
      return arithmetic(node);
    default:
      return refused("filter.operation", node.position);
  }
}

Result<Term> Translator::condition() { return boolean(program_.root); }
}  // namespace hougu::schema
