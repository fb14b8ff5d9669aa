#include "dmn/boxes.h"

namespace hougu::dmn {
using feel::Value;

Value Literal::evaluate(Frame& frame) const {
  Value out = expression_->evaluate(frame.run, frame.slots);
  if (!type_) return out;
  auto converted = coerce(out, *type_);
  if (!converted) return frame.run.fail("dmn.result_type", 0, type_text(*type_));
  return *std::move(converted);
}

Value ContextBox::evaluate(Frame& frame) const {
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

Value ListBox::evaluate(Frame& frame) const {
  std::vector<Value> out;
  for (const BoxedPtr& item : items) out.push_back(item->evaluate(frame));
  return frame.run.list(std::move(out), 0);
}

Value RelationBox::evaluate(Frame& frame) const {
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

Value InvocationBox::evaluate(Frame& frame) const {
  const Value function = callee->evaluate(frame);
  if (!function.is(feel::Kind::kFunction)) return frame.run.fail("feel.not_a_function", 0);
  std::vector<Value> values;
  for (const BoxedPtr& argument : arguments) values.push_back(argument->evaluate(frame));
  return function.function().call_named(frame.run, names, values, 0);
}

Value BoxedClosure::call(feel::Evaluation& run, std::span<Value> arguments,
                         feel::Position position) const {
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

Value FunctionBox::evaluate(Frame& frame) const {
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

Value ConditionalBox::evaluate(Frame& frame) const {
  const Value verdict = condition->evaluate(frame);
  if (verdict.is_true()) return yes->evaluate(frame);
  if (verdict.is_false() || verdict.is_null()) return no->evaluate(frame);
  return frame.run.fail("feel.not_boolean", 0);
}

Value FilterBox::evaluate(Frame& frame) const {
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

namespace {
// What an iteration runs through: the items of a list, the numbers or days of an interval, or a
// single value. False, with a diagnostic, when there is no such thing.
bool items_of(feel::Evaluation& run, const Value& from, std::vector<Value>& out) {
  if (from.is(feel::Kind::kList)) {
    out = from.list();
    return run.pay(static_cast<std::int64_t>(out.size()), 0);
  }
  if (from.is_null()) {
    run.fail("feel.iteration_null", 0);
    return false;
  }
  if (!from.is(feel::Kind::kRange)) {
    out.push_back(from);
    return true;
  }
  const feel::Range& range = from.range();
  const bool days = range.start.is(feel::Kind::kDate) && range.end.is(feel::Kind::kDate);
  const auto whole = [&](const Value& end) {
    if (days) return std::optional<std::int64_t>(end.days());
    return end.is(feel::Kind::kNumber) ? end.number().to_integer() : std::nullopt;
  };
  const auto first = whole(range.start);
  const auto last = whole(range.end);
  if (!first || !last) {
    run.fail("feel.iteration_range", 0);
    return false;
  }
  const std::int64_t step = *first <= *last ? 1 : -1;
  for (std::int64_t i = *first;; i += step) {
    if (!run.pay(1, 0)) return false;
    const bool outside =
        (i == *first && !range.start_included) || (i == *last && !range.end_included);
    if (!outside) out.push_back(days ? Value::date(i) : Value::integer(i));
    if (i == *last) return true;
  }
}
}  // namespace

Value IteratorBox::evaluate(Frame& frame) const {
  std::vector<Value> items;
  if (!items_of(frame.run, list->evaluate(frame), items)) return {};
  return kind == Kind::kFor ? collect(frame, items) : quantify(frame, items);
}

Value IteratorBox::collect(Frame& frame, const std::vector<Value>& items) const {
  std::vector<Value> out;
  for (const Value& item : items) {
    if (!frame.run.pay(static_cast<std::int64_t>(out.size()) + 1, 0)) return {};
    frame.set(slot, item);
    frame.set(partial, Value::list(out));
    out.push_back(body->evaluate(frame));
  }
  return frame.run.list(std::move(out), 0);
}

Value IteratorBox::quantify(Frame& frame, const std::vector<Value>& items) const {
  bool undecided = false;
  for (const Value& item : items) {
    if (!frame.run.pay(1, 0)) return {};
    frame.set(slot, item);
    const Value verdict = body->evaluate(frame);
    if (kind == Kind::kSome ? verdict.is_true() : verdict.is_false()) {
      return Value::boolean(kind == Kind::kSome);
    }
    undecided = undecided || !verdict.is(feel::Kind::kBoolean);
  }
  if (undecided) return frame.run.fail("feel.not_boolean", 0);
  return Value::boolean(kind == Kind::kEvery);
}
}  // namespace hougu::dmn
