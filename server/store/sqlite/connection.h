// One SQLite connection with its prepared statements; used by one thread at a time.
#pragma once

#include <sqlite3.h>

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "store/database.h"

namespace hougu::store::sqlite {

// A prepared statement. $n parameters are named, so the number of each place is kept.
class Statement {
 public:
  explicit Statement(sqlite3_stmt* handle);
  ~Statement();
  Statement(const Statement&) = delete;
  Statement& operator=(const Statement&) = delete;

  sqlite3_stmt* handle() const { return handle_; }
  // Views in `params` must live until the statement is reset.
  Result<void> bind(std::span<const Param> params);

  bool busy = false;  // being stepped through by an outer call
  std::uint64_t used_at = 0;

 private:
  sqlite3_stmt* handle_;
  std::vector<std::uint16_t> numbers_;  // parameter number of each place
};

class Connection;

// A statement in use; reset on destruction.
class Lease {
 public:
  Lease(Statement* cached, std::unique_ptr<Statement> own);
  ~Lease();
  Lease(Lease&& other) noexcept;
  Lease& operator=(Lease&&) = delete;
  Statement* operator->() const { return statement_; }
  sqlite3_stmt* handle() const { return statement_->handle(); }

 private:
  Statement* statement_;
  std::unique_ptr<Statement> own_;  // when the cached one is busy
};

// kCopy: a backup in the making; without a write-ahead log, synced once at its end.
enum class Access { kReadWrite, kReadOnly, kCopy };

class Connection {
 public:
  // `cache_kib`: page cache of the connection.
  static Result<std::unique_ptr<Connection>> open(const std::string& path, Access access,
                                                  Millis busy_timeout, int cache_kib);
  ~Connection();
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  sqlite3* handle() const { return db_; }
  // Prepared, or taken from the cache.
  Result<Lease> prepare(std::string_view sql);
  // A cached statement without result, for transaction control.
  Result<void> run(std::string_view sql);
  // Any number of statements, not cached.
  Result<void> script(std::string_view sql);
  bool in_transaction() const { return sqlite3_get_autocommit(db_) == 0; }
  // The error of the last failed call on this connection.
  Error last_error(std::string_view sql);

 private:
  explicit Connection(sqlite3* db) : db_(db) {}
  Result<std::unique_ptr<Statement>> compile(std::string_view sql);
  void evict_oldest();
  std::string violated_index(std::string_view message);

  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };
  sqlite3* db_;
  std::unordered_map<std::string, std::unique_ptr<Statement>, TextHash, std::equal_to<>> cache_;
  std::uint64_t tick_ = 0;
};
}  // namespace hougu::store::sqlite
