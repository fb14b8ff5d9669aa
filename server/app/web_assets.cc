#include "app/web_assets.h"

#include <algorithm>

#include "app/packed_tables.h"

namespace hougu::app {
namespace {

template <typename Entry>
const Entry* find(std::span<const Entry> entries, std::string_view path) {
  const auto at = std::lower_bound(entries.begin(), entries.end(), path,
                                   [](const Entry& e, std::string_view p) { return e.path < p; });
  return at != entries.end() && at->path == path ? &*at : nullptr;
}

}  // namespace

const WebAsset* find_web_asset(std::string_view path) { return find(web_assets(), path); }

const PackFile* find_pack_file(std::string_view path) { return find(pack_files(), path); }

const PackFile* find_resource(std::string_view path) { return find(packed_resources(), path); }

std::span<const WebAsset> web_assets() { return packed_web_assets(); }

std::span<const PackFile> pack_files() { return packed_pack_files(); }

}  // namespace hougu::app
