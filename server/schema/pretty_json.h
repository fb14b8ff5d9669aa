// JSON as people keep it in files: two blanks per level, what is short on one line.
#pragma once

#include <string>

#include "base/json.h"

namespace hougu::schema {
std::string pretty_json(const json::value& value);
// The lines that differ, with "-" and "+" in front and two equal lines around; "" when equal.
std::string line_diff(std::string_view before, std::string_view after);
}  // namespace hougu::schema
