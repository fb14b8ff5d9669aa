#include "identity/identity_test_support.h"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <filesystem>

#include "identity/migrations.h"
#include "identity/roles.h"
#include "identity/units.h"
#include "identity/users.h"

namespace hougu::identity::test {
namespace {

void on_server(const std::string& url, const std::string& sql) {
  store::Options options;
  options.url = url;
  options.readers = options.writers = 1;
  auto database = store::Database::open(options);
  ASSERT_TRUE(database.ok()) << database.error().cause;
  const auto done =
      (*database)->write([&](store::Transaction& tx) { return tx.execute_script(sql); });
  ASSERT_TRUE(done.ok()) << done.error().cause;
}

std::string server_url() {
  const char* url = std::getenv("HOUGU_TEST_POSTGRES");
  return url == nullptr ? "" : url;
}

}  // namespace

void IdentityTest::SetUp() {
  static std::atomic<int> count = 0;
  auto pattern = (std::filesystem::temp_directory_path() / "hougu-identity-XXXXXX").string();
  folder_ = ::mkdtemp(pattern.data());
  url_ = "sqlite:" + folder_ + "/test.db";
  if (GetParam() == store::Dialect::kPostgres) {
    if (server_url().empty()) {
      FAIL()
          << "HOUGU_TEST_POSTGRES isn't set: start a server with tools/postgres start and set it "
             "to the URL that is printed";
    }
    schema_ = "identity_" + std::to_string(::getpid()) + "_" + std::to_string(++count);
    on_server(server_url(), "CREATE SCHEMA " + schema_);
    url_ = server_url() + "?options=-csearch_path%3D" + schema_;
  }
  db_ = open();
  ASSERT_TRUE(db_);
  std::vector<store::Migration> migrations(store::store_migrations().begin(),
                                           store::store_migrations().end());
  const auto own = identity_migrations();
  migrations.insert(migrations.end(), own.begin(), own.end());
  const auto migrated = store::migrate(*db_, migrations);
  ASSERT_TRUE(migrated.ok()) << migrated.error().cause;
  passwords_ = std::make_unique<PasswordWorker>(1, kCheap);
  sessions_ = std::make_unique<Sessions>(*db_, clock_, ids_, "secret");
  sign_in_ = std::make_unique<SignIn>(*db_, *passwords_, *sessions_, clock_, ids_);
  ASSERT_EQ(code_of(write([](const Context& context) {
              return create_administrator_role(context, object("{'zh-CN':'A','en':'A'}"));
            })),
            "ok");
  events();
}

void IdentityTest::TearDown() {
  sign_in_.reset();
  passwords_.reset();
  sessions_.reset();
  db_.reset();
  std::error_code ignored;
  std::filesystem::remove_all(folder_, ignored);
  if (!schema_.empty()) on_server(server_url(), "DROP SCHEMA " + schema_ + " CASCADE");
}

std::unique_ptr<store::Database> IdentityTest::open() {
  store::Options options;
  options.url = url_;
  options.readers = 2;
  options.writers = 2;
  auto opened = store::Database::open(options);
  EXPECT_TRUE(opened.ok()) << opened.error().cause;
  return opened.ok() ? std::move(*opened) : nullptr;
}

Result<void> IdentityTest::write(const std::function<Result<void>(const Context&)>& verb) {
  return write_as(system_, verb);
}

Result<void> IdentityTest::write_as(const Principal& who,
                                    const std::function<Result<void>(const Context&)>& verb) {
  return db_->write([&](store::Transaction& tx) {
    return verb({tx, who, ids_, clock_.now(), sessions_.get()});
  });
}

Id IdentityTest::add_user(std::string_view login, const json::array& roles,
                          const json::array& units) {
  const auto hash = hash_password(kPassword, kCheap);
  Id id;
  const auto done = write([&](const Context& context) -> Result<void> {
    HOUGU_TRY(const auto user,
              create_user(context,
                          {{"login", login}, {"name", login}, {"roles", roles}, {"units", units}},
                          *hash));
    id = *Id::parse(user.at("id").as_string());
    return {};
  });
  EXPECT_EQ(code_of(done), "ok");
  return id;
}

Id IdentityTest::add_unit(std::string_view name, std::optional<Id> parent) {
  Id id;
  const auto done = write([&](const Context& context) -> Result<void> {
    json::object values{{"name", name}, {"kind", "team"}};
    if (parent) values["parent"] = parent->text();
    HOUGU_TRY(const auto unit, create_unit(context, values));
    id = *Id::parse(unit.at("id").as_string());
    return {};
  });
  EXPECT_EQ(code_of(done), "ok");
  return id;
}

void IdentityTest::put_role(std::string_view name, std::string document) {
  const auto done = write([&](const Context& context) -> Result<void> {
    HOUGU_CHECK(identity::put_role(context, name, object(document)));
    return {};
  });
  ASSERT_EQ(code_of(done), "ok");
}

Result<NewSession> IdentityTest::sign_in(std::string_view login, std::string_view password,
                                         std::string_view address) {
  std::promise<Result<NewSession>> promise;
  sign_in_->sign_in({std::string(login), std::string(password), std::string(address), "test"},
                    [&](Result<NewSession> session) { promise.set_value(std::move(session)); });
  return promise.get_future().get();
}

Result<KnownIdentity> IdentityTest::authenticate(Sessions& sessions, const std::string& token) {
  std::promise<Result<KnownIdentity>> promise;
  sessions.authenticate(token,
                        [&](Result<KnownIdentity> known) { promise.set_value(std::move(known)); });
  return promise.get_future().get();
}

std::vector<std::string> IdentityTest::events() {
  std::vector<std::string> types;
  const auto done = db_->read([&](store::Transaction& tx) {
    return tx.each("SELECT sequence, type FROM event WHERE sequence > $1 ORDER BY sequence",
                   {seen_}, [&](const store::Row& row) {
                     seen_ = row.integer(0);
                     types.emplace_back(row.text(1));
                     return true;
                   });
  });
  EXPECT_EQ(code_of(done), "ok");
  return types;
}

std::int64_t IdentityTest::number(std::string_view sql) {
  std::int64_t value = -1;
  const auto done = db_->read([&](store::Transaction& tx) {
    return tx.each(sql, {}, [&](const store::Row& row) {
      value = row.integer(0);
      return false;
    });
  });
  EXPECT_EQ(code_of(done), "ok");
  return value;
}

std::string code_of(const Result<void>& result) { return result.ok() ? "ok" : result.error().code; }

json::object object(std::string text) {
  std::replace(text.begin(), text.end(), '\'', '"');
  return parse_json(text)->as_object();
}

}  // namespace hougu::identity::test
