#include "schema/exchange/import_runner.h"

#include <algorithm>
#include <filesystem>
#include <fstream>

#include "base/hash.h"
#include "base/log.h"
#include "identity/organisation.h"
#include "schema/exchange/header_guess.h"
#include "schema/exchange/import_json.h"
#include "schema/exchange/import_task.h"
#include "schema/exchange/result_file.h"

namespace hougu::exchange {
namespace fs = std::filesystem;
namespace {

constexpr Millis kKept = 7LL * 24 * 3600 * 1000;
constexpr std::size_t kSampleRows = 20;
constexpr std::size_t kMaxWaiting = 100;

// The name of this node's folder: whose uploads and running imports these are.
Result<std::string> node_name(const std::string& folder) {
  const std::string file = folder + "/node";
  std::string name;
  if (std::ifstream(file) >> name) return name;
  name = random_token(12);
  std::ofstream out(file);
  out << name;
  out.close();
  if (!out) return Error{ErrorKind::kStorageFull, "storage.full"};
  return name;
}
}  // namespace

ImportRunner::ImportRunner(store::Database& database, schema::Schema& schema,
                           schema::Records& records, const Clock& clock, IdSource& ids,
                           const Messages& messages, const std::string& data_folder)
    : database_(database),
      schema_(schema),
      records_(records),
      clock_(clock),
      ids_(ids),
      messages_(messages),
      folder_(data_folder + "/imports") {}

ImportRunner::~ImportRunner() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
    if (progress_) progress_->cancelled = true;
  }
  wake_.notify_all();
  if (table_thread_.joinable()) table_thread_.join();
  if (run_thread_.joinable()) run_thread_.join();
}

Result<void> ImportRunner::start() {
  std::error_code error;
  fs::create_directories(folder_, error);
  if (error) return internal("create " + folder_ + ": " + error.message());
  HOUGU_TRY(node_, node_name(folder_));
  HOUGU_CHECK(database_.write([&](store::Transaction& tx) { return fail_interrupted(tx, node_); }));
  table_thread_ = std::thread([this] { work_on_tables(); });
  run_thread_ = std::thread([this] { work_on_runs(); });
  return {};
}

void ImportRunner::prepare(Table table, std::function<void(Result<json::object>)> done) {
  Work work = [this, table = std::move(table), done] {
    auto answer = look_into(table);
    std::error_code ignored;
    fs::remove(table.path, ignored);  // a good one was moved
    done(std::move(answer));
  };
  {
    const std::lock_guard lock(mutex_);
    if (!stopping_ && tables_.size() < kMaxWaiting) {
      tables_.push_back(std::move(work));
      wake_.notify_all();
      return;
    }
  }
  done(Error{ErrorKind::kUnavailable, "server.busy"});
}

void ImportRunner::work_on_tables() {
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [&] { return stopping_ || !tables_.empty(); });
    if (tables_.empty()) return;  // those that wait are answered before the end
    const Work work = std::move(tables_.front());
    tables_.pop_front();
    lock.unlock();
    work();
    forget_old();
    lock.lock();
  }
}

Result<json::object> ImportRunner::look_into(const Table& table) {
  const auto catalog = schema_.catalog();
  const auto* entity = catalog->entity(table.entity);
  const auto& grants = table.who.access->entity(table.entity);
  if (entity == nullptr || grants.read == identity::kNone) return not_found("entity.not_found");
  HOUGU_TRY(const auto file, inspect_table(table.path));
  HOUGU_TRY(const auto reader, open_table(file, ""));
  Cells headers;
  HOUGU_TRY(const bool any, reader->next(headers));
  if (!any) return invalid("import.empty");
  std::vector<Cells> samples;
  for (Cells cells; samples.size() < kSampleRows;) {
    HOUGU_TRY(const bool more, reader->next(cells));
    if (!more) break;
    samples.push_back(cells);
  }
  const auto guesses = guess_fields(*entity, table.who, headers, messages_);
  ImportJob job;
  job.id = ids_.next();
  job.owner = table.who.id;
  job.entity = table.entity;
  job.file_name = table.file_name;
  job.path = folder_ + "/" + job.id.text();
  job.node = node_;
  job.created_at = clock_.now();
  std::error_code error;
  fs::rename(table.path, job.path, error);
  if (error) return internal("keep the table: " + error.message());
  const auto kept = database_.write([&](store::Transaction& tx) { return insert_job(tx, job); });
  if (!kept.ok()) {
    fs::remove(job.path, error);
    return kept.error();
  }
  json::array sheets;
  for (const auto& name : file.sheets) sheets.emplace_back(name);
  return json::object{{"id", job.id.text()},
                      {"file_name", job.file_name},
                      {"sheets", std::move(sheets)},
                      {"encoding", file.encoding.empty() ? json::value() : file.encoding.c_str()},
                      {"rows_sampled", samples.size()},
                      {"columns", columns_json(headers, samples, guesses)},
                      {"fields", fields_json(*entity, table.who)}};
}

Result<ImportJob> ImportRunner::own_job(store::Transaction& tx, const identity::Principal& who,
                                        const Id& id) {
  HOUGU_TRY(auto job, find_job(tx, id));
  if (!job || job->owner != who.id) return not_found();
  return std::move(*job);
}

Result<json::object> ImportRunner::begin(store::Transaction& tx, const identity::Principal& who,
                                         const Id& id, const json::object& body) {
  HOUGU_TRY(auto job, own_job(tx, who, id));
  if (job.node != node_) return conflict("import.other_node");
  const auto catalog = schema_.catalog();
  const auto* entity = catalog->entity(job.entity);
  if (entity == nullptr) return not_found("entity.not_found");
  HOUGU_TRY(auto plan, read_plan(body, *entity, who));
  HOUGU_TRY(const bool begun, begin_job(tx, id));
  if (!begun) return conflict("import.not_ready");
  tx.after_commit([this, run = Run{id, std::move(plan), who}] {
    const std::lock_guard lock(mutex_);
    runs_.push_back(run);
    wake_.notify_all();
  });
  HOUGU_TRY(job, own_job(tx, who, id));
  return answer(job, who.locale);
}

Result<json::object> ImportRunner::state(store::Transaction& tx, const identity::Principal& who,
                                         const Id& id, Locale locale) {
  HOUGU_TRY(auto job, own_job(tx, who, id));
  add_live(id, job);
  return answer(job, locale);
}

void ImportRunner::stop(const identity::Principal& who, const Id& id) {
  const std::lock_guard lock(mutex_);
  if (running_ == id && running_for_ == who.id && progress_) progress_->cancelled = true;
}

Result<json::object> ImportRunner::cancel(store::Transaction& tx, const identity::Principal& who,
                                          const Id& id) {
  HOUGU_TRY(auto job, own_job(tx, who, id));
  if (job.state == ImportJob::State::kReady) {
    job.state = ImportJob::State::kCancelled;
    HOUGU_CHECK(update_job(tx, job));
  } else if (job.state == ImportJob::State::kRunning) {
    const auto is_it = [id](const Run& run) { return run.id == id; };
    const std::lock_guard lock(mutex_);
    if (std::any_of(runs_.begin(), runs_.end(), is_it)) {
      job.state = ImportJob::State::kCancelled;  // its turn finds it so
      HOUGU_CHECK(update_job(tx, job));
    }
  }
  return answer(job, who.locale);
}

Result<std::string> ImportRunner::result_path(store::Transaction& tx,
                                              const identity::Principal& who, const Id& id) {
  HOUGU_TRY(const auto job, own_job(tx, who, id));
  if (job.state == ImportJob::State::kRunning || !fs::exists(result_of(job))) {
    return not_found("import.no_result");
  }
  return result_of(job);
}

json::object ImportRunner::answer(const ImportJob& job, Locale locale) const {
  const auto catalog = schema_.catalog();
  return state_json(job, catalog->entity(job.entity), fs::exists(result_of(job)), messages_,
                    locale);
}

std::string ImportRunner::result_of(const ImportJob& job) const {
  return job.path + ".result.xlsx";
}

void ImportRunner::work_on_runs() {
  std::unique_lock lock(mutex_);
  for (;;) {
    wake_.wait(lock, [&] { return stopping_ || !runs_.empty(); });
    if (stopping_) return;
    const Run next = std::move(runs_.front());
    runs_.pop_front();
    running_ = next.id;
    running_for_ = next.who.id;
    progress_ = std::make_shared<ImportProgress>();
    lock.unlock();
    run(next);
    lock.lock();
    running_ = Id{};
    progress_.reset();
  }
}

void ImportRunner::run(const Run& run) {
  ImportJob job;
  std::string time_zone;
  const auto read = database_.read([&](store::Transaction& tx) -> Result<void> {
    HOUGU_TRY(job, own_job(tx, run.who, run.id));
    HOUGU_TRY(const auto organisation, identity::read_organisation(tx));
    time_zone = find_string(organisation, "time_zone").value_or("UTC");
    return {};
  });
  if (!read.ok()) return log(LogLevel::kError, "import not found", {{"cause", read.error().cause}});
  if (job.state != ImportJob::State::kRunning) return;  // cancelled while it waited
  std::error_code ignored;
  fs::remove(result_of(job), ignored);
  const auto finished = finish(job, run, time_zone);
  job.rows = progress_->rows;
  job.done = progress_->done;
  job.created = progress_->created;
  job.updated = progress_->updated;
  job.failed = progress_->failed;
  if (!finished.ok()) {
    const Error& error = finished.error();
    const bool cancelled = error.code == "import.cancelled" && !stopping_;
    job.state = cancelled ? ImportJob::State::kCancelled : ImportJob::State::kFailed;
    job.error = error.code == "import.cancelled" && stopping_ ? "import.interrupted" : error.code;
    for (const auto& [key, value] : error.params) job.error_params[key] = value;
    if (!error.cause.empty()) {
      log(LogLevel::kError, "import failed", {{"import", run.id.text()}, {"cause", error.cause}});
    }
  }
  save(job);
  announce(run.id, run.who, job.state);
}

Result<void> ImportRunner::finish(ImportJob& job, const Run& run, const std::string& time_zone) {
  HOUGU_TRY(const auto file, inspect_table(job.path));
  const Locale locale = run.who.locale;
  const std::string yes = messages_.text(locale, "value.yes");
  const std::string no = messages_.text(locale, "value.no");
  const ImportContext context{
      database_, schema_, records_, folder_, {locale, yes, no, time_zone}, [&] {
        announce(run.id, run.who, ImportJob::State::kRunning);
      }};
  ImportTask task(context, file, run.plan, run.who, run.id, *progress_);
  HOUGU_TRY(const auto outcome, task.run());
  job.state = outcome.written ? ImportJob::State::kDone : ImportJob::State::kFailed;
  if (!outcome.written) job.error = "import.rows_bad";
  job.errors = outcome.bad->first();
  const auto catalog = schema_.catalog();
  const auto* entity = catalog->entity(job.entity);
  if (outcome.bad->size() == 0 || entity == nullptr) return {};
  return write_result(result_of(job), folder_, *outcome.bad, *entity, messages_, locale);
}

void ImportRunner::save(const ImportJob& job) {
  const auto saved = database_.write([&](store::Transaction& tx) { return update_job(tx, job); });
  if (!saved.ok()) {
    log(LogLevel::kError, "state of an import not kept", {{"cause", saved.error().cause}});
  }
}

void ImportRunner::announce(const Id& id, const identity::Principal& who, ImportJob::State state) {
  store::CommittedEvent event;
  event.type = "import.progress";
  event.entity = "import";
  event.record = id;
  event.actor = who.id;  // the only one who may hear of it
  const ImportProgress& p = *progress_;
  event.data_json = json::serialize(json::object{{"id", id.text()},
                                                 {"state", std::string(state_name(state))},
                                                 {"writing", p.writing.load()},
                                                 {"rows", p.rows.load()},
                                                 {"done", p.done.load()},
                                                 {"created", p.created.load()},
                                                 {"updated", p.updated.load()},
                                                 {"failed", p.failed.load()}});
  database_.broadcast(event);
}

void ImportRunner::forget_old() {
  std::vector<std::string> paths;
  const auto forgotten = database_.write([&](store::Transaction& tx) -> Result<void> {
    HOUGU_TRY(paths, forget_jobs(tx, node_, clock_.now() - kKept));
    return {};
  });
  if (!forgotten.ok()) return;
  std::error_code ignored;
  for (const auto& path : paths) {
    fs::remove(path, ignored);
    fs::remove(path + ".result.xlsx", ignored);
  }
}

void ImportRunner::add_live(const Id& id, ImportJob& job) const {
  const std::lock_guard lock(mutex_);
  if (running_ != id || !progress_ || job.state != ImportJob::State::kRunning) return;
  job.rows = progress_->rows;
  job.done = progress_->done;
  job.created = progress_->created;
  job.updated = progress_->updated;
  job.failed = progress_->failed;
}
}  // namespace hougu::exchange
