// Devices: their QR token and warranty date are filled in when a record is written.
#pragma once

#include <optional>
#include <string>

#include "base/clock.h"
#include "schema/records.h"

namespace hougu::service {

// "2026-11-21" in an IANA zone.
std::string local_date(Millis time, std::string_view zone);
// ISO date plus months; the last day of a shorter month when the day doesn't exist there.
std::string plus_months(std::string_view iso_date, int months);

enum class WarrantyState { kUnknown, kIn, kOut };
std::string_view warranty_name(WarrantyState state);  // "unknown", "in", "out"
// In warranty up to and including the last day; unknown without a date.
WarrantyState warranty_state(std::string_view warranty_until, std::string_view today);

// Registers the hooks of entity "asset": a new device gets a QR token (128 random bits); without
// warranty_until it gets installation (else purchase) date + the product's warranty_months, and so
// again when those dates change and nobody wrote the warranty date himself.
void register_asset_hooks(schema::Records& records);
}  // namespace hougu::service
