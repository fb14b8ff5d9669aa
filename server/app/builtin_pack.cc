#include "app/builtin_pack.h"

#include "app/web_assets.h"
#include "identity/roles.h"

namespace hougu::app {
namespace {

constexpr std::string_view kPack = "after_sales";

Result<json::value> pack_json(const std::string& path) {
  const auto* file = find_pack_file(std::string(kPack) + "/" + path);
  if (file == nullptr) return internal("the program lacks the pack file " + path);
  return parse_json(file->bytes);
}

Result<std::optional<json::array>> pack_list(const std::string& path) {
  if (find_pack_file(std::string(kPack) + "/" + path) == nullptr) {
    return std::optional<json::array>();
  }
  HOUGU_TRY(auto value, pack_json(path));
  return std::optional(std::move(value.as_array()));
}

Result<std::vector<schema::Publication>> publications() {
  HOUGU_TRY(const auto pack, pack_json("pack.json"));
  std::vector<schema::Publication> all;
  for (const auto& entity : pack.at("entities").as_array()) {
    const std::string name(entity.as_string());
    schema::Publication publication;
    HOUGU_TRY(auto document, pack_json(name + "/entity.json"));
    publication.document = std::move(document.as_object());
    HOUGU_TRY(publication.forms, pack_list(name + "/forms.json"));
    HOUGU_TRY(publication.views, pack_list(name + "/views.json"));
    publication.version = schema::Publication::kAnyVersion;
    publication.pack = kPack;
    all.push_back(std::move(publication));
  }
  return all;
}

}  // namespace

Result<void> install_builtin_pack(Opened& opened) {
  HOUGU_TRY(const auto entities, publications());
  HOUGU_TRY(const auto roles, pack_json("roles.json"));
  return opened.database->write([&](store::Transaction& tx) -> Result<void> {
    HOUGU_CHECK(opened.schema->publish_all(tx, opened.system, entities));
    for (const auto& role : roles.as_array()) {
      const auto name = find_string(role.as_object(), "name").value_or("");
      HOUGU_CHECK(identity::put_role(opened.context(tx), name, role.as_object(), kPack));
    }
    return {};
  });
}

}  // namespace hougu::app
