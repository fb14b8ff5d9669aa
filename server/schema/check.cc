#include "schema/check.h"

#include <algorithm>

#include "schema/fields/field_type.h"
#include "schema/plan.h"
#include "schema/stored.h"
#include "store/introspection.h"

namespace hougu::schema {
namespace {

using store::quoted;

constexpr std::string_view kSystem[] = {"rid",        "id",         "version",    "created_at",
                                        "created_by", "updated_at", "updated_by", "deleted_at"};

class Checker {
 public:
  explicit Checker(store::Transaction& tx) : tx_(tx) {}

  Result<std::vector<Finding>> run() {
    HOUGU_TRY(const auto entities, read_definitions(tx_));
    HOUGU_TRY(structure_, store::structure(tx_));
    for (const auto& entity : entities) {
      if (!tables(*entity)) continue;  // nothing to read
      HOUGU_CHECK(references(*entity));
      HOUGU_CHECK(rows(*entity));
      HOUGU_CHECK(events(*entity));
      HOUGU_CHECK(search(*entity));
    }
    return std::move(found_);
  }

 private:
  bool table(const std::string& name, const std::set<std::string>& wanted, bool exact) {
    const auto it = structure_.columns.find(name);
    if (it == structure_.columns.end()) {
      found_.push_back({"check.table_missing", name});
      return false;
    }
    bool whole = true;
    for (const auto& column : wanted) {
      if (it->second.count(column) != 0) continue;
      found_.push_back({"check.column_missing", name + "." + column});
      whole = false;
    }
    for (const auto& column : it->second)
      if (exact && wanted.count(column) == 0)
        found_.push_back({"check.column_unknown", name + "." + column});
    return whole;
  }

  bool tables(const EntityDefinition& entity) {
    std::set<std::string> columns(std::begin(kSystem), std::end(kSystem));
    bool whole = true;
    for (const auto& field : entity.fields) {
      for (const auto& column : columns_of(field)) columns.insert(column.name);
      if (field.type->storage() == Storage::kLinks)
        whole = table(link_table(entity, field), {"owner", "target", "position"}, true) && whole;
      if (field.type->storage() == Storage::kRows) {
        std::set<std::string> own = {"id", "owner", "position"};
        for (const auto& child : field.fields)
          for (const auto& column : columns_of(child)) own.insert(column.name);
        whole = table(child_table(entity, field), own, true) && whole;
      }
    }
    whole = table(entity.table(), columns, true) && whole;
    if (structure_.columns.count(store::search_table_name(entity.table())) == 0) {
      found_.push_back({"check.table_missing", store::search_table_name(entity.table())});
      whole = false;
    }
    indexes(entity);
    return whole;
  }

  void indexes(const EntityDefinition& entity) {
    std::set<std::string> wanted;
    for (const auto& index : entity.plan->indexes) {
      wanted.insert(index.name);
      if (structure_.indexes.count(index.name) == 0)
        found_.push_back({"check.index_missing", index.name});
    }
    for (const auto& [name, table] : structure_.indexes) {
      const bool ours = name.starts_with("i_") || name.starts_with("u_");
      if (table == entity.table() && ours && wanted.count(name) == 0)
        found_.push_back({"check.index_unknown", name});
    }
  }

  Result<void> count(const std::string& from_where, std::string code, std::string place) {
    HOUGU_TRY(const auto rows, tx_.first("SELECT count(*) FROM " + from_where, {},
                                         [](const store::Row& row) { return row.integer(0); }));
    if (rows.value_or(0) > 0) found_.push_back({std::move(code), std::move(place), *rows});
    return {};
  }

  static std::string target_table(const FieldDefinition& field) {
    switch (field.type->reference()) {
      case Reference::kUser:
        return "org_user";
      case Reference::kTeam:
        return "org_unit";
      default:
        return "r_" + field.target;
    }
  }

  Result<void> references(const EntityDefinition& entity) {
    for (const auto& field : entity.fields) {
      const auto place = entity.name + "." + field.name;
      const bool leads = field.type->reference() != Reference::kNone;
      const auto missing = [&](const std::string& table, const std::string& column,
                               const FieldDefinition& of) {
        return quoted(table) + " x WHERE x." + quoted(column) +
               " IS NOT NULL AND NOT EXISTS (SELECT 1 FROM " + quoted(target_table(of)) +
               " y WHERE y.id = x." + quoted(column) + ")";
      };
      if (leads && field.type->storage() == Storage::kColumns)
        HOUGU_CHECK(
            count(missing(entity.table(), field.name, field), "check.orphan_reference", place));
      if (leads && field.type->storage() == Storage::kLinks)
        HOUGU_CHECK(count(missing(link_table(entity, field), "target", field),
                          "check.orphan_reference", place));
      for (const auto& child : field.fields)
        if (child.type->reference() != Reference::kNone)
          HOUGU_CHECK(count(missing(child_table(entity, field), child.name, child),
                            "check.orphan_reference", place + "." + child.name));
    }
    return {};
  }

  // Rows of link and child tables whose record is gone.
  Result<void> rows(const EntityDefinition& entity) {
    for (const auto& field : entity.fields) {
      if (field.type->storage() == Storage::kColumns) continue;
      const auto table = field.type->storage() == Storage::kLinks ? link_table(entity, field)
                                                                  : child_table(entity, field);
      HOUGU_CHECK(count(quoted(table) + " x WHERE NOT EXISTS (SELECT 1 FROM " +
                            quoted(entity.table()) + " t WHERE t.id = x.owner)",
                        "check.orphan_row", entity.name + "." + field.name));
    }
    return {};
  }

  Result<void> events(const EntityDefinition& entity) {
    const auto table = quoted(entity.table());
    HOUGU_CHECK(count("event e WHERE e.entity = '" + entity.name +
                          "' AND e.type NOT IN ('entity.published', 'entity.removed') AND NOT "
                          "EXISTS (SELECT 1 FROM " +
                          table + " t WHERE t.id = e.record)",
                      "check.event_without_record", entity.name));
    return count(table + " t WHERE NOT EXISTS (SELECT 1 FROM event e WHERE e.record = t.id)",
                 "check.record_without_event", entity.name);
  }

  // Numbers, serials and telephones always have words; of other texts one can't know.
  Result<void> search(const EntityDefinition& entity) {
    const auto index = quoted(store::search_table_name(entity.table()));
    const std::string key(store::search_key(tx_.dialect()));
    const auto table = quoted(entity.table());
    HOUGU_CHECK(count(
        index + " s WHERE NOT EXISTS (SELECT 1 FROM " + table + " t WHERE t.rid = s." + key + ")",
        "check.search_unknown", entity.name));
    std::string worded;
    for (const auto& name : entity.search) {
      const auto* field = entity.field(name);
      const auto type = field->type->name();
      if (type != "auto_number" && type != "serial" && type != "phone") continue;
      worded += (worded.empty() ? "t." : " OR t.") + quoted(name) + " IS NOT NULL";
    }
    if (worded.empty()) return {};
    return count(table + " t WHERE (" + worded + ") AND NOT EXISTS (SELECT 1 FROM " + index +
                     " s WHERE s." + key + " = t.rid)",
                 "check.search_missing", entity.name);
  }

  store::Transaction& tx_;
  store::Structure structure_;
  std::vector<Finding> found_;
};
}  // namespace

Result<std::vector<Finding>> check_database(store::Transaction& tx) { return Checker(tx).run(); }
}  // namespace hougu::schema
