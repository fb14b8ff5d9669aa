// Imports of this node: takes uploaded tables in, runs one import at a time on a thread of its own,
// tells how far it is, keeps uploads and results for a week. Thread-safe. Owned by app/, which
// starts it after the schema was loaded.
#pragma once

#include <atomic>
#include <condition_variable>
#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>

#include "base/messages.h"
#include "schema/exchange/import_job.h"
#include "schema/exchange/import_plan.h"
#include "schema/exchange/import_progress.h"
#include "schema/records.h"

namespace hougu::exchange {

constexpr std::uint64_t kMaxTableBytes = 100u << 20;

class ImportRunner {
 public:
  ImportRunner(store::Database& database, schema::Schema& schema, schema::Records& records,
               const Clock& clock, IdSource& ids, const Messages& messages,
               const std::string& data_folder);  // uploads and results go to <data>/imports
  // Stops the running import: it becomes failed, "import.interrupted".
  ~ImportRunner();
  ImportRunner(const ImportRunner&) = delete;
  ImportRunner& operator=(const ImportRunner&) = delete;

  // Makes the folder, marks what a crash interrupted as failed, starts the threads.
  Result<void> start();

  // Looks into the table file at `path` (on the data folder's file system; taken over) and keeps
  // it. `done` is called on a thread of the runner with the answer of POST /import (docs/api.md).
  struct Table {
    std::string path, file_name, entity;
    identity::Principal who;
  };
  void prepare(Table table, std::function<void(Result<json::object>)> done);

  // POST /import/{id}/start: from ready to running. Errors: those of read_plan(),
  // "import.not_ready", "import.other_node" (another server took the file).
  Result<json::object> begin(store::Transaction& tx, const identity::Principal& who, const Id& id,
                             const json::object& body);
  // GET /import/{id}. Everybody sees his own only.
  Result<json::object> state(store::Transaction& tx, const identity::Principal& who, const Id& id,
                             Locale locale);
  // DELETE /import/{id}: stop() first, which tells a running import at once, because on SQLite the
  // transaction of cancel() waits behind an all-or-nothing import; then cancel(), which ends those
  // that are ready or wait for their turn.
  void stop(const identity::Principal& who, const Id& id);
  Result<json::object> cancel(store::Transaction& tx, const identity::Principal& who, const Id& id);
  // The table of bad rows; kNotFound "import.no_result" when there were none (or not yet).
  Result<std::string> result_path(store::Transaction& tx, const identity::Principal& who,
                                  const Id& id);

 private:
  struct Run {
    Id id;
    ImportPlan plan;
    identity::Principal who;
  };
  using Work = std::function<void()>;

  void work_on_tables();
  void work_on_runs();
  Result<json::object> look_into(const Table& table);
  void run(const Run& run);
  Result<void> finish(ImportJob& job, const Run& run, const std::string& time_zone);
  void save(const ImportJob& job);
  void announce(const Id& id, const identity::Principal& who, ImportJob::State state);
  void forget_old();
  Result<ImportJob> own_job(store::Transaction& tx, const identity::Principal& who, const Id& id);
  json::object answer(const ImportJob& job, Locale locale) const;
  void add_live(const Id& id, ImportJob& job) const;
  std::string result_of(const ImportJob& job) const;

  store::Database& database_;
  schema::Schema& schema_;
  schema::Records& records_;
  const Clock& clock_;
  IdSource& ids_;
  const Messages& messages_;
  const std::string folder_;
  std::string node_;

  mutable std::mutex mutex_;
  std::condition_variable wake_;
  std::atomic<bool> stopping_ = false;
  std::deque<Work> tables_;
  std::deque<Run> runs_;
  Id running_, running_for_;                  // nil: none; whose it is
  std::shared_ptr<ImportProgress> progress_;  // of the running one
  std::thread table_thread_, run_thread_;
};
}  // namespace hougu::exchange
