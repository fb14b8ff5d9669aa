// The version of the program, as `hougu --version` prints it.
#pragma once

#include <string_view>

namespace hougu::app {
inline constexpr std::string_view kVersion = "0.1.0";
}  // namespace hougu::app
