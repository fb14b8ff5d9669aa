#include "service/assets/assets.h"

#include <date/date.h>
#include <date/tz.h>

#include <charconv>

#include "base/hash.h"

namespace hougu::service {
namespace {

using identity::Principal;
using schema::Change;
using schema::ChangeKind;

std::string_view text_of(const json::object& values, std::string_view field) {
  return find_string(values, field).value_or(std::string_view{});
}

// The value that the record will have after the write.
std::string effective(const Change& change, std::string_view field) {
  if (change.values->contains(field)) return std::string(text_of(*change.values, field));
  return change.before ? std::string(change.before->text(field)) : std::string();
}

std::optional<Id> effective_reference(const Change& change, std::string_view field) {
  if (const auto* value = find(*change.values, field)) {
    if (value->is_string()) return Id::parse(value->as_string());
    if (const auto* object = value->if_object()) return Id::parse(text_of(*object, "id"));
    return std::nullopt;
  }
  return change.before ? change.before->reference(field) : std::nullopt;
}

Result<std::string> computed_warranty(schema::Records& records, store::Transaction& tx,
                                      const Change& change) {
  auto start = effective(change, "installed_on");
  if (start.empty()) start = effective(change, "purchased_on");
  const auto product = effective_reference(change, "product");
  if (start.empty() || !product) return std::string();
  auto found = records.get(tx, Principal::system(), "product", *product);
  if (!found.ok()) return std::string();  // the field's own check names a missing product
  const auto months = find_integer(found->values, "warranty_months").value_or(0);
  return months > 0 ? plus_months(start, static_cast<int>(months)) : std::string();
}

Result<void> fill_device(schema::Records& records, store::Transaction& tx, Change& change) {
  if (change.kind == ChangeKind::kCreated && !change.values->contains("qr_token"))
    (*change.values)["qr_token"] = random_token(16);
  if (change.kind != ChangeKind::kCreated && change.kind != ChangeKind::kUpdated) return {};
  if (!text_of(*change.values, "warranty_until").empty()) return {};
  const bool dates_change = change.values->contains("installed_on") ||
                            change.values->contains("purchased_on") ||
                            change.values->contains("warranty_until");
  if (change.kind == ChangeKind::kUpdated && !dates_change) return {};
  HOUGU_TRY(const auto until, computed_warranty(records, tx, change));
  if (!until.empty()) (*change.values)["warranty_until"] = until;
  return {};
}
}  // namespace

std::string local_date(Millis time, std::string_view zone) {
  using namespace std::chrono;
  const date::sys_time<milliseconds> utc{milliseconds(time)};
  try {
    const auto local = date::locate_zone(std::string(zone))->to_local(utc);
    return date::format("%F", date::floor<date::days>(local));
  } catch (const std::exception&) {  // no such zone on this machine
    return date::format("%F", date::floor<date::days>(utc));
  }
}

std::string plus_months(std::string_view iso_date, int months) {
  int y = 0;
  unsigned m = 0, d = 0;
  const auto number = [&](std::size_t at, std::size_t count, auto& out) {
    return iso_date.size() >= at + count &&
           std::from_chars(iso_date.data() + at, iso_date.data() + at + count, out).ec ==
               std::errc{};
  };
  if (!number(0, 4, y) || !number(5, 2, m) || !number(8, 2, d)) return {};
  auto day = date::year{y} / date::month{m} / date::day{d};
  if (!day.ok()) return {};
  day += date::months{months};
  if (!day.ok()) day = day.year() / day.month() / date::last;
  return date::format("%F", date::sys_days{day});
}

std::string_view warranty_name(WarrantyState state) {
  switch (state) {
    case WarrantyState::kIn:
      return "in";
    case WarrantyState::kOut:
      return "out";
    case WarrantyState::kUnknown:
      break;
  }
  return "unknown";
}

WarrantyState warranty_state(std::string_view warranty_until, std::string_view today) {
  if (warranty_until.empty()) return WarrantyState::kUnknown;
  return warranty_until >= today ? WarrantyState::kIn : WarrantyState::kOut;
}

void register_asset_hooks(schema::Records& records) {
  records.before_write(
      "asset",
      [&records](store::Transaction& tx, const Principal&, Change& change) -> Result<void> {
        return fill_device(records, tx, change);
      });
}
}  // namespace hougu::service
