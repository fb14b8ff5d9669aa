#include "schema/alter.h"

#include <algorithm>

#include "base/hash.h"
#include "schema/calendar.h"
#include "schema/fields/field_type.h"
#include "schema/plan.h"

namespace hougu::schema {
namespace {

using store::quoted;

std::string type_of(store::Dialect dialect, store::ColumnType type) {
  return std::string(store::column_type(dialect, type));
}

std::string create_index_sql(const EntityDefinition& entity, const IndexPlan& index) {
  auto sql = store::create_index(index.name, entity.table(), index.columns, index.unique);
  if (!index.not_null) return sql;
  sql.erase(sql.rfind(';'));
  return sql + " AND " + quoted(index.columns[0]) + " IS NOT NULL;\n";
}

std::string own_index(std::string_view table, std::string_view columns) {
  return quoted("x_" + sha256_hex(std::string(table) + "," + std::string(columns)).substr(0, 12)) +
         " ON " + quoted(table) + " (" + std::string(columns) + ")";
}

std::string create_link_table(store::Dialect dialect, const std::string& table) {
  const auto id = type_of(dialect, store::ColumnType::kId);
  return "CREATE TABLE " + quoted(table) + " (owner " + id + " NOT NULL, target " + id +
         " NOT NULL, position " + type_of(dialect, store::ColumnType::kInteger) +
         " NOT NULL, PRIMARY KEY (owner, target));\nCREATE INDEX " + own_index(table, "target") +
         ";\n";
}

std::string create_child_table(store::Dialect dialect, const std::string& table,
                               const FieldDefinition& field) {
  const auto id = type_of(dialect, store::ColumnType::kId);
  std::string sql = "CREATE TABLE " + quoted(table) + " (id " + id + " PRIMARY KEY, owner " + id +
                    " NOT NULL, position " + type_of(dialect, store::ColumnType::kInteger) +
                    " NOT NULL";
  for (const auto& child : field.fields)
    for (const auto& column : columns_of(child))
      sql += ", " + quoted(column.name) + " " + type_of(dialect, column.type);
  return sql + ");\nCREATE INDEX " + own_index(table, "owner, position") + ";\n";
}

// The table that a field has for itself; "" for fields in the record's table.
std::string own_table(const EntityDefinition& entity, const FieldDefinition& field) {
  switch (field.type->storage()) {
    case Storage::kLinks:
      return link_table(entity, field);
    case Storage::kRows:
      return child_table(entity, field);
    case Storage::kColumns:
      return {};
  }
  return {};
}

std::string create_own_table(store::Dialect dialect, const EntityDefinition& entity,
                             const FieldDefinition& field) {
  const auto table = own_table(entity, field);
  return field.type->storage() == Storage::kLinks ? create_link_table(dialect, table)
                                                  : create_child_table(dialect, table, field);
}

std::string scaled_update(const std::string& table, const FieldDefinition& before,
                          const FieldDefinition& after) {
  const auto scale = [](const FieldDefinition& field) {
    const auto type = field.type->name();
    return type == "number" || type == "money" ? setting(field, "scale", 2) : 0;
  };
  const auto by = scale(after) - scale(before);
  if (by <= 0 || after.type->columns().empty() ||
      after.type->columns()[0].type != store::ColumnType::kInteger)
    return {};
  const auto column = quoted(after.name);
  return "UPDATE " + quoted(table) + " SET " + column + " = " + column + " * 1" +
         std::string(static_cast<std::size_t>(by), '0') + " WHERE " + column + " IS NOT NULL;\n";
}

// Columns of `before` to those of `after` in one table.
std::string alter_columns(store::Dialect dialect, const std::string& table,
                          const std::vector<FieldDefinition>& before,
                          const std::vector<FieldDefinition>& after) {
  const auto find_in = [](const std::vector<FieldDefinition>& fields, std::string_view name) {
    return std::find_if(fields.begin(), fields.end(),
                        [&](const FieldDefinition& field) { return field.name == name; });
  };
  std::string sql;
  for (const auto& field : before) {
    if (find_in(after, field.name) != after.end()) continue;
    for (const auto& column : columns_of(field)) sql += store::drop_column(table, column.name);
  }
  for (const auto& field : after) {
    const auto old = find_in(before, field.name);
    if (old == before.end()) {
      for (const auto& column : columns_of(field)) sql += store::add_column(dialect, table, column);
    } else {
      sql += scaled_update(table, *old, field);
    }
  }
  return sql;
}

std::string alter_own_tables(store::Dialect dialect, const EntityDefinition& before,
                             const EntityDefinition& after) {
  std::string sql;
  for (const auto& field : before.fields) {
    const auto table = own_table(before, field);
    if (!table.empty() && after.field(field.name) == nullptr)
      sql += "DROP TABLE " + quoted(table) + ";\n";
  }
  for (const auto& field : after.fields) {
    const auto table = own_table(after, field);
    if (table.empty()) continue;
    const auto* old = before.field(field.name);
    if (old == nullptr)
      sql += create_own_table(dialect, after, field);
    else if (field.type->storage() == Storage::kRows)
      sql += alter_columns(dialect, table, old->fields, field.fields);
  }
  return sql;
}

bool has_index(const EntityPlan& plan, const IndexPlan& wanted) {
  return std::any_of(plan.indexes.begin(), plan.indexes.end(), [&](const IndexPlan& index) {
    return index.name == wanted.name && index.columns == wanted.columns;
  });
}

// A new unique rule that present records break is refused with its place.
Result<void> check_unique(store::Transaction& tx, const EntityDefinition& entity,
                          const IndexPlan& index) {
  std::string columns, present;
  for (const auto& column : index.columns) {
    columns += (columns.empty() ? "" : ", ") + quoted(column);
    present += " AND " + quoted(column) + " IS NOT NULL";
  }
  HOUGU_TRY(
      const auto repeated,
      tx.first("SELECT count(*) FROM " + quoted(entity.table()) + " WHERE deleted_at IS NULL" +
                   present + " GROUP BY " + columns + " HAVING count(*) > 1 LIMIT 1",
               {}, [](const store::Row& row) { return row.integer(0); }));
  if (!repeated) return {};
  Error error = invalid("validation");
  std::string place = "unique";
  for (std::size_t i = 0; i < entity.fields.size(); ++i)
    if (index.fields.size() == 1 && entity.fields[i].name == index.fields[0])
      place = "fields[" + std::to_string(i) + "].unique";
  error.fields.push_back({place, "definition.duplicates", {{"name", index.fields[0]}}});
  return error;
}

// The cells of a field's default; nothing when it has none or it depends on who asks.
bool default_cells(const FieldDefinition& field, Millis now, std::vector<Cell>& cells,
                   std::deque<std::string>& texts) {
  json::value value = field.default_value;
  if (value.is_null() || field.type->columns().empty() || field.type->files()) return false;
  if (value.is_string() && value.get_string().starts_with("$")) {
    const std::string_view word = value.get_string();
    if (const auto day = relative_day(word, Zone().day_at(now)))
      value = json_text(day_text(*day));
    else if (word == "$now")
      value = json_text(format_utc(now));
    else
      return false;
  }
  cells.assign(field.type->columns().size(), nullptr);
  std::vector<FieldError> faults;
  Parsing parsing{cells, texts, faults, field.name};
  field.type->parse(field, value, parsing);
  return faults.empty();
}

Result<void> fill_defaults(store::Transaction& tx, const EntityDefinition& before,
                           const EntityDefinition& after, Millis now) {
  for (const auto& field : after.fields) {
    const auto* old = before.field(field.name);
    if (!field.required || field.archived || (old != nullptr && old->required)) continue;
    std::vector<Cell> cells;
    std::deque<std::string> texts;
    if (!default_cells(field, now, cells, texts)) continue;
    const auto columns = columns_of(field);
    std::string sql = "UPDATE " + quoted(after.table()) + " SET ";
    for (std::size_t i = 0; i < columns.size(); ++i)
      sql += (i ? ", " : "") + quoted(columns[i].name) + " = $" + std::to_string(i + 1);
    sql += " WHERE " + quoted(columns[0].name) + " IS NULL";
    HOUGU_CHECK(tx.execute(sql, std::span<const Cell>(cells)));
  }
  return {};
}
}  // namespace

Result<void> create_tables(store::Transaction& tx, const EntityDefinition& entity) {
  std::vector<store::Column> columns;
  for (const auto& field : entity.fields)
    for (auto& column : columns_of(field)) columns.push_back(std::move(column));
  auto sql = store::create_record_table(tx.dialect(), entity.table(), columns);
  for (const auto& index : entity.plan->indexes) sql += create_index_sql(entity, index);
  for (const auto& field : entity.fields)
    if (!own_table(entity, field).empty()) sql += create_own_table(tx.dialect(), entity, field);
  return tx.execute_script(sql);
}

Result<void> drop_tables(store::Transaction& tx, const EntityDefinition& entity) {
  std::string sql;
  for (const auto& field : entity.fields)
    if (const auto table = own_table(entity, field); !table.empty())
      sql += "DROP TABLE " + quoted(table) + ";\n";
  return tx.execute_script(sql + store::drop_record_table(tx.dialect(), entity.table()));
}

Result<void> alter_tables(store::Transaction& tx, const EntityDefinition& before,
                          const EntityDefinition& after, Millis now) {
  std::string sql;
  for (const auto& index : before.plan->indexes)
    if (!has_index(*after.plan, index)) sql += store::drop_index(index.name);
  sql += alter_columns(tx.dialect(), after.table(), before.fields, after.fields);
  sql += alter_own_tables(tx.dialect(), before, after);
  if (!sql.empty()) HOUGU_CHECK(tx.execute_script(sql));
  HOUGU_CHECK(fill_defaults(tx, before, after, now));
  std::string indexes;
  for (const auto& index : after.plan->indexes) {
    if (has_index(*before.plan, index)) continue;
    if (index.unique) HOUGU_CHECK(check_unique(tx, after, index));
    indexes += create_index_sql(after, index);
  }
  return indexes.empty() ? Result<void>() : tx.execute_script(indexes);
}
}  // namespace hougu::schema
