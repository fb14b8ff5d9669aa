// Arithmetic and properties of values, as the operators and paths use them. Each gives null with a
// diagnostic when the kinds don't fit.
#pragma once

#include <optional>
#include <string_view>

#include "feel/evaluation.h"
#include "feel/value.h"

namespace hougu::feel {
Value add(Evaluation& run, const Value& a, const Value& b, std::uint32_t position);
Value subtract(Evaluation& run, const Value& a, const Value& b, std::uint32_t position);
Value multiply(Evaluation& run, const Value& a, const Value& b, std::uint32_t position);
Value divide(Evaluation& run, const Value& a, const Value& b, std::uint32_t position);
Value power(Evaluation& run, const Value& a, const Value& b, std::uint32_t position);
Value negate(Evaluation& run, const Value& a, std::uint32_t position);

// a.name: members of contexts and of each context of a list, parts of dates and ranges.
Value member(Evaluation& run, const Value& object, std::string_view name, std::uint32_t position);
// Whether `subject` satisfies what stands behind "in": a range, a list of such, or an equal value.
std::optional<bool> satisfies(const Value& subject, const Value& test);

MaybeNumber from_wide(i128 value);
}  // namespace hougu::feel
