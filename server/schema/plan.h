// What is worked out once per published definition, so that reading and writing records builds no
// text twice: columns, statements, indexes.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "schema/definition.h"
#include "store/dialect.h"

namespace hougu::schema {

// Positions of the system columns in every select_list.
enum SystemColumn {
  kRid,
  kId,
  kVersion,
  kCreatedAt,
  kCreatedBy,
  kUpdatedAt,
  kUpdatedBy,
  kDeletedAt,
  kSystemColumns
};

struct FieldSlot {
  int field = 0;   // index into EntityDefinition::fields
  int column = 0;  // first of its columns, in EntityPlan::columns
  int count = 0;   // 0 for link and child tables
};

struct IndexPlan {
  std::string name;
  std::vector<std::string> fields;   // names of fields or system columns
  std::vector<std::string> columns;  // physical
  bool unique = false;
  bool not_null = false;  // holds only rows whose first column has a value
};

struct EntityPlan {
  std::vector<FieldSlot> slots;        // of the fields that aren't archived
  std::vector<store::Column> columns;  // of those fields
  // "t.rid, t.id, …, t."phone", …": system columns, then `columns`.
  std::string select_list;
  // INSERT with $1…: id, version, created_at, created_by, updated_at, updated_by, `columns`.
  std::string insert_sql;
  std::string get_sql;  // select_list where id = $1
  std::vector<IndexPlan> indexes;
  bool has_links = false, has_rows = false;  // any relation_many / child_table field

  const FieldSlot* slot(const EntityDefinition& entity, std::string_view field) const;
};

std::shared_ptr<const EntityPlan> make_plan(const EntityDefinition& entity);

// Physical names.
std::vector<store::Column> columns_of(const FieldDefinition& field);
std::string link_table(const EntityDefinition& entity, const FieldDefinition& field);
std::string child_table(const EntityDefinition& entity, const FieldDefinition& field);
// The column that conditions and indexes use for a field or system column of this name; "" when it
// has none.
std::string index_column(const EntityDefinition& entity, std::string_view field);
}  // namespace hougu::schema
