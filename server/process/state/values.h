// FEEL values as JSON: strings, booleans, whole numbers, lists and contexts stand for themselves;
// other values are an object of one member whose name begins with "@" ({"@date":"2026-11-22"}).
// Functions become null. Exact: what is read back equals what was written.
#pragma once

#include "base/json.h"
#include "feel/value.h"

namespace hougu::process {
json::value to_json(const feel::Value& value);
// Anything else than what to_json writes gives null there.
feel::Value value_from_json(const json::value& source);
}  // namespace hougu::process
