#include "store/introspection.h"

namespace hougu::store {

Result<Structure> structure(Transaction& tx) {
  const bool sqlite = tx.dialect() == Dialect::kSqlite;
  Structure out;
  HOUGU_CHECK(tx.each(
      sqlite ? "SELECT m.name, p.name FROM sqlite_master m JOIN pragma_table_info(m.name) p "
               "WHERE m.type = 'table'"
             : "SELECT table_name::text, column_name::text FROM information_schema.columns "
               "WHERE table_schema = current_schema()",
      {}, [&](const Row& row) {
        out.columns[std::string(row.text(0))].insert(std::string(row.text(1)));
        return true;
      }));
  HOUGU_CHECK(tx.each(sqlite ? "SELECT name, tbl_name FROM sqlite_master WHERE type = 'index'"
                             : "SELECT indexname::text, tablename::text FROM pg_indexes "
                               "WHERE schemaname = current_schema()",
                      {}, [&](const Row& row) {
                        out.indexes[std::string(row.text(0))] = row.text(1);
                        return true;
                      }));
  return out;
}

std::string search_table_name(std::string_view table) { return std::string(table) + "_search"; }
std::string_view search_key(Dialect dialect) {
  return dialect == Dialect::kSqlite ? "rowid" : "rid";
}
}  // namespace hougu::store
