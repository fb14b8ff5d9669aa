// The tree of the organisation: company, departments, service outlets, teams. See context.h.
#pragma once

#include "identity/context.h"

namespace hougu::identity {

// {"id","version","name","kind","parent":{"id","title"},"code","phone","address","archived"}
Result<json::array> list_units(store::Transaction& tx);
Result<json::object> read_unit(store::Transaction& tx, const Id& id);

// `values`: name, kind (company, department, outlet, team), parent, code, phone, address, archived.
// Errors: "validation", "unit.code_taken", "unit.cycle", "unit.too_deep".
Result<json::object> create_unit(const Context& context, const json::object& values);
// Members that are absent stay as they are.
Result<json::object> update_unit(const Context& context, const Id& id, const json::object& values);
// Only a unit that nobody belongs to and nothing refers to; otherwise "unit.in_use": archive it.
Result<void> remove_unit(const Context& context, const Id& id);

// The given units and all below them.
Result<std::vector<Id>> units_and_below(store::Transaction& tx, const std::vector<Id>& units);

// [{"id","title","hint"}] of units that aren't archived, for pickers.
Result<json::array> lookup_units(store::Transaction& tx, std::string_view typed, int limit);

}  // namespace hougu::identity
