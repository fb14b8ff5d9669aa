// Imports as rows of the database: what was uploaded, what was decided, how far it is.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "base/json.h"
#include "store/database.h"
#include "store/migrations.h"

namespace hougu::exchange {

std::span<const store::Migration> exchange_migrations();  // 410-

struct ImportJob {
  enum class State { kReady, kRunning, kDone, kFailed, kCancelled };
  Id id, owner;
  std::string entity, file_name;
  std::string path;  // of the uploaded file, on the node that took it
  std::string node;  // that node
  State state = State::kReady;
  std::int64_t rows = 0, done = 0, created = 0, updated = 0, failed = 0;
  json::array errors;  // the first 20: {"row","field","code","params"}
  std::string error;   // code of what made all of it fail, or empty
  json::object error_params;
  Millis created_at = 0;
};
std::string_view state_name(ImportJob::State state);

Result<void> insert_job(store::Transaction& tx, const ImportJob& job);
Result<std::optional<ImportJob>> find_job(store::Transaction& tx, const Id& id);
// Only state and what follows it are written.
Result<void> update_job(store::Transaction& tx, const ImportJob& job);
// From ready (or failed: once more) to running; false when it is anything else.
Result<bool> begin_job(store::Transaction& tx, const Id& id);
// Those that ran on this node when it stopped become failed ("import.interrupted").
Result<void> fail_interrupted(store::Transaction& tx, std::string_view node);
// Jobs made before `before` that aren't running are removed; their files' paths come back.
Result<std::vector<std::string>> forget_jobs(store::Transaction& tx, std::string_view node,
                                             Millis before);
}  // namespace hougu::exchange
