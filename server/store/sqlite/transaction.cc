#include "store/sqlite/transaction.h"

#include "store/dialect.h"

namespace hougu::store::sqlite {
namespace {

class SqliteRow final : public Row {
 public:
  explicit SqliteRow(sqlite3_stmt* statement) : statement_(statement) {}
  int columns() const override { return sqlite3_data_count(statement_); }
  bool is_null(int column) const override {
    return sqlite3_column_type(statement_, column) == SQLITE_NULL;
  }
  bool boolean(int column) const override { return sqlite3_column_int64(statement_, column) != 0; }
  std::int64_t integer(int column) const override {
    return sqlite3_column_int64(statement_, column);
  }
  double real(int column) const override { return sqlite3_column_double(statement_, column); }
  std::string_view text(int column) const override {
    const auto* data = sqlite3_column_text(statement_, column);
    return view(data, column);
  }
  Id id(int column) const override {
    const auto* data = sqlite3_column_blob(statement_, column);
    return data != nullptr && sqlite3_column_bytes(statement_, column) == 16 ? Id::from_bytes(data)
                                                                             : Id{};
  }
  std::string_view bytes(int column) const override {
    const auto* data = sqlite3_column_blob(statement_, column);
    return view(data, column);
  }

 private:
  std::string_view view(const void* data, int column) const {
    if (data == nullptr) return {};
    return {static_cast<const char*>(data),
            static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
  }
  sqlite3_stmt* statement_;
};
}  // namespace

SqliteTransaction::SqliteTransaction(Connection& connection, Effects& effects, bool read_only)
    : connection_(connection),
      effects_(effects),
      first_search_(effects.search.size()),
      first_action_(effects.actions.size()),
      first_event_(effects.events.size()),
      read_only_(read_only) {}

void SqliteTransaction::drop() {
  effects_.search.erase(effects_.search.begin() + static_cast<std::ptrdiff_t>(first_search_),
                        effects_.search.end());
  effects_.actions.erase(effects_.actions.begin() + static_cast<std::ptrdiff_t>(first_action_),
                         effects_.actions.end());
  effects_.events.erase(effects_.events.begin() + static_cast<std::ptrdiff_t>(first_event_),
                        effects_.events.end());
}

Error SqliteTransaction::fail(Error error) {
  if (!failure_) failure_ = error;
  return error;
}

Result<Lease> SqliteTransaction::start(std::string_view sql, std::span<const Param> params) {
  if (failure_) return *failure_;
  auto statement = connection_.prepare(sql);
  if (!statement.ok()) return fail(std::move(statement).error());
  if (auto bound = (*statement)->bind(params); !bound.ok()) return fail(std::move(bound).error());
  wrote_ = wrote_ || sqlite3_stmt_readonly(statement->handle()) == 0;
  return statement;
}

Result<void> SqliteTransaction::each(std::string_view sql, std::span<const Param> params,
                                     const RowCallback& row) {
  HOUGU_TRY(auto statement, start(sql, params));
  const SqliteRow current(statement.handle());
  for (;;) {
    const int code = sqlite3_step(statement.handle());
    if (code == SQLITE_DONE) return {};
    if (code != SQLITE_ROW) return fail(connection_.last_error(sql));
    if (!row(current)) return {};
  }
}

Result<void> SqliteTransaction::execute(std::string_view sql, std::span<const Param> params) {
  HOUGU_TRY(auto statement, start(sql, params));
  int code = SQLITE_ROW;
  while (code == SQLITE_ROW) code = sqlite3_step(statement.handle());
  if (code != SQLITE_DONE) return fail(connection_.last_error(sql));
  return {};
}

Result<std::int64_t> SqliteTransaction::execute_counted(std::string_view sql,
                                                        std::span<const Param> params) {
  const auto before = sqlite3_total_changes64(connection_.handle());
  HOUGU_CHECK(execute(sql, params));
  // changes() keeps the count of an earlier statement when this one changed nothing
  if (sqlite3_total_changes64(connection_.handle()) == before) return std::int64_t{0};
  return sqlite3_changes64(connection_.handle());
}

Result<void> SqliteTransaction::execute_script(std::string_view sql) {
  if (failure_) return *failure_;
  wrote_ = true;
  if (auto done = connection_.script(sql); !done.ok()) return fail(std::move(done).error());
  return {};
}

void SqliteTransaction::put_search(std::string_view table, const Id& record, std::string document) {
  std::optional<std::int64_t> rid;
  const auto sql = "SELECT rid FROM " + quoted(table) + " WHERE id = $1";
  const auto found = Transaction::each(sql, {record}, [&](const Row& row) {
    rid = row.integer(0);
    return false;
  });
  if (!found.ok()) return;  // kept as failure_
  if (rid) {
    effects_.search.push_back({std::string(table), *rid, std::move(document)});
  } else if (!document.empty()) {
    fail(internal("put_search: no such record in " + std::string(table)));
  }
}

void SqliteTransaction::after_commit(std::function<void()> action) {
  effects_.actions.push_back(std::move(action));
}

void SqliteTransaction::announce(CommittedEvent event) {
  effects_.events.push_back(std::move(event));
}

Result<void> SqliteTransaction::insert_event(std::string_view insert, std::span<const Param> params,
                                             CommittedEvent event) {
  HOUGU_CHECK(execute(insert, params));
  event.sequence = sqlite3_last_insert_rowid(connection_.handle());
  announce(std::move(event));
  return {};
}

Result<std::int64_t> SqliteTransaction::take_number(std::string_view name) {
  // In three plain statements: RETURNING would open a temporary table each time.
  const std::array<Param, 1> params{name};
  HOUGU_TRY(const auto known,
            execute_counted("UPDATE sequence SET value = value + 1 WHERE name = $1", params));
  if (known == 0) {
    HOUGU_CHECK(execute("INSERT INTO sequence (name, value) VALUES ($1, 1)", params));
    return std::int64_t{1};
  }
  std::int64_t number = 0;
  HOUGU_CHECK(each("SELECT value FROM sequence WHERE name = $1", params, [&](const Row& row) {
    number = row.integer(0);
    return false;
  }));
  return number;
}

Result<void> write_search(Connection& connection, const std::vector<SearchUpdate>& updates) {
  std::string sql;
  for (const auto& update : updates) {
    // VALUES, not SELECT: a statement that may write several rows opens a savepoint of its own
    sql.clear();
    if (update.document.empty()) {
      sql.append("DELETE FROM \"").append(update.table).append("_search\" WHERE rowid = $1");
    } else {
      sql.append("INSERT OR REPLACE INTO \"")
          .append(update.table)
          .append("_search\" (rowid, words) VALUES ($1, $2)");
    }
    HOUGU_TRY(auto statement, connection.prepare(sql));
    const std::array<Param, 2> params{update.rid, std::string_view(update.document)};
    HOUGU_CHECK(statement->bind(params));
    if (sqlite3_step(statement.handle()) != SQLITE_DONE) return connection.last_error(sql);
  }
  return {};
}
}  // namespace hougu::store::sqlite
