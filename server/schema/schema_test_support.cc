#include "schema/schema_test_support.h"

#include <unistd.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <filesystem>

#include "identity/migrations.h"
#include "schema/attachments/attachments.h"
#include "store/migrations.h"

namespace hougu::schema::test {
namespace {

std::string server_url() {
  const char* url = std::getenv("HOUGU_TEST_POSTGRES");
  return url == nullptr ? "" : url;
}

void on_server(const std::string& sql) {
  store::Options options;
  options.url = server_url();
  options.readers = options.writers = 1;
  auto database = store::Database::open(options);
  ASSERT_TRUE(database.ok()) << database.error().cause;
  const auto done =
      (*database)->write([&](store::Transaction& tx) { return tx.execute_script(sql); });
  ASSERT_TRUE(done.ok()) << done.error().cause;
}

void add_label(json::object& part) {
  if (!part.contains("label"))
    part["label"] = json::object{{"zh-CN", part.at("name")}, {"en", part.at("name")}};
  if (auto* fields = part.if_contains("fields"))
    for (auto& field : fields->as_array()) add_label(field.as_object());
}
}  // namespace

json::value js(std::string text) {
  std::replace(text.begin(), text.end(), '\'', '"');
  auto parsed = parse_json(text, {64, 64u << 20});
  if (!parsed.ok()) ADD_FAILURE() << parsed.error().code << " in " << text;
  return parsed.ok() ? std::move(parsed).value() : json::value(nullptr);
}

json::object object(std::string text) { return js(std::move(text)).as_object(); }

json::object definition(std::string_view name, const std::string& fields, const std::string& more) {
  auto out = object("{'name': '" + std::string(name) + "', 'fields': [" + fields + "]" +
                    (more.empty() ? "" : ", " + more) + "}");
  add_label(out);
  return out;
}

void SchemaTest::SetUp() {
  auto pattern = (std::filesystem::temp_directory_path() / "hougu-schema-XXXXXX").string();
  place_ = ::mkdtemp(pattern.data());
  if (GetParam() == store::Dialect::kSqlite) {
    url_ = "sqlite:" + place_ + "/test.db";
  } else {
    if (server_url().empty())
      FAIL() << "HOUGU_TEST_POSTGRES isn't set: start a server with tools/postgres start and set "
                "it to the URL that is printed";
    static std::atomic<int> count = 0;
    const auto name = "schema_" + std::to_string(::getpid()) + "_" + std::to_string(++count);
    on_server("CREATE SCHEMA " + name);
    url_ = server_url() + "?options=-csearch_path%3D" + name;
  }
  store::Options options;
  options.url = url_;
  options.readers = 2;
  options.writers = 2;
  auto opened = store::Database::open(options);
  ASSERT_TRUE(opened.ok()) << opened.error().code << " " << opened.error().cause;
  db_ = std::move(opened).value();
  std::vector<store::Migration> migrations;
  for (const auto part : {store::store_migrations(), identity::identity_migrations(),
                          schema_migrations(), attachments::attachment_migrations()})
    migrations.insert(migrations.end(), part.begin(), part.end());
  const auto migrated = store::migrate(*db_, migrations);
  ASSERT_TRUE(migrated.ok()) << migrated.error().code << " " << migrated.error().cause;
  schema_ = std::make_unique<Schema>(*db_, clock_, ids_);
  records_ = std::make_unique<Records>(*schema_, clock_, ids_);
}

void SchemaTest::TearDown() {
  records_.reset();
  schema_.reset();
  db_.reset();
  std::error_code ignored;
  std::filesystem::remove_all(place_, ignored);
  if (GetParam() == store::Dialect::kPostgres && !url_.empty())
    on_server("DROP SCHEMA " + url_.substr(url_.rfind("%3D") + 3) + " CASCADE");
}

Result<void> SchemaTest::write(const std::function<Result<void>(store::Transaction&)>& verb) {
  auto done = db_->write(verb);
  if (!done.ok()) return records_->explained(std::move(done).error());
  return done;
}

Result<void> SchemaTest::read(const std::function<Result<void>(store::Transaction&)>& query) {
  return db_->read(query);
}

Result<void> SchemaTest::try_publish(const json::object& document, int version) {
  return write([&](store::Transaction& tx) -> Result<void> {
    Publication publication{document, version};
    HOUGU_CHECK(schema_->publish_all(tx, Principal::system(), std::span(&publication, 1)));
    return {};
  });
}

void SchemaTest::publish(const json::object& document) {
  const auto done = try_publish(document);
  ASSERT_TRUE(done.ok()) << said(done.error()) << " " << done.error().cause;
}

Result<Record> SchemaTest::create(std::string_view entity, const json::object& values,
                                  const Principal& who, const Note& note) {
  std::optional<Record> made;
  HOUGU_CHECK(write([&](store::Transaction& tx) -> Result<void> {
    HOUGU_TRY(auto record, records_->create(tx, who, entity, values, note));
    made = std::move(record);
    return {};
  }));
  return std::move(*made);
}

Result<Record> SchemaTest::update(std::string_view entity, const Id& id,
                                  std::optional<std::int64_t> version, const json::object& values,
                                  const Principal& who, const Note& note) {
  std::optional<Record> made;
  HOUGU_CHECK(write([&](store::Transaction& tx) -> Result<void> {
    HOUGU_TRY(auto record, records_->update(tx, who, entity, id, version, values, note));
    made = std::move(record);
    return {};
  }));
  return std::move(*made);
}

Result<void> SchemaTest::remove(std::string_view entity, const Id& id, const Principal& who) {
  return write([&](store::Transaction& tx) { return records_->remove(tx, who, entity, id); });
}

Result<Record> SchemaTest::get(std::string_view entity, const Id& id, const Principal& who) {
  std::optional<Record> found;
  HOUGU_CHECK(read([&](store::Transaction& tx) -> Result<void> {
    HOUGU_TRY(auto record, records_->get(tx, who, entity, id));
    found = std::move(record);
    return {};
  }));
  return std::move(*found);
}

Result<Page> SchemaTest::list(const ListQuery& query, const Principal& who) {
  Page page;
  HOUGU_CHECK(read([&](store::Transaction& tx) -> Result<void> {
    HOUGU_TRY(page, records_->list(tx, who, query));
    return {};
  }));
  return page;
}

json::object SchemaTest::history(std::string_view entity, const Id& id, const Principal& who) {
  json::object out;
  const auto done = read([&](store::Transaction& tx) -> Result<void> {
    HOUGU_TRY(out, records_->history(tx, who, entity, id, 0, 200));
    return {};
  });
  EXPECT_TRUE(done.ok()) << said(done);
  return out;
}

std::int64_t SchemaTest::number(std::string_view sql) {
  std::int64_t found = -1;
  const auto done = read([&](store::Transaction& tx) {
    return tx.each(sql, {}, [&](const store::Row& row) {
      found = row.integer(0);
      return false;
    });
  });
  EXPECT_TRUE(done.ok()) << done.error().cause;
  return found;
}

Id SchemaTest::add_user(std::string_view name, bool active) {
  const auto id = ids_.next();
  const auto login = id.text();
  const auto done = write([&](store::Transaction& tx) {
    return tx.execute(
        "INSERT INTO org_user (id, login, name, roles, active, must_change_password, version, "
        "created_at) VALUES ($1, $2, $3, '[]', $4, $5, 1, 0)",
        {id, std::string_view(login), name, active, false});
  });
  EXPECT_TRUE(done.ok()) << done.error().cause;
  return id;
}

Id SchemaTest::add_team(std::string_view name) {
  const auto id = ids_.next();
  const auto done = write([&](store::Transaction& tx) {
    return tx.execute(
        "INSERT INTO org_unit (id, name, kind, archived, version, created_at) "
        "VALUES ($1, $2, 'team', $3, 1, 0)",
        {id, name, false});
  });
  EXPECT_TRUE(done.ok()) << done.error().cause;
  return id;
}

Principal SchemaTest::person(const Id& id, const std::string& grants, std::vector<Id> teams,
                             std::vector<Id> departments) {
  Principal who;
  who.kind = store::ActorKind::kUser;
  who.id = id;
  who.name = "somebody";
  who.teams = std::move(teams);
  who.departments = std::move(departments);
  auto access = identity::Access::merged({object("{'name': 'role', 'grants': " + grants + "}")});
  EXPECT_TRUE(access.ok()) << said(access);
  if (access.ok()) who.access = *access;
  return who;
}

std::string said(const Error& error) {
  if (error.code != "validation") return error.code;
  std::string out;
  for (const auto& fault : error.fields) {
    if (!out.empty()) out += ", ";
    out += fault.field + " " + fault.code;
  }
  return out;
}

std::string dialect_name(const ::testing::TestParamInfo<store::Dialect>& info) {
  return info.param == store::Dialect::kSqlite ? "Sqlite" : "Postgres";
}
}  // namespace hougu::schema::test
