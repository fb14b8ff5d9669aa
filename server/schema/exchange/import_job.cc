#include "schema/exchange/import_job.h"

#include <array>

namespace hougu::exchange {
namespace {

constexpr store::Migration kMigrations[] = {
    {410, "import_jobs", R"(
CREATE TABLE import_job (
  id {id} NOT NULL PRIMARY KEY,
  owner {id} NOT NULL,
  entity {text} NOT NULL,
  file_name {text} NOT NULL,
  path {text} NOT NULL,
  node {text} NOT NULL,
  state {text} NOT NULL,
  row_count {int} NOT NULL,
  done {int} NOT NULL,
  created {int} NOT NULL,
  updated {int} NOT NULL,
  failed {int} NOT NULL,
  errors {text} NOT NULL,
  error {text} NOT NULL,
  error_params {text} NOT NULL,
  created_at {int} NOT NULL
);
CREATE INDEX import_job_by_age ON import_job (created_at);
)"},
};

constexpr std::array<std::string_view, 5> kStates = {"ready", "running", "done", "failed",
                                                     "cancelled"};

ImportJob::State state_of(std::string_view name) {
  for (std::size_t i = 0; i < kStates.size(); ++i) {
    if (kStates[i] == name) return static_cast<ImportJob::State>(i);
  }
  return ImportJob::State::kFailed;
}

ImportJob read_row(const store::Row& row) {
  ImportJob job;
  job.id = row.id(0);
  job.owner = row.id(1);
  job.entity = row.text(2);
  job.file_name = row.text(3);
  job.path = row.text(4);
  job.node = row.text(5);
  job.state = state_of(row.text(6));
  job.rows = row.integer(7);
  job.done = row.integer(8);
  job.created = row.integer(9);
  job.updated = row.integer(10);
  job.failed = row.integer(11);
  if (auto errors = parse_json(row.text(12)); errors.ok() && errors->is_array()) {
    job.errors = std::move(errors->as_array());
  }
  job.error = row.text(13);
  if (auto params = parse_json(row.text(14)); params.ok() && params->is_object()) {
    job.error_params = std::move(params->as_object());
  }
  job.created_at = row.integer(15);
  return job;
}
}  // namespace

std::span<const store::Migration> exchange_migrations() { return kMigrations; }

std::string_view state_name(ImportJob::State state) {
  return kStates[static_cast<std::size_t>(state)];
}

Result<void> insert_job(store::Transaction& tx, const ImportJob& job) {
  return tx.execute(
      "INSERT INTO import_job (id, owner, entity, file_name, path, node, state, row_count, done, "
      "created, updated, failed, errors, error, error_params, created_at) "
      "VALUES ($1, $2, $3, $4, $5, $6, $7, 0, 0, 0, 0, 0, '[]', '', '{}', $8)",
      {job.id, job.owner, std::string_view(job.entity), std::string_view(job.file_name),
       std::string_view(job.path), std::string_view(job.node), state_name(job.state),
       job.created_at});
}

Result<std::optional<ImportJob>> find_job(store::Transaction& tx, const Id& id) {
  return tx.first(
      "SELECT id, owner, entity, file_name, path, node, state, row_count, done, created, updated, "
      "failed, errors, error, error_params, created_at FROM import_job WHERE id = $1",
      {id}, read_row);
}

Result<void> update_job(store::Transaction& tx, const ImportJob& job) {
  const std::string errors = json::serialize(job.errors);
  const std::string params = json::serialize(job.error_params);
  return tx.execute(
      "UPDATE import_job SET state = $1, row_count = $2, done = $3, created = $4, updated = $5, "
      "failed = $6, errors = $7, error = $8, error_params = $9 WHERE id = $10",
      {state_name(job.state), job.rows, job.done, job.created, job.updated, job.failed,
       std::string_view(errors), std::string_view(job.error), std::string_view(params), job.id});
}

Result<bool> begin_job(store::Transaction& tx, const Id& id) {
  HOUGU_TRY(const auto changed,
            tx.execute_counted("UPDATE import_job SET state = 'running', row_count = 0, done = 0, "
                               "created = 0, updated = 0, failed = 0, errors = '[]', error = '', "
                               "error_params = '{}' WHERE id = $1 AND state IN ('ready', 'failed')",
                               {id}));
  return changed == 1;
}

Result<void> fail_interrupted(store::Transaction& tx, std::string_view node) {
  return tx.execute(
      "UPDATE import_job SET state = 'failed', error = 'import.interrupted' "
      "WHERE state = 'running' AND node = $1",
      {node});
}

Result<std::vector<std::string>> forget_jobs(store::Transaction& tx, std::string_view node,
                                             Millis before) {
  std::vector<std::string> paths;
  HOUGU_CHECK(tx.each(
      "SELECT path FROM import_job WHERE state <> 'running' AND node = $1 AND created_at < $2",
      {node, before}, [&](const store::Row& row) {
        paths.emplace_back(row.text(0));
        return true;
      }));
  HOUGU_CHECK(tx.execute(
      "DELETE FROM import_job WHERE state <> 'running' AND node = $1 AND created_at < $2",
      {node, before}));
  return paths;
}
}  // namespace hougu::exchange
