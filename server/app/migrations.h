// The migrations of all folders, joined.
#pragma once

#include <vector>

#include "store/migrations.h"

namespace hougu::app {
std::vector<store::Migration> all_migrations();
}  // namespace hougu::app
