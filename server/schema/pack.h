// App packs: folders of text that bring entities, forms, views and roles (packs/after_sales). What
// a pack brought is remembered, so that installing it again changes what nobody has touched and
// keeps what was changed here.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "schema/schema.h"

namespace hougu::schema {

// Content by path within the pack: "pack.json", "ticket/entity.json", "roles.json".
using PackFiles = std::map<std::string, std::string>;

// Roles belong to identity/, whose functions are handed in.
struct PackRoles {
  // The roles that this pack brought, as in roles.json.
  std::function<Result<json::array>(store::Transaction&)> present;
  std::function<Result<void>(store::Transaction&, const json::object& role)> put;
};

struct PackReport {
  std::vector<std::string> changed;  // paths that were installed or updated
  std::vector<std::string> kept;     // changed here and in the pack: left as they are here
  std::string differences;           // of `kept` (or with force: what was overwritten), as lines
};

// Installs or updates in the caller's transaction. `force`: what was changed here is overwritten.
// Errors: kInvalid "pack.file_missing" / "pack.malformed" {path}, "validation" with places such as
// "ticket.fields[3].max".
Result<PackReport> install_pack(store::Transaction& tx, Schema& schema,
                                const identity::Principal& who, const PackFiles& files, bool force,
                                const PackRoles& roles);
// The pack as it is here now. kNotFound "pack.unknown".
Result<PackFiles> export_pack(store::Transaction& tx, std::string_view name,
                              const PackRoles& roles);
// From the folder to what is here; "" when there is no difference.
Result<std::string> diff_pack(store::Transaction& tx, const PackFiles& files,
                              const PackRoles& roles);
// The name in pack.json.
Result<std::string> pack_name(const PackFiles& files);

// Folders. Only *.json files count; links out of the folder aren't followed.
Result<PackFiles> read_pack_folder(const std::string& folder);
// Refuses a folder that has other files ("pack.folder_not_empty") unless it holds a pack already.
Result<void> write_pack_folder(const std::string& folder, const PackFiles& files);
}  // namespace hougu::schema
