#include "identity/users.h"

#include "identity/identity_test_support.h"
#include "identity/organisation.h"
#include "identity/roles.h"
#include "identity/units.h"

namespace hougu::identity::test {
namespace {

class OrganisationTest : public IdentityTest {
 protected:
  std::string update(const Id& user, const json::object& values,
                     const Principal& who = Principal::system()) {
    return code_of(write_as(who, [&](const Context& context) -> Result<void> {
      HOUGU_CHECK(update_user(context, user, values));
      return {};
    }));
  }
  Principal somebody_with(std::string_view system_rights) {
    put_role("own", "{'label':{'zh-CN':'R'},'system':[" + std::string(system_rights) + "]}");
    Principal who;
    who.kind = store::ActorKind::kUser;
    who.id = ids_.next();
    who.name = "somebody";
    const auto done = db_->read([&](store::Transaction& tx) -> Result<void> {
      HOUGU_TRY(who.access, read_access(tx, {"own"}));
      return {};
    });
    EXPECT_EQ(code_of(done), "ok");
    return who;
  }
};
INSTANTIATE_TEST_SUITE_P(Databases, OrganisationTest,
                         ::testing::Values(store::Dialect::kSqlite, store::Dialect::kPostgres));

using Types = std::vector<std::string>;

TEST_P(OrganisationTest, OneActiveAdministratorRemains) {
  const Id only = add_user("admin", {kAdministrator});
  EXPECT_EQ(update(only, {{"active", false}}), "user.last_administrator");
  EXPECT_EQ(update(only, {{"roles", json::array()}}), "user.last_administrator");
  const Id second = add_user("second", {kAdministrator});
  EXPECT_EQ(update(only, {{"active", false}}), "ok");
  EXPECT_EQ(update(second, {{"roles", json::array()}}), "user.last_administrator");
  EXPECT_EQ(number("SELECT count(*) FROM org_user WHERE roles LIKE '%administrator%'"), 2);
}

TEST_P(OrganisationTest, TwoWhoRemoveEachOtherAtOnceDoNotBothSucceed) {
  const Id one = add_user("one", {kAdministrator}), other = add_user("other", {kAdministrator});
  std::promise<std::string> results[2];
  int i = 0;
  for (const Id& user : {one, other}) {
    auto* result = &results[i++];
    db_->write_async(
        [this, user](store::Transaction& tx) -> Result<void> {
          HOUGU_CHECK(update_user({tx, system_, ids_, clock_.now()}, user, {{"active", false}}));
          return {};
        },
        [result](const Result<void>& done) { result->set_value(code_of(done)); });
  }
  Types codes{results[0].get_future().get(), results[1].get_future().get()};
  std::sort(codes.begin(), codes.end());
  EXPECT_EQ(codes, (Types{"ok", "user.last_administrator"}));
}

TEST_P(OrganisationTest, LoginsAreFoldedAndUnique) {
  add_user("zhang.san");
  const auto add = [&](std::string_view login) {
    return code_of(write([&](const Context& context) -> Result<void> {
      HOUGU_CHECK(create_user(context, {{"login", login}, {"name", "x"}}, ""));
      return {};
    }));
  };
  EXPECT_EQ(add("Zhang.San"), "user.login_taken");
  EXPECT_EQ(add(" ZHANG.SAN "), "user.login_taken");
  EXPECT_EQ(add("zhang san"), "validation");
  EXPECT_EQ(add("z"), "validation");
  EXPECT_EQ(add("zhang.si"), "ok");
}

TEST_P(OrganisationTest, NobodyTouchesThoseAboveHim) {
  const Id admin = add_user("admin", {kAdministrator});
  const Id plain = add_user("plain");
  const Principal personnel = somebody_with("'users.manage'");
  EXPECT_EQ(update(admin, {{"name", "x"}}, personnel), "role.above_own");
  EXPECT_EQ(update(plain, {{"roles", json::array{kAdministrator}}}, personnel), "role.above_own");
  EXPECT_EQ(update(plain, {{"name", "x"}}, personnel), "ok");
  EXPECT_EQ(code_of(write_as(personnel,
                             [&](const Context& context) {
                               return set_password(context, admin, "h", false, std::nullopt);
                             })),
            "role.above_own");
}

TEST_P(OrganisationTest, ChangesAreWrittenDownWithOldAndNew) {
  const Id user = add_user("somebody");
  events();
  EXPECT_EQ(update(user, {{"name", "New name"}, {"phone", "123"}}), "ok");
  EXPECT_EQ(events(), Types{"user.updated"});
  std::string changes;
  ASSERT_EQ(code_of(db_->read([&](store::Transaction& tx) {
              return tx.each("SELECT changes FROM event ORDER BY sequence DESC LIMIT 1", {},
                             [&](const store::Row& row) {
                               changes = row.text(0);
                               return false;
                             });
            })),
            "ok");
  const auto parsed = parse_json(changes);
  ASSERT_TRUE(parsed.ok());
  EXPECT_EQ(parsed->as_array().size(), 2u);
  EXPECT_EQ(parsed->at(0).at("old"), "somebody");
  EXPECT_EQ(parsed->at(0).at("new"), "New name");
}

TEST_P(OrganisationTest, PagesByNameReachEverybodyOnce) {
  for (int i = 0; i < 23; ++i) add_user("user" + std::to_string(i % 7) + "." + std::to_string(i));
  std::set<std::string> seen;
  UserQuery query;
  query.limit = 5;
  int pages = 0;
  do {
    UserPage page;
    ASSERT_EQ(code_of(db_->read([&](store::Transaction& tx) -> Result<void> {
                HOUGU_TRY(page, list_users(tx, query));
                return {};
              })),
              "ok");
    for (const auto& user : page.users) {
      EXPECT_TRUE(seen.insert(std::string(user.at("id").as_string())).second);
    }
    query.after = page.next;
    ++pages;
  } while (!query.after.empty());
  EXPECT_EQ(seen.size(), 23u);
  EXPECT_EQ(pages, 5);
}

TEST_P(OrganisationTest, SearchTakesWildcardsAsTheyAre) {
  add_user("a_b");
  add_user("aXb");
  UserQuery query;
  query.search = "a_b";
  UserPage page;
  ASSERT_EQ(code_of(db_->read([&](store::Transaction& tx) -> Result<void> {
              HOUGU_TRY(page, list_users(tx, query));
              return {};
            })),
            "ok");
  EXPECT_EQ(page.users.size(), 1u);
}

TEST_P(OrganisationTest, UnitsBelowAreFoundAndCyclesRefused) {
  const Id a = add_unit("a"), b = add_unit("b", a), c = add_unit("c", b), d = add_unit("d");
  std::vector<Id> below;
  ASSERT_EQ(code_of(db_->read([&](store::Transaction& tx) -> Result<void> {
              HOUGU_TRY(below, units_and_below(tx, {a}));
              return {};
            })),
            "ok");
  EXPECT_EQ(below, (std::vector<Id>{a, b, c}));
  const auto move_unit = [&](const Id& unit, const Id& parent) {
    return code_of(write([&](const Context& context) -> Result<void> {
      HOUGU_CHECK(update_unit(context, unit, {{"parent", parent.text()}}));
      return {};
    }));
  };
  EXPECT_EQ(move_unit(a, c), "unit.cycle");
  EXPECT_EQ(move_unit(a, a), "unit.cycle");
  EXPECT_EQ(move_unit(c, d), "ok");
  EXPECT_EQ(move_unit(d, ids_.next()), "field.reference");
}

TEST_P(OrganisationTest, TheFirstStartHappensOnce) {
  const auto hash = hash_password(kPassword, kCheap);
  FirstPerson person;
  person.company = "Company";
  person.login = "admin";
  person.password_hash = *hash;
  for (const bool expected : {true, false}) {
    FirstStart start;
    ASSERT_EQ(code_of(write([&](const Context& context) -> Result<void> {
                HOUGU_TRY(start, first_start(context, person));
                return {};
              })),
              "ok");
    EXPECT_EQ(start.created, expected);
  }
  const auto session = sign_in("admin", kPassword);
  ASSERT_EQ(code_of(session), "ok");
  const auto known = authenticate(*sessions_, session->token);
  EXPECT_TRUE((*known)->must_change_password);
  EXPECT_TRUE((*known)->principal.access->is_everything());
}

TEST_P(OrganisationTest, TheSecretStaysTheSame) {
  std::string secrets[2];
  for (auto& secret : secrets) {
    ASSERT_EQ(code_of(write([&](const Context& context) -> Result<void> {
                HOUGU_TRY(secret, instance_secret(context.tx));
                return {};
              })),
              "ok");
  }
  EXPECT_EQ(secrets[0].size(), 32u);
  EXPECT_EQ(secrets[0], secrets[1]);
}

TEST_P(OrganisationTest, SettingsKeepWhatIsNotGiven) {
  const auto set = [&](std::string text) {
    return code_of(write([&](const Context& context) -> Result<void> {
      HOUGU_CHECK(update_organisation(context, object(text)));
      return {};
    }));
  };
  EXPECT_EQ(set("{'name':'A','portal':{'phone':'400'}}"), "ok");
  EXPECT_EQ(set("{'accent_color':'#12ab9F','portal':{'welcome':'Hello'}}"), "ok");
  EXPECT_EQ(set("{'accent_color':'blue'}"), "validation");
  EXPECT_EQ(set("{'time_zone':'/etc/passwd'}"), "validation");
  EXPECT_EQ(set("{'portal':7}"), "validation");
  EXPECT_EQ(set("{'unknown':1}"), "field.unknown");
  json::object organisation;
  ASSERT_EQ(code_of(db_->read([&](store::Transaction& tx) -> Result<void> {
              HOUGU_TRY(organisation, read_organisation(tx));
              return {};
            })),
            "ok");
  EXPECT_EQ(organisation.at("name"), "A");
  EXPECT_EQ(organisation.at("portal").at("phone"), "400");
  EXPECT_EQ(organisation.at("portal").at("welcome"), "Hello");
}

}  // namespace
}  // namespace hougu::identity::test
