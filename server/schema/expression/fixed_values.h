// Values of the parts that don't depend on the record, as databases take them. Inside
// schema/expression only.
#pragma once

#include <optional>
#include <vector>

#include "schema/expression/context.h"
#include "schema/expression/filter.h"

namespace hougu::schema {

// kInvalid "filter.…" when fields can't be compared with the value.
Result<void> check_fixed(const Filter& filter, const FixedPart& part, const feel::Value& value);
// Inputs of the expression with `user` alone.
std::vector<feel::Value> user_inputs(const Filter& filter, const identity::Principal& who);

// A number, moment or duration times 10^scale: the whole number below or equal, and whether it is
// equal. Beyond ±10^37: cut to that.
struct Whole {
  feel::i128 floor = 0;
  bool exact = true;
};
Whole whole_at(const feel::Value& value, int scale);
// "2026-11-21", for years that fields can hold.
std::optional<std::string> day_of(const feel::Value& date);
// nullopt for texts that no field can hold.
bool storable(const feel::Value& text);
// nullopt when no id is written so.
std::optional<Id> id_of(const feel::Value& text);
std::string digits(feel::i128 value);
}  // namespace hougu::schema
