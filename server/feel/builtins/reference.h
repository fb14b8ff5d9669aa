// The list of built-in functions for readers and editors: signatures from the registration, texts
// and examples from builtins.json.
#pragma once

#include <string>
#include <string_view>

#include "base/json.h"
#include "base/result.h"

namespace hougu::feel {
// [{name, family, signatures: [{parameters: [{name, type, optional}]}], result, deterministic,
// zh, en, spreadsheet?, examples: [[expression, result]]}]. Fails when builtins.json lacks a
// function or has one too many: feel.reference {detail}.
Result<json::array> reference(std::string_view builtins_json);
// docs/feel.md.
std::string reference_page(const json::array& reference);
}  // namespace hougu::feel
