#include "store/store_test_support.h"

#include <unistd.h>

#include <atomic>
#include <cstdlib>
#include <filesystem>

namespace hougu::store::test {
namespace {

std::string server_url() {
  const char* url = std::getenv("HOUGU_TEST_POSTGRES");
  return url == nullptr ? "" : url;
}

std::string unique_name() {
  static std::atomic<int> count = 0;
  return "store_" + std::to_string(::getpid()) + "_" + std::to_string(++count);
}
}  // namespace

Place::Place(Dialect dialect) : dialect_(dialect) {
  auto pattern = (std::filesystem::temp_directory_path() / "hougu-store-XXXXXX").string();
  folder_ = ::mkdtemp(pattern.data());
  if (dialect == Dialect::kSqlite) {
    url_ = "sqlite:" + folder_ + "/test.db";
    return;
  }
  schema_ = unique_name();
  on_server("CREATE SCHEMA " + schema_);
  url_ = server_url() + "?options=-csearch_path%3D" + schema_;
}

Place::~Place() {
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
  if (dialect_ == Dialect::kPostgres) on_server("DROP SCHEMA " + schema_ + " CASCADE");
}

void on_server(std::string_view sql) {
  Options options;
  options.url = server_url();
  options.readers = options.writers = 1;
  auto database = Database::open(options);
  ASSERT_TRUE(database.ok()) << database.error().cause;
  const auto done = (*database)->write([&](Transaction& tx) { return tx.execute_script(sql); });
  ASSERT_TRUE(done.ok()) << done.error().cause;
}

void StoreTest::SetUp() {
  if (GetParam() == Dialect::kPostgres && server_url().empty())
    FAIL() << "HOUGU_TEST_POSTGRES isn't set: start a server with tools/postgres start and set it "
              "to the URL that is printed";
  place_ = std::make_unique<Place>(GetParam());
  if (HasFatalFailure()) return;
  db_ = open();
}

Options StoreTest::options() const {
  Options options;
  options.url = place_->url();
  options.readers = 2;
  options.writers = 4;
  return options;
}

std::unique_ptr<Database> StoreTest::open() { return open(options()); }

std::unique_ptr<Database> StoreTest::open(const Options& with) {
  auto opened = Database::open(with);
  EXPECT_TRUE(opened.ok()) << opened.error().code << " " << opened.error().cause;
  return opened.ok() ? std::move(opened).value() : nullptr;
}

Result<void> StoreTest::run(std::string_view statements) {
  return db_->write([&](Transaction& tx) { return tx.execute_script(statements); });
}

std::int64_t StoreTest::number(std::string_view sql, std::vector<Param> params) {
  std::optional<std::int64_t> found;
  const auto done = db_->read([&](Transaction& tx) {
    return tx.each(sql, std::span<const Param>(params), [&](const Row& row) {
      found = row.integer(0);
      return false;
    });
  });
  EXPECT_TRUE(done.ok()) << done.error().cause;
  EXPECT_TRUE(found.has_value()) << sql;
  return found.value_or(-1);
}

std::string code_of(const Result<void>& result) { return result.ok() ? "ok" : result.error().code; }

Id make_id(std::uint32_t n) {
  Id id;
  for (std::size_t i = 0; i < 4; ++i)
    id.bytes[15 - i] = static_cast<std::uint8_t>(n >> (8 * i) & 0xff);
  return id;
}
}  // namespace hougu::store::test
