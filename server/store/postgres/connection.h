// A PostgreSQL connection in pipeline mode with its prepared statements; used by one thread at a
// time.
#pragma once

#include <unordered_map>

#include "store/postgres/session.h"
#include "store/postgres/values.h"

namespace hougu::store::postgres {

// A statement whose parameter types the server has told.
struct Prepared {
  std::string name, sql;
  std::vector<Oid> types;
  std::uint64_t used_at = 0;
  // Full text search is planned for each call: how common the words are decides everything.
  bool planned_each_time() const { return name.empty(); }
};

class Connection {
 public:
  static Result<std::unique_ptr<Connection>> open(const std::string& url, Millis lock_timeout);
  Connection(const Connection&) = delete;
  Connection& operator=(const Connection&) = delete;

  // False when the server ended the connection while it was idle.
  bool alive();
  bool lost() const { return ended_ || is_lost(session_); }
  const Session& session() const { return session_; }

  enum class Kind {
    kCommand,   // sent as it is, not prepared
    kPrepared,  // its result isn't needed
    kEvent,     // its first column is an event's sequence
    kOneRow,    // fails when it changes nothing
    kCommit,    // a command that ends the transaction
  };
  // Queues a statement; nothing waits for the server.
  Result<void> queue(Kind kind, std::string_view sql, std::span<const Param> params = {});
  // Sends what is queued and reads its results; the first error of them.
  Result<void> settle();
  // Settles and runs a statement, with its rows one after the other as they arrive. Returns the
  // number of changed (or selected) rows.
  Result<std::int64_t> query(std::string_view sql, std::span<const Param> params,
                             const RowCallback& row);
  // Any number of statements without parameters.
  Result<void> script(std::string_view sql);

  // Sequences of the kEvent statements in order, since the last call of begin().
  const std::vector<std::int64_t>& sequences() const { return sequences_; }
  // COMMIT went to the server and it isn't known what came of it.
  bool outcome_unknown() const { return lost() && commit_sent_ && !commit_refused_; }
  // After an error no statement may follow: it would be a transaction of its own.
  Result<void> begin(std::string_view sql);
  // Forgets the prepared statements, whose plans a change of tables made unusable.
  void forget_statements();

 private:
  struct Pending {
    Kind kind;
    std::string sql;  // for the error
  };
  class Rows;
  struct TextHash {
    using is_transparent = void;
    std::size_t operator()(std::string_view text) const {
      return std::hash<std::string_view>{}(text);
    }
  };

  explicit Connection(Session session) : session_(std::move(session)) {}
  Result<Prepared*> prepare(std::string_view sql);
  Result<void> describe(Prepared& statement);
  void drop_oldest();
  Result<void> send(const Prepared& statement, std::span<const Param> params);
  Result<void> sync();
  // Reads the results of all that is pending, and not the end of the pipeline.
  Result<void> read_pending();
  Result<void> read_one(const Pending& pending);
  Result<void> read_sync();
  Error lost_error() const;

  Session session_;
  bool ended_ = false;  // the server said that it ends the session
  std::unordered_map<std::string, std::unique_ptr<Prepared>, TextHash, std::equal_to<>> statements_;
  std::uint64_t tick_ = 0, names_ = 0;
  EncodedParams encoded_;
  std::vector<Pending> pending_;
  std::vector<std::int64_t> sequences_;
  Rows* active_ = nullptr;  // rows of a query that are still arriving
  bool commit_sent_ = false, commit_refused_ = false;
};
}  // namespace hougu::store::postgres
