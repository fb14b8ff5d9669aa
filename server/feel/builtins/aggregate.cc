#include <algorithm>

#include "feel/builtins/list_code.h"
#include "feel/operators.h"

namespace hougu::feel {
namespace {
Value extreme(const Call& call, int sign) {
  const std::vector<Value>& list = call[0].list();
  if (list.empty()) return call.fail("feel.empty_list");
  const Value* best = &list[0];
  for (const Value& item : list) {
    const auto order = compare(item, *best);
    if (!order) return call.fail("feel.not_comparable");
    if (*order * sign > 0) best = &item;
  }
  return *best;
}

// All items as numbers; false with a diagnostic otherwise.
bool numbers(const Call& call, std::vector<Number>& out) {
  if (!call.pay(call[0].list().size())) return false;
  for (const Value& item : call[0].list()) {
    if (!item.is(Kind::kNumber)) {
      call.fail("feel.argument_type", kind_name(item.kind()));
      return false;
    }
    out.push_back(item.number());
  }
  return true;
}

template <typename Operation>
MaybeNumber fold(const std::vector<Number>& list, Number start, Operation operation) {
  MaybeNumber out = start;
  for (const Number& number : list) {
    out = operation(*out, number);
    if (!out) return out;
  }
  return out;
}

Value checked(const Call& call, const MaybeNumber& number) {
  return number ? Value(*number) : call.fail("feel.not_a_number");
}

MaybeNumber sum_of(const std::vector<Number>& list) {
  return fold(list, Number(), [](const Number& a, const Number& b) { return add(a, b); });
}

MaybeNumber mean_of(const std::vector<Number>& list) {
  const MaybeNumber total = sum_of(list);
  return total ? divide(*total, Number(static_cast<std::int64_t>(list.size()))) : total;
}
}  // namespace

Value list_min(const Call& call) { return extreme(call, -1); }
Value list_max(const Call& call) { return extreme(call, 1); }

Value list_sum(const Call& call) {
  const std::vector<Value>& list = call[0].list();
  if (list.empty()) return call.fail("feel.empty_list");
  if (list[0].is(Kind::kDayTime) || list[0].is(Kind::kYearMonth)) {
    Value total = list[0];
    for (std::size_t i = 1; i < list.size(); ++i) {
      if (list[i].kind() != total.kind()) return call.fail("feel.argument_type");
      total = add(call.run, total, list[i], call.position);
    }
    return total;
  }
  std::vector<Number> items;
  if (!numbers(call, items)) return {};
  return checked(call, sum_of(items));
}

Value list_mean(const Call& call) {
  std::vector<Number> items;
  if (!numbers(call, items)) return {};
  if (items.empty()) return call.fail("feel.empty_list");
  return checked(call, mean_of(items));
}

Value list_product(const Call& call) {
  std::vector<Number> items;
  if (!numbers(call, items)) return {};
  if (items.empty()) return call.fail("feel.empty_list");
  return checked(call, fold(items, Number(1),
                            [](const Number& a, const Number& b) { return multiply(a, b); }));
}

Value list_median(const Call& call) {
  std::vector<Number> items;
  if (!numbers(call, items)) return {};
  if (items.empty()) return call.fail("feel.empty_list");
  std::sort(items.begin(), items.end());
  const std::size_t middle = items.size() / 2;
  if (items.size() % 2 == 1) return items[middle];
  return checked(call, mean_of({items[middle - 1], items[middle]}));
}

// Of a sample: divided by n - 1.
Value list_stddev(const Call& call) {
  std::vector<Number> items;
  if (!numbers(call, items)) return {};
  if (items.size() < 2) return call.fail("feel.empty_list");
  const MaybeNumber mean = mean_of(items);
  MaybeNumber total = Number();
  for (const Number& item : items) {
    const MaybeNumber off = mean ? subtract(item, *mean) : std::nullopt;
    const MaybeNumber square = off ? multiply(*off, *off) : std::nullopt;
    total = square && total ? add(*total, *square) : std::nullopt;
  }
  if (!total) return call.fail("feel.not_a_number");
  const MaybeNumber variance = divide(*total, Number(static_cast<std::int64_t>(items.size() - 1)));
  return checked(call, variance ? square_root(*variance) : variance);
}

Value list_mode(const Call& call) {
  std::vector<Number> items;
  if (!numbers(call, items)) return {};
  std::sort(items.begin(), items.end());
  std::size_t most = 0;
  std::vector<Value> out;
  for (std::size_t i = 0; i < items.size();) {
    std::size_t end = i;
    while (end < items.size() && items[end] == items[i]) ++end;
    if (end - i > most) {
      most = end - i;
      out.clear();
    }
    if (end - i == most) out.push_back(items[i]);
    i = end;
  }
  return call.run.list(std::move(out), call.position);
}

Value list_sort(const Call& call) {
  std::vector<Value> items = call[0].list();
  if (call.has(1) && call[1].function().parameters.size() != 2) {
    return call.fail("feel.argument_count", "precedes");
  }
  const bool sorted = merge_sort(items, [&](const Value& a, const Value& b) -> std::optional<bool> {
    if (!call.pay(1)) return std::nullopt;
    if (!call.has(1)) {
      const auto order = compare(a, b);
      if (!order) return std::nullopt;
      return *order < 0;
    }
    Value arguments[] = {a, b};
    const Value verdict = call[1].function().call(call.run, arguments, call.position);
    if (!verdict.is(Kind::kBoolean)) return std::nullopt;
    return verdict.is_true();
  });
  if (!sorted) return call.fail("feel.not_comparable");
  return call.run.list(std::move(items), call.position);
}
}  // namespace hougu::feel
