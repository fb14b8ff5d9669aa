// Tables of the organisation: org_unit, org_user, org_membership, role, session, api_key,
// login_attempt. Numbers 100-199.
#pragma once

#include <span>

#include "store/migrations.h"

namespace hougu::identity {
std::span<const store::Migration> identity_migrations();
}  // namespace hougu::identity
