// The first pass of an import: turns the cells of a row into the values of a record and finds what
// is wrong with them, without writing anything.
#pragma once

#include <boost/unordered/unordered_flat_set.hpp>
#include <string>
#include <vector>

#include "schema/exchange/checked_rows.h"
#include "schema/exchange/import_plan.h"
#include "schema/exchange/references.h"
#include "schema/exchange/table_reader.h"
#include "schema/fields/field_type.h"
#include "schema/records.h"

namespace hougu::exchange {

class RowChecker {
 public:
  RowChecker(schema::Records& records, const schema::Catalog& catalog,
             const schema::EntityDefinition& entity, const ImportPlan& plan,
             const identity::Principal& who, schema::CellText how);

  struct Outcome {
    CheckedRow row;
    std::vector<RowFault> faults;  // empty: the row may be written
  };
  // Inside a read transaction. Empty cells say nothing: a new record gets the default, an existing
  // one keeps what it has. Errors are failures of the whole import.
  Result<Outcome> check(store::Transaction& tx, std::int64_t number, const Cells& cells);

  // Around the rows of one read transaction: what a transaction that is run again remembered of
  // them is forgotten first.
  void begin_slice();
  void end_slice() { recent_.clear(); }

  // The record that a row's match fields name, now. Faults: "import.ambiguous",
  // "import.match_empty".
  Result<std::optional<Id>> find_existing(store::Transaction& tx, const json::object& values) const;

 private:
  Result<void> read_cells(store::Transaction& tx, const Cells& cells, Outcome& out);
  Result<void> read_cell(store::Transaction& tx, const schema::FieldDefinition& field,
                         const std::string& text, Outcome& out);
  void validate(const schema::FieldDefinition& field, const json::value& value,
                const std::string& text, Outcome& out) const;
  Result<void> match(store::Transaction& tx, Outcome& out);
  void require_fields(Outcome& out) const;
  Result<void> check_unique(store::Transaction& tx, Outcome& out);
  Result<std::optional<Id>> find(store::Transaction& tx, const std::vector<std::string>& fields,
                                 const json::object& values, bool& several) const;

  schema::Records& records_;
  const schema::EntityDefinition& entity_;
  const ImportPlan& plan_;
  const identity::Principal& who_;
  const schema::CellText how_;
  References references_;
  std::vector<std::vector<std::string>> unique_;  // sets of fields, all of them in the table
  bool seen_before(const std::string& key);

  boost::unordered_flat_set<std::size_t> seen_;  // hashes of unique values in earlier rows
  std::vector<std::size_t> recent_;              // those of the slice at hand
};
}  // namespace hougu::exchange
