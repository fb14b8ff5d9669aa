// Lists as such; what adds up or orders their items is in aggregate.cc.
#include <algorithm>
#include <string>

#include "feel/builtins/builtin.h"
#include "feel/builtins/list_code.h"

namespace hougu::feel {
namespace {
using Items = std::vector<Value>;

Value done(const Call& call, Items items) {
  if (!call.pay(items.size())) return {};
  return call.run.list(std::move(items), call.position);
}

// A position from 1, or from -1 at the end, as an index; nullopt outside the list.
std::optional<std::size_t> index_at(const Value& position, std::size_t size) {
  const auto at = position.number().truncated();
  const auto count = static_cast<std::int64_t>(size);
  if (!at || *at == 0 || *at > count || *at < -count) return std::nullopt;
  return static_cast<std::size_t>(*at > 0 ? *at - 1 : count + *at);
}

Value list_contains(const Call& call) {
  if (!call.pay(call[0].list().size())) return {};
  return Value::boolean(
      std::any_of(call[0].list().begin(), call[0].list().end(),
                  [&](const Value& item) { return equal(item, call[1]).value_or(false); }));
}

Value count(const Call& call) {
  return Value::integer(static_cast<std::int64_t>(call[0].list().size()));
}

Value sublist(const Call& call) {
  const Items& list = call[0].list();
  const auto from = index_at(call[1], list.size());
  if (!from) return call.fail("feel.index_outside", to_text(call[1]));
  std::size_t length = list.size() - *from;
  if (call.has(2)) {
    const auto given = call[2].number().truncated();
    if (!given || *given < 0 || static_cast<std::size_t>(*given) > length) {
      return call.fail("feel.index_outside", to_text(call[2]));
    }
    length = static_cast<std::size_t>(*given);
  }
  const auto begin = list.begin() + static_cast<std::ptrdiff_t>(*from);
  return done(call, Items(begin, begin + static_cast<std::ptrdiff_t>(length)));
}

Value append(const Call& call) {
  Items out = call[0].list();
  out.insert(out.end(), call[1].list().begin(), call[1].list().end());
  return done(call, std::move(out));
}

Value concatenate(const Call& call) {
  Items out;
  for (const Value& list : call[0].list()) {
    if (list.is_null()) return call.fail("feel.argument_type", "list");
    if (!list.is(Kind::kList)) {
      out.push_back(list);
      continue;
    }
    if (!call.pay(list.list().size())) return {};
    out.insert(out.end(), list.list().begin(), list.list().end());
  }
  return done(call, std::move(out));
}

Value insert_before(const Call& call) {
  const auto at = index_at(call[1], call[0].list().size());
  if (!at) return call.fail("feel.index_outside", to_text(call[1]));
  Items out = call[0].list();
  out.insert(out.begin() + static_cast<std::ptrdiff_t>(*at), call[2]);
  return done(call, std::move(out));
}

Value remove(const Call& call) {
  const auto at = index_at(call[1], call[0].list().size());
  if (!at) return call.fail("feel.index_outside", to_text(call[1]));
  Items out = call[0].list();
  out.erase(out.begin() + static_cast<std::ptrdiff_t>(*at));
  return done(call, std::move(out));
}

Value list_replace(const Call& call) {
  Items out = call[0].list();
  if (call.overload == 0) {
    const auto at = index_at(call[1], out.size());
    if (!at) return call.fail("feel.index_outside", to_text(call[1]));
    out[*at] = call[2];
    return done(call, std::move(out));
  }
  const Function& match = call[1].function();
  if (match.parameters.size() != 2) return call.fail("feel.argument_count", "match");
  for (Value& item : out) {
    Value arguments[] = {item, call[2]};
    const Value verdict = match.call(call.run, arguments, call.position);
    if (!verdict.is(Kind::kBoolean)) return call.fail("feel.not_boolean", "match");
    if (verdict.is_true()) item = call[2];
  }
  return done(call, std::move(out));
}

Value reverse(const Call& call) {
  return done(call, Items(call[0].list().rbegin(), call[0].list().rend()));
}

Value index_of(const Call& call) {
  Items out;
  const Items& list = call[0].list();
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (equal(list[i], call[1]).value_or(false)) {
      out.push_back(Value::integer(static_cast<std::int64_t>(i) + 1));
    }
  }
  return done(call, std::move(out));
}

// Keeps the first of equal items; plain values by their text, the others by comparing.
class Seen {
 public:
  bool add(const Value& value) {
    if (value.kind() <= Kind::kString) {
      return texts_.emplace(std::to_string(static_cast<int>(value.kind())) + to_key(value), 0)
          .second;
    }
    for (const Value& other : others_) {
      if (equal(other, value).value_or(false)) return false;
    }
    others_.push_back(value);
    return true;
  }
  std::size_t others() const { return others_.size(); }

 private:
  static std::string to_key(const Value& value) {
    // Moments of one instant are equal whatever their zones.
    if (value.is(Kind::kDateTime)) {
      const DateTime moment = value.date_time();
      const bool local = moment.zone.kind == Zone::Kind::kNone;
      return (local ? "l" : "z") + day_time_text(instant(moment));
    }
    if (value.is(Kind::kTime)) {
      const Time time = value.time();
      return (time.zone.kind == Zone::Kind::kNone ? "l" : "z") + day_time_text(instant(time));
    }
    return to_text(value);
  }
  std::unordered_map<std::string, char> texts_{};
  Items others_{};
};

Value distinct_values(const Call& call) {
  Seen seen;
  Items out;
  for (const Value& item : call[0].list()) {
    if (!call.pay(1 + seen.others() * (1 + item.weight() / 16))) return {};
    if (seen.add(item)) out.push_back(item);
  }
  return done(call, std::move(out));
}

Value set_union(const Call& call) {
  Seen seen;
  Items out;
  for (const Value& list : call[0].list()) {
    if (list.is_null()) return call.fail("feel.argument_type", "list");
    const Items one = list.is(Kind::kList) ? list.list() : Items{list};
    for (const Value& item : one) {
      if (!call.pay(1 + seen.others() * (1 + item.weight() / 16))) return {};
      if (seen.add(item)) out.push_back(item);
    }
  }
  return done(call, std::move(out));
}

void flatten_into(const Call& call, const Value& value, Items& out) {
  if (!value.is(Kind::kList)) {
    out.push_back(value);
    return;
  }
  for (const Value& item : value.list()) {
    if (!call.pay(1)) return;
    flatten_into(call, item, out);  // as deep as values may be
  }
}

Value flatten(const Call& call) {
  Items out;
  flatten_into(call, call[0], out);
  return done(call, std::move(out));
}

constexpr BuiltinLine kLines[] = {
    {"list contains", "list: list, element: any", "boolean", list_contains},
    {"count", "list...: list", "number", count},
    {"min", "list...: list", "Any", list_min},
    {"max", "list...: list", "Any", list_max},
    {"sum", "list...: list", "number", list_sum},
    {"mean", "list...: list", "number", list_mean},
    {"product", "list...: list", "number", list_product},
    {"median", "list...: list", "number", list_median},
    {"stddev", "list...: list", "number", list_stddev},
    {"mode", "list...: list", "list", list_mode},
    {"sublist", "list: list, start position: number, length?: number", "list", sublist},
    {"append", "list: list, item...: any", "list", append},
    {"concatenate", "lists...: any", "list", concatenate},
    {"insert before", "list: list, position: number, newItem: any", "list", insert_before},
    {"remove", "list: list, position: number", "list", remove},
    {"list replace",
     "list: list, position: number, newItem: any; list: list, match: function, newItem: any",
     "list", list_replace},
    {"reverse", "list: list", "list", reverse},
    {"index of", "list: list, match: any", "list", index_of},
    {"union", "lists...: any", "list", set_union},
    {"distinct values", "list: list", "list", distinct_values},
    {"flatten", "list: list", "list", flatten},
    {"sort", "list: list, precedes?: function", "list", list_sort},
};
}  // namespace

std::span<const BuiltinLine> list_builtins() { return kLines; }
}  // namespace hougu::feel
