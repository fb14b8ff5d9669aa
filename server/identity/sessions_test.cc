#include "identity/sessions.h"

#include "identity/api_keys.h"
#include "identity/identity_test_support.h"
#include "identity/roles.h"
#include "identity/units.h"
#include "identity/users.h"

namespace hougu::identity::test {
namespace {

class SessionsTest : public IdentityTest {};
INSTANTIATE_TEST_SUITE_P(Databases, SessionsTest,
                         ::testing::Values(store::Dialect::kSqlite, store::Dialect::kPostgres));

using Types = std::vector<std::string>;

TEST_P(SessionsTest, APersonSignsInAndIsKnownWithRolesAndUnits) {
  put_role("reader", "{'label':{'zh-CN':'R'},'grants':{'ticket':{'read':'team'}}}");
  const Id company = add_unit("Company"), team = add_unit("Team", company),
           below = add_unit("Below", team);
  const Id user = add_user("zhang.san", {"reader"}, {team.text()});
  events();
  const auto session = sign_in(" ZHANG.San", kPassword);
  ASSERT_EQ(code_of(session), "ok");
  EXPECT_EQ(events(), Types{"session.signed_in"});
  EXPECT_EQ(session->token.size(), 43u);
  EXPECT_FALSE(sessions_->cached(session->token));
  const auto known = authenticate(*sessions_, session->token);
  ASSERT_EQ(code_of(known), "ok");
  const Principal& who = (*known)->principal;
  EXPECT_EQ(who.id, user);
  EXPECT_EQ(who.session, session->id);
  EXPECT_EQ(who.roles, Types{"reader"});
  EXPECT_EQ(who.teams, std::vector<Id>{team});
  EXPECT_EQ(who.departments, (std::vector<Id>{team, below}));
  EXPECT_EQ(who.access->entity("ticket").read, kTeam);
  EXPECT_EQ(sessions_->cached(session->token), *known);
  EXPECT_EQ((*known)->csrf_token, csrf_token("secret", session->id));
  EXPECT_EQ(number("SELECT count(*) FROM session WHERE token_hash LIKE '%" + session->token + "%'"),
            0);
}

TEST_P(SessionsTest, UnknownLoginsAndWrongPasswordsAreToldAlike) {
  add_user("known");
  EXPECT_EQ(code_of(sign_in("known", "wrong")), "session.wrong_password");
  EXPECT_EQ(code_of(sign_in("unknown", "wrong")), "session.wrong_password");
  EXPECT_EQ(code_of(sign_in("", "")), "session.wrong_password");
  EXPECT_EQ(code_of(authenticate(*sessions_, "forged")), "session.required");
  EXPECT_EQ(code_of(authenticate(*sessions_, "")), "session.required");
}

TEST_P(SessionsTest, FailuresLockTheLoginForItsAddressLongerEachTime) {
  add_user("victim");
  for (int i = 0; i < 5; ++i) {
    EXPECT_EQ(code_of(sign_in("victim", "wrong")), "session.wrong_password");
  }
  auto locked = sign_in("victim", kPassword);
  EXPECT_EQ(code_of(locked), "session.locked");
  EXPECT_EQ(locked.error().details_json, R"({"retry_after":30})");
  EXPECT_EQ(code_of(sign_in("victim", kPassword, "192.0.2.2")), "ok") << "another address";
  clock_.advance(30'000);
  EXPECT_EQ(code_of(sign_in("victim", "wrong", "192.0.2.1")), "session.wrong_password");
}

TEST_P(SessionsTest, TheLockGrowsAndAnHourForgives) {
  add_user("victim");
  for (int i = 0; i < 5; ++i) static_cast<void>(sign_in("victim", "wrong"));
  clock_.advance(30'000);
  EXPECT_EQ(code_of(sign_in("victim", "wrong")), "session.wrong_password");
  auto locked = sign_in("victim", kPassword);
  ASSERT_EQ(code_of(locked), "session.locked");
  EXPECT_EQ(locked.error().details_json, R"({"retry_after":60})");
  clock_.advance(3'600'001);
  EXPECT_EQ(code_of(sign_in("victim", "wrong")), "session.wrong_password");
  EXPECT_EQ(code_of(sign_in("victim", kPassword)), "ok");
}

TEST_P(SessionsTest, ManyAddressesTogetherLockALoginToo) {
  add_user("victim");
  for (int i = 0; i < 50; ++i) {
    EXPECT_EQ(code_of(sign_in("victim", "wrong", "198.51.100." + std::to_string(i))),
              "session.wrong_password");
  }
  EXPECT_EQ(code_of(sign_in("victim", kPassword, "203.0.113.1")), "session.locked");
  clock_.advance(60'000);
  EXPECT_EQ(code_of(sign_in("victim", kPassword, "203.0.113.1")), "ok");
}

TEST_P(SessionsTest, SessionsEndAfterTwelveIdleHoursAndThirtyDays) {
  add_user("somebody");
  const auto idle = sign_in("somebody", kPassword), used = sign_in("somebody", kPassword);
  ASSERT_EQ(code_of(authenticate(*sessions_, idle->token)), "ok");
  Millis passed = 0;
  while (passed < kMaxSession - 11 * 3'600'000) {
    ASSERT_EQ(code_of(authenticate(*sessions_, used->token)), "ok") << passed;
    clock_.advance(11 * 3'600'000);
    passed += 11 * 3'600'000;
  }
  EXPECT_EQ(code_of(authenticate(*sessions_, idle->token)), "session.required");
  clock_.advance(11 * 3'600'000);
  EXPECT_EQ(code_of(authenticate(*sessions_, used->token)), "session.required");
  static_cast<void>(sign_in("somebody", kPassword));
  EXPECT_EQ(number("SELECT count(*) FROM session"), 1) << "old rows go with the next sign-in";
}

TEST_P(SessionsTest, UseIsNotedInTheDatabaseSoThatOtherNodesSeeIt) {
  add_user("somebody");
  const auto session = sign_in("somebody", kPassword);
  ASSERT_EQ(code_of(authenticate(*sessions_, session->token)), "ok");
  clock_.advance(10 * 3'600'000);
  ASSERT_TRUE(sessions_->cached(session->token));
  // The note is written behind; a verb of our own comes after it on SQLite's one writer, and on
  // PostgreSQL the row is waited for.
  for (int i = 0; i < 1000 && number("SELECT last_seen_at FROM session") < clock_.now(); ++i) {
    ASSERT_EQ(code_of(write([](const Context&) { return Result<void>(); })), "ok");
  }
  Sessions other(*db_, clock_, ids_, "secret");
  clock_.advance(10 * 3'600'000);
  EXPECT_EQ(code_of(authenticate(other, session->token)), "ok");
}

TEST_P(SessionsTest, ChangesCountAtOnce) {
  put_role("reader", "{'label':{'zh-CN':'R'},'grants':{'ticket':{'read':'team'}}}");
  const Id user = add_user("somebody", {"reader"});
  const auto session = sign_in("somebody", kPassword);
  const auto read_scope = [&] {
    const auto known = authenticate(*sessions_, session->token);
    return known.ok() ? (*known)->principal.access->entity("ticket").read : Scope{255};
  };
  EXPECT_EQ(read_scope(), kTeam);
  put_role("reader", "{'label':{'zh-CN':'R'},'grants':{'ticket':{'read':'all'}}}");
  EXPECT_EQ(read_scope(), kAll);
  ASSERT_EQ(code_of(write([&](const Context& context) -> Result<void> {
              HOUGU_CHECK(update_user(context, user, {{"roles", json::array()}}));
              return {};
            })),
            "ok");
  EXPECT_EQ(read_scope(), kNone);
  ASSERT_EQ(code_of(write([&](const Context& context) -> Result<void> {
              HOUGU_CHECK(update_user(context, user, {{"active", false}}));
              return {};
            })),
            "ok");
  EXPECT_EQ(code_of(authenticate(*sessions_, session->token)), "session.required");
  EXPECT_EQ(code_of(sign_in("somebody", kPassword)), "session.wrong_password");
}

TEST_P(SessionsTest, AChangeDuringTheReadIsNotCachedAway) {
  const Id user = add_user("somebody");
  const auto session = sign_in("somebody", kPassword);
  // Reads again and again while the person's name changes: after the last change the cache must not
  // hold an older name.
  for (int i = 0; i < 20; ++i) {
    const std::string name = "Name " + std::to_string(i);
    std::promise<void> done;
    sessions_->changed("user", user);
    sessions_->authenticate(session->token,
                            [&](const Result<KnownIdentity>&) { done.set_value(); });
    ASSERT_EQ(code_of(write([&](const Context& context) -> Result<void> {
                HOUGU_CHECK(update_user(context, user, {{"name", name}}));
                return {};
              })),
              "ok");
    done.get_future().wait();
    const auto known = authenticate(*sessions_, session->token);
    ASSERT_EQ(code_of(known), "ok");
    ASSERT_EQ((*known)->principal.name, name);
  }
}

TEST_P(SessionsTest, ANewPasswordEndsTheOtherSessions) {
  const Id user = add_user("somebody");
  const auto here = sign_in("somebody", kPassword), there = sign_in("somebody", kPassword);
  const auto known = authenticate(*sessions_, here->token);
  ASSERT_EQ(code_of(authenticate(*sessions_, there->token)), "ok");
  const auto change = [&](std::string old_password, std::string new_password) {
    std::promise<std::string> promise;
    sign_in_->change_password((*known)->principal, std::move(old_password), std::move(new_password),
                              [&](const Result<void>& r) { promise.set_value(code_of(r)); });
    return promise.get_future().get();
  };
  events();
  EXPECT_EQ(change("wrong", "a new password"), "password.wrong_old");
  EXPECT_EQ(change(std::string(kPassword), "short"), "password.too_short");
  EXPECT_EQ(change(std::string(kPassword), std::string(kPassword)), "password.same");
  EXPECT_EQ(events(), Types{});
  EXPECT_EQ(change(std::string(kPassword), "a new password"), "ok");
  EXPECT_EQ(events(), (Types{"user.sessions_ended", "user.password_changed"}));
  EXPECT_EQ(code_of(authenticate(*sessions_, here->token)), "ok");
  EXPECT_EQ(code_of(authenticate(*sessions_, there->token)), "session.required");
  EXPECT_EQ(code_of(sign_in("somebody", kPassword)), "session.wrong_password");
  EXPECT_EQ(code_of(sign_in("somebody", "a new password")), "ok");
  static_cast<void>(user);
}

TEST_P(SessionsTest, KeysActAsTheirOwnerWithinTheirScopes) {
  put_role("reader", "{'label':{'zh-CN':'R'},'grants':{'*':{'read':'all','create':true}}}");
  const Id user = add_user("owner", {"reader"});
  Principal owner;
  owner.kind = store::ActorKind::kUser;
  owner.id = user;
  owner.name = "owner";
  json::object made;
  ASSERT_EQ(code_of(write_as(owner,
                             [&](const Context& context) -> Result<void> {
                               HOUGU_TRY(made, create_api_key(
                                                   context, object("{'name':'k','scopes':['read'],"
                                                                   "'expires_at':'2027-01-01T00:00:"
                                                                   "00Z'}")));
                               return {};
                             })),
            "ok");
  const std::string key(made.at("key").as_string());
  const auto known = authenticate(*sessions_, key);
  ASSERT_EQ(code_of(known), "ok");
  EXPECT_EQ((*known)->principal.kind, store::ActorKind::kApiKey);
  EXPECT_EQ((*known)->principal.id, user);
  EXPECT_TRUE((*known)->principal.read_only);
  EXPECT_EQ((*known)->principal.access->entity("ticket").read, kAll);
  EXPECT_FALSE((*known)->principal.access->entity("ticket").create);
  EXPECT_TRUE((*known)->csrf_token.empty());
  clock_.set(1'800'000'000'000);
  EXPECT_EQ(code_of(authenticate(*sessions_, key)), "session.required") << "expired";
}

class NodesTest : public IdentityTest {};  // one process alone serves a SQLite file
INSTANTIATE_TEST_SUITE_P(Databases, NodesTest, ::testing::Values(store::Dialect::kPostgres));

TEST_P(NodesTest, OtherNodesHearOfTheEnd) {
  const Id user = add_user("somebody");
  const auto session = sign_in("somebody", kPassword);
  const auto other_db = open();
  Sessions other(*other_db, clock_, ids_, "secret");
  ASSERT_EQ(code_of(authenticate(other, session->token)), "ok");
  std::promise<void> heard;
  const auto listening = other_db->on_events([&](const store::CommittedEvent& event) {
    if (event.type == "user.sessions_ended") heard.set_value();
  });
  ASSERT_EQ(code_of(write(
                [&](const Context& context) { return end_sessions(context, user, std::nullopt); })),
            "ok");
  heard.get_future().wait();
  EXPECT_EQ(code_of(authenticate(other, session->token)), "session.required");
}

}  // namespace
}  // namespace hougu::identity::test
