#include "store/sqlite/connection.h"

#include <charconv>

#include "store/sqlite/wide_numbers.h"
#include "store/text_check.h"

namespace hougu::store::sqlite {
namespace {
constexpr std::size_t kMaxCached = 512;

int bind_one(sqlite3_stmt* statement, int at, const Param& param) {
  struct Binder {
    sqlite3_stmt* statement;
    int at;
    int operator()(std::nullptr_t) const { return sqlite3_bind_null(statement, at); }
    int operator()(bool value) const { return sqlite3_bind_int(statement, at, value ? 1 : 0); }
    int operator()(std::int64_t value) const { return sqlite3_bind_int64(statement, at, value); }
    int operator()(double value) const { return sqlite3_bind_double(statement, at, value); }
    int operator()(std::string_view value) const {
      return sqlite3_bind_text64(statement, at, value.empty() ? "" : value.data(), value.size(),
                                 SQLITE_STATIC, SQLITE_UTF8);
    }
    int operator()(const Id& value) const {
      return sqlite3_bind_blob(statement, at, value.bytes.data(), 16, SQLITE_STATIC);
    }
    int operator()(Bytes value) const {
      return sqlite3_bind_blob64(statement, at, value.view.empty() ? "" : value.view.data(),
                                 value.view.size(), SQLITE_STATIC);
    }
  };
  return std::visit(Binder{statement, at}, param);
}

std::string with_sql(std::string text, std::string_view sql) {
  return text.append(" in: ").append(sql.substr(0, 300));
}
}  // namespace

Statement::Statement(sqlite3_stmt* handle) : handle_(handle) {
  const int places = sqlite3_bind_parameter_count(handle);
  for (int i = 1; i <= places; ++i) {
    const char* name = sqlite3_bind_parameter_name(handle, i);
    std::uint16_t number = 0;
    const std::string_view digits = name == nullptr ? "" : name + 1;
    std::from_chars(digits.data(), digits.data() + digits.size(), number);
    numbers_.push_back(number);
  }
}

Statement::~Statement() { sqlite3_finalize(handle_); }

Result<void> Statement::bind(std::span<const Param> params) {
  for (std::size_t i = 0; i < numbers_.size(); ++i) {
    const std::size_t number = numbers_[i];
    if (number == 0 || number > params.size())
      return internal(with_sql("parameter without a value", sqlite3_sql(handle_)));
    const auto& param = params[number - 1];
    if (const auto* text = std::get_if<std::string_view>(&param); text && !storable_text(*text))
      return invalid("text.not_utf8");
    if (const int code = bind_one(handle_, static_cast<int>(i + 1), param); code != SQLITE_OK)
      return code == SQLITE_TOOBIG ? Error{ErrorKind::kTooLarge, "value.too_large"}
                                   : internal(with_sql(sqlite3_errstr(code), sqlite3_sql(handle_)));
  }
  return {};
}

Lease::Lease(Statement* cached, std::unique_ptr<Statement> own)
    : statement_(own ? own.get() : cached), own_(std::move(own)) {
  statement_->busy = true;
}

Lease::Lease(Lease&& other) noexcept
    : statement_(std::exchange(other.statement_, nullptr)), own_(std::move(other.own_)) {}

Lease::~Lease() {
  if (statement_ == nullptr) return;
  sqlite3_reset(statement_->handle());
  statement_->busy = false;
}

Result<std::unique_ptr<Connection>> Connection::open(const std::string& path, Access access,
                                                     Millis busy_timeout, int cache_kib) {
  const int flags = SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE |
                    (access == Access::kReadOnly ? SQLITE_OPEN_READONLY
                                                 : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE);
  sqlite3* db = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &db, flags, nullptr);
  std::unique_ptr<Connection> connection(new Connection(db));
  if (code != SQLITE_OK) {
    Error error{ErrorKind::kUnavailable, "database.unreachable"};
    error.cause = path + ": " + (db == nullptr ? sqlite3_errstr(code) : sqlite3_errmsg(db));
    return error;
  }
  sqlite3_busy_timeout(db, static_cast<int>(busy_timeout));
  if (register_wide_numbers(db) != SQLITE_OK) return internal(sqlite3_errmsg(db));
  // Memory-mapped reading stays off: an I/O error would be a signal instead of an error code.
  HOUGU_CHECK(connection->script("PRAGMA foreign_keys=ON; PRAGMA mmap_size=0; PRAGMA cache_size=-" +
                                 std::to_string(cache_kib)));
  if (access == Access::kReadWrite)
    HOUGU_CHECK(connection->script("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL"));
  if (access == Access::kCopy)
    HOUGU_CHECK(connection->script("PRAGMA journal_mode=DELETE; PRAGMA synchronous=OFF"));
  return connection;
}

Connection::~Connection() {
  cache_.clear();
  sqlite3_close_v2(db_);
}

Result<std::unique_ptr<Statement>> Connection::compile(std::string_view sql) {
  sqlite3_stmt* handle = nullptr;
  const char* rest = nullptr;
  const int code = sqlite3_prepare_v3(db_, sql.data(), static_cast<int>(sql.size()),
                                      SQLITE_PREPARE_PERSISTENT, &handle, &rest);
  if (code != SQLITE_OK) return last_error(sql);
  auto statement = std::make_unique<Statement>(handle);
  if (handle == nullptr) return internal(with_sql("no statement", sql));
  const std::string_view tail(rest, static_cast<std::size_t>(sql.data() + sql.size() - rest));
  if (tail.find_first_not_of(" \t\r\n;") != std::string_view::npos)
    return internal(with_sql("more than one statement", sql));
  return statement;
}

void Connection::evict_oldest() {
  auto oldest = cache_.end();
  for (auto it = cache_.begin(); it != cache_.end(); ++it) {
    if (it->second->busy) continue;
    if (oldest == cache_.end() || it->second->used_at < oldest->second->used_at) oldest = it;
  }
  if (oldest != cache_.end()) cache_.erase(oldest);
}

Result<Lease> Connection::prepare(std::string_view sql) {
  if (const auto found = cache_.find(sql); found != cache_.end()) {
    auto* statement = found->second.get();
    statement->used_at = ++tick_;
    if (!statement->busy) return Lease(statement, nullptr);
    HOUGU_TRY(auto own, compile(sql));  // nested use of the same text
    return Lease(nullptr, std::move(own));
  }
  HOUGU_TRY(auto compiled, compile(sql));
  if (cache_.size() >= kMaxCached) evict_oldest();
  auto* statement = compiled.get();
  statement->used_at = ++tick_;
  cache_.emplace(std::string(sql), std::move(compiled));
  return Lease(statement, nullptr);
}

Result<void> Connection::run(std::string_view sql) {
  HOUGU_TRY(auto statement, prepare(sql));
  const int code = sqlite3_step(statement.handle());
  if (code != SQLITE_DONE && code != SQLITE_ROW) return last_error(sql);
  return {};
}

Result<void> Connection::script(std::string_view sql) {
  const std::string text(sql);
  if (sqlite3_exec(db_, text.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK)
    return last_error(sql);
  return {};
}

Error Connection::last_error(std::string_view sql) {
  const int code = sqlite3_extended_errcode(db_);
  const std::string message = sqlite3_errmsg(db_);
  const auto with_cause = [&](Error error) {
    error.cause = with_sql("SQLite " + std::to_string(code) + ": " + message, sql);
    return error;
  };
  switch (code) {
    case SQLITE_CONSTRAINT_UNIQUE:
    case SQLITE_CONSTRAINT_PRIMARYKEY:
    case SQLITE_CONSTRAINT_ROWID:
      return with_cause(conflict("record.duplicate", {{"index", violated_index(message)}}));
    case SQLITE_CONSTRAINT_FOREIGNKEY:
      return with_cause(conflict("record.referenced"));
    default:
      break;
  }
  switch (code & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return with_cause({ErrorKind::kUnavailable, "database.busy"});
    case SQLITE_FULL:
      return with_cause({ErrorKind::kStorageFull, "storage.full"});
    case SQLITE_TOOBIG:
      return with_cause({ErrorKind::kTooLarge, "value.too_large"});
    case SQLITE_IOERR:
    case SQLITE_CANTOPEN:
    case SQLITE_NOMEM:
    case SQLITE_PROTOCOL:
    case SQLITE_INTERRUPT:
      return with_cause({ErrorKind::kUnavailable, "database.failed"});
    default:
      return with_cause({ErrorKind::kInternal, "internal"});
  }
}

// SQLite names the columns ("UNIQUE constraint failed: t.a, t.b"), PostgreSQL the index; here the
// index is looked up, and the ones that a column constraint made get PostgreSQL's names.
std::string Connection::violated_index(std::string_view message) {
  constexpr std::string_view kIndex = "index '";
  if (const auto at = message.find(kIndex); at != std::string_view::npos) {
    const auto name = message.substr(at + kIndex.size());
    return std::string(name.substr(0, name.find('\'')));
  }
  const auto colon = message.find(": ");
  if (colon == std::string_view::npos) return {};
  std::string table, columns;
  for (auto part : split(message.substr(colon + 2), ',')) {
    part = trimmed(part);
    const auto dot = part.find('.');
    if (dot == std::string_view::npos) return {};
    table = std::string(part.substr(0, dot));
    if (!columns.empty()) columns += ',';
    columns += part.substr(dot + 1);
  }
  constexpr std::string_view kFind =
      "SELECT name, origin FROM pragma_index_list($1) AS list WHERE \"unique\" AND $2 = (SELECT "
      "group_concat(name, ',') FROM (SELECT name FROM pragma_index_info(list.name) ORDER BY "
      "seqno))";
  auto found = compile(kFind);
  const std::array<Param, 2> params{std::string_view(table), std::string_view(columns)};
  if (!found.ok() || !(*found)->bind(params).ok()) return table;
  auto* handle = (*found)->handle();
  const auto column = [&](int i) -> std::string {
    const auto* text = sqlite3_column_text(handle, i);
    return text == nullptr ? "" : reinterpret_cast<const char*>(text);
  };
  if (sqlite3_step(handle) != SQLITE_ROW) return table + "_pkey";  // the integer key has no index
  if (column(1) == "c") return column(0);
  if (column(1) == "pk") return table + "_pkey";
  std::replace(columns.begin(), columns.end(), ',', '_');
  return table + "_" + columns + "_key";
}
}  // namespace hougu::store::sqlite
