// A verb's view of a PostgreSQL connection.
#pragma once

#include "store/postgres/connection.h"
#include "store/postgres/numbers.h"

namespace hougu::store::postgres {

class PgTransaction final : public Transaction {
 public:
  PgTransaction(Connection& connection, Numbers& numbers, bool read_only);

  // Ends it by COMMIT or ROLLBACK after what the verb returned; an error means that nothing is in
  // the database, unless the connection's outcome_unknown().
  Result<void> end(Result<void> verb);
  // After a successful end().
  std::vector<std::function<void()>>& actions() { return actions_; }
  std::vector<CommittedEvent>& events() { return events_; }

  Dialect dialect() const override { return Dialect::kPostgres; }
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
  template <typename T>
  Result<T> noted(Result<T> result) {
    if (!result.ok() && !failure_) failure_ = result.error();
    return result;
  }
  Result<void> queue(Connection::Kind kind, std::string_view sql, std::span<const Param> params);

  Connection& connection_;
  Numbers& numbers_;
  const bool read_only_;
  std::optional<Error> failure_;
  std::vector<std::function<void()>> actions_;
  std::vector<CommittedEvent> events_;
  std::vector<std::size_t> inserted_;  // which of events_ get their sequences from the connection
};
}  // namespace hougu::store::postgres
