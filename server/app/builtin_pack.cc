#include "app/builtin_pack.h"

#include "app/web_assets.h"
#include "identity/roles.h"

namespace hougu::app {
namespace {

constexpr std::string_view kPack = "after_sales";

schema::PackFiles builtin_files() {
  const std::string root = std::string(kPack) + "/", demo = root + "demo/";
  schema::PackFiles files;
  for (const PackFile& file : pack_files()) {
    if (!file.path.starts_with(root) || file.path.starts_with(demo)) continue;
    files.emplace(file.path.substr(root.size()), file.bytes);
  }
  return files;
}

}  // namespace

schema::PackRoles pack_roles(Opened& opened, std::string pack) {
  schema::PackRoles roles;
  roles.present = [pack](store::Transaction& tx) -> Result<json::array> {
    HOUGU_TRY(auto all, identity::list_roles(tx));
    json::array brought;
    for (auto& role : all) {
      json::object& object = role.as_object();
      if (find_string(object, "pack") != pack) continue;
      object.erase("pack");
      object.erase("version");
      brought.push_back(std::move(role));
    }
    return brought;
  };
  roles.put = [&opened, pack](store::Transaction& tx, const json::object& role) -> Result<void> {
    const auto name = find_string(role, "name").value_or("");
    HOUGU_CHECK(identity::put_role(opened.context(tx), name, role, pack));
    return {};
  };
  return roles;
}

Result<void> install_builtin_pack(Opened& opened) {
  const auto files = builtin_files();
  return opened.database->write([&](store::Transaction& tx) -> Result<void> {
    HOUGU_CHECK(schema::install_pack(tx, *opened.schema, opened.system, files, false,
                                     pack_roles(opened, std::string(kPack))));
    return {};
  });
}

}  // namespace hougu::app
