// Killed connections, serialization failures and locks, with the real server.
#include <gmock/gmock.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "store/store_test_support.h"

namespace hougu::store::test {
namespace {

class Postgres : public StoreTest {};
INSTANTIATE_TEST_SUITE_P(Faults, Postgres, ::testing::Values(Dialect::kPostgres));

constexpr std::string_view kTable = "CREATE TABLE entry (name TEXT PRIMARY KEY, body TEXT)";

Result<void> insert(Transaction& tx, const std::string& name, std::string_view body) {
  return tx.execute("INSERT INTO entry VALUES ($1, $2)", {std::string_view(name), body});
}

TEST_P(Postgres, AVerbOutlivesAKilledConnection) {
  auto with = options();
  with.writers = with.readers = 1;
  const auto database = open(with);
  ASSERT_EQ(code_of(run(kTable)), "ok");
  std::atomic<int> runs = 0;
  const auto result = database->write([&](Transaction& tx) -> Result<void> {
    HOUGU_CHECK(insert(tx, "a", "1"));
    HOUGU_TRY(const auto process, tx.first("SELECT pg_backend_pid()", {},
                                           [](const Row& row) { return row.integer(0); }));
    if (++runs == 1)
      std::thread([&] {
        on_server("DO $$ BEGIN PERFORM pg_terminate_backend(" + std::to_string(*process) +
                  "); END $$");
      }).join();
    return insert(tx, "b", "2");
  });
  // ended before the COMMIT went out, or in the same batch but before it was reached
  EXPECT_EQ(code_of(result), "ok") << result.error().cause;
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(number("SELECT count(*) FROM entry"), 2);
  // while idle
  std::int64_t process = 0;
  const auto look = [&](Transaction& tx) {
    return tx.each("SELECT pg_backend_pid()", {}, [&](const Row& row) {
      process = row.integer(0);
      return true;
    });
  };
  for (const bool writing : {true, false}) {
    ASSERT_EQ(code_of(writing ? database->write(look) : database->read(look)), "ok");
    const auto before = process;
    on_server("DO $$ BEGIN PERFORM pg_terminate_backend(" + std::to_string(before) +
              "); WHILE "
              "EXISTS (SELECT 1 FROM pg_stat_activity WHERE pid = " +
              std::to_string(before) + ") LOOP PERFORM pg_stat_clear_snapshot(); END LOOP; END $$");
    ASSERT_EQ(code_of(writing ? database->write(look) : database->read(look)), "ok");
    EXPECT_NE(process, before);
  }
}

TEST_P(Postgres, AConnectionKilledDuringCommitLeavesTheOutcomeUnknown) {
  ASSERT_EQ(
      code_of(run(std::string(kTable) +
                  "; CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS 'BEGIN PERFORM "
                  "pg_terminate_backend(pg_backend_pid()); RETURN NULL; END'; CREATE "
                  "CONSTRAINT TRIGGER die AFTER INSERT ON entry DEFERRABLE INITIALLY "
                  "DEFERRED FOR EACH ROW EXECUTE FUNCTION die()")),
      "ok");
  std::atomic<int> runs = 0, actions = 0;
  const auto result = db_->write([&](Transaction& tx) {
    ++runs;
    tx.after_commit([&] { ++actions; });
    return insert(tx, "a", "1");
  });
  EXPECT_EQ(code_of(result), "database.outcome_unknown");
  EXPECT_EQ(runs, 1);
  EXPECT_EQ(actions, 0);
  EXPECT_EQ(number("SELECT count(*) FROM entry"), 0);
}

TEST_P(Postgres, ASerializationFailureRunsTheVerbAgain) {
  ASSERT_EQ(code_of(run(kTable)), "ok");
  ASSERT_EQ(code_of(run("INSERT INTO entry VALUES ('a', '0')")), "ok");
  std::atomic<int> runs = 0, actions = 0;
  const auto add = [](Transaction& tx, std::string_view text) {
    return tx.execute("UPDATE entry SET body = body || $1", {text});
  };
  ASSERT_EQ(code_of(db_->write([&](Transaction& tx) -> Result<void> {
              tx.after_commit([&] { ++actions; });
              HOUGU_CHECK(tx.each("SELECT body FROM entry", {}, [](const Row&) { return true; }));
              if (++runs == 1)
                std::thread([&] {
                  EXPECT_EQ(
                      code_of(db_->write([&](Transaction& other) { return add(other, "1"); })),
                      "ok");
                }).join();
              return add(tx, "2");
            })),
            "ok");
  EXPECT_EQ(runs, 2);
  EXPECT_EQ(actions, 1);
  EXPECT_EQ(db_->health().retries, 1u);
  EXPECT_EQ(number("SELECT count(*) FROM entry WHERE body = '012'"), 1);
}

TEST_P(Postgres, EventsGoOnAfterTheListeningConnectionIsKilled) {
  const auto other = open();
  std::mutex mutex;
  std::condition_variable changed;
  std::vector<std::string> heard;
  const auto subscription = db_->on_events([&](const CommittedEvent& event) {
    const std::lock_guard lock(mutex);
    heard.push_back(event.type);
    changed.notify_all();
  });
  on_server(
      "DO $$ BEGIN PERFORM pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE "
      "'LISTEN%' AND datname = current_database(); END $$");
  const auto heard_of = [&](std::string_view type) {
    std::unique_lock lock(mutex);
    return changed.wait_for(lock, std::chrono::seconds(20), [&] {
      return std::find(heard.begin(), heard.end(), type) != heard.end();
    });
  };
  EXPECT_TRUE(heard_of("stream.gap"));
  CommittedEvent event;
  event.type = "mine";
  db_->broadcast(event);
  EXPECT_TRUE(heard_of("mine"));
}

TEST_P(Postgres, ALongWaitForALockIsBusy) {
  ASSERT_EQ(code_of(run(kTable)), "ok");
  ASSERT_EQ(code_of(run("INSERT INTO entry VALUES ('a', '1')")), "ok");
  auto with = options();
  with.busy_timeout = 50;
  const auto impatient = open(with);
  const auto change = [](Transaction& tx) {
    return tx.execute("UPDATE entry SET body = body || '!' WHERE name = 'a'");
  };
  ASSERT_EQ(
      code_of(db_->write([&](Transaction& tx) -> Result<void> {
        HOUGU_TRY(const auto changed, tx.execute_counted("UPDATE entry SET body = '2'", {}));
        EXPECT_EQ(changed, 1);
        std::thread([&] { EXPECT_EQ(code_of(impatient->write(change)), "database.busy"); }).join();
        return {};
      })),
      "ok");
  EXPECT_EQ(code_of(impatient->write(change)), "ok");
  EXPECT_EQ(number("SELECT count(*) FROM entry WHERE body = '2!'"), 1);
}
}  // namespace
}  // namespace hougu::store::test
