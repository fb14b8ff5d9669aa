#include "store/postgres/transaction.h"

#include "store/dialect.h"

namespace hougu::store::postgres {
namespace {

// tsvector's input form: 'word':position, with the words in their order.
std::string positions(std::string_view document) {
  std::string out;
  int position = 0;
  while (!document.empty()) {
    const auto word = document.substr(0, document.find(' '));
    document.remove_prefix(std::min(document.size(), word.size() + 1));
    if (word.empty()) continue;
    out += '\'';
    for (const char c : word) {
      if (c == '\'' || c == '\\') out += c;
      out += c;
    }
    out.append("':").append(std::to_string(++position)).append(" ");
  }
  return out;
}
}  // namespace

PgTransaction::PgTransaction(Connection& connection, Numbers& numbers, bool read_only)
    : connection_(connection), numbers_(numbers), read_only_(read_only) {
  auto begun = connection_.begin(read_only ? "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
                                           : "BEGIN ISOLATION LEVEL REPEATABLE READ READ WRITE");
  if (!begun.ok()) failure_ = std::move(begun).error();
}

Result<void> PgTransaction::end(Result<void> verb) {
  if (verb.ok() && failure_) verb = *failure_;
  if (verb.ok()) {
    verb = connection_.queue(Connection::Kind::kCommit, "COMMIT");
    if (verb.ok()) verb = connection_.settle();
  } else if (failure_) {
    verb = *failure_;  // what the statement said, whatever the verb made of it
  }
  if (!verb.ok()) {
    // Twice, if a statement that was still queued failed and took the ROLLBACK behind it along.
    for (int i = 0; i < 2 && !connection_.lost(); ++i)
      if (connection_.queue(Connection::Kind::kCommand, "ROLLBACK").ok() &&
          connection_.settle().ok())
        break;
    return verb;
  }
  for (std::size_t i = 0; i < inserted_.size(); ++i)
    events_[inserted_[i]].sequence = connection_.sequences()[i];
  return {};
}

Result<void> PgTransaction::queue(Connection::Kind kind, std::string_view sql,
                                  std::span<const Param> params) {
  if (failure_) return *failure_;
  return noted(connection_.queue(kind, sql, params));
}

Result<void> PgTransaction::each(std::string_view sql, std::span<const Param> params,
                                 const RowCallback& row) {
  if (failure_) return *failure_;
  HOUGU_CHECK(noted(connection_.query(sql, params, row)));
  return {};
}

Result<void> PgTransaction::execute(std::string_view sql, std::span<const Param> params) {
  return queue(Connection::Kind::kPrepared, sql, params);
}

Result<std::int64_t> PgTransaction::execute_counted(std::string_view sql,
                                                    std::span<const Param> params) {
  if (failure_) return *failure_;
  return noted(connection_.query(sql, params, [](const Row&) { return true; }));
}

Result<void> PgTransaction::execute_script(std::string_view sql) {
  if (failure_) return *failure_;
  return noted(connection_.script(sql));
}

void PgTransaction::put_search(std::string_view table, const Id& record, std::string document) {
  const auto name = quoted(table);
  const auto words = quoted(table).insert(table.size() + 1, "_search");
  if (document.empty()) {
    const std::array<Param, 1> params{record};
    static_cast<void>(execute(
        "DELETE FROM " + words + " WHERE rid = (SELECT rid FROM " + name + " WHERE id = $1)",
        params));
    return;
  }
  const auto vector = positions(document);
  const std::array<Param, 2> params{record, std::string_view(vector)};
  static_cast<void>(queue(Connection::Kind::kOneRow,
                          "INSERT INTO " + words + " (rid, search) SELECT rid, $2::tsvector FROM " +
                              name +
                              " WHERE id = $1 ON CONFLICT (rid) DO UPDATE SET search = "
                              "excluded.search",
                          params));
}

void PgTransaction::after_commit(std::function<void()> action) {
  actions_.push_back(std::move(action));
}

void PgTransaction::announce(CommittedEvent event) { events_.push_back(std::move(event)); }

Result<void> PgTransaction::insert_event(std::string_view insert, std::span<const Param> params,
                                         CommittedEvent event) {
  HOUGU_CHECK(
      queue(Connection::Kind::kEvent, std::string(insert).append(" RETURNING sequence"), params));
  inserted_.push_back(events_.size());
  announce(std::move(event));
  return {};
}

Result<std::int64_t> PgTransaction::take_number(std::string_view name) {
  if (failure_) return *failure_;
  return noted(numbers_.take(name));
}
}  // namespace hougu::store::postgres
