#include "identity/units.h"

#include <algorithm>

#include "base/text.h"

namespace hougu::identity {
namespace {

constexpr int kMaxDepth = 12;
constexpr std::string_view kSelect =
    "SELECT u.id, u.name, u.kind, u.parent, p.name, u.code, u.phone, u.address, u.archived, "
    "u.version FROM org_unit u LEFT JOIN org_unit p ON p.id = u.parent ";

json::object unit_json(const store::Row& row) {
  return {{"id", row.id(0).text()},
          {"name", row.text(1)},
          {"kind", row.text(2)},
          {"parent", reference_json(row.optional_id(3), row.is_null(4) ? "" : row.text(4))},
          {"code", text_or_null(row, 5)},
          {"phone", text_or_null(row, 6)},
          {"address", text_or_null(row, 7)},
          {"archived", row.boolean(8)},
          {"version", row.integer(9)}};
}

struct UnitValues {
  std::string name, kind, code, phone, address;
  std::optional<Id> parent;
  bool archived = false;
};

Result<UnitValues> checked(const json::object& values) {
  Form form(values);
  UnitValues unit;
  unit.name = form.text("name", 100, true);
  unit.kind = form.one_of("kind", {"company", "department", "outlet", "team"}, true);
  unit.parent = form.reference("parent");
  unit.code = form.text("code", 50);
  unit.phone = form.text("phone", 32);
  unit.address = form.text("address", 300);
  unit.archived = form.boolean("archived", false);
  HOUGU_CHECK(form.done());
  return unit;
}

store::Param or_null(const std::string& text) {
  if (text.empty()) return nullptr;
  return std::string_view(text);
}
store::Param or_null(const std::optional<Id>& id) {
  if (!id) return nullptr;
  return *id;
}

Result<std::optional<Id>> parent_of(store::Transaction& tx, const Id& id) {
  HOUGU_TRY(auto found, tx.first("SELECT parent FROM org_unit WHERE id = $1", {id},
                                 [](const store::Row& row) { return row.optional_id(0); }));
  if (!found) return invalid("field.reference", "parent");
  return *found;
}

// The parent is there, isn't below the unit itself, and the tree doesn't grow too deep.
Result<void> check_parent(store::Transaction& tx, const std::optional<Id>& unit,
                          std::optional<Id> parent) {
  for (int depth = 0; parent; ++depth) {
    if (unit && *parent == *unit) return invalid("unit.cycle", "parent");
    if (depth >= kMaxDepth) return invalid("unit.too_deep", "parent");
    HOUGU_TRY(parent, parent_of(tx, *parent));
  }
  return {};
}

Result<void> check_code(store::Transaction& tx, const std::string& code, const Id& own) {
  if (code.empty()) return {};
  HOUGU_TRY(auto other, tx.first("SELECT id FROM org_unit WHERE code = $1", {code},
                                 [](const store::Row& row) { return row.id(0); }));
  if (!other || *other == own) return {};
  Error error = conflict("unit.code_taken", {{"code", code}});
  error.field = "code";
  return error;
}

Result<bool> exists(store::Transaction& tx, std::string_view sql, const Id& id) {
  HOUGU_TRY(auto found, tx.first(sql, {id}, [](const store::Row&) { return true; }));
  return found.has_value();
}

}  // namespace

Result<json::array> list_units(store::Transaction& tx) {
  json::array units;
  HOUGU_CHECK(
      tx.each(std::string(kSelect) + "ORDER BY u.created_at, u.id", {}, [&](const store::Row& row) {
        units.push_back(unit_json(row));
        return true;
      }));
  return units;
}

Result<json::object> read_unit(store::Transaction& tx, const Id& id) {
  HOUGU_TRY(auto unit, tx.first(std::string(kSelect) + "WHERE u.id = $1", {id}, unit_json));
  if (!unit) return not_found();
  return std::move(*unit);
}

Result<json::object> create_unit(const Context& context, const json::object& values) {
  HOUGU_TRY(const auto unit, checked(values));
  const Id id = context.ids.next();
  HOUGU_CHECK(check_parent(context.tx, std::nullopt, unit.parent));
  HOUGU_CHECK(check_code(context.tx, unit.code, id));
  HOUGU_CHECK(context.tx.execute(
      "INSERT INTO org_unit (id, name, kind, parent, code, phone, address, archived, version, "
      "created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9)",
      {id, unit.name, unit.kind, or_null(unit.parent), or_null(unit.code), or_null(unit.phone),
       or_null(unit.address), unit.archived, context.now}));
  HOUGU_TRY(auto created, read_unit(context.tx, id));
  HOUGU_CHECK(leave_event(context, "unit", "created", id, 1, changes_between({}, created)));
  return created;
}

Result<json::object> update_unit(const Context& context, const Id& id, const json::object& values) {
  HOUGU_TRY(const auto before, read_unit(context.tx, id));
  json::object wanted = before;
  for (const auto& [key, value] : values) wanted[key] = value;
  HOUGU_TRY(const auto unit, checked(wanted));
  HOUGU_CHECK(check_parent(context.tx, id, unit.parent));
  HOUGU_CHECK(check_code(context.tx, unit.code, id));
  HOUGU_CHECK(context.tx.execute(
      "UPDATE org_unit SET name = $2, kind = $3, parent = $4, code = $5, phone = $6, address = $7, "
      "archived = $8, version = version + 1 WHERE id = $1",
      {id, unit.name, unit.kind, or_null(unit.parent), or_null(unit.code), or_null(unit.phone),
       or_null(unit.address), unit.archived}));
  HOUGU_TRY(auto after, read_unit(context.tx, id));
  HOUGU_CHECK(leave_event(context, "unit", "updated", id, after.at("version").as_int64(),
                          changes_between(before, after)));
  return after;
}

Result<void> remove_unit(const Context& context, const Id& id) {
  HOUGU_TRY(const auto before, read_unit(context.tx, id));
  for (const std::string_view sql :
       {"SELECT 1 FROM org_unit WHERE parent = $1", "SELECT 1 FROM org_membership WHERE unit = $1",
        "SELECT 1 FROM org_user WHERE unit = $1"}) {
    HOUGU_TRY(const bool used, exists(context.tx, sql, id));
    if (used) return conflict("unit.in_use");
  }
  auto removed = context.tx.execute_counted("DELETE FROM org_unit WHERE id = $1", {id});
  if (!removed.ok() && removed.error().code == "record.referenced") return conflict("unit.in_use");
  HOUGU_CHECK(removed);
  return leave_event(context, "unit", "deleted", id, before.at("version").as_int64(), {},
                     {{"name", before.at("name")}});
}

Result<std::vector<Id>> units_and_below(store::Transaction& tx, const std::vector<Id>& units) {
  std::vector<std::pair<Id, Id>> edges;  // parent, child
  HOUGU_CHECK(tx.each("SELECT parent, id FROM org_unit WHERE parent IS NOT NULL", {},
                      [&](const store::Row& row) {
                        edges.emplace_back(row.id(0), row.id(1));
                        return true;
                      }));
  std::sort(edges.begin(), edges.end());
  std::vector<Id> all = units;
  for (std::size_t i = 0; i < all.size(); ++i) {
    const Id parent = all[i];
    for (auto at = std::lower_bound(edges.begin(), edges.end(), std::pair(parent, Id{}));
         at != edges.end() && at->first == parent; ++at) {
      if (std::find(all.begin(), all.end(), at->second) == all.end()) all.push_back(at->second);
    }
  }
  return all;
}

Result<json::array> lookup_units(store::Transaction& tx, std::string_view typed, int limit) {
  const std::string wanted = folded(trimmed(typed));
  json::array items;
  HOUGU_CHECK(tx.each(std::string(kSelect) + "WHERE u.archived = $1 ORDER BY u.name, u.id", {false},
                      [&](const store::Row& row) {
                        const std::string code(row.is_null(5) ? "" : row.text(5));
                        if (folded(row.text(1)).find(wanted) == std::string::npos &&
                            folded(code).find(wanted) == std::string::npos) {
                          return true;
                        }
                        items.push_back({{"id", row.id(0).text()},
                                         {"title", row.text(1)},
                                         {"hint", text_or_null(row, 4)}});
                        return items.size() < static_cast<std::size_t>(limit);
                      }));
  return items;
}

}  // namespace hougu::identity
