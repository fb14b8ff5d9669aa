#include "schema/exchange/export_file.h"

#include <gtest/gtest.h>

#include "schema/exchange/exchange_test_support.h"
#include "schema/schema_test_support.h"

namespace hougu::schema {
namespace {
using exchange::Cells;
using exchange::csv_field;
using exchange::ExportRequest;
using identity::Principal;
using test::object;
using test::said;

constexpr std::string_view kTexts =
    R"({"value.yes": "是", "value.no": "否", "record.created_at": "创建时间",
        "record.created_by": "创建人", "record.updated_at": "修改时间", "record.id": "ID"})";

class Export : public test::SchemaTest {
 protected:
  void SetUp() override {
    SchemaTest::SetUp();
    if (HasFatalFailure()) return;
    publish(test::definition(
        "device",
        "{'name': 'serial', 'type': 'text', 'label': {'zh-CN': '序列号', 'en': 'Serial'}},"
        "{'name': 'price', 'type': 'money', 'label': {'zh-CN': '价格', 'en': 'Price'}},"
        "{'name': 'bought', 'type': 'date', 'label': {'zh-CN': '购买日期', 'en': 'Bought'}},"
        "{'name': 'seen', 'type': 'date_time', 'label': {'zh-CN': '时间', 'en': 'Seen'}},"
        "{'name': 'active', 'type': 'yes_no', 'label': {'zh-CN': '在用', 'en': 'Active'}},"
        "{'name': 'state', 'type': 'single_choice', 'label': {'zh-CN': '状态', 'en': 'State'},"
        " 'choices': [{'value': 'used', 'label': {'zh-CN': '使用中', 'en': 'In use'}}]},"
        "{'name': 'phone', 'type': 'phone', 'label': {'zh-CN': '电话', 'en': 'Phone'}},"
        "{'name': 'team', 'type': 'team', 'label': {'zh-CN': '团队', 'en': 'Team'}}",
        "'title': ['serial'], 'ownership': {'team': 'team'}"));
    auto messages = Messages::parse(kTexts, kTexts);
    ASSERT_TRUE(messages.ok());
    messages_ = std::move(*messages);
  }

  std::string exported(const Principal& who, ExportRequest request, exchange::ReadTable& table) {
    request.query.entity = "device";
    request.folder = folder_.path();
    if (request.time_zone.empty()) request.time_zone = "Asia/Shanghai";
    exchange::ExportedFile file;
    const auto done = read([&](store::Transaction& tx) -> Result<void> {
      HOUGU_TRY(file, exchange::export_records(tx, who, *records_, *schema_->catalog(), *messages_,
                                               request, clock_.now()));
      return {};
    });
    if (!done.ok()) return said(done);
    name_ = file.name;
    bytes_ = exchange::content_of(file.path);
    table = exchange::read_table(file.path);
    return "ok";
  }

  exchange::TempFolder folder_;
  std::optional<Messages> messages_;
  std::string name_, bytes_;
};

const std::vector<std::string> kColumns = {"serial", "price", "bought", "seen",
                                           "active", "state", "phone"};
const char* const kDevice =
    "{'serial': '0001234567890123456', 'price': '12.50', 'bought': '2026-03-05', "
    "'seen': '2026-03-05T00:30:15Z', 'active': true, 'state': 'used', 'phone': '13812345678'}";

TEST_P(Export, WritesWhatPeopleRead) {
  create("device", object(kDevice)).value();
  ExportRequest request;
  request.query.fields = kColumns;
  for (const bool xlsx : {true, false}) {
    request.xlsx = xlsx;
    exchange::ReadTable table;
    ASSERT_EQ(exported(Principal::system(), request, table), "ok");
    ASSERT_EQ(table.rows.size(), 2u);
    EXPECT_EQ(table.rows[0], (Cells{"序列号", "价格", "购买日期", "时间", "在用", "状态", "电话"}));
    EXPECT_EQ(table.rows[1], (Cells{"0001234567890123456", xlsx ? "12.5" : "12.50", "2026-03-05",
                                    "2026-03-05 08:30:15", "是", "使用中", "13812345678"}));
    EXPECT_EQ(name_, std::string("device_20261121") + (xlsx ? ".xlsx" : ".csv"));
  }
  EXPECT_TRUE(bytes_.starts_with("\xef\xbb\xbf"));
  EXPECT_NE(bytes_.find("\r\n"), std::string::npos);
  request.locale = Locale::kEnglish;
  exchange::ReadTable table;
  exported(Principal::system(), request, table);
  EXPECT_EQ(table.rows[0][0], "Serial");
  EXPECT_EQ(table.rows[1][5], "In use");
}

TEST_P(Export, ShieldsFormulas) {
  const std::string attack = "=HYPERLINK(\"http://evil\",\"x\")";
  create("device", {{"serial", attack}, {"price", "-5"}}).value();
  ExportRequest request;
  request.query.fields = {"serial", "price"};
  request.xlsx = false;
  exchange::ReadTable table;
  ASSERT_EQ(exported(Principal::system(), request, table), "ok");
  EXPECT_EQ(table.rows[1], (Cells{"'" + attack, "-5.00"}));
  request.xlsx = true;
  ASSERT_EQ(exported(Principal::system(), request, table), "ok");
  EXPECT_EQ(table.rows[1], (Cells{attack, "-5"}));
  EXPECT_EQ(bytes_.find("<f>"), std::string::npos);
  EXPECT_EQ(csv_field("@x", true), "'@x");
  EXPECT_EQ(csv_field("\t=1", true), "\"'\t=1\"");
  EXPECT_EQ(csv_field("say \"hi\"", true), "\"say \"\"hi\"\"\"");
  EXPECT_EQ(csv_field("-5", false), "-5");
}

TEST_P(Export, KeepsToTheRightsOfThePerson) {
  const auto east = add_team("east"), west = add_team("west");
  create("device", {{"serial", "E1"}, {"team", east.text()}, {"phone", "13812345678"}}).value();
  create("device", {{"serial", "W1"}, {"team", west.text()}}).value();
  ExportRequest request;
  request.query.fields = {"serial", "phone"};
  exchange::ReadTable table;
  const auto agent =
      person(add_user("agent"),
             "{'device': {'read': 'all', 'export': 'team', 'fields': {'phone': 'masked', "
             "'price': 'none'}}}",
             {east});
  ASSERT_EQ(exported(agent, request, table), "ok");
  ASSERT_EQ(table.rows.size(), 2u);
  EXPECT_EQ(table.rows[1], (Cells{"E1", "138****5678"}));
  request.query.fields = {"price"};
  EXPECT_EQ(exported(agent, request, table), "field.unknown");
  request.query.fields.clear();
  ASSERT_EQ(exported(agent, request, table), "ok");
  for (const auto& header : table.rows[0]) EXPECT_NE(header, "价格");
  const auto reader = person(add_user("reader"), "{'device': {'read': 'all'}}");
  request.query.fields = {"serial"};
  const auto refused = exported(reader, request, table);
  EXPECT_TRUE(refused == "forbidden" || table.rows.size() == 1) << refused;
  EXPECT_EQ(exported(person(add_user("none"), "{}"), request, table), "entity.not_found");
}

TEST_P(Export, WritesEveryRow) {
  ASSERT_EQ(said(write([&](store::Transaction& tx) -> Result<void> {
              for (int i = 0; i < 3000; ++i) {
                HOUGU_CHECK(records_->create(tx, Principal::system(), "device",
                                             {{"serial", "S" + std::to_string(i)}}));
              }
              return {};
            })),
            "ok");
  ExportRequest request;
  request.query.sort = {"created_at"};
  request.query.fields = {"serial"};
  exchange::ReadTable table;
  ASSERT_EQ(exported(Principal::system(), request, table), "ok");
  EXPECT_EQ(table.rows.size(), 3001u);
}

HOUGU_BOTH_DATABASES(Export);
}  // namespace
}  // namespace hougu::schema
