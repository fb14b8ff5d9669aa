#include "schema/exchange/import_task.h"

#include <chrono>
#include <condition_variable>
#include <mutex>

namespace hougu::exchange {
namespace {

constexpr int kRowsPerRead = 200;           // checked in one snapshot
constexpr std::size_t kRowsPerWrite = 200;  // "skip": in one transaction

// Failures of the machine, not of a row.
bool is_fatal(const Error& error) {
  return error.kind == ErrorKind::kInternal || error.kind == ErrorKind::kUnavailable ||
         error.kind == ErrorKind::kStorageFull || error.code == "import.cancelled";
}

// What a row did wrong, from the error of writing it.
BadRow bad_row(std::int64_t number, const Error& error) {
  BadRow row{number, {}};
  for (const auto& one : error.fields) row.faults.push_back({one.field, one.code, one.params});
  if (row.faults.empty()) row.faults.push_back({error.field, error.code, error.params});
  return row;
}
}  // namespace

ImportTask::ImportTask(const ImportContext& context, const TableFile& file, ImportPlan plan,
                       identity::Principal who, const Id& import_id, ImportProgress& progress)
    : context_(context),
      file_(file),
      plan_(std::move(plan)),
      who_(std::move(who)),
      import_(import_id),
      progress_(progress) {}

Result<ImportOutcome> ImportTask::run() {
  catalog_ = context_.schema.catalog();
  entity_ = catalog_->entity(plan_.entity);
  if (entity_ == nullptr) return not_found("entity.not_found");
  for (const auto& [column, name] : plan_.columns) {
    const auto* field = entity_->field(name);
    if (field == nullptr || !importable(*entity_, *field, who_)) {
      return conflict("import.entity_changed", {{"field", name}});
    }
  }
  HOUGU_TRY(good_, CheckedRows::create(context_.work_folder));
  HOUGU_TRY(bad_, BadRows::create(context_.work_folder));
  checker_ = std::make_unique<RowChecker>(context_.records, *catalog_, *entity_, plan_, who_,
                                          context_.how);
  HOUGU_CHECK(check_all());
  ImportOutcome outcome;
  outcome.written = !plan_.all_or_nothing || bad_->size() == 0;
  if (outcome.written) HOUGU_CHECK(write_all());
  // Writing at once may have found a bad row, too: then nothing was written.
  if (plan_.all_or_nothing && bad_->size() > 0) outcome.written = false;
  HOUGU_CHECK(bad_->rewind());
  outcome.bad = std::move(bad_);
  return outcome;
}

Result<void> ImportTask::stop_if_cancelled() const {
  return progress_.cancelled ? conflict("import.cancelled") : Result<void>();
}

Result<void> ImportTask::add_bad(BadRow row) {
  ++progress_.failed;
  return bad_->add(row);
}

Result<void> ImportTask::check_all() {
  HOUGU_TRY(const auto reader, open_table(file_, plan_.sheet));
  Cells header;
  HOUGU_TRY(bool more, reader->next(header));
  while (more) {
    HOUGU_CHECK(stop_if_cancelled());
    HOUGU_TRY(more, check_some(*reader, *checker_));
    context_.on_progress();
  }
  return {};
}

// False at the end of the table.
Result<bool> ImportTask::check_some(TableReader& reader, RowChecker& checker) {
  std::vector<std::pair<std::int64_t, Cells>> rows;
  bool more = true;
  while (more && rows.size() < kRowsPerRead) {
    Cells cells;
    HOUGU_TRY(more, reader.next(cells));
    if (more) rows.emplace_back(reader.row(), std::move(cells));
  }
  std::vector<RowChecker::Outcome> outcomes;
  HOUGU_CHECK(context_.database.read([&](store::Transaction& tx) -> Result<void> {
    checker.begin_slice();
    outcomes.clear();
    for (const auto& [number, cells] : rows) {
      HOUGU_TRY(auto outcome, checker.check(tx, number, cells));
      outcomes.push_back(std::move(outcome));
    }
    return {};
  }));
  checker.end_slice();
  progress_.rows += static_cast<std::int64_t>(outcomes.size());
  for (auto& outcome : outcomes) {
    if (outcome.faults.empty()) {
      HOUGU_CHECK(good_->add(outcome.row));
    } else {
      HOUGU_CHECK(add_bad({outcome.row.number, std::move(outcome.faults)}));
    }
  }
  return more;
}

Result<void> ImportTask::write_all() {
  HOUGU_CHECK(good_->rewind());
  progress_.done = plan_.all_or_nothing ? 0 : progress_.failed.load();
  progress_.writing = true;
  context_.on_progress();
  return plan_.all_or_nothing ? write_everything() : write_in_batches();
}

Result<void> ImportTask::write_row(store::Transaction& tx, const CheckedRow& row, bool& created) {
  std::optional<Id> existing = row.existing;
  if (row.look_again) {
    HOUGU_TRY(existing, checker_->find_existing(tx, row.values));
  }
  schema::Note note;
  note.data = {{"import", import_.text()}, {"row", row.number}};
  created = !existing.has_value();
  if (existing) {
    HOUGU_CHECK(context_.records.update(tx, who_, entity_->name, *existing, std::nullopt,
                                        row.values, note));
  } else {
    HOUGU_CHECK(context_.records.create(tx, who_, entity_->name, row.values, note));
  }
  return {};
}

// Like Database::write(), but tells of the progress while it waits.
Result<void> ImportTask::write_waiting(store::Verb verb) {
  std::mutex mutex;
  std::condition_variable ready;
  std::optional<Result<void>> answer;
  context_.database.write_async(std::move(verb), [&](Result<void> result) {
    const std::lock_guard lock(mutex);
    answer = std::move(result);
    ready.notify_one();
  });
  std::unique_lock lock(mutex);
  while (
      !ready.wait_for(lock, std::chrono::milliseconds(250), [&] { return answer.has_value(); })) {
    lock.unlock();
    context_.on_progress();
    lock.lock();
  }
  return std::move(*answer);
}

// One transaction over all rows. `exact`: a statement's error is waited for behind every row;
// PostgreSQL otherwise tells it later, when it can't be said any more which row it was.
Result<void> ImportTask::write_at_once(bool exact, std::optional<BadRow>& bad) {
  return write_waiting([&, exact](store::Transaction& tx) -> Result<void> {
    // The verb may run again: it begins anew.
    bad.reset();
    progress_.done = progress_.created = progress_.updated = 0;
    HOUGU_CHECK(good_->rewind());
    for (;;) {
      HOUGU_CHECK(stop_if_cancelled());
      HOUGU_TRY(const auto row, good_->next());
      if (!row) return {};
      bool created = false;
      auto done = write_row(tx, *row, created);
      if (done.ok() && exact)
        done = tx.each("SELECT 1", {}, [](const store::Row&) { return true; });
      if (!done.ok()) {
        if (!is_fatal(done.error()) && !done.error().retry) {
          bad = bad_row(row->number, context_.records.explained(done.error()));
        }
        return done;
      }
      ++(created ? progress_.created : progress_.updated);
      ++progress_.done;
    }
  });
}

Result<void> ImportTask::write_everything() {
  std::optional<BadRow> bad;
  auto written = write_at_once(false, bad);
  const bool postgres = context_.database.dialect() == store::Dialect::kPostgres;
  if (!written.ok() && postgres && !is_fatal(written.error())) written = write_at_once(true, bad);
  if (written.ok()) return {};
  progress_.created = progress_.updated = 0;
  return bad ? add_bad(std::move(*bad)) : written;
}

Result<void> ImportTask::write_in_batches() {
  std::vector<CheckedRow> batch;
  for (bool more = true; more;) {
    HOUGU_CHECK(stop_if_cancelled());
    HOUGU_TRY(auto row, good_->next());
    more = row.has_value();
    if (more) batch.push_back(std::move(*row));
    if (batch.size() < kRowsPerWrite && more) continue;
    HOUGU_CHECK(write_batch(batch));
    batch.clear();
    context_.on_progress();
  }
  return {};
}

// A batch with a bad row is halved until the row is alone, so that the others are written in order
// and with few commits.
Result<void> ImportTask::write_batch(std::span<const CheckedRow> rows) {
  if (rows.empty()) return {};
  std::int64_t created = 0;
  auto written = context_.database.write([&](store::Transaction& tx) -> Result<void> {
    created = 0;
    for (const auto& row : rows) {
      bool is_new = false;
      HOUGU_CHECK(write_row(tx, row, is_new));
      created += is_new ? 1 : 0;
    }
    return {};
  });
  const auto count = static_cast<std::int64_t>(rows.size());
  if (written.ok()) {
    progress_.created += created;
    progress_.updated += count - created;
    progress_.done += count;
    return {};
  }
  if (is_fatal(written.error())) return written;
  if (rows.size() == 1) {
    ++progress_.done;
    return add_bad(bad_row(rows[0].number, context_.records.explained(written.error())));
  }
  HOUGU_CHECK(write_batch(rows.subspan(0, rows.size() / 2)));
  return write_batch(rows.subspan(rows.size() / 2));
}
}  // namespace hougu::exchange
