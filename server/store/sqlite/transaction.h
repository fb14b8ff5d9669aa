// A verb's view of a SQLite connection.
#pragma once

#include "store/sqlite/connection.h"

namespace hougu::store::sqlite {

struct SearchUpdate {
  std::string table;
  std::int64_t rid;
  std::string document;  // empty removes
};

// What the verbs of one commit leave behind for its end.
struct Effects {
  std::vector<SearchUpdate> search;
  std::vector<std::function<void()>> actions;
  std::vector<CommittedEvent> events;
  void clear() { search.clear(), actions.clear(), events.clear(); }
};

class SqliteTransaction final : public Transaction {
 public:
  // Appends to `effects`; drop() takes back what this verb appended.
  SqliteTransaction(Connection& connection, Effects& effects, bool read_only);
  void drop();
  const std::optional<Error>& failure() const { return failure_; }
  bool wrote() const { return wrote_; }  // or tried to

  Dialect dialect() const override { return Dialect::kSqlite; }
  bool read_only() const override { return read_only_; }
  using Transaction::each;
  using Transaction::execute;
  using Transaction::execute_counted;
  Result<void> each(std::string_view sql, std::span<const Param> params,
                    const RowCallback& row) override;
  Result<void> execute(std::string_view sql, std::span<const Param> params) override;
  Result<std::int64_t> execute_counted(std::string_view sql,
                                       std::span<const Param> params) override;
  Result<void> execute_script(std::string_view sql) override;
  void put_search(std::string_view table, const Id& record, std::string document) override;
  void after_commit(std::function<void()> action) override;
  void announce(CommittedEvent event) override;
  Result<void> insert_event(std::string_view insert, std::span<const Param> params,
                            CommittedEvent event) override;
  Result<std::int64_t> take_number(std::string_view name) override;

 private:
  Error fail(Error error);
  Result<Lease> start(std::string_view sql, std::span<const Param> params);

  Connection& connection_;
  Effects& effects_;
  const std::size_t first_search_, first_action_, first_event_;
  const bool read_only_;
  bool wrote_ = false;
  std::optional<Error> failure_;
};

// The group's search words; in the outer transaction, because FTS5 writes its pending words out on
// every savepoint.
Result<void> write_search(Connection& connection, const std::vector<SearchUpdate>& updates);
}  // namespace hougu::store::sqlite
