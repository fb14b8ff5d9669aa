// Full disks, locks, killed connections, and backups while others write.
#include <gmock/gmock.h>
#include <sqlite3.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include "store/backup.h"
#include "store/dialect.h"
#include "store/search.h"
#include "store/store_test_support.h"

namespace hougu::store::test {
namespace {

using Faults = StoreTest;
INSTANTIATE_TEST_SUITE_P(Databases, Faults, ::testing::Values(Dialect::kSqlite, Dialect::kPostgres),
                         [](const auto& of) {
                           return of.param == Dialect::kSqlite ? "sqlite" : "postgres";
                         });

class Sqlite : public StoreTest {
 protected:
  // Without the background thread, which would commit and sync at moments of its own.
  void open_plain() {
    db_.reset();
    auto with = options();
    with.serving = false;
    db_ = open(with);
  }
};
INSTANTIATE_TEST_SUITE_P(Faults, Sqlite, ::testing::Values(Dialect::kSqlite));
class Postgres : public StoreTest {};
INSTANTIATE_TEST_SUITE_P(Faults, Postgres, ::testing::Values(Dialect::kPostgres));

constexpr std::string_view kTable = "CREATE TABLE entry (name TEXT PRIMARY KEY, body TEXT)";

Result<void> insert(Transaction& tx, const std::string& name, std::string_view body) {
  return tx.execute("INSERT INTO entry VALUES ($1, $2)", {std::string_view(name), body});
}

// Submits verbs so that they form one group behind a verb that waits; returns their outcomes.
std::vector<std::string> run_as_group(Database& database, const std::vector<Verb>& verbs) {
  std::mutex mutex;
  std::condition_variable changed;
  bool started = false, go = false;
  std::size_t done = 0;
  std::vector<std::string> outcomes(verbs.size());
  database.write_async(
      [&](Transaction&) -> Result<void> {
        std::unique_lock lock(mutex);
        started = true;
        changed.notify_all();
        changed.wait(lock, [&] { return go; });
        return {};
      },
      [](const Result<void>&) {});
  std::unique_lock lock(mutex);
  changed.wait(lock, [&] { return started; });
  for (std::size_t i = 0; i < verbs.size(); ++i)
    database.write_async(verbs[i], [&, i](Result<void> result) {
      const std::lock_guard inner(mutex);
      outcomes[i] = code_of(result);
      ++done;
      changed.notify_all();
    });
  go = true;
  changed.notify_all();
  changed.wait(lock, [&] { return done == verbs.size(); });
  return outcomes;
}

TEST_P(Sqlite, AFullDiskRefusesTheVerbsThatDoNotFit) {
  open_plain();
  ASSERT_EQ(code_of(run(kTable)), "ok");
  const auto pages = number("PRAGMA page_count");
  // the engine's own limit of pages gives what a full disk gives
  ASSERT_EQ(code_of(run("PRAGMA max_page_count=" + std::to_string(pages + 20))), "ok");
  const std::string small(100, 's'), large(400'000, 'l');
  std::vector<Verb> verbs;
  for (int i = 0; i < 20; ++i)
    verbs.push_back([&, i](Transaction& tx) {
      return insert(tx, std::to_string(i), i % 4 == 1 ? large : small);
    });
  const auto outcomes = run_as_group(*db_, verbs);
  for (std::size_t i = 0; i < outcomes.size(); ++i)
    EXPECT_EQ(outcomes[i], i % 4 == 1 ? "storage.full" : "ok") << i;
  EXPECT_EQ(number("SELECT count(*) FROM entry"), 15);
  EXPECT_EQ(number("SELECT count(*) FROM pragma_integrity_check WHERE integrity_check = 'ok'"), 1);
  EXPECT_EQ(code_of(db_->write([&](Transaction& tx) { return insert(tx, "x", large); })),
            "storage.full");
  EXPECT_FALSE(db_->health().writable);
  ASSERT_EQ(code_of(run("PRAGMA max_page_count=100000")), "ok");
  EXPECT_EQ(code_of(db_->write([&](Transaction& tx) { return insert(tx, "x", large); })), "ok");
  EXPECT_TRUE(db_->health().writable);
}

TEST_P(Sqlite, AFullDiskAtTheEndOfTheGroupTakesItApart) {
  open_plain();
  ASSERT_EQ(code_of(run(create_record_table(GetParam(), "note", {}))), "ok");
  std::vector<Verb> verbs;
  std::string words;  // some 700 KB of different words, beyond what FTS5 keeps in memory
  for (int i = 0; i < 100'000; ++i) words += "w" + std::to_string(i) + " ";
  for (std::uint32_t i = 1; i <= 10; ++i)
    verbs.push_back([&, i](Transaction& tx) -> Result<void> {
      HOUGU_CHECK(tx.execute("INSERT INTO note (id, created_at, updated_at) VALUES ($1, 0, 0)",
                             {make_id(i)}));
      tx.put_search("note", make_id(i), i == 5 ? words : "small");
      return {};
    });
  const auto pages = number("PRAGMA page_count");
  ASSERT_EQ(code_of(run("PRAGMA max_page_count=" + std::to_string(pages + 60))), "ok");
  const auto outcomes = run_as_group(*db_, verbs);
  for (std::size_t i = 0; i < outcomes.size(); ++i)
    EXPECT_EQ(outcomes[i], i == 4 ? "storage.full" : "ok") << i;
  EXPECT_EQ(number("SELECT count(*) FROM note"), 9);
  EXPECT_EQ(number("SELECT count(*) FROM note_search WHERE note_search MATCH 'small'"), 9);
  EXPECT_GT(db_->health().retries, 0u);
}

// Watches the syncs of write-ahead logs, and lets them fail. One of it lives at a time.
class SyncWatch {
 public:
  SyncWatch() : system_(sqlite3_vfs_find(nullptr)), watching_(*system_) {
    syncs = 0;
    failing = false;
    watching_.zName = "watching";
    watching_.xOpen = open;
    sqlite3_vfs_register(&watching_, 1);
  }
  ~SyncWatch() {
    sqlite3_vfs_unregister(&watching_);
    sqlite3_vfs_register(system_, 1);
  }
  SyncWatch(const SyncWatch&) = delete;
  SyncWatch& operator=(const SyncWatch&) = delete;

  static inline std::atomic<int> syncs = 0;
  static inline std::atomic<bool> failing = false;

 private:
  static int open(sqlite3_vfs* vfs, sqlite3_filename name, sqlite3_file* file, int flags,
                  int* out_flags) {
    const auto* system = sqlite3_vfs_find("unix");
    const int code = system->xOpen(vfs, name, file, flags, out_flags);
    if (code != SQLITE_OK || (flags & SQLITE_OPEN_WAL) == 0) return code;
    original_ = file->pMethods;
    static sqlite3_io_methods methods;
    methods = *original_;
    methods.xSync = sync;
    file->pMethods = &methods;
    return code;
  }
  static int sync(sqlite3_file* file, int flags) {
    if (failing) return SQLITE_IOERR_FSYNC;
    const int code = original_->xSync(file, flags);
    ++syncs;
    return code;
  }
  static inline const sqlite3_io_methods* original_ = nullptr;
  sqlite3_vfs* system_;
  sqlite3_vfs watching_;
};

TEST_P(Sqlite, AGroupIsAcknowledgedAfterItsOneSync) {
  const SyncWatch watch;
  open_plain();
  ASSERT_EQ(code_of(run(kTable)), "ok");
  const int before = SyncWatch::syncs;
  std::vector<Verb> verbs;
  std::atomic<int> late = 0;
  for (int i = 0; i < 50; ++i)
    verbs.push_back([&, i](Transaction& tx) -> Result<void> {
      if (SyncWatch::syncs != before) ++late;
      tx.after_commit([&] {
        if (SyncWatch::syncs != before + 1) ++late;
      });
      return insert(tx, std::to_string(i), "x");
    });
  EXPECT_THAT(run_as_group(*db_, verbs), ::testing::Each("ok"));
  EXPECT_EQ(late, 0);
  EXPECT_EQ(SyncWatch::syncs, before + 1);
  db_.reset();
}

TEST_P(Sqlite, AFailedSyncFailsEveryVerbOfTheGroup) {
  const SyncWatch watch;
  open_plain();
  ASSERT_EQ(code_of(run(kTable)), "ok");
  std::vector<Verb> verbs;
  std::atomic<int> actions = 0;
  for (int i = 0; i < 10; ++i)
    verbs.push_back([&, i](Transaction& tx) -> Result<void> {
      tx.after_commit([&] { ++actions; });
      return insert(tx, std::to_string(i), "x");
    });
  SyncWatch::failing = true;
  EXPECT_THAT(run_as_group(*db_, verbs), ::testing::Each("database.failed"));
  EXPECT_EQ(actions, 0);
  EXPECT_EQ(number("SELECT count(*) FROM entry"), 0);
  SyncWatch::failing = false;
  EXPECT_THAT(run_as_group(*db_, verbs), ::testing::Each("ok"));
  EXPECT_EQ(number("SELECT count(*) FROM entry"), 10);
  db_.reset();
}

TEST_P(Sqlite, OneProcessServesAFile) {
  const auto second = Database::open(options());
  EXPECT_EQ(second.ok() ? "ok" : second.error().code, "database.locked");
  auto plain = options();
  plain.serving = false;
  const auto beside = open(plain);
  ASSERT_NE(beside, nullptr);
  ASSERT_EQ(code_of(beside->write([](Transaction& tx) { return tx.execute_script(kTable); })),
            "ok");
  EXPECT_EQ(number("SELECT count(*) FROM entry"), 0);
  db_.reset();
  EXPECT_NE(open(), nullptr);
}

TEST_P(Sqlite, ALockedFileIsBusyAndComesBack) {
  ASSERT_EQ(code_of(run(kTable)), "ok");
  auto with = options();
  with.serving = false;
  with.busy_timeout = 20;
  const auto impatient = open(with);
  ASSERT_EQ(
      code_of(db_->write([&](Transaction& tx) -> Result<void> {
        HOUGU_CHECK(insert(tx, "a", "1"));
        std::thread([&] {
          EXPECT_EQ(
              code_of(impatient->write([](Transaction& other) { return insert(other, "b", "2"); })),
              "database.busy");
        }).join();
        return {};
      })),
      "ok");
  EXPECT_EQ(code_of(impatient->write([](Transaction& other) { return insert(other, "b", "2"); })),
            "ok");
}

TEST_P(Sqlite, TheLogStaysShortUnderLoad) {
  ASSERT_EQ(code_of(run(kTable)), "ok");
  const std::string body(100'000, 'b');
  for (int i = 0; i < 1500; ++i)
    ASSERT_EQ(code_of(db_->write([&](Transaction& tx) {
                return tx.execute(
                    "INSERT INTO entry VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET body = "
                    "$2",
                    {std::string_view("same"), std::string_view(body)});
              })),
              "ok");
  // 150 MB were written; a log that begins anew stays at a few times the threshold of 16 MB
  EXPECT_LT(std::filesystem::file_size(place_->folder() + "/test.db-wal"), 80'000'000u);
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

// Every row of the two tables, as text.
std::string contents(Database& database) {
  std::string out;
  const auto done = database.read([&](Transaction& tx) -> Result<void> {
    for (const char* sql :
         {"SELECT name, body, 0 FROM entry ORDER BY name",
          "SELECT body, flag, rid FROM note ORDER BY rid", "SELECT name, number, 0 FROM migration"})
      HOUGU_CHECK(tx.each(sql, {}, [&](const Row& row) {
        for (int i = 0; i < 3; ++i)
          out += row.is_null(i) ? "NULL|" : std::string(row.text(i)) + "|";
        out += "\n";
        return true;
      }));
    return {};
  });
  EXPECT_EQ(code_of(done), "ok") << done.error().cause;
  return out;
}

TEST_P(Faults, ABackupMadeWhileOthersWriteIsOneMoment) {
  ASSERT_TRUE(migrate(*db_, store_migrations()).ok());
  ASSERT_EQ(code_of(run(kTable)), "ok");
  ASSERT_EQ(
      code_of(run(create_record_table(
          GetParam(), "note", {{"body", ColumnType::kText}, {"flag", ColumnType::kBoolean}}))),
      "ok");
  ASSERT_EQ(code_of(run(create_index("note_body", "note", {"body"}, true))), "ok");
  const auto add = [&](std::uint32_t i) {
    return db_->write([&](Transaction& tx) -> Result<void> {
      // equal numbers in both tables in each verb
      HOUGU_CHECK(insert(tx, std::to_string(i), std::string(500, 'x')));
      const auto body = "tab\tline\nback\\ 空调" + std::to_string(i);
      HOUGU_CHECK(tx.execute(
          "INSERT INTO note (id, created_at, updated_at, body, flag) VALUES ($1, 1, 2, $3, $2)",
          {make_id(i), i % 2 == 0, std::string_view(body)}));
      tx.put_search("note", make_id(i), search_document({body}));
      return {};
    });
  };
  for (std::uint32_t i = 0; i < 300; ++i) ASSERT_EQ(code_of(add(i)), "ok");

  const auto file = place_->folder() + "/backup";
  std::atomic<bool> stop = false;
  std::atomic<std::uint32_t> written = 300;
  std::thread writer([&] {
    while (!stop) {
      EXPECT_EQ(code_of(add(written)), "ok");
      ++written;
    }
  });
  const auto before = written.load();
  const auto backed_up = db_->backup(file);
  const auto after = written.load();
  stop = true;
  writer.join();
  ASSERT_EQ(code_of(backed_up), "ok") << backed_up.error().cause;
  EXPECT_EQ(code_of(db_->backup(file)), "backup.exists");
  EXPECT_FALSE(std::filesystem::exists(file + ".partial"));

  const Place elsewhere(GetParam());
  ASSERT_EQ(code_of(restore(elsewhere.url(), file)), "ok");
  auto with = options();
  with.url = elsewhere.url();
  const auto restored = open(with);
  std::int64_t entries = 0, notes = 0, found = 0;
  ASSERT_EQ(code_of(restored->read([&](Transaction& tx) -> Result<void> {
              const auto count = [&](std::string_view sql, std::int64_t& out,
                                     std::vector<Param> params = {}) {
                return tx.each(sql, std::span<const Param>(params), [&](const Row& row) {
                  out = row.integer(0);
                  return true;
                });
              };
              HOUGU_CHECK(count("SELECT count(*) FROM entry", entries));
              HOUGU_CHECK(count("SELECT count(*) FROM note", notes));
              const auto query = search_query(GetParam(), "空调7");
              return count("SELECT count(*) FROM note n WHERE " +
                               search_condition(GetParam(), "note", "n", 1),
                           found, {std::string_view(query)});
            })),
            "ok");
  EXPECT_EQ(entries, notes);
  EXPECT_GE(entries, before);
  EXPECT_LE(entries, after + 1);
  EXPECT_EQ(found, 1);
  // it goes on where the original was: constraints, indexes and counters
  EXPECT_EQ(*migrate(*restored, store_migrations()), 0);
  const auto again = restored->write([&](Transaction& tx) {
    return tx.execute(
        "INSERT INTO note (id, created_at, updated_at, body) SELECT $1, 1, 2, body FROM note "
        "WHERE id = $2",
        {make_id(999'999), make_id(5)});
  });
  EXPECT_EQ(code_of(again), "record.duplicate");
  EXPECT_EQ(again.ok() ? "" : again.error().params.at("index"), "note_body");
  EXPECT_EQ(code_of(restored->write([&](Transaction& tx) {
              return tx.execute("INSERT INTO note (id, created_at, updated_at) VALUES ($1, 1, 2)",
                                {make_id(999'999)});
            })),
            "ok");

  const auto quiet = place_->folder() + "/quiet";
  ASSERT_EQ(code_of(db_->backup(quiet)), "ok");
  const Place third(GetParam());
  ASSERT_EQ(code_of(restore(third.url(), quiet)), "ok");
  with.url = third.url();
  EXPECT_EQ(contents(*open(with)), contents(*db_));
}

TEST_P(Faults, RestoreRefusesWhatItShould) {
  ASSERT_EQ(code_of(run(kTable)), "ok");
  const std::string body(50'000, 'x');
  ASSERT_EQ(code_of(db_->write([&](Transaction& tx) -> Result<void> {
              for (int i = 0; i < 20; ++i) HOUGU_CHECK(insert(tx, std::to_string(i), body));
              return {};
            })),
            "ok");
  const auto file = place_->folder() + "/backup";
  ASSERT_EQ(code_of(db_->backup(file)), "ok");
  EXPECT_EQ(code_of(restore(place_->url(), file)),
            GetParam() == Dialect::kSqlite ? "restore.exists" : "restore.not_empty");
  const Place elsewhere(GetParam());
  EXPECT_EQ(code_of(restore(elsewhere.url(), file + "x")), "backup.missing");

  const auto size = std::filesystem::file_size(file);
  std::filesystem::copy_file(file, file + ".cut");
  std::filesystem::resize_file(file + ".cut", size / 2);
  EXPECT_EQ(code_of(restore(elsewhere.url(), file + ".cut")), "backup.damaged");
  std::ofstream(file + ".text") << "hello\n";
  EXPECT_EQ(code_of(restore(elsewhere.url(), file + ".text")), "backup.damaged");
  EXPECT_EQ(code_of(restore("mysql://x", file)), "database.url");
  EXPECT_EQ(code_of(restore(elsewhere.url(), file)), "ok");
}

TEST_P(Faults, BackupsGoOnlyWhereTheyCan) {
  EXPECT_EQ(code_of(db_->backup(place_->folder() + "/no/such/folder/backup")),
            "backup.not_writable");
}
}  // namespace
}  // namespace hougu::store::test
