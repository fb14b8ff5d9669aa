// A fresh database for each test, on SQLite and on PostgreSQL (HOUGU_TEST_POSTGRES names the
// server).
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "store/database.h"
#include "store/events.h"
#include "store/migrations.h"

namespace hougu::store::test {

// A place for one database: a temporary folder, or a schema of its own on the test server.
class Place {
 public:
  explicit Place(Dialect dialect);
  ~Place();
  Place(const Place&) = delete;
  Place& operator=(const Place&) = delete;

  const std::string& url() const { return url_; }
  const std::string& folder() const { return folder_; }  // both dialects

 private:
  Dialect dialect_;
  std::string folder_, url_, schema_;
};

// Runs SQL on the test server beside the database under test.
void on_server(std::string_view sql);

class StoreTest : public ::testing::TestWithParam<Dialect> {
 protected:
  void SetUp() override;
  Options options() const;
  std::unique_ptr<Database> open();
  std::unique_ptr<Database> open(const Options& with);

  // `statements` in one verb.
  Result<void> run(std::string_view statements);
  // The first column of the first row, as an integer; fails the test when there is none.
  std::int64_t number(std::string_view sql, std::vector<Param> params = {});

  std::unique_ptr<Place> place_;
  std::unique_ptr<Database> db_;
};

// The code of the error, or "ok".
std::string code_of(const Result<void>& result);
// An id with `n` in its last bytes.
Id make_id(std::uint32_t n);
}  // namespace hougu::store::test
