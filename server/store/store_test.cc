// The contract of store/database.h, held on both databases.
#include <gmock/gmock.h>

#include <atomic>
#include <condition_variable>
#include <thread>

#include "store/dialect.h"
#include "store/search.h"
#include "store/store_test_support.h"

namespace hougu::store::test {
namespace {

using Store = StoreTest;
INSTANTIATE_TEST_SUITE_P(Databases, Store, ::testing::Values(Dialect::kSqlite, Dialect::kPostgres),
                         [](const auto& of) {
                           return of.param == Dialect::kSqlite ? "sqlite" : "postgres";
                         });

constexpr std::string_view kCounter = "CREATE TABLE counter (name TEXT PRIMARY KEY, n BIGINT)";

// Lets threads of a test wait for each other.
class Gate {
 public:
  void open() {
    const std::lock_guard lock(mutex_);
    open_ = true;
    changed_.notify_all();
  }
  void wait() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [&] { return open_; });
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  bool open_ = false;
};

TEST_P(Store, AFailedVerbLeavesNothing) {
  ASSERT_EQ(code_of(run(kCounter)), "ok");
  const auto result = db_->write([&](Transaction& tx) -> Result<void> {
    HOUGU_CHECK(tx.execute("INSERT INTO counter VALUES ('a', 1)"));
    return conflict("not.today");
  });
  EXPECT_EQ(code_of(result), "not.today");
  EXPECT_EQ(number("SELECT count(*) FROM counter"), 0);
}

TEST_P(Store, AFailedStatementRollsBackEvenWhenTheVerbLooksAway) {
  ASSERT_EQ(code_of(run(kCounter)), "ok");
  const auto result = db_->write([&](Transaction& tx) -> Result<void> {
    HOUGU_CHECK(tx.execute("INSERT INTO counter VALUES ('a', 1)"));
    static_cast<void>(tx.execute_counted("INSERT INTO counter VALUES ('a', 2)", {}));
    EXPECT_EQ(code_of(tx.execute("INSERT INTO counter VALUES ('b', 2)")), "record.duplicate");
    return {};
  });
  EXPECT_EQ(code_of(result), "record.duplicate");
  EXPECT_EQ(number("SELECT count(*) FROM counter"), 0);
}

TEST_P(Store, AVerbThatThrowsIsRolledBack) {
  ASSERT_EQ(code_of(run(kCounter)), "ok");
  const auto result = db_->write([&](Transaction& tx) -> Result<void> {
    HOUGU_CHECK(tx.execute("INSERT INTO counter VALUES ('a', 1)"));
    throw std::runtime_error("oh");
  });
  EXPECT_EQ(code_of(result), "internal");
  EXPECT_EQ(number("SELECT count(*) FROM counter"), 0);
}

TEST_P(Store, UniqueViolationsNameTheIndex) {
  ASSERT_EQ(code_of(run("CREATE TABLE person (id BIGINT PRIMARY KEY, phone TEXT UNIQUE, a BIGINT, "
                        "b BIGINT, deleted_at BIGINT, UNIQUE (a, b)); CREATE UNIQUE INDEX "
                        "person_b ON person (b, a) WHERE deleted_at IS NULL; "
                        "INSERT INTO person VALUES (1, 'p', 1, 2, 5)")),
            "ok");
  const auto index_of = [&](std::string_view sql) {
    const auto result = db_->write([&](Transaction& tx) { return tx.execute(sql); });
    EXPECT_EQ(code_of(result), "record.duplicate");
    EXPECT_EQ(result.ok() ? ErrorKind::kInternal : result.error().kind, ErrorKind::kConflict);
    return result.ok() ? "" : result.error().params.at("index");
  };
  EXPECT_EQ(index_of("INSERT INTO person VALUES (1, 'q', 3, 4, NULL)"), "person_pkey");
  EXPECT_EQ(index_of("INSERT INTO person VALUES (2, 'p', 3, 4, NULL)"), "person_phone_key");
  EXPECT_EQ(index_of("INSERT INTO person VALUES (2, 'q', 1, 2, 5)"), "person_a_b_key");
  ASSERT_EQ(code_of(run("UPDATE person SET deleted_at = NULL")), "ok");
  ASSERT_EQ(code_of(run("CREATE TABLE other (x BIGINT, deleted_at BIGINT); CREATE UNIQUE INDEX "
                        "other_x ON other (x) WHERE deleted_at IS NULL; INSERT INTO other VALUES "
                        "(1, NULL), (1, 5)")),
            "ok");
  EXPECT_EQ(index_of("UPDATE other SET deleted_at = NULL"), "other_x");
}

TEST_P(Store, OtherConstraintsHaveTheSameErrors) {
  ASSERT_EQ(code_of(run("CREATE TABLE parent (id BIGINT PRIMARY KEY); CREATE TABLE child (id "
                        "BIGINT PRIMARY KEY, parent BIGINT REFERENCES parent(id), n BIGINT NOT "
                        "NULL CHECK (n > 0)); INSERT INTO parent VALUES (1); INSERT INTO child "
                        "VALUES (1, 1, 1)")),
            "ok");
  const auto code = [&](std::string_view sql) {
    return code_of(db_->write([&](Transaction& tx) { return tx.execute(sql); }));
  };
  EXPECT_EQ(code("DELETE FROM parent WHERE id = 1"), "record.referenced");
  EXPECT_EQ(code("INSERT INTO child VALUES (2, 9, 1)"), "record.referenced");
  EXPECT_EQ(code("INSERT INTO child VALUES (2, 1, NULL)"), "internal");
  EXPECT_EQ(code("INSERT INTO child VALUES (2, 1, 0)"), "internal");
  EXPECT_EQ(code("SELEC 1"), "internal");
  EXPECT_EQ(code("SELECT nothing FROM nowhere"), "internal");
  EXPECT_EQ(code("INSERT INTO child VALUES (2, 1, 1)"), "ok");
}

TEST_P(Store, VerbsOfOneGroupFailAlone) {
  ASSERT_EQ(code_of(run(kCounter)), "ok");
  // one verb holds the writer while the others gather behind it
  Gate started, go;
  std::atomic<int> ok = 0, failed = 0, pending = 101;
  Gate all;
  const auto count = [&](Result<void> result) {
    ++(result.ok() ? ok : failed);
    if (--pending == 0) all.open();
  };
  db_->write_async(
      [&](Transaction&) -> Result<void> {
        started.open();
        go.wait();
        return {};
      },
      count);
  started.wait();
  for (int i = 0; i < 100; ++i)
    db_->write_async(
        [i](Transaction& tx) -> Result<void> {
          const auto name = std::to_string(i);
          HOUGU_CHECK(tx.execute("INSERT INTO counter VALUES ($1, 1)", {std::string_view(name)}));
          if (i % 3 == 0) return conflict("third");
          if (i % 3 == 1)
            return tx.execute("INSERT INTO counter VALUES ($1, 2)", {std::string_view(name)});
          return {};
        },
        count);
  go.open();
  all.wait();
  EXPECT_EQ(ok, 1 + 33);
  EXPECT_EQ(failed, 67);
  EXPECT_EQ(number("SELECT count(*) FROM counter"), 33);
}

TEST_P(Store, AcknowledgedMeansVisibleToANewConnection) {
  ASSERT_EQ(code_of(run(kCounter)), "ok");
  ASSERT_EQ(code_of(run("INSERT INTO counter VALUES ('a', 0)")), "ok");
  auto with = options();
  with.serving = false;
  const auto other = open(with);
  for (int i = 1; i <= 50; ++i) {
    ASSERT_EQ(code_of(run("UPDATE counter SET n = n + 1")), "ok");
    std::int64_t seen = -1;
    ASSERT_EQ(code_of(other->read([&](Transaction& tx) {
                return tx.each("SELECT n FROM counter", {}, [&](const Row& row) {
                  seen = row.integer(0);
                  return false;
                });
              })),
              "ok");
    ASSERT_EQ(seen, i);
  }
}

TEST_P(Store, ManyThreadsCountExactly) {
  ASSERT_EQ(code_of(run(kCounter)), "ok");
  ASSERT_EQ(code_of(run("INSERT INTO counter VALUES ('a', 0), ('b', 0)")), "ok");
  constexpr int kThreads = 64, kVerbs = 10;
  std::atomic<int> ok = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < kThreads; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < kVerbs; ++i) {
        const auto result = db_->write([&](Transaction& tx) -> Result<void> {
          // read, then write: wrong without serialization or its retry
          HOUGU_TRY(const auto n, tx.first("SELECT n FROM counter WHERE name = 'a'", {},
                                           [](const Row& row) { return row.integer(0); }));
          HOUGU_CHECK(tx.execute("UPDATE counter SET n = $1 WHERE name = 'a'", {*n + 1}));
          if (t % 8 == 0) return conflict("changed.mind");
          return tx.execute("UPDATE counter SET n = n + 1 WHERE name = 'b'");
        });
        if (result.ok())
          ++ok;
        else if (result.error().code != "changed.mind")
          ADD_FAILURE() << result.error().code << " " << result.error().cause;
      }
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(ok, 56 * kVerbs);
  EXPECT_EQ(number("SELECT n FROM counter WHERE name = 'a'"), ok);
  EXPECT_EQ(number("SELECT n FROM counter WHERE name = 'b'"), ok);
}

TEST_P(Store, AReadSeesOneSnapshot) {
  ASSERT_EQ(code_of(run(kCounter)), "ok");
  ASSERT_EQ(code_of(run("INSERT INTO counter VALUES ('a', 1)")), "ok");
  std::vector<std::int64_t> seen;
  const auto look = [&](Transaction& tx) {
    return tx.each("SELECT n FROM counter", {}, [&](const Row& row) {
      seen.push_back(row.integer(0));
      return true;
    });
  };
  ASSERT_EQ(
      code_of(db_->read([&](Transaction& tx) -> Result<void> {
        HOUGU_CHECK(look(tx));
        std::thread([&] { EXPECT_EQ(code_of(run("UPDATE counter SET n = 2")), "ok"); }).join();
        return look(tx);
      })),
      "ok");
  ASSERT_EQ(code_of(db_->read(look)), "ok");
  EXPECT_THAT(seen, ::testing::ElementsAre(1, 1, 2));
}

TEST_P(Store, AReadCannotWrite) {
  ASSERT_EQ(code_of(run(kCounter)), "ok");
  EXPECT_NE(code_of(db_->read([&](Transaction& tx) -> Result<void> {
              EXPECT_TRUE(tx.read_only());
              HOUGU_CHECK(tx.execute("INSERT INTO counter VALUES ('a', 1)"));
              return tx.each("SELECT n FROM counter", {}, [](const Row&) { return true; });
            })),
            "ok");
  EXPECT_EQ(number("SELECT count(*) FROM counter"), 0);
}

constexpr std::string_view kManyNumbers =
    "WITH RECURSIVE many(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM many WHERE n < 5000) "
    "SELECT n FROM many ORDER BY n";

TEST_P(Store, StopsEarlyAndGoesOn) {
  ASSERT_EQ(code_of(db_->read([&](Transaction& tx) -> Result<void> {
              for (int round = 0; round < 3; ++round) {
                int rows = 0;
                HOUGU_CHECK(tx.each(kManyNumbers, {}, [&](const Row&) { return ++rows < 10; }));
                EXPECT_EQ(rows, 10);
              }
              HOUGU_TRY(const auto none,
                        tx.first("SELECT 1 WHERE 1 = 0", {}, [](const Row&) { return 1; }));
              EXPECT_FALSE(none.has_value());
              return {};
            })),
            "ok");
}

TEST_P(Store, StatementsMayRunInsideARowCallback) {
  ASSERT_EQ(code_of(run(kCounter)), "ok");
  std::int64_t sum = 0;
  int outer = 0;
  ASSERT_EQ(
      code_of(db_->write([&](Transaction& tx) -> Result<void> {
        sum = 0;
        outer = 0;
        Result<void> inner;
        HOUGU_CHECK(tx.each(kManyNumbers, {}, [&](const Row& row) {
          const auto n = row.integer(0);
          ++outer;
          if (n % 1000 != 0) return true;
          const auto name = std::to_string(n);
          inner = tx.execute("INSERT INTO counter VALUES ($1, $2)", {std::string_view(name), n});
          if (inner.ok())  // the same text inside itself
            inner = tx.each(kManyNumbers, {}, [&](const Row& other) {
              sum += other.integer(0);
              return other.integer(0) < 10;
            });
          return inner.ok();
        }));
        return inner;
      })),
      "ok");
  EXPECT_EQ(outer, 5000);
  EXPECT_EQ(sum, 5 * 55);
  EXPECT_EQ(number("SELECT count(*) FROM counter"), 5);
}

TEST_P(Store, CountsChangedRows) {
  ASSERT_EQ(code_of(run(kCounter)), "ok");
  ASSERT_EQ(code_of(db_->write([&](Transaction& tx) -> Result<void> {
              const auto changed = [&](std::string_view sql) {
                auto count = tx.execute_counted(sql, {});
                EXPECT_TRUE(count.ok());
                return count.ok() ? *count : -1;
              };
              EXPECT_EQ(changed("INSERT INTO counter VALUES ('a', 1), ('b', 2), ('c', 3)"), 3);
              EXPECT_EQ(changed("UPDATE counter SET n = 0 WHERE n > 1"), 2);
              EXPECT_EQ(changed("UPDATE counter SET n = 0 WHERE n > 100"), 0);
              EXPECT_EQ(
                  changed("INSERT INTO counter VALUES ('a', 1) ON CONFLICT (name) DO NOTHING"), 0);
              EXPECT_EQ(changed("DELETE FROM counter"), 3);
              return {};
            })),
            "ok");
}

TEST_P(Store, DefinitionsChangeInsideVerbs) {
  ASSERT_EQ(code_of(run(kCounter)), "ok");
  EXPECT_EQ(code_of(db_->write([&](Transaction& tx) -> Result<void> {
              HOUGU_CHECK(
                  tx.execute_script("ALTER TABLE counter ADD COLUMN extra TEXT; CREATE TABLE "
                                    "gone (a BIGINT)"));
              HOUGU_CHECK(tx.execute("INSERT INTO counter (name, extra) VALUES ('a', 'x')"));
              return conflict("undo");
            })),
            "undo");
  EXPECT_EQ(code_of(run("SELECT extra FROM counter")), "internal");
  // statements prepared before a change of the table go on working after it
  const auto all = [&] {
    std::int64_t columns = 0;
    EXPECT_EQ(
        code_of(db_->write([&](Transaction& tx) -> Result<void> {
          HOUGU_CHECK(tx.execute("INSERT INTO counter (name) VALUES ('z') ON CONFLICT DO NOTHING"));
          return tx.each("SELECT * FROM counter", {}, [&](const Row& row) {
            columns = row.columns();
            return false;
          });
        })),
        "ok");
    return columns;
  };
  EXPECT_EQ(all(), 2);
  ASSERT_EQ(code_of(run("ALTER TABLE counter ADD COLUMN extra TEXT")), "ok");
  EXPECT_EQ(all(), 3);
  ASSERT_EQ(code_of(run("ALTER TABLE counter DROP COLUMN extra")), "ok");
  EXPECT_EQ(all(), 2);
}

TEST_P(Store, ActionsRunAfterTheCommitOnly) {
  ASSERT_EQ(code_of(run(kCounter)), "ok");
  std::vector<std::string> order;
  ASSERT_EQ(code_of(db_->write([&](Transaction& tx) -> Result<void> {
              order.clear();
              tx.after_commit([&] { order.push_back("action"); });
              order.push_back("verb");
              return tx.execute("INSERT INTO counter VALUES ('a', 1)");
            })),
            "ok");
  EXPECT_THAT(order, ::testing::ElementsAre("verb", "action"));
  EXPECT_EQ(code_of(db_->write([&](Transaction& tx) -> Result<void> {
              tx.after_commit([&] { order.push_back("never"); });
              return conflict("no");
            })),
            "no");
  EXPECT_EQ(code_of(db_->write([&](Transaction& tx) -> Result<void> {
              tx.after_commit([&] { order.push_back("never"); });
              return tx.execute("INSERT INTO counter VALUES ('a', 1)");
            })),
            "record.duplicate");
  EXPECT_EQ(order.size(), 2u);
}

TEST_P(Store, AFullQueueRefusesAtOnce) {
  auto with = options();
  with.serving = false;
  with.writers = 1;
  with.readers = 1;
  with.queue_limit = 3;
  const auto small = open(with);
  for (const bool writing : {true, false}) {
    Gate started, go, all;
    std::atomic<int> done = 0, busy = 0;
    const auto submit = [&](Verb verb) {
      const auto finished = [&](Result<void> result) {
        if (!result.ok() && result.error().code == "server.busy") ++busy;
        if (++done == 7) all.open();
      };
      writing ? small->write_async(std::move(verb), finished)
              : small->read_async(std::move(verb), finished);
    };
    submit([&](Transaction&) -> Result<void> {
      started.open();
      go.wait();
      return {};
    });
    started.wait();
    for (int i = 0; i < 6; ++i) submit([](Transaction&) -> Result<void> { return {}; });
    EXPECT_EQ(busy, 3);
    if (writing) {
      EXPECT_EQ(small->health().queued, 3u);
    }
    go.open();
    all.wait();
    EXPECT_EQ(busy, 3);
  }
}

TEST_P(Store, HealthCountsVerbs) {
  ASSERT_EQ(code_of(run(kCounter)), "ok");
  const auto before = db_->health();
  EXPECT_TRUE(before.writable);
  ASSERT_EQ(code_of(run("INSERT INTO counter VALUES ('a', 1)")), "ok");
  const auto after = db_->health();
  EXPECT_EQ(after.verbs, before.verbs + 1);
  EXPECT_EQ(after.commits, before.commits + 1);
}

TEST_P(Store, RefusesUnknownUrlsAndUnreachableDatabases) {
  const auto code = [](const std::string& url) {
    Options options;
    options.url = url;
    const auto opened = Database::open(options);
    return opened.ok() ? "ok" : opened.error().code;
  };
  EXPECT_EQ(code("mysql://localhost/x"), "database.url");
  EXPECT_EQ(code(""), "database.url");
  EXPECT_EQ(code("sqlite:"), "database.url");
  EXPECT_EQ(code("sqlite::memory:"), "database.url");
  EXPECT_EQ(code("sqlite:" + place_->folder() + "/no/such/folder/x.db"), "database.unreachable");
  EXPECT_EQ(code("postgresql://127.0.0.1:1/none"), "database.unreachable");
}
}  // namespace
}  // namespace hougu::store::test
