#include "feel/machine.h"

#include "feel/builtins/builtin.h"
#include "feel/operators.h"

namespace hougu::feel {

const Value& Machine::operand(std::uint32_t ref, Value& room) {
  const Node& node = nodes_[ref];
  switch (node.op) {
    case Op::kConstant:
      return constants_[node.a];
    case Op::kInput:
      return inputs_[node.a];
    case Op::kLocal:
      return frame_[node.a];
    default:
      room = eval(ref);
      return room;
  }
}

Value Machine::eval(std::uint32_t ref) {
  const Node& node = nodes_[ref];
  if (!run_.pay(1, node.position)) return {};
  switch (node.op) {
    case Op::kConstant:
      return constants_[node.a];
    case Op::kInput:
      return inputs_[node.a];
    case Op::kLocal:
      return frame_[node.a];
    case Op::kUnknown:
      return run_.fail("feel.unknown_name", node.position, program_.constants[node.a].string());
    case Op::kMember: {
      const Value& item = frame_[node.b];
      if (item.is(Kind::kContext)) {
        const Value* found = item.context().find(program_.constants[node.a].string());
        if (found != nullptr) return *found;
      }
      return eval(node.c);
    }
    case Op::kPath: {
      Value room;
      const Value& object = operand(node.a, room);
      return member(run_, object, program_.constants[node.b].string(), node.position);
    }
    case Op::kFilter:
      return filter(node);
    case Op::kCall:
      return call(node);
    case Op::kCallNamed:
      return call_named(node);
    case Op::kBuiltin:
      return call_builtin(node);
    case Op::kIf:
      return choose(node);
    case Op::kFor:
      return loop(node);
    case Op::kSome:
    case Op::kEvery:
      return quantify(node);
    case Op::kAnd:
      return both(node, false);
    case Op::kOr:
      return both(node, true);
    case Op::kEqual:
    case Op::kNotEqual:
    case Op::kLess:
    case Op::kLessEqual:
    case Op::kGreater:
    case Op::kGreaterEqual:
      return comparison(node);
    case Op::kAdd:
    case Op::kSubtract:
    case Op::kMultiply:
    case Op::kDivide:
    case Op::kPower:
      return arithmetic(node);
    case Op::kNegate: {
      Value room;
      return negate(run_, operand(node.a, room), node.position);
    }
    case Op::kBetween:
      return between(node);
    case Op::kIn: {
      frame_[node.extra] = eval(node.a);
      return tests(node);
    }
    case Op::kTests:
      return tests(node);
    case Op::kTest:
    case Op::kCompare:
      return {};  // inside tests only
    case Op::kInstance: {
      Value room;
      const Value& value = operand(node.a, room);
      if (!run_.pay_for(value, node.position)) return {};
      return Value::boolean(instance_of(value, *program_.types[node.b]));
    }
    case Op::kList:
      return make_list(node);
    case Op::kContext:
      return make_context(node);
    case Op::kRange:
      return make_range(node);
    case Op::kFunction:
      return make_function(node);
  }
  return {};
}

Value Machine::compare_values(Op op, const Value& a, const Value& b, std::uint32_t position) {
  if (a.kind() >= Kind::kString && !run_.pay(a.weight(), position)) return {};
  if (op == Op::kEqual || op == Op::kNotEqual) {
    const auto result = equal(a, b);
    if (!result) {
      return run_.fail("feel.not_comparable", position,
                       std::string(kind_name(a.kind())) + ", " + std::string(kind_name(b.kind())));
    }
    return Value::boolean(*result == (op == Op::kEqual));
  }
  const auto order = compare(a, b);
  if (!order) {
    return run_.fail(a.is_null() || b.is_null() ? "feel.null_operand" : "feel.not_comparable",
                     position,
                     std::string(kind_name(a.kind())) + ", " + std::string(kind_name(b.kind())));
  }
  switch (op) {
    case Op::kLess:
      return Value::boolean(*order < 0);
    case Op::kLessEqual:
      return Value::boolean(*order <= 0);
    case Op::kGreater:
      return Value::boolean(*order > 0);
    default:
      return Value::boolean(*order >= 0);
  }
}

Value Machine::comparison(const Node& node) {
  Value left_room;
  Value right_room;
  const Value& left = operand(node.a, left_room);
  const Value& right = operand(node.b, right_room);
  return compare_values(node.op, left, right, node.position);
}

Value Machine::arithmetic(const Node& node) {
  Value left_room;
  Value right_room;
  const Value& left = operand(node.a, left_room);
  const Value& right = operand(node.b, right_room);
  switch (node.op) {
    case Op::kAdd:
      return add(run_, left, right, node.position);
    case Op::kSubtract:
      return subtract(run_, left, right, node.position);
    case Op::kMultiply:
      return multiply(run_, left, right, node.position);
    case Op::kDivide:
      return divide(run_, left, right, node.position);
    default:
      return power(run_, left, right, node.position);
  }
}

// "and" (stop = false) and "or" (stop = true): three-valued; what is no boolean counts as null.
Value Machine::both(const Node& node, bool stop) {
  Value room;
  const Value& left = operand(node.a, room);
  if (stop ? left.is_true() : left.is_false()) return Value::boolean(stop);
  const bool left_known = left.is(Kind::kBoolean);
  Value right_room;
  const Value& right = operand(node.b, right_room);
  if (stop ? right.is_true() : right.is_false()) return Value::boolean(stop);
  if (left_known && right.is(Kind::kBoolean)) return Value::boolean(!stop);
  return run_.fail("feel.not_boolean", node.position);
}

Value Machine::between(const Node& node) {
  const Value value = eval(node.a);
  const Value low = eval(node.b);
  const Value high = eval(node.c);
  const auto above = compare(low, value);
  const auto below = compare(value, high);
  if (!above || !below) return run_.fail("feel.not_comparable", node.position);
  return Value::boolean(*above <= 0 && *below <= 0);
}

Value Machine::choose(const Node& node) {
  Value room;
  const Value& condition = operand(node.a, room);
  if (condition.is_true()) return eval(node.b);
  if (condition.is_false() || condition.is_null()) return eval(node.c);
  return run_.fail("feel.not_boolean", node.position, kind_name(condition.kind()));
}

Value Machine::verdict_of(const Node& test, const Value& subject, bool root) {
  if (!run_.pay(1, test.position)) return {};
  if (test.op == Op::kTest && test.flag == 0 && !subject.is(Kind::kRange) &&
      nodes_[test.a].op == Op::kRange) {  // needs no object
    Range range;
    if (!read_range(nodes_[test.a], range)) return Value::boolean(equal(subject, Value()));
    return Value::boolean(contains(range, subject));
  }
  Value room;
  const Value& value = operand(test.a, room);
  if (!run_.pay_for(value, test.position)) return {};
  if (test.op == Op::kCompare) {
    return compare_values(static_cast<Op>(test.flag), subject, value, test.position);
  }
  // An expression about "?" answers by itself, unless it gives something to compare with.
  if (test.flag != 0 && (value.is(Kind::kBoolean) || value.is_null())) return value;
  if (root && value.is(Kind::kBoolean) && !subject.is(Kind::kBoolean)) return value;
  return Value::boolean(satisfies(subject, value));
}

// True as soon as one test is; null when none is and one cannot be decided.
Value Machine::tests(const Node& node) {
  const Value& subject = frame_[node.extra];
  const bool root = node.op == Op::kTests;
  bool undecided = false;
  bool result = node.c == 0;
  for (std::uint32_t i = 0; i < node.c && !result; ++i) {
    const Node& test = nodes_[program_.lists[node.b + i]];
    const Value verdict = verdict_of(test, subject, root);
    if (run_.spent()) return {};
    result = verdict.is_true();
    undecided = undecided || verdict.is_null();
  }
  if (!result && undecided) return run_.fail("feel.not_comparable", node.position);
  return Value::boolean(result != (node.flag != 0));
}

Value Machine::make_list(const Node& node) {
  std::vector<Value> items;
  items.reserve(node.c);
  for (std::uint32_t i = 0; i < node.c; ++i) items.push_back(eval(program_.lists[node.b + i]));
  return run_.list(std::move(items), node.position);
}

Value Machine::make_context(const Node& node) {
  std::vector<ContextEntry> entries;
  entries.reserve(node.c);
  for (std::uint32_t i = 0; i < node.c; ++i) {
    const std::uint32_t* entry = &program_.lists[node.b + 3 * i];
    Value value = eval(entry[1]);
    frame_[entry[2]] = value;
    entries.push_back({program_.constants[entry[0]].string(), std::move(value)});
  }
  return run_.context(std::move(entries), node.position);
}

bool Machine::read_range(const Node& node, Range& range) {
  range.start = eval(node.a);
  range.end = eval(node.b);
  range.start_included = (node.flag & kStartIncluded) != 0;
  range.end_included = (node.flag & kEndIncluded) != 0;
  range.start_open_ended = (node.flag & kStartOpenEnded) != 0;
  range.end_open_ended = (node.flag & kEndOpenEnded) != 0;
  const bool ends = !range.start.is_null() && !range.end.is_null();
  if (!ends || range.start.kind() == range.end.kind()) return true;
  run_.fail("feel.range_ends", node.position);
  return false;
}

Value Machine::make_range(const Node& node) {
  Range range;
  if (!read_range(node, range)) return {};
  Value out = Value::range(std::move(range));
  if (out.depth() <= run_.limits().value_depth) return out;
  return run_.fail("feel.value_too_deep", node.position);
}
}  // namespace hougu::feel
