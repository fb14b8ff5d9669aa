// Iterations and filters.
#include "feel/machine.h"
#include "feel/operators.h"

namespace hougu::feel {

// One value of loop `index`; false stops all loops.
bool Machine::visit(const Node& node, std::uint32_t index, std::vector<Value>* results,
                    int& found) {
  if (!run_.pay(1, node.position)) return false;
  if (index + 1 < node.c) return iterate(node, index + 1, results, found);
  if (results != nullptr) {
    if (node.flag != 0) {
      if (!run_.pay(static_cast<std::int64_t>(results->size()), node.position)) return false;
      frame_[node.extra] = run_.list(*results, node.position);
    }
    results->push_back(eval(node.a));
    return !run_.spent();
  }
  Value room;
  const Value& verdict = operand(node.a, room);
  const bool some = node.op == Op::kSome;
  if (some ? verdict.is_true() : verdict.is_false()) {
    found = 1;
    return false;
  }
  if (!verdict.is(Kind::kBoolean)) found = 2;
  return !run_.spent();
}

// found: 1 decided, 2 undecided (something was no boolean), 3 an iteration that cannot be made.
bool Machine::iterate(const Node& node, std::uint32_t index, std::vector<Value>* results,
                      int& found) {
  const Iteration& iteration = program_.iterations[program_.lists[node.b + index]];
  Value from = eval(iteration.from);
  Value to;
  bool open_start = false;
  bool open_end = false;
  const bool range = iteration.is_range || from.is(Kind::kRange);
  if (iteration.is_range) {
    to = eval(iteration.to);
  } else if (range) {
    const Range& given = from.range();
    open_start = !given.start_included;
    open_end = !given.end_included;
    to = given.end;
    from = Value(given.start);
  }
  if (range) {
    const bool dates = from.is(Kind::kDate) && to.is(Kind::kDate);
    std::optional<std::int64_t> first;
    std::optional<std::int64_t> last;
    if (dates) {
      first = from.days();
      last = to.days();
    } else if (from.is(Kind::kNumber) && to.is(Kind::kNumber)) {
      first = from.number().to_integer();
      last = to.number().to_integer();
      if (from.number().is_integer() && to.number().is_integer() && (!first || !last)) {
        run_.pay(run_.steps_left() + 1, node.position);  // longer than any budget
        return false;
      }
    }
    if (!first || !last) {
      found = 3;
      run_.fail("feel.iteration_range", node.position);
      return false;
    }
    const std::int64_t step = *first <= *last ? 1 : -1;
    const std::int64_t begin = open_start ? *first + step : *first;
    const i128 count = (i128{*last} - begin) * step + (open_end ? 0 : 1);
    if (count > run_.steps_left()) {
      run_.pay(run_.steps_left() + 1, node.position);
      return false;
    }
    for (i128 i = 0; i < count; ++i) {
      const std::int64_t value = begin + static_cast<std::int64_t>(i) * step;
      frame_[iteration.local] = dates ? Value::date(value) : Value::integer(value);
      if (!visit(node, index, results, found)) return false;
    }
    return true;
  }
  if (from.is_null()) {
    found = 3;
    run_.fail("feel.iteration_null", node.position);
    return false;
  }
  if (!from.is(Kind::kList)) {
    frame_[iteration.local] = from;
    return visit(node, index, results, found);
  }
  for (const Value& item : from.list()) {
    frame_[iteration.local] = item;
    if (!visit(node, index, results, found)) return false;
  }
  return true;
}

Value Machine::loop(const Node& node) {
  std::vector<Value> results;
  int found = 0;
  iterate(node, 0, &results, found);
  if (run_.spent() || found == 3) return {};
  return run_.list(std::move(results), node.position);
}

Value Machine::quantify(const Node& node) {
  int found = 0;
  iterate(node, 0, nullptr, found);
  if (run_.spent() || found == 3) return {};
  const bool some = node.op == Op::kSome;
  if (found == 1) return Value::boolean(some);
  if (found == 2) return run_.fail("feel.not_boolean", node.position);
  return Value::boolean(!some);
}

Value Machine::filter(const Node& node) {
  Value room;
  const Value given = operand(node.a, room);
  const bool is_list = given.is(Kind::kList);
  const std::span<const Value> items =
      is_list ? std::span<const Value>(given.list())
              : std::span<const Value>(&given, given.is_null() ? 0 : 1);
  frame_[node.c] = items.empty() ? Value() : items[0];
  Value condition = eval(node.b);
  if (condition.is(Kind::kNumber)) {
    const auto index = condition.number().to_integer();
    const auto size = static_cast<std::int64_t>(items.size());
    if (index && *index > 0 && *index <= size) return items[static_cast<std::size_t>(*index - 1)];
    if (index && *index < 0 && *index >= -size) {
      return items[static_cast<std::size_t>(size + *index)];
    }
    return run_.fail("feel.index_outside", node.position, to_text(condition));
  }
  std::vector<Value> out;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (!run_.pay(1, node.position)) return {};
    if (i > 0) {
      frame_[node.c] = items[i];
      condition = eval(node.b);
    }
    if (condition.is_true()) {
      out.push_back(items[i]);
    } else if (!condition.is_false() && !condition.is_null()) {
      return run_.fail("feel.not_boolean", node.position, kind_name(condition.kind()));
    }
  }
  return run_.list(std::move(out), node.position);
}
}  // namespace hougu::feel
