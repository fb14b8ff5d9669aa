// The few places where SQL differs, as functions that return text.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "store/database.h"

namespace hougu::store {

// Column types of records. Datetimes are kInteger (epoch ms), decimals kInteger (scaled), dates
// kText (ISO), JSON kText in SQLite and jsonb in PostgreSQL.
enum class ColumnType { kId, kInteger, kReal, kText, kBoolean, kJson };
std::string_view column_type(Dialect dialect, ColumnType type);

// "name" quoted for both; asserts that it is a plain identifier [a-z][a-z0-9_]{0,50}.
std::string quoted(std::string_view identifier);

struct Column {
  std::string name;
  ColumnType type;
};

// DDL of a record table: rid (integer key, grows in order of creation), id (unique), version,
// created_at, created_by, updated_at, updated_by, deleted_at, `columns`, and its search index
// "<table>_search" (SQLite: contentless FTS5 table with rowid = rid; PostgreSQL: table of rid and
// tsvector with GIN, beside the record so that its many indexes aren't written twice).
std::string create_record_table(Dialect dialect, std::string_view table,
                                const std::vector<Column>& columns);
std::string add_column(Dialect dialect, std::string_view table, const Column& column);
std::string drop_column(std::string_view table, std::string_view column);
std::string drop_record_table(Dialect dialect, std::string_view table);
// Indexes are partial on deleted_at IS NULL; every list query carries that condition.
std::string create_index(std::string_view name, std::string_view table,
                         const std::vector<std::string>& columns, bool unique);
std::string drop_index(std::string_view name);

// Condition "the record's search words match parameter $n" (made by search_query()); `alias` names
// the record table in the query. With `newest` > 0 only that many matches, the newest ones, are
// looked at: a word that stands in half of a million records then costs no more than a rare one.
std::string search_condition(Dialect dialect, std::string_view table, std::string_view alias, int n,
                             int newest = 0);
}  // namespace hougu::store
