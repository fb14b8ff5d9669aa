#include "feel/number_library.h"

#define DECNUMDIGITS 40
extern "C" {
#include <decNumber.h>
}

namespace hougu::feel {
namespace {
class Context {
 public:
  Context() {
    decContextDefault(&context_, DEC_INIT_DECIMAL128);
    context_.traps = 0;
  }
  decContext* get() { return &context_; }
  bool invalid() const {
    return (context_.status & (DEC_Overflow | DEC_Invalid_operation | DEC_Division_by_zero |
                               DEC_Division_undefined | DEC_Invalid_context)) != 0;
  }

 private:
  decContext context_;
};

void to_library(const Number& from, decNumber& to) {
  std::uint8_t digits[40];
  int count = 0;
  for (u128 rest = from.coefficient(); rest != 0; rest /= 10) {
    digits[count++] = static_cast<std::uint8_t>(rest % 10);
  }
  decNumberZero(&to);
  if (count == 0) return;
  for (int i = 0; i < count / 2; ++i) std::swap(digits[i], digits[count - 1 - i]);
  to.digits = count;  // decNumberSetBCD places the digits by it
  decNumberSetBCD(&to, digits, static_cast<std::uint32_t>(count));
  to.exponent = from.exponent();
  if (from.sign()) to.bits |= DECNEG;
}

MaybeNumber from_library(decNumber& from, const Context& context) {
  if (context.invalid() || !decNumberIsFinite(&from)) return std::nullopt;
  std::uint8_t digits[48];
  decNumberGetBCD(&from, digits);
  u128 coefficient = 0;
  for (int i = 0; i < from.digits; ++i) coefficient = coefficient * 10 + digits[i];
  return Number::make(decNumberIsNegative(&from) != 0, coefficient, from.exponent);
}

template <typename Operation>
MaybeNumber binary(const Number& a, const Number& b, Operation operation) {
  Context context;
  decNumber left;
  decNumber right;
  decNumber out;
  to_library(a, left);
  to_library(b, right);
  operation(&out, &left, &right, context.get());
  return from_library(out, context);
}

template <typename Operation>
MaybeNumber unary(const Number& a, Operation operation) {
  Context context;
  decNumber value;
  decNumber out;
  to_library(a, value);
  operation(&out, &value, context.get());
  return from_library(out, context);
}
}  // namespace

MaybeNumber library_add(const Number& a, const Number& b) { return binary(a, b, decNumberAdd); }
MaybeNumber library_multiply(const Number& a, const Number& b) {
  return binary(a, b, decNumberMultiply);
}
MaybeNumber library_divide(const Number& a, const Number& b) {
  return binary(a, b, decNumberDivide);
}

MaybeNumber library_modulo(const Number& a, const Number& b) {
  const MaybeNumber rest = binary(a, b, decNumberRemainder);
  if (!rest || rest->is_zero() || rest->negative() == b.negative()) return rest;
  return library_add(*rest, b);
}

int library_compare(const Number& a, const Number& b) {
  Context context;
  decNumber left;
  decNumber right;
  decNumber out;
  to_library(a, left);
  to_library(b, right);
  decNumberCompare(&out, &left, &right, context.get());
  return decNumberIsZero(&out) ? 0 : decNumberIsNegative(&out) ? -1 : 1;
}

MaybeNumber power(const Number& a, const Number& b) { return binary(a, b, decNumberPower); }

MaybeNumber square_root(const Number& a) {
  if (a.negative()) return std::nullopt;
  return unary(a, decNumberSquareRoot);
}

MaybeNumber exponential(const Number& a) {
  const auto capped = a.truncated();
  if (!capped || *capped > 15000) return a.negative() ? MaybeNumber(Number()) : std::nullopt;
  return unary(a, decNumberExp);
}

MaybeNumber natural_log(const Number& a) {
  if (a.negative() || a.is_zero()) return std::nullopt;
  return unary(a, decNumberLn);
}
}  // namespace hougu::feel
