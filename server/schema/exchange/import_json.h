// Imports as the API shows them (docs/api.md, "Import").
#pragma once

#include "base/messages.h"
#include "identity/principal.h"
#include "schema/definition.h"
#include "schema/exchange/import_job.h"
#include "schema/exchange/table_reader.h"

namespace hougu::exchange {

// [{"header","samples","field"}]: what the columns look like and which field each may be.
json::array columns_json(const Cells& headers, const std::vector<Cells>& samples,
                         const std::vector<std::string>& guesses);
// [{"name","label","type","required"}]: the fields that this person may fill.
json::array fields_json(const schema::EntityDefinition& entity, const identity::Principal& who);

// The answer of GET /import/{id}; `entity` may be null when it is gone.
json::object state_json(const ImportJob& job, const schema::EntityDefinition* entity,
                        bool has_result, const Messages& messages, Locale locale);
}  // namespace hougu::exchange
