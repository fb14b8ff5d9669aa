#include "store/sqlite/reader_pool.h"

#include "store/sqlite/transaction.h"

namespace hougu::store::sqlite {
namespace {

Result<void> run_query(Connection& connection, const Verb& query) {
  HOUGU_CHECK(connection.run("BEGIN DEFERRED"));
  Effects effects;
  SqliteTransaction tx(connection, effects, true);
  auto result = call(query, tx);
  if (tx.failure() && result.ok()) result = *tx.failure();
  if (connection.in_transaction()) {
    auto ended = connection.run("COMMIT");
    if (!ended.ok()) static_cast<void>(connection.run("ROLLBACK"));
  }
  if (result.ok())
    for (const auto& action : effects.actions) run_action(action);
  return result;
}
}  // namespace

ReaderPool::ReaderPool(std::vector<std::unique_ptr<Connection>> connections,
                       std::size_t queue_limit)
    : connections_(std::move(connections)), queue_(queue_limit) {
  for (auto& connection : connections_)
    threads_.emplace_back([this, reader = connection.get()] { run(*reader); });
}

ReaderPool::~ReaderPool() {
  queue_.close();
  for (auto& thread : threads_) thread.join();
}

void ReaderPool::run(Connection& connection) {
  const DatabaseThread mark;
  for (Job job; queue_.pop(job); job = {}) complete(job.done, run_query(connection, job.verb));
}
}  // namespace hougu::store::sqlite
