// A database with all tables below schema/, a catalog and records, on SQLite and on PostgreSQL
// (HOUGU_TEST_POSTGRES names the server; without it these tests fail).
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "schema/records.h"
#include "schema/schema.h"
#include "store/database.h"

namespace hougu::schema::test {

using identity::Principal;

// JSON from a literal in which ' stands for ".
json::value js(std::string text);
json::object object(std::string text);
// A definition with a Chinese label for everything that has none.
json::object definition(std::string_view name, const std::string& fields,
                        const std::string& more = "");

class SchemaTest : public ::testing::TestWithParam<store::Dialect> {
 protected:
  void SetUp() override;
  void TearDown() override;

  Result<void> write(const std::function<Result<void>(store::Transaction&)>& verb);
  Result<void> read(const std::function<Result<void>(store::Transaction&)>& query);

  // Publishes on top of what is there; fails the test when it isn't accepted.
  void publish(const json::object& document);
  Result<void> try_publish(const json::object& document, int version = -1);

  Result<Record> create(std::string_view entity, const json::object& values,
                        const Principal& who = Principal::system(), const Note& note = {});
  Result<Record> update(std::string_view entity, const Id& id, std::optional<std::int64_t> version,
                        const json::object& values, const Principal& who = Principal::system(),
                        const Note& note = {});
  Result<void> remove(std::string_view entity, const Id& id,
                      const Principal& who = Principal::system());
  Result<Record> get(std::string_view entity, const Id& id,
                     const Principal& who = Principal::system());
  Result<Page> list(const ListQuery& query, const Principal& who = Principal::system());
  json::object history(std::string_view entity, const Id& id,
                       const Principal& who = Principal::system());
  // Values of the first column as integer.
  std::int64_t number(std::string_view sql);

  Id add_user(std::string_view name, bool active = true);
  Id add_team(std::string_view name);
  // Somebody with these grants (roles.json, "grants").
  Principal person(const Id& id, const std::string& grants, std::vector<Id> teams = {},
                   std::vector<Id> departments = {});

  ManualClock clock_{1'795'250'096'789};  // 2026-11-21T08:34:56.789Z
  SeededRandom random_{7};
  IdSource ids_{clock_, random_};
  std::string place_, url_;
  std::unique_ptr<store::Database> db_;
  std::unique_ptr<Schema> schema_;
  std::unique_ptr<Records> records_;
};

// "ok", the error's code, or for "validation" all "field code" pairs joined by ", ".
std::string said(const Error& error);
template <typename T>
std::string said(const Result<T>& result) {
  return result.ok() ? "ok" : said(result.error());
}
std::string dialect_name(const ::testing::TestParamInfo<store::Dialect>& info);
}  // namespace hougu::schema::test

#define HOUGU_BOTH_DATABASES(Suite)                                                               \
  INSTANTIATE_TEST_SUITE_P(Databases, Suite,                                                      \
                           ::testing::Values(store::Dialect::kSqlite, store::Dialect::kPostgres), \
                           test::dialect_name)
