// Backups made while others write, and bringing them back.
#include "store/backup.h"

#include <gmock/gmock.h>

#include <atomic>
#include <filesystem>
#include <fstream>
#include <thread>

#include "store/dialect.h"
#include "store/search.h"
#include "store/store_test_support.h"

namespace hougu::store::test {
namespace {

using Backup = StoreTest;
INSTANTIATE_TEST_SUITE_P(Databases, Backup, ::testing::Values(Dialect::kSqlite, Dialect::kPostgres),
                         [](const auto& of) {
                           return of.param == Dialect::kSqlite ? "sqlite" : "postgres";
                         });

constexpr std::string_view kTable = "CREATE TABLE entry (name TEXT PRIMARY KEY, body TEXT)";

Result<void> insert(Transaction& tx, const std::string& name, std::string_view body) {
  return tx.execute("INSERT INTO entry VALUES ($1, $2)", {std::string_view(name), body});
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

TEST_P(Backup, ABackupMadeWhileOthersWriteIsOneMoment) {
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

TEST_P(Backup, RestoreRefusesWhatItShould) {
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

TEST_P(Backup, BackupsGoOnlyWhereTheyCan) {
  EXPECT_EQ(code_of(db_->backup(place_->folder() + "/no/such/folder/backup")),
            "backup.not_writable");
}
}  // namespace
}  // namespace hougu::store::test
