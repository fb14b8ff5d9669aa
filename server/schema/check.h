// `hougu check`: does the database hold what its definitions say?
#pragma once

#include <string>
#include <vector>

#include "schema/definition.h"
#include "store/database.h"

namespace hougu::schema {

struct Finding {
  std::string code;        // "check.table_missing", … ; its text is the message key
  std::string place;       // "ticket", "ticket.customer", an index
  std::int64_t count = 0;  // of rows, where it is about rows
};

// Everything that doesn't fit; an empty list is a sound database. Reads all tables: minutes on
// millions of records. Codes: check.table_missing, check.column_missing, check.column_unknown,
// check.index_missing, check.index_unknown, check.orphan_reference, check.orphan_row,
// check.event_without_record, check.record_without_event, check.search_unknown,
// check.search_missing.
Result<std::vector<Finding>> check_database(store::Transaction& tx);
}  // namespace hougu::schema
