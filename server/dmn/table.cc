#include "dmn/table.h"

#include <algorithm>

#include "dmn/check.h"

namespace hougu::dmn {
using feel::Value;

void Table::check(std::vector<Finding>& out) const {
  TableShape shape{
      id,   {}, columns, rules.size(), policy == HitPolicy::kUnique, policy == HitPolicy::kFirst,
      false};
  for (const TableInput& input : inputs) shape.labels.push_back(input.label);
  for (const TableOutput& output : outputs) {
    shape.has_default = shape.has_default || output.fallback != nullptr;
  }
  const std::vector<Finding> found = check_table(shape);
  out.insert(out.end(), found.begin(), found.end());
}

Value Table::evaluate(Frame& frame) const {
  std::vector<Value> values;
  if (!read_inputs(frame, values)) return {};
  std::vector<std::size_t> hits;
  // The index names the rules that may match; only what it can't be sure of is tested.
  RuleSet candidates(rules.size());
  for (std::size_t i = 0; i < rules.size() && columns.empty(); ++i) candidates.add(i);
  for (std::size_t i = 0; i < columns.size(); ++i) {
    const RuleSet& accepting = columns[i].accepting(values[i]);
    if (i == 0) candidates = accepting;
    if (i > 0) candidates.keep(accepting);
  }
  if (!frame.run.pay(static_cast<std::int64_t>(rules.size() / 64 + 1), 0)) return {};
  for (const std::size_t i : candidates.items()) {
    if (!matches(frame, i, values)) continue;
    hits.push_back(i);
    if (policy == HitPolicy::kFirst) break;
  }
  if (frame.run.spent()) return {};
  if (hits.empty()) return nothing(frame);
  std::vector<std::vector<Value>> results;
  for (const std::size_t hit : hits) {
    results.push_back(result_of(frame, rules[hit]));
    if (frame.trace != nullptr) {
      frame.trace->rules.push_back({id, hit + 1, rules[hit].id, shape(frame, results.back())});
    }
  }
  return combine(frame, std::move(results));
}

bool Table::read_inputs(Frame& frame, std::vector<Value>& values) const {
  for (const TableInput& input : inputs) {
    Value value = input.expression ? input.expression->evaluate(frame.run, frame.slots) : Value();
    if (input.type) {
      auto converted = coerce(value, *input.type);
      if (!converted) {
        frame.run.fail("dmn.input_type", 0, input.label);
        return false;
      }
      value = *std::move(converted);
    }
    if (frame.trace != nullptr) frame.trace->inputs.emplace_back(input.label, value);
    if (input.allowed && !value.is_null() &&
        !input.allowed->test(frame.run, frame.slots, value).is_true()) {
      frame.run.fail("dmn.input_not_allowed", 0, input.label);
      return false;
    }
    values.push_back(std::move(value));
  }
  return true;
}

bool Table::matches(Frame& frame, std::size_t rule, const std::vector<Value>& values) const {
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (columns[i].exact(rule)) continue;
    if (!frame.run.pay(1, 0)) return false;
    if (!rules[rule].tests[i]->test(frame.run, frame.slots, values[i]).is_true()) return false;
  }
  return true;
}

std::vector<Value> Table::result_of(Frame& frame, const TableRule& rule) const {
  std::vector<Value> out;
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    const auto& cell = rule.outputs[i];
    Value value = cell ? cell->evaluate(frame.run, frame.slots) : Value();
    if (outputs[i].type) {
      auto converted = coerce(value, *outputs[i].type);
      if (!converted) frame.run.fail("dmn.result_type", 0, outputs[i].name);
      value = converted ? *std::move(converted) : Value();
    }
    out.push_back(std::move(value));
  }
  return out;
}

Value Table::shape(Frame& frame, const std::vector<Value>& values) const {
  if (values.size() == 1) return values[0];
  std::vector<feel::ContextEntry> out;
  for (std::size_t i = 0; i < values.size(); ++i) out.push_back({outputs[i].name, values[i]});
  return frame.run.context(std::move(out), 0);
}

Value Table::nothing(Frame& frame) const {
  const bool any = std::any_of(outputs.begin(), outputs.end(), [](const TableOutput& output) {
    return output.fallback != nullptr;
  });
  if (!any) {
    if (policy == HitPolicy::kCount) return Value::integer(0);
    return frame.run.fail("dmn.no_rule", 0, id);
  }
  std::vector<Value> values;
  for (const TableOutput& output : outputs) {
    values.push_back(output.fallback ? output.fallback->evaluate(frame.run, frame.slots) : Value());
  }
  return shape(frame, values);
}

std::size_t Table::rank(const std::vector<Value>& order, const Value& value) const {
  for (std::size_t i = 0; i < order.size(); ++i) {
    if (equal(order[i], value).value_or(false)) return i;
  }
  return order.size();
}

bool Table::more_important(const std::vector<Value>& a, const std::vector<Value>& b) const {
  for (std::size_t i = 0; i < outputs.size(); ++i) {
    const std::size_t left = rank(outputs[i].order, a[i]);
    const std::size_t right = rank(outputs[i].order, b[i]);
    if (left != right) return left < right;
  }
  return false;
}

Value Table::all(Frame& frame, const std::vector<std::vector<Value>>& results) const {
  std::vector<Value> out;
  for (const auto& result : results) out.push_back(shape(frame, result));
  return frame.run.list(std::move(out), 0);
}

Value Table::combine(Frame& frame, std::vector<std::vector<Value>> results) const {
  const auto important = [this](const auto& a, const auto& b) { return more_important(a, b); };
  switch (policy) {
    case HitPolicy::kUnique:
      if (results.size() > 1) return frame.run.fail("dmn.not_unique", 0, id);
      return shape(frame, results[0]);
    case HitPolicy::kFirst:
      return shape(frame, results[0]);
    case HitPolicy::kPriority:
      return shape(frame, *std::min_element(results.begin(), results.end(), important));
    case HitPolicy::kAny:
      for (const auto& result : results) {
        const bool alike =
            std::equal(result.begin(), result.end(), results[0].begin(),
                       [](const Value& a, const Value& b) { return equal(a, b).value_or(false); });
        if (!alike) return frame.run.fail("dmn.any_differs", 0, id);
      }
      return shape(frame, results[0]);
    case HitPolicy::kOutputOrder:
      std::stable_sort(results.begin(), results.end(), important);
      return all(frame, results);
    case HitPolicy::kRuleOrder:
    case HitPolicy::kCollect:
      return all(frame, results);
    default:
      return aggregate(frame, results);
  }
}

Value Table::aggregate(Frame& frame, const std::vector<std::vector<Value>>& results) const {
  std::vector<Value> distinct;
  Value best;
  Value sum = Value::integer(0);
  for (const auto& result : results) {
    const Value value = shape(frame, result);
    if (std::none_of(distinct.begin(), distinct.end(),
                     [&](const Value& v) { return equal(v, value).value_or(false); })) {
      distinct.push_back(value);
    }
    if (policy == HitPolicy::kCount) continue;
    if (policy == HitPolicy::kSum) {
      const bool numbers = sum.is(feel::Kind::kNumber) && value.is(feel::Kind::kNumber);
      if (!numbers) return frame.run.fail("dmn.aggregate_type", 0, id);
      sum = Value::number(feel::add(sum.number(), value.number()));
      continue;
    }
    const auto order = best.is_null() ? std::optional<int>(0) : compare(value, best);
    if (!order) return frame.run.fail("dmn.aggregate_type", 0, id);
    if (best.is_null() || (policy == HitPolicy::kMin ? *order < 0 : *order > 0)) best = value;
  }
  if (policy == HitPolicy::kCount) {
    return Value::integer(static_cast<std::int64_t>(distinct.size()));
  }
  return policy == HitPolicy::kSum ? sum : best;
}
}  // namespace hougu::dmn
