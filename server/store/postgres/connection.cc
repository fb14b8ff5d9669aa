#include "store/postgres/connection.h"

#include <poll.h>

#include <cassert>
#include <charconv>
#include <cstring>

namespace hougu::store::postgres {
namespace {
constexpr std::size_t kMaxPrepared = 500;
constexpr std::size_t kMaxPending = 128;

void notice_end(void* ended, const PGresult* notice) {
  if (is_fatal(notice)) *static_cast<bool*>(ended) = true;
}

bool is_failure(ExecStatusType status) {
  return status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE ||
         status == PGRES_PIPELINE_ABORTED;
}

std::int64_t changed_rows(PGresult* result) {
  const std::string_view text = PQcmdTuples(result);
  std::int64_t count = 0;
  std::from_chars(text.data(), text.data() + text.size(), count);
  return count;
}
}  // namespace

// The rows of the query at the head of the pipeline. When another statement has to run first, the
// rest is kept in memory.
class Connection::Rows {
 public:
  Rows(Connection& connection, std::string_view sql) : connection_(connection), sql_(sql) {
    PQsetSingleRowMode(connection.session_.get());
    connection.active_ = this;
  }
  ~Rows() { assert(connection_.active_ != this); }
  Rows(const Rows&) = delete;
  Rows& operator=(const Rows&) = delete;

  // A result with rows, or null at the end.
  ResultSet next() {
    if (!kept_.empty()) {
      auto first = std::move(kept_.front());
      kept_.pop_front();
      return first;
    }
    return ended_ ? nullptr : receive();
  }
  void keep_rest() {
    while (auto result = receive()) kept_.push_back(std::move(result));
  }
  Result<std::int64_t> outcome() const {
    if (error_) return *error_;
    return count_;
  }

 private:
  ResultSet receive() {
    while (ResultSet result{PQgetResult(connection_.session_.get())}) {
      const auto status = PQresultStatus(result.get());
      if (status == PGRES_SINGLE_TUPLE) return result;
      if (is_failure(status)) {
        if (!error_) error_ = error_of(result.get(), sql_);
        connection_.ended_ = connection_.ended_ || is_fatal(result.get());
        continue;
      }
      count_ = changed_rows(result.get());
      if (PQntuples(result.get()) > 0) return result;
    }
    ended_ = true;
    connection_.active_ = nullptr;
    if (auto done = connection_.read_sync(); !done.ok()) error_ = std::move(done).error();
    return nullptr;
  }

  Connection& connection_;
  std::string_view sql_;
  std::deque<ResultSet> kept_;
  std::optional<Error> error_;
  std::int64_t count_ = 0;
  bool ended_ = false;
};

Result<std::unique_ptr<Connection>> Connection::open(const std::string& url, Millis lock_timeout) {
  HOUGU_TRY(auto session, connect(url, lock_timeout));
  std::unique_ptr<Connection> connection(new Connection(std::move(session)));
  PQsetNoticeReceiver(connection->session_.get(), notice_end, &connection->ended_);
  if (PQenterPipelineMode(connection->session_.get()) != 1) return connection->lost_error();
  return connection;
}

Error Connection::lost_error() const { return unreachable(PQerrorMessage(session_.get())); }

bool Connection::alive() {
  for (;;) {
    if (lost()) return false;
    pollfd socket{PQsocket(session_.get()), POLLIN, 0};
    if (::poll(&socket, 1, 0) <= 0) return true;
    if (PQconsumeInput(session_.get()) != 1) return false;
    static_cast<void>(PQisBusy(session_.get()));  // looks at what has arrived
  }
}

Result<void> Connection::begin(std::string_view sql) {
  sequences_.clear();
  commit_sent_ = commit_refused_ = false;
  return queue(Kind::kPrepared, sql);
}

Result<void> Connection::queue(Kind kind, std::string_view sql, std::span<const Param> params) {
  if (kind == Kind::kCommand) {
    if (active_) active_->keep_rest();
    const std::string text(sql);
    if (PQsendQueryParams(session_.get(), text.c_str(), 0, nullptr, nullptr, nullptr, nullptr, 1) !=
        1)
      return lost_error();
  } else {
    HOUGU_TRY(const auto* statement, prepare(sql));
    if (pending_.size() >= kMaxPending) HOUGU_CHECK(settle());
    commit_sent_ = kind == Kind::kCommit;
    HOUGU_CHECK(send(*statement, params));
  }
  pending_.push_back({kind, std::string(sql)});
  return {};
}

Result<void> Connection::send(const Prepared& statement, std::span<const Param> params) {
  if (active_) active_->keep_rest();
  if (auto done = encoded_.encode(params, statement.types); !done.ok()) {
    if (done.error().kind == ErrorKind::kInternal) done.error().cause += " in: " + statement.sql;
    return done;
  }
  const int sent =
      statement.planned_each_time()
          ? PQsendQueryParams(session_.get(), statement.sql.c_str(), encoded_.count(),
                              statement.types.data(), encoded_.values(), encoded_.lengths(),
                              encoded_.formats(), 1)
          : PQsendQueryPrepared(session_.get(), statement.name.c_str(), encoded_.count(),
                                encoded_.values(), encoded_.lengths(), encoded_.formats(), 1);
  if (sent != 1) return lost_error();
  return {};
}

Result<Prepared*> Connection::prepare(std::string_view sql) {
  if (const auto found = statements_.find(sql); found != statements_.end()) {
    found->second->used_at = ++tick_;
    return found->second.get();
  }
  if (active_) active_->keep_rest();
  auto statement = std::make_unique<Prepared>();
  statement->sql = sql;
  if (sql.find(" @@ ") == std::string_view::npos) statement->name = "s" + std::to_string(++names_);
  HOUGU_CHECK(describe(*statement));
  if (statements_.size() >= kMaxPrepared) drop_oldest();
  statement->used_at = ++tick_;
  auto* kept = statement.get();
  statements_.emplace(std::string(sql), std::move(statement));
  return kept;
}

// One round trip, together with what waits before it.
Result<void> Connection::describe(Prepared& statement) {
  auto* session = session_.get();
  if (PQsendPrepare(session, statement.name.c_str(), statement.sql.c_str(), 0, nullptr) != 1 ||
      PQsendDescribePrepared(session, statement.name.c_str()) != 1)
    return lost_error();
  HOUGU_CHECK(sync());
  auto done = read_pending();
  for (int i = 0; i < 2; ++i) {
    while (ResultSet result{PQgetResult(session)}) {
      if (is_failure(PQresultStatus(result.get()))) {
        if (done.ok()) done = error_of(result.get(), statement.sql);
      } else if (i == 1) {
        for (int n = 0; n < PQnparams(result.get()); ++n)
          statement.types.push_back(PQparamtype(result.get(), n));
      }
    }
  }
  auto synced = read_sync();
  return done.ok() ? synced : done;
}

void Connection::drop_oldest() {
  const auto oldest = std::min_element(
      statements_.begin(), statements_.end(),
      [](const auto& a, const auto& b) { return a.second->used_at < b.second->used_at; });
  if (!oldest->second->planned_each_time())
    static_cast<void>(queue(Kind::kCommand, "DEALLOCATE " + oldest->second->name));
  statements_.erase(oldest);
}

void Connection::forget_statements() {
  statements_.clear();
  static_cast<void>(queue(Kind::kCommand, "DEALLOCATE ALL"));
  static_cast<void>(settle());
}

Result<void> Connection::sync() {
  if (PQpipelineSync(session_.get()) != 1) return lost_error();
  return {};
}

Result<void> Connection::settle() {
  if (active_) active_->keep_rest();
  if (pending_.empty()) return {};
  HOUGU_CHECK(sync());
  auto done = read_pending();
  auto synced = read_sync();
  return done.ok() ? synced : done;
}

Result<void> Connection::read_pending() {
  Result<void> first;
  for (const auto& pending : pending_) {
    auto done = read_one(pending);
    if (first.ok() && !done.ok()) first = std::move(done);
    if (lost()) break;
  }
  pending_.clear();
  return first;
}

Result<void> Connection::read_one(const Pending& pending) {
  Result<void> outcome;
  while (ResultSet result{PQgetResult(session_.get())}) {
    const auto status = PQresultStatus(result.get());
    if (is_failure(status)) {
      const bool fatal = is_fatal(result.get());
      const bool from_server = PQresultErrorField(result.get(), PG_DIAG_SQLSTATE) != nullptr;
      ended_ = ended_ || fatal;
      // The server does one thing after the other: ended before the COMMIT, it never came to it.
      if (status == PGRES_PIPELINE_ABORTED || (from_server && !fatal) ||
          (fatal && pending.kind != Kind::kCommit))
        commit_refused_ = true;
      if (outcome.ok()) outcome = error_of(result.get(), pending.sql);
    } else if (pending.kind == Kind::kEvent && PQntuples(result.get()) == 1) {
      sequences_.push_back(PgRow(result.get(), 0).integer(0));
    } else if (pending.kind == Kind::kOneRow && changed_rows(result.get()) != 1) {
      outcome = internal("nothing was changed by: " + pending.sql);
    } else if (pending.kind == Kind::kCommit &&
               std::strcmp(PQcmdStatus(result.get()), "COMMIT") != 0) {
      outcome = internal("the server rolled back: " + pending.sql);
    }
  }
  if (outcome.ok() && lost()) outcome = lost_error();
  return outcome;
}

Result<void> Connection::read_sync() {
  while (!lost()) {
    const ResultSet result{PQgetResult(session_.get())};
    if (result && PQresultStatus(result.get()) == PGRES_PIPELINE_SYNC) return {};
  }
  return lost_error();
}

Result<std::int64_t> Connection::query(std::string_view sql, std::span<const Param> params,
                                       const RowCallback& row) {
  HOUGU_TRY(const auto* statement, prepare(sql));
  HOUGU_CHECK(send(*statement, params));
  HOUGU_CHECK(sync());
  auto before = read_pending();
  Rows rows(*this, sql);
  bool wanted = before.ok();
  while (const auto result = rows.next())
    for (int i = 0; wanted && i < PQntuples(result.get()); ++i)
      wanted = row(PgRow(result.get(), i));
  if (!before.ok()) return std::move(before).error();
  return rows.outcome();
}

Result<void> Connection::script(std::string_view sql) {
  HOUGU_CHECK(settle());
  if (PQexitPipelineMode(session_.get()) != 1) return lost_error();
  auto done = run(session_, std::string(sql));
  if (PQenterPipelineMode(session_.get()) != 1) return lost_error();
  if (!done.ok()) return std::move(done).error();
  return {};
}
}  // namespace hougu::store::postgres
