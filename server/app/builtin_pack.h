// Packs and the roles they bring; the after-sales pack that is inside the program.
#pragma once

#include "app/opened.h"
#include "schema/pack.h"

namespace hougu::app {

// Roles of the pack for the functions of schema/pack.h. `opened` outlives them.
schema::PackRoles pack_roles(Opened& opened, std::string pack);

// Publishes the entities, forms, views and roles of the built-in pack.
Result<void> install_builtin_pack(Opened& opened);

}  // namespace hougu::app
