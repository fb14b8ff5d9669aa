// Full disks, failing syncs, locks and the length of the log, with the real engine.
#include <gmock/gmock.h>
#include <sqlite3.h>

#include <atomic>
#include <condition_variable>
#include <filesystem>
#include <mutex>
#include <thread>

#include "store/dialect.h"
#include "store/store_test_support.h"

namespace hougu::store::test {
namespace {

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

TEST_P(Sqlite, AVerbThatFailsAfterWritingTakesNothingOfTheOthersAlong) {
  open_plain();
  ASSERT_EQ(code_of(run(kTable)), "ok");
  std::vector<Verb> verbs;
  std::vector<std::atomic<int>> announced(20);
  for (std::size_t i = 0; i < 20; ++i)
    verbs.push_back([&, i](Transaction& tx) -> Result<void> {
      if (i % 5 == 1) return invalid("early");  // nothing to take back
      tx.after_commit([&announced, i] { ++announced[i]; });
      HOUGU_CHECK(insert(tx, std::to_string(i), "x"));
      if (i % 5 == 3) return invalid("late");
      return {};
    });
  const auto outcomes = run_as_group(*db_, verbs);
  for (std::size_t i = 0; i < outcomes.size(); ++i) {
    const std::string expected = i % 5 == 1 ? "early" : i % 5 == 3 ? "late" : "ok";
    EXPECT_EQ(outcomes[i], expected) << i;
    EXPECT_EQ(announced[i], expected == "ok" ? 1 : 0) << i;
  }
  EXPECT_EQ(number("SELECT count(*) FROM entry"), 12);
  EXPECT_GT(db_->health().retries, 0u);
}

TEST_P(Sqlite, VerbsThatFailBeforeWritingLeaveTheirGroupTogether) {
  open_plain();
  ASSERT_EQ(code_of(run(kTable)), "ok");
  std::vector<Verb> verbs;
  for (int i = 0; i < 20; ++i)
    verbs.push_back([i](Transaction& tx) -> Result<void> {
      if (i % 2 == 1) return invalid("early");
      return insert(tx, std::to_string(i), "x");
    });
  const auto outcomes = run_as_group(*db_, verbs);
  for (std::size_t i = 0; i < outcomes.size(); ++i)
    EXPECT_EQ(outcomes[i], i % 2 == 1 ? "early" : "ok") << i;
  EXPECT_EQ(number("SELECT count(*) FROM entry"), 10);
  EXPECT_EQ(db_->health().retries, 0u);
}

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
  // 150 MB were written; a log that begins anew stays at a few times the threshold of 32 MB
  EXPECT_LT(std::filesystem::file_size(place_->folder() + "/test.db-wal"), 120'000'000u);
}
}  // namespace
}  // namespace hougu::store::test
