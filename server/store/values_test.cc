// What is stored comes back the same from both databases.
#include <gmock/gmock.h>

#include "base/json.h"
#include "store/dialect.h"
#include "store/store_test_support.h"

namespace hougu::store::test {
namespace {

using Values = StoreTest;
INSTANTIATE_TEST_SUITE_P(Databases, Values, ::testing::Values(Dialect::kSqlite, Dialect::kPostgres),
                         [](const auto& of) {
                           return of.param == Dialect::kSqlite ? "sqlite" : "postgres";
                         });

// A table of each column type.
std::string things(Dialect dialect) {
  const auto type = [&](ColumnType of) { return std::string(column_type(dialect, of)); };
  return "CREATE TABLE thing (id " + type(ColumnType::kId) + " PRIMARY KEY, n " +
         type(ColumnType::kInteger) + ", x " + type(ColumnType::kReal) + ", t " +
         type(ColumnType::kText) + ", b " + type(ColumnType::kBoolean) + ", j " +
         type(ColumnType::kJson) + ", raw " + (dialect == Dialect::kSqlite ? "BLOB" : "bytea") +
         ")";
}

TEST_P(Values, KeepsEveryTypeAndNull) {
  ASSERT_EQ(code_of(run(things(GetParam()))), "ok");
  const Id id = make_id(7);
  const std::string raw("\0\x01\xff", 3);
  ASSERT_EQ(code_of(db_->write([&](Transaction& tx) -> Result<void> {
              HOUGU_CHECK(tx.execute("INSERT INTO thing VALUES ($1, $2, $3, $4, $5, $6, $7)",
                                     {id, std::int64_t{-9'007'199'254'740'993}, 1.5,
                                      std::string_view("空调 😀 ' \" \\"), true,
                                      std::string_view(R"({"a":[1,"二"]})"), Bytes{raw}}));
              return tx.execute("INSERT INTO thing (id, t) VALUES ($1, $2)",
                                {make_id(8), std::string_view("")});
            })),
            "ok");
  int rows = 0;
  ASSERT_EQ(code_of(db_->read([&](Transaction& tx) {
              return tx.each(
                  "SELECT id, n, x, t, b, j, raw FROM thing ORDER BY id", {}, [&](const Row& row) {
                    EXPECT_EQ(row.columns(), 7);
                    if (++rows == 1) {
                      EXPECT_EQ(row.id(0), id);
                      EXPECT_EQ(row.integer(1), -9'007'199'254'740'993);
                      EXPECT_EQ(row.real(2), 1.5);
                      EXPECT_EQ(row.text(3), "空调 😀 ' \" \\");
                      EXPECT_TRUE(row.boolean(4));
                      EXPECT_EQ(json::parse(row.text(5)), json::parse(R"({"a":[1,"二"]})"));
                      EXPECT_EQ(row.bytes(6), raw);
                    } else {
                      EXPECT_EQ(row.text(3), "");
                      EXPECT_FALSE(row.is_null(3));
                      for (const int column : {1, 2, 4, 5, 6}) EXPECT_TRUE(row.is_null(column));
                      EXPECT_FALSE(row.optional_integer(1).has_value());
                    }
                    return true;
                  });
            })),
            "ok");
  EXPECT_EQ(rows, 2);
}

TEST_P(Values, NullCanBeBoundToEachType) {
  ASSERT_EQ(code_of(run(things(GetParam()))), "ok");
  ASSERT_EQ(code_of(db_->write([&](Transaction& tx) {
              return tx.execute("INSERT INTO thing VALUES ($1, $2, $3, $4, $5, $6, $7)",
                                {make_id(1), nullptr, nullptr, nullptr, nullptr, nullptr, nullptr});
            })),
            "ok");
  EXPECT_EQ(number("SELECT count(*) FROM thing WHERE n IS NULL AND t IS NULL AND j IS NULL"), 1);
}

TEST_P(Values, ParametersAreBoundByTheirNumber) {
  ASSERT_EQ(code_of(run(things(GetParam()))), "ok");
  ASSERT_EQ(code_of(db_->write([&](Transaction& tx) {
              return tx.execute("INSERT INTO thing (t, id, n) VALUES ($3, $1, $2)",
                                {make_id(1), std::int64_t{2}, std::string_view("three")});
            })),
            "ok");
  EXPECT_EQ(number("SELECT count(*) FROM thing WHERE n = $2 AND n + $2 > $2 AND t = $1",
                   {std::string_view("three"), std::int64_t{2}}),
            1);
}

TEST_P(Values, SumsAndCountsReadAsIntegers) {
  ASSERT_EQ(code_of(run(things(GetParam()))), "ok");
  ASSERT_EQ(code_of(db_->write([&](Transaction& tx) -> Result<void> {
              for (std::uint32_t i = 1; i <= 3; ++i)
                HOUGU_CHECK(tx.execute("INSERT INTO thing (id, n, x) VALUES ($1, $2, $3)",
                                       {make_id(i), std::int64_t{-400'000'000'007} * i, 0.25}));
              return {};
            })),
            "ok");
  EXPECT_EQ(number("SELECT sum(n) FROM thing"), -2'400'000'000'042);
  EXPECT_EQ(number("SELECT count(*) FROM thing"), 3);
  EXPECT_EQ(number("SELECT length('abc')"), 3);
  ASSERT_EQ(code_of(db_->read([&](Transaction& tx) {
              return tx.each("SELECT avg(x), avg(n), max(n) FROM thing", {}, [&](const Row& row) {
                EXPECT_DOUBLE_EQ(row.real(0), 0.25);
                EXPECT_DOUBLE_EQ(row.real(1), -800'000'000'014.0);
                EXPECT_EQ(row.text(2), "-400000000007");
                return true;
              });
            })),
            "ok");
}

TEST_P(Values, RefusesZeroBytesAndBrokenUtf8InText) {
  ASSERT_EQ(code_of(run(things(GetParam()))), "ok");
  const std::vector<std::string> bad{std::string("a\0b", 3), std::string("\0", 1),
                                     std::string("12345678\0", 9), "\xff", "12345678\xc3"};
  for (const auto& text : bad) {
    const auto result = db_->write([&](Transaction& tx) {
      return tx.execute("INSERT INTO thing (id, t) VALUES ($1, $2)",
                        {make_id(1), std::string_view(text)});
    });
    EXPECT_EQ(code_of(result), "text.not_utf8");
  }
  EXPECT_EQ(number("SELECT count(*) FROM thing"), 0);
}

TEST_P(Values, KeepsBigValues) {
  ASSERT_EQ(code_of(run(things(GetParam()))), "ok");
  const std::string raw(20u << 20, '\x80');
  const std::string text(5u << 20, 'x');
  ASSERT_EQ(code_of(db_->write([&](Transaction& tx) {
              return tx.execute("INSERT INTO thing (id, t, raw) VALUES ($1, $2, $3)",
                                {make_id(1), std::string_view(text), Bytes{raw}});
            })),
            "ok");
  ASSERT_EQ(code_of(db_->read([&](Transaction& tx) {
              return tx.each("SELECT raw, t FROM thing", {}, [&](const Row& row) {
                EXPECT_TRUE(row.bytes(0) == raw);
                EXPECT_TRUE(row.text(1) == text);
                return true;
              });
            })),
            "ok");
}

}  // namespace
}  // namespace hougu::store::test
