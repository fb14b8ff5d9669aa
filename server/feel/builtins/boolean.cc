#include "feel/builtins/builtin.h"

namespace hougu::feel {
namespace {
Value negation(const Call& call) {
  if (!call[0].is(Kind::kBoolean)) return call.fail("feel.not_boolean");
  return Value::boolean(call[0].is_false());
}

Value identity(const Call& call) { return Value::boolean(same(call[0], call[1])); }

// all() stops at false, any() at true; otherwise something that is no boolean makes it null.
Value decide(const Call& call, bool stop) {
  bool undecided = false;
  for (const Value& item : call[0].list()) {
    if (stop ? item.is_true() : item.is_false()) return Value::boolean(stop);
    undecided = undecided || !item.is(Kind::kBoolean);
  }
  if (undecided) return call.fail("feel.not_boolean");
  return Value::boolean(!stop);
}
Value all(const Call& call) { return decide(call, false); }
Value any(const Call& call) { return decide(call, true); }

constexpr BuiltinLine kLines[] = {
    {"not", "negand: any", "boolean", negation},
    {"is", "value1?: any, value2?: any", "boolean", identity},
    {"all", "list...: list", "boolean", all},
    {"any", "list...: list", "boolean", any},
};
}  // namespace

std::span<const BuiltinLine> boolean_builtins() { return kLines; }
}  // namespace hougu::feel
