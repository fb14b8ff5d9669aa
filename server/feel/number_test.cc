// The short ways of Number against decNumber.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "feel/number_library.h"

namespace hougu::feel {
namespace {
Number made(std::uint64_t high, std::uint64_t low, int exponent, bool negative) {
  // Digits of very different counts.
  u128 coefficient = (static_cast<u128>(high) << 64) | low;
  return Number::make(negative, coefficient, exponent).value_or(Number());
}

void expect_same(const MaybeNumber& got, const MaybeNumber& wanted) {
  RC_ASSERT(got.has_value() == wanted.has_value());
  if (got) {
    RC_ASSERT(compare(*got, *wanted) == 0);
    RC_ASSERT(got->text() == wanted->text());
  }
}

Number random_number() {
  const int digits = *rc::gen::inRange(0, 3);
  const auto low = *rc::gen::arbitrary<std::uint64_t>();
  const auto high = digits == 2 ? *rc::gen::arbitrary<std::uint64_t>() : 0;
  return made(high, digits == 0 ? low % 1000 : low, *rc::gen::inRange(-40, 40),
              *rc::gen::arbitrary<bool>());
}

RC_GTEST_PROP(Number, AddsLikeDecNumber, ()) {
  const Number a = random_number();
  const Number b = random_number();
  expect_same(add(a, b), library_add(a, b));
  expect_same(subtract(a, b), library_add(a, b.negated()));
}
RC_GTEST_PROP(Number, MultipliesLikeDecNumber, ()) {
  const Number a = random_number();
  const Number b = random_number();
  expect_same(multiply(a, b), library_multiply(a, b));
}
RC_GTEST_PROP(Number, DividesLikeDecNumber, ()) {
  const Number a = random_number();
  const Number b = random_number();
  RC_PRE(!b.is_zero());
  expect_same(divide(a, b), library_divide(a, b));
}
RC_GTEST_PROP(Number, ComparesLikeDecNumber, ()) {
  const Number a = random_number();
  const Number b = random_number();
  RC_ASSERT(compare(a, b) == library_compare(a, b));
}
RC_GTEST_PROP(Number, ReadsWhatItWrites, ()) {
  const Number a = random_number();
  const MaybeNumber back = Number::parse(a.text());
  RC_ASSERT(back.has_value());
  RC_ASSERT(compare(a, *back) == 0);
}

TEST(Number, RoundsInEveryWay) {
  const auto text = [](const char* number, std::int64_t scale, Rounding how) {
    return rounded(*Number::parse(number), scale, how)->text();
  };
  EXPECT_EQ(text("2.5", 0, Rounding::kHalfEven), "2");
  EXPECT_EQ(text("3.5", 0, Rounding::kHalfEven), "4");
  EXPECT_EQ(text("-2.5", 0, Rounding::kHalfUp), "-3");
  EXPECT_EQ(text("-2.5", 0, Rounding::kHalfDown), "-2");
  EXPECT_EQ(text("-1.1", 0, Rounding::kFloor), "-2");
  EXPECT_EQ(text("1.1", 0, Rounding::kCeiling), "2");
  EXPECT_EQ(text("1.121", 2, Rounding::kUp), "1.13");
  EXPECT_EQ(text("1250", -2, Rounding::kHalfEven), "1200");
}
}  // namespace
}  // namespace hougu::feel
