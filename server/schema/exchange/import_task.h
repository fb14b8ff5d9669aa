// One import from beginning to end, on the caller's thread: a first pass reads and checks every row
// outside of any write, a second one writes those that are good. "stop": nothing is written when a
// row is bad, and all of them are written in one transaction; other writes wait for it on SQLite
// (100,000 devices take some seconds). "skip": 200 rows in a transaction, bad ones left out.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "schema/exchange/import_progress.h"
#include "schema/exchange/row_checker.h"
#include "store/database.h"

namespace hougu::exchange {

struct ImportContext {
  store::Database& database;
  schema::Schema& schema;
  schema::Records& records;
  std::string work_folder;
  schema::CellText how;               // of the caller's language and the organisation's zone
  std::function<void()> on_progress;  // called now and then, on the thread of run()
};

struct ImportOutcome {
  std::unique_ptr<BadRows> bad;  // rewound
  bool written = true;           // false: "stop" and a row was bad
};

class ImportTask {
 public:
  ImportTask(const ImportContext& context, const TableFile& file, ImportPlan plan,
             identity::Principal who, const Id& import_id, ImportProgress& progress);

  // Errors are failures of the whole: "import.cancelled", those of the file (table_reader.h),
  // "storage.full", "database.…", "import.entity_changed". With "stop" nothing has been written
  // then; with "skip" what was done stays.
  Result<ImportOutcome> run();

 private:
  Result<void> check_all();
  Result<bool> check_some(TableReader& reader, RowChecker& checker);
  Result<void> add_bad(BadRow row);
  Result<void> write_all();
  Result<void> write_everything();
  Result<void> write_at_once(bool exact, std::optional<BadRow>& bad);
  Result<void> write_in_batches();
  Result<void> write_batch(std::span<const CheckedRow> rows);
  Result<void> write_row(store::Transaction& tx, const CheckedRow& row, bool& created);
  Result<void> write_waiting(store::Verb verb);
  Result<void> stop_if_cancelled() const;

  const ImportContext& context_;
  const TableFile& file_;
  const ImportPlan plan_;
  const identity::Principal who_;
  const Id import_;
  ImportProgress& progress_;
  std::shared_ptr<const schema::Catalog> catalog_;
  const schema::EntityDefinition* entity_ = nullptr;
  std::unique_ptr<RowChecker> checker_;
  std::unique_ptr<CheckedRows> good_;
  std::unique_ptr<BadRows> bad_;
};
}  // namespace hougu::exchange
