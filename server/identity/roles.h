// Roles: what their holders may do, as documents (docs/schema.md, "Roles"). See context.h.
#pragma once

#include "identity/context.h"

namespace hougu::identity {

inline constexpr std::string_view kAdministrator = "administrator";

// {"name","label","grants","system","faces","pack","version"}; the administrator's says everything.
Result<json::array> list_roles(store::Transaction& tx);
Result<json::object> read_role(store::Transaction& tx, std::string_view name);

// Creates or replaces a role. `pack`: the pack that brings it, "" for one made here. A "version" in
// the document is the one that was edited: "role.stale" when another counts by now. Errors:
// "role.malformed" with its place, "role.fixed" (the administrator's), "role.above_own" (a system
// right that the caller doesn't have himself).
Result<json::object> put_role(const Context& context, std::string_view name,
                              const json::object& document, std::string_view pack = {});
// The role that may do everything; `label` {"zh-CN","en"}. Replaces nothing.
Result<void> create_administrator_role(const Context& context, const json::object& label);
// "role.in_use" while somebody has it.
Result<void> remove_role(const Context& context, std::string_view name);

// The merged rights of these roles; names of roles that are gone count for nothing.
Result<std::shared_ptr<const Access>> read_access(store::Transaction& tx,
                                                  const std::vector<std::string>& roles);
// kForbidden "role.above_own" unless the caller himself has every system right of these roles:
// nobody raises himself or others above his own rights.
Result<void> require_not_above(const Context& context, const std::vector<std::string>& roles);
// Pages for these roles: "desk", "field", "studio". A role's document may say so itself ("faces").
Result<json::array> faces_of(store::Transaction& tx, const std::vector<std::string>& roles,
                             const Access& access);

}  // namespace hougu::identity
