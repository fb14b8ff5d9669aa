// Publishing changes tables, metadata and catalog together; packs; the check.
#include <gtest/gtest.h>

#include <atomic>
#include <filesystem>

#include "schema/check.h"
#include "schema/pack.h"
#include "schema/plan.h"
#include "schema/schema_test_support.h"
#include "store/introspection.h"

namespace hougu::schema {
namespace {

using identity::Principal;
using test::definition;
using test::js;
using test::object;
using test::said;

class PublishTest : public test::SchemaTest {
 protected:
  store::Structure structure() {
    store::Structure out;
    EXPECT_TRUE(read([&](store::Transaction& tx) -> Result<void> {
                  HOUGU_TRY(out, store::structure(tx));
                  return {};
                }).ok());
    return out;
  }
  std::set<std::string> columns(const std::string& table) {
    auto all = structure().columns[table];
    for (const char* system : {"rid", "id", "version", "created_at", "created_by", "updated_at",
                               "updated_by", "deleted_at", "owner", "target", "position"})
      all.erase(system);
    return all;
  }
  std::string findings() {
    std::string out;
    const auto done = read([&](store::Transaction& tx) -> Result<void> {
      HOUGU_TRY(const auto found, check_database(tx));
      for (const auto& finding : found)
        out += finding.code + " " + finding.place +
               (finding.count ? " " + std::to_string(finding.count) : "") + "\n";
      return {};
    });
    EXPECT_TRUE(done.ok()) << said(done) << done.error().cause;
    return out;
  }
  Result<void> sql(const std::string& text) {
    return write([&](store::Transaction& tx) { return tx.execute_script(text); });
  }
};

TEST_P(PublishTest, AltersTheTablesWithTheDefinition) {
  publish(definition(
      "thing",
      "{'name': 'a', 'type': 'text'}, {'name': 'b', 'type': 'integer'},"
      "{'name': 'links', 'type': 'relation_many', 'entity': 'thing'},"
      "{'name': 'rows', 'type': 'child_table', 'fields': [{'name': 'x', 'type': 'text'}]}",
      "'indexes': [['a', 'created_at']]"));
  EXPECT_EQ(columns("r_thing"), (std::set<std::string>{"a", "b"}));
  EXPECT_EQ(columns("c_thing_rows"), (std::set<std::string>{"x"}));
  EXPECT_EQ(structure().columns.count("l_thing_links"), 1u);
  const auto old = create("thing", object("{'a': 'one', 'b': 3, 'rows': [{'x': 'y'}]}")).value();
  publish(
      definition("thing",
                 "{'name': 'a', 'type': 'long_text'}, {'name': 'b', 'type': 'number', 'scale': 2},"
                 "{'name': 'c', 'type': 'single_choice', 'required': true, 'default': 'p', "
                 "'choices': [{'value': 'p', 'label': 'p'}]},"
                 "{'name': 'd', 'type': 'address'}, {'name': 'e', 'type': 'text', 'unique': true},"
                 "{'name': 'must', 'type': 'text', 'required': true},"
                 "{'name': 'rows', 'type': 'child_table', 'fields': [{'name': 'x', 'type': "
                 "'text'}, {'name': 'z', 'type': 'date'}]}"));
  EXPECT_EQ(columns("r_thing"),
            (std::set<std::string>{"a", "b", "c", "d_code", "d_street", "e", "must"}));
  EXPECT_EQ(columns("c_thing_rows"), (std::set<std::string>{"x", "z"}));
  EXPECT_EQ(structure().columns.count("l_thing_links"), 0u);
  const auto kept = get("thing", old.id).value();
  EXPECT_EQ(kept.text("a"), "one");
  EXPECT_EQ(kept.text("b"), "3.00");
  EXPECT_EQ(kept.text("c"), "p") << "a required field takes its default where records are";
  EXPECT_EQ(kept.values.at("must"), js("null"));
  EXPECT_EQ(kept.values.at("rows").at(0).at("x"), js("'y'"));
  // without a default, the requirement holds for new writes
  EXPECT_TRUE(update("thing", old.id, 1, {{"a", "two"}}).ok());
  EXPECT_EQ(said(create("thing", {})), "must field.required");
  EXPECT_EQ(findings(), "");
  EXPECT_EQ(number("SELECT count(*) FROM event WHERE type = 'entity.published'"), 2);
  // the same again is no new version
  const auto version = schema_->catalog()->entity("thing")->version;
  publish(definition_json(*schema_->catalog()->entity("thing")));
  EXPECT_EQ(schema_->catalog()->entity("thing")->version, version);
  // a second program on the same database reads the same
  Schema second(*db_, clock_, ids_);
  ASSERT_TRUE(second.load().ok());
  EXPECT_EQ(definition_json(*second.catalog()->entity("thing")),
            definition_json(*schema_->catalog()->entity("thing")));
}

TEST_P(PublishTest, RefusesWhatWouldLoseOrBreak) {
  publish(definition(
      "part",
      "{'name': 'a', 'type': 'text', 'core': true}, {'name': 'n', 'type': 'number', 'scale': 3},"
      "{'name': 'd', 'type': 'date'}, {'name': 't', 'type': 'text'}",
      "'core': true"));
  EXPECT_EQ(said(try_publish(definition("part", "{'name': 'n', 'type': 'number'}"))),
            "core definition.core_entity, fields definition.core_field, fields[0].scale "
            "definition.scale_change");
  EXPECT_EQ(
      said(try_publish(definition(
          "part", "{'name': 'a', 'type': 'text', 'core': true}, {'name': 'd', 'type': 'integer'}",
          "'core': true"))),
      "fields[1].type definition.type_change");
  EXPECT_EQ(said(try_publish(definition("part", "{'name': 'a', 'type': 'integer', 'core': true}",
                                        "'core': true"))),
            "fields[0] definition.core_field, fields[0].type definition.type_change");
  EXPECT_EQ(said(try_publish(
                definition("other", "{'name': 'p', 'type': 'relation', 'entity': 'nothing'}"))),
            "fields[0].entity definition.no_entity");
  EXPECT_EQ(said(try_publish(definition("part", "{'name': 'a', 'type': 'text'}"), 0)),
            "entity.exists");
  EXPECT_EQ(said(try_publish(definition("part", "{'name': 'a', 'type': 'text'}"), 7)),
            "entity.stale");
  EXPECT_EQ(said(try_publish(definition("ghost", "{'name': 'a', 'type': 'text'}"), 3)),
            "entity.unknown");
  for (const char* text : {"x", "x"}) ASSERT_TRUE(create("part", {{"a", "1"}, {"t", text}}).ok());
  EXPECT_EQ(said(try_publish(definition("part",
                                        "{'name': 'a', 'type': 'text', 'core': true}, {'name': "
                                        "'t', 'type': 'text', 'unique': true}",
                                        "'core': true"))),
            "fields[1].unique definition.duplicates");
  EXPECT_EQ(columns("r_part"), (std::set<std::string>{"a", "n", "d", "t"}))
      << "nothing was altered";
  EXPECT_EQ(schema_->catalog()->entity("part")->version, 1);
  const auto remove = [&](const char* name, const Principal& who) {
    return said(write([&](store::Transaction& tx) { return schema_->remove(tx, who, name); }));
  };
  EXPECT_EQ(remove("part", Principal::system()), "entity.core");
  publish(definition("a", "{'name': 'x', 'type': 'text'}"));
  publish(definition("b", "{'name': 'a', 'type': 'relation', 'entity': 'a'}"));
  EXPECT_EQ(remove("a", Principal::system()), "entity.referenced");
  EXPECT_EQ(remove("b", person(add_user("x"), "{'*': {'read': 'all'}}")), "forbidden");
  EXPECT_EQ(remove("b", Principal::system()), "ok");
  EXPECT_EQ(remove("a", Principal::system()), "ok");
  EXPECT_EQ(schema_->catalog()->entity("a"), nullptr);
  EXPECT_EQ(structure().columns.count("r_a"), 0u);
  EXPECT_EQ(said(create("a", {})), "entity.unknown");
}

TEST_P(PublishTest, ChecksFormsAndViewsAndPrunesThem) {
  publish(definition("thing", "{'name': 'a', 'type': 'text'}, {'name': 'b', 'type': 'text'}"));
  const auto forms = [&](const std::string& text) {
    return said(write([&](store::Transaction& tx) -> Result<void> {
      HOUGU_CHECK(schema_->publish_forms(tx, Principal::system(), "thing", js(text).as_array()));
      return {};
    }));
  };
  const auto views = [&](const std::string& text) {
    return said(write([&](store::Transaction& tx) -> Result<void> {
      HOUGU_CHECK(schema_->publish_views(tx, Principal::system(), "thing", js(text).as_array()));
      return {};
    }));
  };
  EXPECT_EQ(forms("[{'name': 'f', 'label': 'x', 'when': null, 'sections': [{'label': 's', "
                  "'fields': ['a', 'b']}]}]"),
            "ok");
  EXPECT_EQ(
      forms("[{'name': 'f', 'label': 'x', 'sections': [{'fields': ['z']}], 'more': 1}, {'name': "
            "'f', 'label': 'x'}]"),
      "forms[0].sections[0].fields definition.no_field, forms[0].more definition.unknown_key, "
      "forms[1].name definition.repeated, forms[1].sections definition.sections");
  EXPECT_EQ(views("[{'name': 'v', 'label': 'x', 'columns': ['a', 'b', 'created_at'], 'where': "
                  "{'field': 'a', 'op': 'eq', 'value': 'x'}, 'sort': ['-a']}]"),
            "ok");
  EXPECT_EQ(views("[{'name': 'v', 'label': 'x', 'columns': ['q'], 'where': {'field': 'a', 'op': "
                  "'almost', 'value': 'x'}, 'sort': ['q']}]"),
            "views[0].columns definition.no_field, views[0].where.op condition.operator, "
            "views[0].sort list.sort");
  // a field that goes, goes from forms and columns too
  publish(definition("thing", "{'name': 'a', 'type': 'text'}"));
  const auto* entity = schema_->catalog()->entity("thing");
  EXPECT_EQ(entity->forms.at(0).at("sections").at(0).at("fields"), js("['a']"));
  EXPECT_EQ(entity->views.at(0).at("columns"), js("['a','created_at']"));
}

TEST_P(PublishTest, SearchesOtherFieldsOnceTheyAreNamed) {
  publish(definition("base", "{'name': 'name', 'type': 'text'}"));
  const std::string fields =
      "{'name': 'a', 'type': 'text'}, {'name': 'b', 'type': 'relation', 'entity': 'base'}";
  publish(definition("thing", fields, "'search': ['a']"));
  const auto base = create("base", {{"name", "压缩机"}}).value().id;
  ASSERT_TRUE(create("thing", {{"a", "空调"}, {"b", json::string(base.text())}}).ok());
  const auto found = [&](const char* words) {
    ListQuery query;
    query.entity = "thing";
    query.search = words;
    return list(query)->records.size();
  };
  EXPECT_EQ(found("压缩机"), 0u);
  publish(definition("thing", fields, "'search': ['b']"));
  EXPECT_EQ(found("压缩机"), 1u);
  EXPECT_EQ(found("空调"), 0u);
}

TEST_P(PublishTest, TwoInOneCommitBothCount) {
  std::atomic<int> done = 0;
  for (const char* name : {"one", "two", "three"})
    db_->write_async(
        [&, name](store::Transaction& tx) -> Result<void> {
          HOUGU_CHECK(schema_->publish(tx, Principal::system(),
                                       definition(name, "{'name': 'a', 'type': 'text'}"), 0));
          return {};
        },
        [&](Result<void> result) {
          EXPECT_TRUE(result.ok()) << said(result) << result.error().cause;
          ++done;
          done.notify_one();
        });
  for (int seen = done; seen < 3; seen = done) done.wait(seen);
  for (const char* name : {"one", "two", "three"})
    EXPECT_NE(schema_->catalog()->entity(name), nullptr) << name;
}

TEST_P(PublishTest, HearsWhatAnotherNodePublishes) {
  Schema other(*db_, clock_, ids_);
  publish(definition("thing", "{'name': 'a', 'type': 'text'}"));
  const auto hears = [&](const std::function<bool(const Catalog&)>& happened) {
    for (int i = 0; i < 100'000 && !happened(*other.catalog()); ++i) {
      ASSERT_TRUE(read([](store::Transaction&) { return Result<void>(); }).ok());
    }
    EXPECT_TRUE(happened(*other.catalog()));
  };
  hears([](const Catalog& catalog) { return catalog.entity("thing") != nullptr; });
  publish(definition("thing", "{'name': 'b', 'type': 'text'}"));
  hears([](const Catalog& catalog) { return catalog.entity("thing")->field("b") != nullptr; });
  ASSERT_TRUE(write([&](store::Transaction& tx) {
                return schema_->remove(tx, Principal::system(), "thing");
              }).ok());
  hears([](const Catalog& catalog) { return catalog.entity("thing") == nullptr; });
}

TEST_P(PublishTest, InstallsTheAfterSalesPackAndKeepsLocalChanges) {
  auto files = read_pack_folder("packs/after_sales");
  ASSERT_TRUE(files.ok()) << said(files);
  json::array roles;
  const PackRoles keeper{[&](store::Transaction&) -> Result<json::array> { return roles; },
                         [&](store::Transaction&, const json::object& role) -> Result<void> {
                           for (auto& each : roles)
                             if (each.at("name") == role.at("name"))
                               return each = role, Result<void>();
                           roles.push_back(role);
                           return {};
                         }};
  PackReport report;
  const auto install = [&](bool force) {
    return write([&](store::Transaction& tx) -> Result<void> {
      HOUGU_TRY(report, install_pack(tx, *schema_, Principal::system(), *files, force, keeper));
      return {};
    });
  };
  const auto first = install(false);
  ASSERT_TRUE(first.ok()) << said(first) << " " << first.error().cause;
  EXPECT_GE(report.changed.size(), 11u);
  ASSERT_NE(schema_->catalog()->entity("ticket"), nullptr);
  EXPECT_EQ(schema_->catalog()->entity("ticket")->pack, "after_sales");
  EXPECT_EQ(findings(), "");
  ASSERT_TRUE(install(false).ok());
  EXPECT_TRUE(report.changed.empty());
  EXPECT_EQ(schema_->catalog()->entity("ticket")->version, 1);

  const auto diff = [&] {
    std::string out;
    EXPECT_TRUE(read([&](store::Transaction& tx) -> Result<void> {
                  HOUGU_TRY(out, diff_pack(tx, *files, keeper));
                  return {};
                }).ok());
    return out;
  };
  EXPECT_EQ(diff(), "");
  // somebody adds a field here; the pack brings a new label for the region
  auto region = definition_json(*schema_->catalog()->entity("region"));
  region["fields"].as_array().push_back(
      object("{'name': 'extra', 'type': 'text', 'label': '额外'}"));
  publish(region);
  EXPECT_NE(diff().find("+"), std::string::npos);
  ASSERT_TRUE(install(false).ok());
  EXPECT_TRUE(report.changed.empty() && report.kept.empty());
  auto& text = (*files)["region/entity.json"];
  text.replace(text.find("服务区域"), std::string("服务区域").size(), "大区");
  ASSERT_TRUE(install(false).ok());
  EXPECT_EQ(report.kept, std::vector<std::string>{"region/entity.json"});
  EXPECT_NE(report.differences.find("大区"), std::string::npos);
  EXPECT_NE(schema_->catalog()->entity("region")->field("extra"), nullptr);
  ASSERT_TRUE(install(true).ok());
  EXPECT_EQ(schema_->catalog()->entity("region")->field("extra"), nullptr);
  EXPECT_EQ(schema_->catalog()->entity("region")->label.zh, "大区");

  // out into a folder and back in is no change
  PackFiles exported;
  ASSERT_TRUE(read([&](store::Transaction& tx) -> Result<void> {
                HOUGU_TRY(exported, export_pack(tx, "after_sales", keeper));
                return {};
              }).ok());
  const auto folder = place_ + "/exported";
  ASSERT_TRUE(write_pack_folder(folder, exported).ok());
  files = read_pack_folder(folder);
  ASSERT_TRUE(files.ok());
  EXPECT_EQ(*files, exported);
  EXPECT_EQ(diff(), "");
  EXPECT_EQ(said(write_pack_folder(place_, exported)), "pack.folder_not_empty");
  (*files)["pack.json"] = "{\"name\": \"x\"}";
  EXPECT_EQ(said(install(false)), "pack.malformed");
  EXPECT_EQ(said(read_pack_folder(place_ + "/nothing")), "pack.unreadable");
}

TEST_P(PublishTest, FindsWhatDoesNotFit) {
  publish(definition("base", "{'name': 's', 'type': 'serial'}", "'search': ['s']"));
  publish(definition(
      "thing",
      "{'name': 'b', 'type': 'relation', 'entity': 'base'}, {'name': 'k', 'type': 'user'},"
      "{'name': 'links', 'type': 'relation_many', 'entity': 'base'}",
      "'indexes': [['k', 'created_at']]"));
  const auto base = create("base", {{"s", "A1"}}).value().id;
  ASSERT_TRUE(create("base", {{"s", "A2"}}).ok());
  ASSERT_TRUE(create("thing", {{"b", json::string(base.text())},
                               {"links", json::array{json::string(base.text())}}})
                  .ok());
  EXPECT_EQ(findings(), "");
  const auto* thing = schema_->catalog()->entity("thing");
  std::string index;
  for (const auto& each : thing->plan->indexes)
    if (each.fields[0] == "k") index = each.name;
  ASSERT_TRUE(sql("DROP INDEX " + index +
                  "; DELETE FROM r_base WHERE s = 'A1'; DELETE FROM event WHERE "
                  "entity = 'thing' AND type = 'thing.created'; ALTER TABLE r_thing ADD COLUMN "
                  "extra INTEGER")
                  .ok());
  EXPECT_EQ(findings(),
            "check.event_without_record base 1\ncheck.search_unknown base 1\n"
            "check.column_unknown r_thing.extra\ncheck.index_missing " +
                index +
                "\ncheck.orphan_reference thing.b 1\ncheck.orphan_reference thing.links 1\n"
                "check.record_without_event thing 1\n");
  ASSERT_TRUE(sql("DROP TABLE r_thing").ok());
  EXPECT_NE(findings().find("check.table_missing r_thing"), std::string::npos);
}

HOUGU_BOTH_DATABASES(PublishTest);
}  // namespace
}  // namespace hougu::schema
