#include "identity/principal.h"

#include <gtest/gtest.h>

#include "identity/identity_test_support.h"

namespace hougu::identity {
namespace {

using test::object;

std::shared_ptr<const Access> merged(const std::vector<json::object>& roles) {
  auto access = Access::merged(roles);
  EXPECT_TRUE(access.ok()) << access.error().code << " " << access.error().field;
  return access.ok() ? *access : Access::nothing();
}

TEST(Access, NobodyMayNothing) {
  const auto access = merged({});
  EXPECT_EQ(access->entity("ticket").read, kNone);
  EXPECT_FALSE(access->entity("ticket").create);
  EXPECT_FALSE(access->system("users.manage"));
}

TEST(Access, GrantsOfAStarCountForEntitiesThatTheRoleDoesNotName) {
  const auto access =
      merged({object("{'name':'a','grants':{'*':{'read':'all'},"
                     "'ticket':{'read':['team','created'],'create':true}}}")});
  EXPECT_EQ(access->entity("asset").read, kAll);
  EXPECT_EQ(access->entity("ticket").read, kTeam | kCreated);
  EXPECT_TRUE(access->entity("ticket").create);
  EXPECT_FALSE(access->entity("asset").create);
}

TEST(Access, SeveralRolesAllowWhatAnyOfThemAllows) {
  const auto access =
      merged({object("{'name':'a','grants':{'ticket':{'read':'team','verbs':{'assign':'team'},"
                     "'fields':{'price':'none','note':'read'}}},'system':['audit.read']}"),
              object("{'name':'b','grants':{'*':{'read':'assigned','verbs':{'*':'assigned'},"
                     "'fields':{'price':'masked'}}}}")});
  const EntityGrants& ticket = access->entity("ticket");
  EXPECT_EQ(ticket.read, kTeam | kAssigned);
  EXPECT_EQ(ticket.verb("assign"), kTeam | kAssigned);
  EXPECT_EQ(ticket.verb("close"), kAssigned);
  EXPECT_EQ(ticket.field("price"), FieldRight::kMasked);
  EXPECT_EQ(ticket.field("note"), FieldRight::kWrite);
  EXPECT_TRUE(access->system("audit.read"));
}

TEST(Access, ARoleThatSaysNothingOfAnEntityOpensNoFieldsOfIt) {
  const auto access =
      merged({object("{'name':'a','grants':{'ticket':{'read':'all','fields':{'price':'none'}}}}"),
              object("{'name':'b','grants':{'asset':{'read':'all'}}}")});
  EXPECT_EQ(access->entity("ticket").field("price"), FieldRight::kNone);
}

TEST(Access, AnExplicitVerbOfARoleIsNotWidenedByItsOwnStar) {
  const auto access =
      merged({object("{'name':'a','grants':{'ticket':{'verbs':{'*':'all','merge':'none'}}}}"),
              object("{'name':'b','grants':{'ticket':{'verbs':{'assign':'team'}}}}")});
  EXPECT_EQ(access->entity("ticket").verb("merge"), kNone);
  EXPECT_EQ(access->entity("ticket").verb("assign"), kAll | kTeam);
}

TEST(Access, TheAdministratorMayEverything) {
  const auto access = merged({object("{'name':'administrator'}")});
  EXPECT_TRUE(access->is_everything());
  EXPECT_EQ(access->entity("whatever").remove, kAll);
  EXPECT_EQ(access->system_rights(), all_system_rights());
}

TEST(Access, FaultsAreRefusedWithTheirPlace) {
  const std::pair<std::string, std::string> cases[] = {
      {"{'grants':[]}", "grants"},
      {"{'grants':{'ticket':1}}", "grants.ticket"},
      {"{'grants':{'ticket':{'read':'everything'}}}", "grants.ticket.read"},
      {"{'grants':{'ticket':{'read':['all',1]}}}", "grants.ticket.read"},
      {"{'grants':{'ticket':{'create':'all'}}}", "grants.ticket.create"},
      {"{'grants':{'ticket':{'verbs':{'assign':'x'}}}}", "grants.ticket.verbs.assign"},
      {"{'grants':{'ticket':{'fields':{'price':'hidden'}}}}", "grants.ticket.fields.price"},
      {"{'grants':{'ticket':{'power':'all'}}}", "grants.ticket.power"},
      {"{'system':'all'}", "system"}};
  for (const auto& [document, place] : cases) {
    const auto access = Access::merged({object(document)});
    ASSERT_FALSE(access.ok()) << document;
    EXPECT_EQ(access.error().code, "role.malformed");
    EXPECT_EQ(access.error().field, place);
  }
}

TEST(Access, ScopesOfAKeyOnlyNarrow) {
  const auto all = Access::everything();
  const auto reading = all->narrowed({"read"});
  EXPECT_EQ(reading->entity("ticket").read, kAll);
  EXPECT_EQ(reading->entity("ticket").update, kNone);
  EXPECT_EQ(reading->entity("ticket").verb("assign"), kNone);
  EXPECT_FALSE(reading->is_everything());
  const auto one = all->narrowed({"ticket:write"});
  EXPECT_EQ(one->entity("ticket").verb("assign"), kAll);
  EXPECT_EQ(one->entity("asset").read, kNone);
  EXPECT_FALSE(one->system("users.manage"));
  const auto team =
      merged({object("{'name':'a','grants':{'ticket':{'read':'team',"
                     "'fields':{'price':'none'}}}}")});
  EXPECT_EQ(team->narrowed({"write"})->entity("ticket").read, kTeam);
  EXPECT_EQ(team->narrowed({"write"})->entity("ticket").update, kNone);
  EXPECT_EQ(team->narrowed({"ticket:read"})->entity("ticket").field("price"), FieldRight::kNone);
  EXPECT_EQ(team->narrowed({})->entity("ticket").read, kNone);
}

}  // namespace
}  // namespace hougu::identity
