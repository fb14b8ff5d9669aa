// The answer to an import as a table: every bad row, which column, what it says and why it is bad.
#pragma once

#include <string>

#include "base/messages.h"
#include "schema/definition.h"
#include "schema/exchange/checked_rows.h"

namespace hougu::exchange {

// "error.<code>" with its parameters; {field} is the field's label.
std::string fault_text(const Messages& messages, Locale locale,
                       const schema::EntityDefinition* entity, const std::string& field,
                       const std::string& code, std::map<std::string, std::string> params);

// Writes `bad` from its first row on to `path`.
Result<void> write_result(const std::string& path, const std::string& temp_folder, BadRows& bad,
                          const schema::EntityDefinition& entity, const Messages& messages,
                          Locale locale);
}  // namespace hougu::exchange
