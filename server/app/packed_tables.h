// The tables that tools/pack_files writes (packed_tables.cc in the build folder).
#pragma once

#include <span>

#include "app/web_assets.h"

namespace hougu::app {

std::span<const WebAsset> packed_web_assets();
std::span<const PackFile> packed_pack_files();
std::span<const PackFile> packed_resources();

}  // namespace hougu::app
