// Rights on rows and fields hold wherever records are read or written.
#include <gtest/gtest.h>

#include "schema/schema_test_support.h"
#include "schema/views.h"

namespace hougu::schema {
namespace {

using identity::Principal;
using test::definition;
using test::js;
using test::object;
using test::said;

class PermissionsTest : public test::SchemaTest {
 protected:
  void SetUp() override {
    SchemaTest::SetUp();
    if (HasFatalFailure()) return;
    publish(definition("client",
                       "{'name': 'name', 'type': 'text'}, {'name': 'phone', 'type': 'phone'}",
                       "'search': ['name', 'phone']"));
    publish(definition(
        "job",
        "{'name': 'subject', 'type': 'text'}, {'name': 'phone', 'type': 'phone'},"
        "{'name': 'client', 'type': 'relation', 'entity': 'client'},"
        "{'name': 'cost', 'type': 'money'},"
        "{'name': 'team', 'type': 'team'}, {'name': 'keeper', 'type': 'user'}",
        "'search': ['subject', 'phone'], 'ownership': {'team': 'team', 'assignee': 'keeper'}"));
    publish(definition("remark",
                       "{'name': 'job', 'type': 'relation', 'entity': 'job', 'required': true},"
                       "{'name': 'body', 'type': 'long_text'}",
                       "'ownership': {'via': 'job'}, 'history_only': true, 'search': ['body']"));
    me_ = add_user("me");
    other_ = add_user("other");
    mine_ = add_team("mine");
    below_ = add_team("below");
    far_ = add_team("far");
    client_ = create("client", object("{'name': '王五', 'phone': '13800001111'}")).value().id;
  }

  Id job(const json::object& values, const Principal& who = Principal::system()) {
    auto made = create("job", values, who);
    EXPECT_TRUE(made.ok()) << said(made);
    return made->id;
  }
  json::object of(const char* field, const Id& id) {
    return {{field, json::string(id.text())}, {"subject", "空调"}};
  }
  Principal me(const std::string& grants) { return person(me_, grants, {mine_}, {mine_, below_}); }

  Id me_, other_, mine_, below_, far_, client_;
};

TEST_P(PermissionsTest, ScopesDecideAboutRowsForEveryAction) {
  const auto maker = person(me_, "{'job': {'create': true}}");
  const std::map<std::string, Id> jobs = {
      {"team", job(of("team", mine_))},     {"below", job(of("team", below_))},
      {"far", job(of("team", far_))},       {"assigned", job(of("keeper", me_))},
      {"other", job(of("keeper", other_))}, {"made", job({{"subject", "x"}}, maker)}};
  const std::map<std::string, std::set<std::string>> expected = {
      {"'none'", {}},
      {"'all'", {"team", "below", "far", "assigned", "other", "made"}},
      {"'department'", {"team", "below"}},
      {"'team'", {"team"}},
      {"'assigned'", {"assigned"}},
      {"'created'", {"made"}},
      {"['team', 'created']", {"team", "made"}}};
  for (const auto& [scope, allowed] : expected) {
    const auto reader = me("{'job': {'read': " + scope + ", 'export': " + scope + "}}");
    const auto writer = me("{'job': {'read': 'all', 'update': " + scope + ", 'delete': " + scope +
                           ", 'verbs': {'close': " + scope + "}}}");
    std::set<std::string> seen, listed, exported, updated, run, offered;
    ASSERT_TRUE(
        read([&](store::Transaction& tx) -> Result<void> {
          for (const auto& [name, id] : jobs) {
            const auto got = records_->get(tx, reader, "job", id);
            EXPECT_EQ(got.ok() ? "ok" : got.error().code, allowed.count(name) ? "ok" : "not_found");
            if (got.ok()) seen.insert(name);
            HOUGU_TRY(const bool visible, records_->visible(tx, reader, "job", id));
            EXPECT_EQ(visible, got.ok());
            const auto required = records_->require(tx, writer, "job", id, "job.close");
            if (required.ok())
              run.insert(name);
            else
              EXPECT_EQ(required.error().code, "forbidden");
            HOUGU_TRY(const auto record, records_->get(tx, writer, "job", id));
            if (records_->permitted(writer, "job", record, {"close", "update"}).size() == 2)
              offered.insert(name);
          }
          ListQuery query;
          query.entity = "job";
          const auto page = records_->list(tx, reader, query);
          EXPECT_EQ(page.ok() ? "ok" : page.error().code, scope == "'none'" ? "forbidden" : "ok");
          const auto name_of = [&](const Id& id) {
            for (const auto& [name, each] : jobs)
              if (each == id) return name;
            return std::string("?");
          };
          if (page.ok()) {
            for (const auto& record : page->records) listed.insert(name_of(record.id));
            HOUGU_TRY(const auto count, records_->count(tx, reader, query));
            EXPECT_EQ(count, static_cast<std::int64_t>(allowed.size()));
            HOUGU_CHECK(records_->each(tx, reader, query, [&](const Record& record) {
              exported.insert(name_of(record.id));
              return true;
            }));
            query.search = "空调";
            HOUGU_TRY(const auto found, records_->list(tx, reader, query));
            for (const auto& record : found.records) EXPECT_TRUE(allowed.count(name_of(record.id)));
          }
          return {};
        }).ok());
    for (const auto& [name, id] : jobs) {
      const auto done = update("job", id, std::nullopt, {{"subject", "空调 " + scope}}, writer);
      if (done.ok())
        updated.insert(name);
      else
        EXPECT_EQ(said(done), "forbidden");
    }
    EXPECT_EQ(seen, allowed) << scope;
    EXPECT_EQ(listed, allowed) << scope;
    EXPECT_EQ(exported, allowed) << scope;
    EXPECT_EQ(updated, allowed) << scope;
    EXPECT_EQ(run, allowed) << scope;
    EXPECT_EQ(offered, allowed) << scope;
  }
  EXPECT_EQ(said(create("job", {}, me("{'job': {'read': 'all'}}"))), "forbidden");
  EXPECT_EQ(said(update("job", jobs.at("far"), 1, {{"subject", "y"}},
                        me("{'job': {'read': 'team', 'update': 'all'}}"))),
            "not_found");
}

TEST_P(PermissionsTest, FieldsAreHiddenMaskedAndGuarded) {
  auto values = object("{'subject': 's', 'phone': '13812348888', 'cost': '5'}");
  values["client"] = json::string(client_.text());
  const auto id = job(values);
  ASSERT_TRUE(update("job", id, 1, object("{'phone': '13900009999', 'cost': '6'}")).ok());
  const auto who =
      me("{'job': {'read': 'all', 'update': 'all', 'create': true, 'export': 'all', 'fields':"
         "{'phone': 'masked', 'cost': 'none', 'subject': 'read'}},"
         "'client': {'read': 'all', 'fields': {'name': 'masked'}}}");
  const auto seen = get("job", id, who).value();
  EXPECT_EQ(seen.values.at("phone"), js("'139****9999'"));
  EXPECT_FALSE(seen.values.contains("cost"));
  EXPECT_EQ(seen.values.at("client").at("title"), js("'王*'"));
  ListQuery query;
  query.entity = "job";
  const auto page = list(query, who).value();
  EXPECT_EQ(page.records[0].values, seen.values);
  // history: the same
  const auto events = history("job", id, who).at("events").as_array();
  EXPECT_EQ(events[0].at("changes"),
            js("[{'field': 'phone', 'old': '138****8888', 'new': '139****9999'}]"));
  // no probing by filter, sort or search
  const auto refused = [&](const std::function<void(ListQuery&)>& change) {
    auto changed = query;
    change(changed);
    return said(list(changed, who));
  };
  EXPECT_EQ(
      refused([](ListQuery& q) { q.where = js("{'field': 'cost', 'op': 'gt', 'value': 1}"); }),
      "field.forbidden");
  EXPECT_EQ(refused([](ListQuery& q) {
              q.where = js("{'field': 'phone', 'op': 'starts_with', 'value': '139'}");
            }),
            "field.forbidden");
  EXPECT_EQ(refused([](ListQuery& q) {
              q.where = js("{'field': 'client.name', 'op': 'eq', 'value': '王五'}");
            }),
            "field.forbidden");
  EXPECT_EQ(refused([](ListQuery& q) { q.sort = {"cost"}; }), "field.forbidden");
  EXPECT_EQ(refused([](ListQuery& q) { q.search = "139"; }), "field.forbidden");
  // writing
  EXPECT_EQ(said(update("job", id, 2, {{"subject", "t"}}, who)), "field.forbidden");
  EXPECT_EQ(said(update("job", id, 2, {{"cost", "1"}}, who)), "field.forbidden");
  EXPECT_EQ(said(create("job", {{"phone", "13800000000"}}, who)), "field.forbidden");
  // a stale write shows no more than reading does
  const auto stale = update("job", id, 1, {{"team", json::string(mine_.text())}}, who);
  EXPECT_TRUE(stale.ok()) << said(stale);
  ASSERT_TRUE(read([&](store::Transaction& tx) -> Result<void> {
                HOUGU_TRY(const auto definitions, entities_json(tx, *schema_, who));
                for (const auto& entity : definitions)
                  if (entity.at("name") == "job") {
                    for (const auto& field : entity.at("fields").as_array())
                      EXPECT_NE(field.at("name"), js("'cost'"));
                    EXPECT_EQ(entity.at("grants").at("fields").at("phone"), js("'masked'"));
                  }
                EXPECT_EQ(definitions.size(), 2u);
                return {};
              }).ok());
}

TEST_P(PermissionsTest, ChildrenFollowTheirParent) {
  const auto mine = job(of("team", mine_)), far = job(of("team", far_));
  const auto remark = [&](const Id& id) {
    return create("remark", {{"job", json::string(id.text())}, {"body", "空调"}}).value().id;
  };
  const auto near_remark = remark(mine), far_remark = remark(far);
  const auto who =
      me("{'job': {'read': 'team'}, 'remark': {'read': 'all', 'create': true, 'update': 'all', "
         "'delete': 'all'}}");
  EXPECT_TRUE(get("remark", near_remark, who).ok());
  EXPECT_EQ(said(get("remark", far_remark, who)), "not_found");
  ListQuery query;
  query.entity = "remark";
  EXPECT_EQ(list(query, who)->records.size(), 1u);
  query.search = "空调";
  EXPECT_EQ(list(query, who)->records.size(), 1u);
  EXPECT_EQ(said(list(query, me("{'job': {'read': 'all'}}"))), "forbidden");
  // nobody hangs a remark on what he can't see
  EXPECT_EQ(said(create("remark", {{"job", json::string(far.text())}}, who)),
            "job field.reference");
  EXPECT_TRUE(create("remark", {{"job", json::string(mine.text())}}, who).ok());
  EXPECT_EQ(said(update("remark", near_remark, 1, {{"body", "x"}}, who)), "record.history_only");
  EXPECT_EQ(said(remove("remark", near_remark, who)), "record.history_only");
  // it goes out of sight with its parent
  ASSERT_TRUE(remove("job", mine).ok());
  EXPECT_EQ(said(get("remark", near_remark, who)), "not_found");
}

TEST_P(PermissionsTest, CustomersAndNobodySeeNothing) {
  const auto id = job(of("team", mine_));
  Principal nobody;
  EXPECT_EQ(said(get("job", id, nobody)), "not_found");
  ListQuery query;
  query.entity = "job";
  EXPECT_EQ(said(list(query, nobody)), "forbidden");
  Principal customer = person(id, "{}");
  customer.kind = store::ActorKind::kCustomer;
  EXPECT_EQ(said(create("job", {}, customer)), "forbidden");
  ASSERT_TRUE(read([&](store::Transaction& tx) -> Result<void> {
                EXPECT_EQ(said(records_->lookup(tx, customer, "user", "", 10)), "forbidden");
                return {};
              }).ok());
}

TEST_P(PermissionsTest, LookupFindsPeopleAndRecords) {
  job(object("{'subject': '空调维修', 'phone': '13812348888'}"));
  const auto who = me("{'job': {'read': 'all'}}");
  ASSERT_TRUE(read([&](store::Transaction& tx) -> Result<void> {
                HOUGU_TRY(const auto jobs, records_->lookup(tx, who, "job", "空调", 10));
                EXPECT_EQ(jobs.size(), 1u);
                EXPECT_EQ(jobs[0].at("title"), js("'空调维修'"));
                EXPECT_EQ(jobs[0].at("hint"), js("'13812348888'"));
                HOUGU_TRY(const auto people, records_->lookup(tx, who, "user", "OTH", 10));
                EXPECT_EQ(people.size(), 1u);
                HOUGU_TRY(const auto teams, records_->lookup(tx, who, "team", "", 10));
                EXPECT_EQ(teams.size(), 3u);
                return {};
              }).ok());
}

TEST_P(PermissionsTest, PersonalViewsAreOnesOwn) {
  const auto who = me("{'job': {'read': 'all'}}");
  const auto view = object(
      "{'name': 'cheap', 'label': 'c', 'columns': ['subject'], 'where': "
      "{'field': 'subject', 'op': 'eq', 'value': 'x'}, 'sort': ['subject']}");
  const auto save = [&](const json::object& each, const char* entity = "job") {
    return write([&](store::Transaction& tx) {
      return save_personal_view(tx, *schema_, who, entity, each, 0);
    });
  };
  EXPECT_EQ(said(save(view)), "ok");
  EXPECT_EQ(said(save(view)), "ok");
  EXPECT_EQ(said(save(view, "client")), "entity.unknown");
  auto bad = view;
  bad["columns"] = js("['nothing']");
  bad["sort"] = js("['nothing']");
  EXPECT_EQ(said(save(bad)), "view.columns definition.no_field, view.sort list.sort");
  job({{"subject", "x"}});
  job({{"subject", "y"}});
  ListQuery query;
  query.entity = "job";
  query.view = "cheap";
  EXPECT_EQ(list(query, who)->records.size(), 1u);
  EXPECT_EQ(said(list(query, person(other_, "{'job': {'read': 'all'}}"))), "list.view");
  EXPECT_EQ(said(write([&](store::Transaction& tx) {
              return remove_personal_view(tx, who, "job", "cheap");
            })),
            "ok");
  EXPECT_EQ(said(list(query, who)), "list.view");
}

HOUGU_BOTH_DATABASES(PermissionsTest);
}  // namespace
}  // namespace hougu::schema
