// One interface over SQLite and PostgreSQL. SQL is written once, with $1…$n parameters and the type
// words of migrations.h; what the dialects can't share goes through the functions of dialect.h.
//
// A VERB is a function that gets a Transaction and returns a Result: an error (or a failed
// statement) rolls all of it back. A verb may run more than once (serialization failure, a group
// that had to be taken apart), so it changes nothing outside its transaction except by
// after_commit().
//
// SQLite: one writer thread runs verbs in groups: each verb in its own savepoint, one commit with
// one sync for the group, each acknowledged only after the sync. Reads run on a pool of read-only
// connections, each on a snapshot. PostgreSQL: a pool of connections, REPEATABLE READ, statements
// pipelined, retried on 40001/40P01.
#pragma once

#include <cstdint>
#include <functional>
#include <initializer_list>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "base/result.h"

namespace hougu::store {

enum class Dialect { kSqlite, kPostgres };

struct Bytes {
  std::string_view view;
};

// A bound parameter. Views need to live until the call returns. Ids are 16-byte blobs in SQLite and
// uuid in PostgreSQL; booleans are 0/1 integers in SQLite and boolean in PostgreSQL.
using Param = std::variant<std::nullptr_t, bool, std::int64_t, double, std::string_view, Id, Bytes>;

// One row of a result; views are valid until the callback returns.
class Row {
 public:
  virtual ~Row() = default;
  virtual int columns() const = 0;
  virtual bool is_null(int column) const = 0;
  virtual bool boolean(int column) const = 0;
  virtual std::int64_t integer(int column) const = 0;
  virtual double real(int column) const = 0;
  virtual std::string_view text(int column) const = 0;
  virtual Id id(int column) const = 0;
  virtual std::string_view bytes(int column) const = 0;

  std::optional<Id> optional_id(int column) const {
    return is_null(column) ? std::nullopt : std::optional(id(column));
  }
  std::optional<std::int64_t> optional_integer(int column) const {
    return is_null(column) ? std::nullopt : std::optional(integer(column));
  }
};

// Returns false to stop early.
using RowCallback = std::function<bool(const Row&)>;

struct CommittedEvent;

class Transaction {
 public:
  virtual ~Transaction() = default;
  virtual Dialect dialect() const = 0;
  virtual bool read_only() const = 0;

  // Errors of statements, the same on both databases: unique -> kConflict "record.duplicate" with
  // the index name in params["index"]; foreign key -> kConflict "record.referenced"; locked ->
  // kUnavailable "database.busy"; text with a zero byte or broken UTF-8 -> kInvalid
  // "text.not_utf8"; full disk -> kStorageFull "storage.full"; NOT NULL, CHECK and wrong SQL ->
  // kInternal. After an error every further statement of the transaction returns it again, and the
  // verb is rolled back whatever it returns.

  // Calls `row` for each row as it arrives (constant memory). A statement run inside the callback
  // is allowed; on PostgreSQL the rest of the outer rows then waits in memory.
  virtual Result<void> each(std::string_view sql, std::span<const Param> params,
                            const RowCallback& row) = 0;
  // A write whose result isn't needed. PostgreSQL may queue it until the next
  // each()/count()/commit; its error then appears there. Statements of fixed text are prepared once
  // per connection.
  virtual Result<void> execute(std::string_view sql, std::span<const Param> params) = 0;
  // Runs at once and returns the number of changed rows.
  virtual Result<std::int64_t> execute_counted(std::string_view sql,
                                               std::span<const Param> params) = 0;
  // Several statements of DDL without parameters. Allowed in a verb on both databases.
  virtual Result<void> execute_script(std::string_view sql) = 0;

  // Sets the search words (store/search.h: search_document()) of a record of `table` (which has the
  // columns of record_table() in dialect.h); empty removes them. Written at the end of the group,
  // in the same commit: a search inside the verb doesn't see it. The record must exist at the call
  // (remove its words before deleting it for good).
  virtual void put_search(std::string_view table, const Id& record, std::string document) = 0;

  // Runs after the commit is durable, on the database's thread: keep it short. Dropped on rollback.
  virtual void after_commit(std::function<void()> action) = 0;

  // Told to Database::on_events() subscribers of every node after the commit.
  virtual void announce(CommittedEvent event) = 0;

  // Runs `insert` ("INSERT INTO event …" without RETURNING) and announces `event` with the sequence
  // that the database gave to the row. For append_event() of events.h.
  virtual Result<void> insert_event(std::string_view insert, std::span<const Param> params,
                                    CommittedEvent event) = 0;
  // For next_number() of events.h, which says what is promised.
  virtual Result<std::int64_t> take_number(std::string_view name) = 0;

  Result<void> each(std::string_view sql, std::initializer_list<Param> params,
                    const RowCallback& row) {
    return each(sql, std::span(params.begin(), params.size()), row);
  }
  Result<void> execute(std::string_view sql, std::initializer_list<Param> params = {}) {
    return execute(sql, std::span(params.begin(), params.size()));
  }
  Result<std::int64_t> execute_counted(std::string_view sql, std::initializer_list<Param> params) {
    return execute_counted(sql, std::span(params.begin(), params.size()));
  }
  // The first row through `read`, or nullopt when there is none.
  template <typename Read>
  auto first(std::string_view sql, std::initializer_list<Param> params, Read read)
      -> Result<std::optional<decltype(read(std::declval<const Row&>()))>> {
    std::optional<decltype(read(std::declval<const Row&>()))> found;
    auto done = each(sql, params, [&](const Row& row) {
      found.emplace(read(row));
      return false;
    });
    if (!done.ok()) return std::move(done).error();
    return found;
  }
};

// What a committed event tells the live streams; enough to decide who may hear of it.
struct CommittedEvent {
  std::int64_t sequence = 0;
  std::string type;    // "ticket.assigned", "record.updated", "presence"
  std::string entity;  // "ticket"
  Id record;
  Id actor;
  std::int64_t version = 0;  // of the record after the change
  std::string data_json{};   // small (≤ 2 KB), or empty
};

using Verb = std::function<Result<void>(Transaction&)>;
using Completion = std::function<void(Result<void>)>;

struct Options {
  std::string url;                 // "sqlite:/path/file.db" or "postgresql://…"
  int readers = 4;                 // read connections / threads
  int writers = 8;                 // PostgreSQL only
  int group_limit = 256;           // verbs per commit, SQLite
  std::size_t queue_limit = 4096;  // verbs waiting; above that: kUnavailable "server.busy"
  Millis busy_timeout = 5000;
  // SQLite: takes the file's serving lock ("database.locked" if another process has it) and keeps
  // the write-ahead log short in the background. False for the command line beside a running
  // server: writes then take turns with the server's, and its on_events() listeners don't hear of
  // them.
  bool serving = true;
};

class Database {
 public:
  // Opens (and creates) the database; errors: "database.url" (neither of the two kinds),
  // "database.unreachable", "database.locked" (another process serves this file). "database.newer"
  // (made by a later version) comes from migrate().
  static Result<std::unique_ptr<Database>> open(const Options& options);
  virtual ~Database() = default;

  virtual Dialect dialect() const = 0;

  // Runs the verb in a write transaction; `done` is called once, after the commit is durable or
  // after the rollback, on a database thread; with "server.busy" at once on the caller's thread
  // when queue_limit verbs wait. Errors of the commit: "storage.full", "database.busy" (gave up
  // retrying), "database.unreachable", "database.outcome_unknown" (PostgreSQL: the connection broke
  // during COMMIT).
  virtual void write_async(Verb verb, Completion done) = 0;
  // The same for a read-only snapshot on the reader pool.
  virtual void read_async(Verb query, Completion done) = 0;

  // Blocking forms, for the command line, jobs and tests. Never call them from a verb.
  Result<void> write(const Verb& verb);
  Result<void> read(const Verb& query);

  // Subscribers hear of committed events of all nodes, in commit order per node, on a database
  // thread. Returns a handle; the subscription ends when the handle is destroyed, and no call is
  // running any more when its destructor returns. Events are hints: those of other nodes are lost
  // while the connection to PostgreSQL is (then a "stream.gap" event without a record tells the
  // listeners to look again); the event table is the truth.
  virtual std::shared_ptr<void> on_events(std::function<void(const CommittedEvent&)> listener) = 0;
  // Sends to the listeners of all nodes without a transaction (presence).
  virtual void broadcast(const CommittedEvent& event) = 0;

  // Online, consistent copy into a new file (SQLite: backup API; PostgreSQL: a portable dump of all
  // tables in one snapshot). Refuses an existing file: "backup.exists".
  virtual Result<void> backup(const std::string& file) = 0;

  struct Health {
    bool writable = false;
    std::size_t queued = 0;
    std::uint64_t commits = 0, verbs = 0, retries = 0;
  };
  virtual Health health() = 0;
};
}  // namespace hougu::store
