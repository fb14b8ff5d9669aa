#include "feel/builtins/builtin.h"
#include "feel/operators.h"

namespace hougu::feel {
namespace {
Value checked(const Call& call, const MaybeNumber& number) {
  return number ? Value(*number) : call.fail("feel.not_a_number");
}

Value round_to(const Call& call, Rounding how) {
  std::int64_t scale = 0;
  if (call.has(1)) {
    const auto given = call[1].number().truncated();
    if (!given) return call.fail("feel.out_of_range");
    scale = *given;
  }
  return checked(call, rounded(call[0].number(), scale, how));
}
Value decimal(const Call& call) { return round_to(call, Rounding::kHalfEven); }
Value floor(const Call& call) { return round_to(call, Rounding::kFloor); }
Value ceiling(const Call& call) { return round_to(call, Rounding::kCeiling); }
Value round_up(const Call& call) { return round_to(call, Rounding::kUp); }
Value round_down(const Call& call) { return round_to(call, Rounding::kDown); }
Value round_half_up(const Call& call) { return round_to(call, Rounding::kHalfUp); }
Value round_half_down(const Call& call) { return round_to(call, Rounding::kHalfDown); }

Value absolute(const Call& call) {
  const Value& value = call[0];
  const bool negative = value.is(Kind::kNumber)    ? value.number().negative()
                        : value.is(Kind::kDayTime) ? value.nanos() < 0
                                                   : value.months() < 0;
  return negative ? negate(call.run, value, call.position) : value;
}
Value modulo_of(const Call& call) {
  return checked(call, modulo(call[0].number(), call[1].number()));
}
Value root(const Call& call) { return checked(call, square_root(call[0].number())); }
Value logarithm(const Call& call) { return checked(call, natural_log(call[0].number())); }
Value exponent(const Call& call) { return checked(call, exponential(call[0].number())); }
Value odd(const Call& call) {
  const MaybeNumber rest = modulo(call[0].number(), Number(2));
  return rest ? Value::boolean(*rest == Number(1)) : call.fail("feel.not_a_number");
}
Value even(const Call& call) {
  const MaybeNumber rest = modulo(call[0].number(), Number(2));
  return rest ? Value::boolean(rest->is_zero()) : call.fail("feel.not_a_number");
}

constexpr BuiltinLine kLines[] = {
    {"decimal", "n: number, scale: number", "number", decimal},
    {"floor", "n: number, scale?: number", "number", floor},
    {"ceiling", "n: number, scale?: number", "number", ceiling},
    {"round up", "n: number, scale: number", "number", round_up},
    {"round down", "n: number, scale: number", "number", round_down},
    {"round half up", "n: number, scale: number", "number", round_half_up},
    {"round half down", "n: number, scale: number", "number", round_half_down},
    {"abs", "n: number|days and time duration|years and months duration", "Any", absolute},
    {"modulo", "dividend: number, divisor: number", "number", modulo_of},
    {"sqrt", "number: number", "number", root},
    {"log", "number: number", "number", logarithm},
    {"exp", "number: number", "number", exponent},
    {"odd", "number: number", "boolean", odd},
    {"even", "number: number", "boolean", even},
};
}  // namespace

std::span<const BuiltinLine> number_builtins() { return kLines; }
}  // namespace hougu::feel
