// The operations of feel/number.h that go through decNumber, whatever their size: also the
// yardstick of the tests.
#pragma once

#include "feel/number.h"

namespace hougu::feel {
MaybeNumber library_add(const Number& a, const Number& b);
MaybeNumber library_multiply(const Number& a, const Number& b);
MaybeNumber library_divide(const Number& a, const Number& b);
MaybeNumber library_modulo(const Number& a, const Number& b);
int library_compare(const Number& a, const Number& b);
}  // namespace hougu::feel
