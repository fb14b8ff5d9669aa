// The after-sales pack that is packed into the program.
#pragma once

#include "app/opened.h"

namespace hougu::app {
// Publishes its entities, forms, views and roles.
Result<void> install_builtin_pack(Opened& opened);
}  // namespace hougu::app
