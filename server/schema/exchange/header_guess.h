// Which field a column of a table means, from its header.
#pragma once

#include <string>
#include <vector>

#include "base/messages.h"
#include "identity/principal.h"
#include "schema/definition.h"
#include "schema/exchange/table_reader.h"

namespace hougu::exchange {

// A field name for each header, "" where none fits; no field twice. Compares with the labels in
// both languages, the name, and the words people use for it: message keys "import.headers.<field>"
// and "import.headers.type.<type>", separated by commas.
std::vector<std::string> guess_fields(const schema::EntityDefinition& entity,
                                      const identity::Principal& who, const Cells& headers,
                                      const Messages& messages);
}  // namespace hougu::exchange
