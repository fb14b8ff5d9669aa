// What tables, columns and indexes a database really has, for checks against what it should have.
#pragma once

#include <map>
#include <set>
#include <string>

#include "store/database.h"

namespace hougu::store {

struct Structure {
  std::map<std::string, std::set<std::string>> columns;  // by table
  std::map<std::string, std::string> indexes;            // index -> table
};
Result<Structure> structure(Transaction& tx);

// Name and key column of a record table's search index (dialect.h).
std::string search_table_name(std::string_view table);
std::string_view search_key(Dialect dialect);
}  // namespace hougu::store
