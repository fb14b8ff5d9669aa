// Every field type: what goes in, what comes out, what is refused with which code.
#include "schema/fields/fields.h"

#include <gtest/gtest.h>

#include <cmath>
#include <limits>
#include <set>

#include "schema/schema_test_support.h"

namespace hougu::schema {
namespace {

using test::js;
using test::object;

FieldDefinition field_of(std::string_view type, const std::string& settings = "") {
  const auto document =
      test::definition("thing", "{'name': 'f', 'type': '" + std::string(type) + "'" +
                                    (settings.empty() ? "" : ", " + settings) + "}");
  auto parsed = parse_definition(document);
  EXPECT_TRUE(parsed.ok()) << test::said(parsed) << " " << type << " " << settings;
  return parsed.ok() ? parsed->fields[0] : FieldDefinition();
}

// The API form after a way through the cells, or the complaint.
std::string through(const FieldDefinition& field, const json::value& in,
                    const json::value* before = nullptr) {
  std::vector<Cell> cells(field.type->columns().size(), nullptr);
  std::deque<std::string> texts;
  std::vector<FieldError> faults;
  std::vector<Id> ids;
  std::vector<ParsedRow> rows;
  Parsing parsing{cells, texts, faults, "f"};
  parsing.before = before;
  parsing.today = "2026-11-21";
  parsing.ids = &ids;
  parsing.rows = &rows;
  field.type->parse(field, in, parsing);
  if (!faults.empty())
    return (faults[0].field == "f" ? "" : faults[0].field + " ") + faults[0].code;
  if (!ids.empty()) return std::to_string(ids.size()) + " ids";
  if (!rows.empty()) return std::to_string(rows.size()) + " rows";
  if (cells.empty() || is_null(cells[0])) return "null";
  return json::serialize(field.type->present(field, cells));
}

struct Case {
  const char* type;
  const char* settings;
  const char* in;   // JSON with ' for "
  const char* out;  // JSON with ' for ", or a code
};

const Case kCases[] = {
    {"text", "", "'  a\\tb\\n c '", "'a  c'"},  // replaced below: see Text.OneLine
    {"text", "", "'abc'", "'abc'"},
    {"text", "", "'   '", "null"},
    {"text", "", "5", "field.type"},
    {"text", "", "['a']", "field.type"},
    {"text", "", "{}", "field.type"},
    {"text", "", "true", "field.type"},
    {"text", "'max_length': 3", "'空调机'", "'空调机'"},
    {"text", "'max_length': 3", "'abcd'", "field.too_long"},
    {"text", "'min_length': 3", "'ab'", "field.too_short"},
    {"text", "'pattern': '[A-Z]+[0-9]{2}'", "'AB12'", "'AB12'"},
    {"text", "'pattern': '[A-Z]+[0-9]{2}'", "'AB123'", "field.pattern"},
    {"text", "", "'a\\u0000b'", "field.control"},
    {"text", "", "'a\\u0007b'", "field.control"},
    {"text", "", "'<script>alert(1)</script>'", "'<script>alert(1)</script>'"},
    {"long_text", "", "'a\\r\\nb\\rc  \\n'", "'a\\nb\\nc'"},
    {"long_text", "'max_length': 2", "'abc'", "field.too_long"},
    {"long_text", "", "' \\n '", "null"},
    {"rich_text", "", "'<p onclick=x>a<script>b</script></p>'", "'<p>a</p>'"},
    {"rich_text", "", "'<p> </p>'", "null"},
    {"rich_text", "'max_length': 5", "'<p>abcdef</p>'", "field.too_long"},
    {"number", "", "'12.5'", "'12.50'"},
    {"number", "", "12.5", "'12.50'"},
    {"number", "", "0.1", "'0.10'"},
    {"number", "", "-3", "'-3.00'"},
    {"number", "", "'12.505'", "field.scale"},
    {"number", "", "12.505", "field.scale"},
    {"number", "", "1e300", "field.number"},
    {"number", "", "'1e3'", "field.number"},
    {"number", "", "'NaN'", "field.number"},
    {"number", "", "'1,000'", "field.number"},
    {"number", "", "'99999999999999999'", "field.number_too_large"},
    {"number", "", "'999999999999999999999'", "field.number"},
    {"number", "", "true", "field.type"},
    {"number", "'min': '0', 'max': 10", "'-0.01'", "field.min"},
    {"number", "'min': '0', 'max': 10", "10", "'10.00'"},
    {"number", "'min': '0', 'max': 10", "'10.01'", "field.max"},
    {"number", "'scale': 0", "18446744073709551615", "field.number"},
    {"money", "'currency': 'CNY'", "'0.01'", "'0.01'"},
    {"money", "", "'0.001'", "field.scale"},
    {"integer", "", "42", "42"},
    {"integer", "", "42.0", "42"},
    {"integer", "", "42.5", "field.integer"},
    {"integer", "", "'42'", "field.type"},
    {"integer", "", "9007199254740992", "field.integer"},
    {"integer", "", "18446744073709551615", "field.integer"},
    {"integer", "", "-9007199254740991", "-9007199254740991"},
    {"integer", "'min': 1, 'max': 3", "0", "field.min"},
    {"integer", "'min': 1, 'max': 3", "4", "field.max"},
    {"yes_no", "", "true", "true"},
    {"yes_no", "", "'true'", "field.type"},
    {"yes_no", "", "1", "field.type"},
    {"date", "", "'2026-02-28'", "'2026-02-28'"},
    {"date", "", "'2026-02-29'", "field.date"},
    {"date", "", "'2024-02-29'", "'2024-02-29'"},
    {"date", "", "'2026-2-8'", "field.date"},
    {"date", "", "'2026-02-28T00:00:00Z'", "field.date"},
    {"date", "", "20260228", "field.type"},
    {"date", "'min': '$today', 'max': '2027-01-01'", "'2026-11-20'", "field.min"},
    {"date", "'min': '$today', 'max': '2027-01-01'", "'2026-11-21'", "'2026-11-21'"},
    {"date", "'min': '$today', 'max': '2027-01-01'", "'2027-01-02'", "field.max"},
    {"date_time", "", "'2026-11-21T16:30:00+08:00'", "'2026-11-21T08:30:00.000Z'"},
    {"date_time", "", "'2026-11-21T08:30:00.1239Z'", "'2026-11-21T08:30:00.123Z'"},
    {"date_time", "", "'2026-11-21'", "field.date_time"},
    {"date_time", "", "'2026-11-21T25:00:00Z'", "field.date_time"},
    {"date_time", "", "0", "field.type"},
    {"duration", "", "3600", "3600"},
    {"duration", "", "-1", "field.min"},
    {"single_choice", "'choices': [{'value': 'a', 'label': 'A'}]", "'a'", "'a'"},
    {"single_choice", "'choices': [{'value': 'a', 'label': 'A'}]", "'b'", "field.choice"},
    {"single_choice", "'choices': [{'value': 'a', 'label': 'A'}]", "['a']", "field.type"},
    {"single_choice", "'choices': [{'value': 'a', 'label': 'A', 'archived': true}]", "'a'",
     "field.choice_archived"},
    {"multiple_choice", "'choices': [{'value': 'a', 'label': 'A'}, {'value': 'b', 'label': 'B'}]",
     "['b','a','b']", "['b','a']"},
    {"multiple_choice", "'choices': [{'value': 'a', 'label': 'A'}]", "'a'", "field.type"},
    {"multiple_choice", "'choices': [{'value': 'a', 'label': 'A'}]", "[1]", "field.type"},
    {"multiple_choice", "'choices': [{'value': 'a', 'label': 'A'}]", "['x']", "field.choice"},
    {"multiple_choice", "'choices': [{'value': 'a', 'label': 'A'}]", "[]", "null"},
    {"user", "", "'01890a5d-ac96-774b-bcce-b302099a8057'",
     "{'id':'01890a5d-ac96-774b-bcce-b302099a8057','title':''}"},
    {"user", "", "{'id': '01890A5D-AC96-774B-BCCE-B302099A8057', 'title': 'x'}",
     "{'id':'01890a5d-ac96-774b-bcce-b302099a8057','title':''}"},
    {"user", "", "'root'", "field.reference"},
    {"user", "", "'00000000-0000-0000-0000-000000000000'", "field.reference"},
    {"team", "", "7", "field.type"},
    {"relation", "'entity': 'thing'", "{'id': 5}", "field.reference"},
    {"relation_many", "'entity': 'thing'",
     "['01890a5d-ac96-774b-bcce-b302099a8057','01890a5d-ac96-774b-bcce-b302099a8057']", "1 ids"},
    {"relation_many", "'entity': 'thing'", "'x'", "field.type"},
    {"relation_many", "'entity': 'thing'", "[null]", "field.reference"},
    {"child_table", "'fields': [{'name': 'n', 'type': 'integer', 'label': 'n', 'required': true}]",
     "[{'n': 1}, {'n': 2}]", "2 rows"},
    {"child_table", "'fields': [{'name': 'n', 'type': 'integer', 'label': 'n', 'required': true}]",
     "[{'n': 1}, {}]", "f[1].n field.required"},
    {"child_table", "'fields': [{'name': 'n', 'type': 'integer', 'label': 'n'}]", "[5]",
     "f[0] field.type"},
    {"child_table", "'fields': [{'name': 'n', 'type': 'integer', 'label': 'n'}]", "[{'id': 'x'}]",
     "f[0] field.reference"},
    {"child_table", "'fields': [{'name': 'n', 'type': 'integer', 'label': 'n'}], 'max_rows': 1",
     "[{}, {}]", "field.too_many"},
    {"child_table", "'fields': [{'name': 'n', 'type': 'integer', 'label': 'n'}], 'min_rows': 1",
     "[]", "field.too_few"},
    {"attachment", "'max_files': 1", "['01890a5d-ac96-774b-bcce-b302099a8057']", "1 ids"},
    {"attachment", "'max_files': 1",
     "['01890a5d-ac96-774b-bcce-b302099a8057','01890a5d-ac96-774b-bcce-b302099a8058']",
     "field.too_many"},
    {"attachment", "", "['../../etc/passwd']", "field.reference"},
    {"image", "", "{}", "field.type"},
    {"signature", "", "'01890a5d-ac96-774b-bcce-b302099a8057'", "1 ids"},
    {"signature", "", "['01890a5d-ac96-774b-bcce-b302099a8057']", "field.type"},
    {"geolocation", "", "{'lat': 31.5, 'lng': 121}", "{'lat':3.15E1,'lng':1.21E2,'datum':'wgs84'}"},
    {"geolocation", "", "{'lat': 31.5, 'lng': 121, 'datum': 'gcj02'}",
     "{'lat':3.15E1,'lng':1.21E2,'datum':'gcj02'}"},
    {"geolocation", "", "{'lat': 91, 'lng': 121}", "field.position"},
    {"geolocation", "", "{'lat': '31', 'lng': 121}", "field.position"},
    {"geolocation", "", "{'lat': 31}", "field.position"},
    {"geolocation", "", "{'lat': 31, 'lng': 1, 'datum': 'mars'}", "field.datum"},
    {"geolocation", "", "{'lat': 31, 'lng': 1, 'alt': 1}", "f.alt field.unknown"},
    {"geolocation", "", "[31, 121]", "field.type"},
    {"address", "", "{'code': '310115', 'street': ' 张江路 1 号 '}",
     "{'code':'310115','street':'张江路 1 "
     "号','province':'上海市','city':null,'district':'浦东新区'}"},
    {"address", "", "{'code': '441900'}",
     "{'code':'441900','street':null,'province':'广东省','city':'东莞市','district':null}"},
    {"address", "", "{'code': '110100'}", "f.code field.division"},
    {"address", "", "{'code': '999999'}", "f.code field.division"},
    {"address", "", "{'street': 'x'}", "f.code field.division"},
    {"address", "", "{'code': 310115}", "f.code field.division"},
    {"address", "", "{'code': '310115', 'street': 5}", "field.type"},
    {"address", "", "{'code': '310115', 'zip': '1'}", "f.zip field.unknown"},
    {"address", "", "'上海'", "field.type"},
    {"phone", "", "'138 1234 5678'", "'13812345678'"},
    {"phone", "", "'+86 138-1234-5678'", "'13812345678'"},
    {"phone", "", "'008613812345678'", "'13812345678'"},
    {"phone", "", "'８６１３８１２３４５６７８'", "'13812345678'"},
    {"phone", "", "'（021）1234 5678'", "'021-12345678'"},
    {"phone", "", "'021 0234 5678'", "field.phone"},
    {"phone", "", "'（021）6234 5678'", "'021-62345678'"},
    {"phone", "", "'0755-26712345'", "'0755-26712345'"},
    {"phone", "", "'021-62345678-801'", "'021-62345678-801'"},
    {"phone", "", "'021-62345678转801'", "'021-62345678-801'"},
    {"phone", "", "'400-820-8820'", "'4008208820'"},
    {"phone", "", "'+1 (415) 555-2671'", "'+14155552671'"},
    {"phone", "", "'12812345678'", "field.phone"},
    {"phone", "", "'1381234567'", "field.phone"},
    {"phone", "", "'138123456789'", "field.phone"},
    {"phone", "", "'call me'", "field.phone"},
    {"phone", "", "13812345678", "field.type"},
    {"email", "", "' Wang.Wu@Example.COM '", "'Wang.Wu@example.com'"},
    {"email", "", "'a@b'", "field.email"},
    {"email", "", "'a@@b.cn'", "field.email"},
    {"email", "", "'a b@c.cn'", "field.email"},
    {"email", "", "'a@-b.cn'", "field.email"},
    {"email", "", "'a@b..cn'", "field.email"},
    {"email", "", "'<a@b.cn>'", "field.email"},
    {"url", "", "'https://example.com/a?b=c'", "'https://example.com/a?b=c'"},
    {"url", "", "'HTTP://example.com'", "'HTTP://example.com'"},
    {"url", "", "'javascript:alert(1)'", "field.url"},
    {"url", "", "'https://'", "field.url"},
    {"url", "", "'https://good.com@evil.com/'", "field.url"},
    {"url", "", "'ftp://example.com'", "field.url"},
    {"url", "", "'https://a.com/ b'", "field.url"},
    {"serial", "", "' ab－１２ｃ '", "'AB-12C'"},
    {"serial", "'fold': false", "'ab－1'", "'ab－1'"},
    {"serial", "'max_length': 4", "'12345'", "field.too_long"},
    {"auto_number", "'pattern': 'A{seq:4}'", "'A0001'", "'A0001'"},
    {"rating", "", "5", "5"},
    {"rating", "", "6", "field.max"},
    {"rating", "", "0", "field.min"},
    {"rating", "'max': 10", "10", "10"},
};

std::string double_quoted(std::string text) {
  std::replace(text.begin(), text.end(), '\'', '"');
  return text;
}

TEST(Fields, TakeGoodAndRefuseBad) {
  for (const auto& each : kCases) {
    if (&each == &kCases[0]) continue;
    const auto field = field_of(each.type, each.settings);
    ASSERT_NE(field.type, nullptr);
    EXPECT_EQ(through(field, js(each.in)), double_quoted(each.out))
        << each.type << " " << each.settings << " " << each.in;
  }
}

TEST(Fields, BreakLinesOfTextIntoBlanks) {
  EXPECT_EQ(through(field_of("text"), js("'  a\\tb\\r\\n\\nc '")), "\"a b c\"");
}

TEST(Fields, EveryTypeHasCases) {
  std::set<std::string_view> covered;
  for (const auto& each : kCases) covered.insert(each.type);
  for (const auto* type : field_types()) EXPECT_TRUE(covered.count(type->name())) << type->name();
  EXPECT_EQ(field_types().size(), 28u);
}

// Whatever the JSON, a type answers with a value or a code, and never with anything else.
TEST(Fields, SurviveAnyKindOfValue) {
  const std::map<std::string, std::string> needed = {
      {"single_choice", "'choices': [{'value': 'a', 'label': 'A'}]"},
      {"multiple_choice", "'choices': [{'value': 'a', 'label': 'A'}]"},
      {"relation", "'entity': 'thing'"},
      {"relation_many", "'entity': 'thing'"},
      {"child_table", "'fields': [{'name': 'n', 'type': 'text', 'label': 'n'}]"},
      {"auto_number", "'pattern': '{seq}'"}};
  const json::value values[] = {nullptr,
                                true,
                                0,
                                -1,
                                std::numeric_limits<std::int64_t>::min(),
                                std::numeric_limits<std::uint64_t>::max(),
                                1e308,
                                -0.0,
                                std::numeric_limits<double>::quiet_NaN(),
                                std::numeric_limits<double>::infinity(),
                                "",
                                "\xff\xfe",
                                "\xed\xa0\x80",
                                json::string(std::size_t{5'000'000}, 'x'),
                                json::string(std::size_t{3}, '\0'),
                                json::array(),
                                js("[[[[{}]]]]"),
                                json::object(),
                                js("{'id': {'id': []}}"),
                                json::array(100'000, json::value(1))};
  for (const auto* type : field_types()) {
    const auto settings = needed.find(std::string(type->name()));
    const auto field = field_of(type->name(), settings == needed.end() ? "" : settings->second);
    for (const auto& value : values) {
      if (value.is_null()) continue;
      EXPECT_FALSE(through(field, value).empty()) << type->name();
      Cell cell;
      std::deque<std::string> kept;
      field.type->operand(field, value, cell, kept);
      field.type->masked(field, value);
      std::vector<std::string> found;
      field.type->search_texts(field, value, found);
      field.type->to_text(field, value, {});
      if (value.is_string() && value.get_string().size() < 1000)
        (void)field.type->from_text(field, std::string_view(value.get_string()), {});
    }
  }
}

TEST(Fields, KeepArchivedChoicesOnOldRecords) {
  const auto one =
      field_of("single_choice", "'choices': [{'value': 'a', 'label': 'A', 'archived': true}]");
  const json::value before = "a";
  EXPECT_EQ(through(one, "a", &before), "\"a\"");
  const auto many = field_of("multiple_choice",
                             "'choices': [{'value': 'a', 'label': 'A', 'archived': true},"
                             "{'value': 'b', 'label': 'B'}]");
  const auto list = js("['a']");
  EXPECT_EQ(through(many, js("['a','b']"), &list), "[\"a\",\"b\"]");
  EXPECT_EQ(through(many, js("['a','b']")), "field.choice_archived");
}

TEST(Fields, MaskWhatIsPersonal) {
  const auto masked = [](std::string_view type, const std::string& value,
                         const std::string& settings = "") {
    const auto field = field_of(type, settings);
    return json::serialize(field.type->masked(field, js(value)));
  };
  EXPECT_EQ(masked("phone", "'13812348888'"), "\"138****8888\"");
  EXPECT_EQ(masked("phone", "'021-62345678'"), "\"021****5678\"");
  EXPECT_EQ(masked("text", "'张三丰'"), "\"张*\"");
  EXPECT_EQ(masked("email", "'wang@example.com'"), "\"w****@example.com\"");
  EXPECT_EQ(masked("date", "'2026-11-21'"), "null");
  EXPECT_EQ(masked("number", "'12.50'"), "\"1*\"");
  EXPECT_EQ(masked("user", "{'id': 'x', 'title': 'y'}"), "null");
  EXPECT_EQ(masked("geolocation", "{'lat': 1, 'lng': 2}"), "null");
  EXPECT_EQ(masked("address", "{'code': '310115', 'street': 'x', 'district': 'd'}"),
            "{\"code\":\"310115\",\"street\":\"****\",\"district\":\"d\"}");
}

TEST(Fields, ReadAndWriteCells) {
  const auto round = [](std::string_view type, std::string_view text,
                        const std::string& settings = "") {
    const auto field = field_of(type, settings);
    CellText how;
    how.yes = "是";
    how.no = "否";
    how.time_zone = "Asia/Shanghai";
    const auto value = field.type->from_text(field, text, how);
    if (!value.ok()) return value.error().code;
    return json::serialize(*value) + " " + field.type->to_text(field, *value, how);
  };
  EXPECT_EQ(round("yes_no", "是"), "true 是");
  EXPECT_EQ(round("yes_no", "NO"), "false 否");
  EXPECT_EQ(round("yes_no", "maybe"), "field.yes_no");
  for (const char* text :
       {"2026-3-5", "2026/03/05", "2026年3月5日", "2026.3.5", "20260305", "5-Mar-26",
        "5 March 2026", "Mar 5, 2026", "3/5/2026", "２０２６年３月５日", "2026-03-05 00:00:00"})
    EXPECT_EQ(round("date", text), "\"2026-03-05\" 2026-03-05") << text;
  for (const char* text : {"2026-13-5", "5-Foo-26", "tomorrow", "2026", "2026-02-30", "1/2/3/4",
                           "99999999999999999999"})
    EXPECT_EQ(round("date", text), "field.date") << text;
  EXPECT_EQ(round("date_time", "2026/3/5 8:30"),
            "\"2026-03-05T00:30:00.000Z\" 2026-03-05 08:30:00");
  EXPECT_EQ(round("date_time", "3/5/2026 8:30:05 PM"),
            "\"2026-03-05T12:30:05.000Z\" 2026-03-05 20:30:05");
  EXPECT_EQ(round("date_time", "2026-03-05T08:30:00Z"),
            "\"2026-03-05T08:30:00.000Z\" 2026-03-05 16:30:00");
  EXPECT_EQ(round("number", "￥1,234.5"), "\"1234.5\" 1234.5");
  EXPECT_EQ(round("number", "12a"), "field.number");
  EXPECT_EQ(round("integer", "1,200"), "1200 1200");
  EXPECT_EQ(round("integer", "5.0"), "5 5");
  EXPECT_EQ(round("integer", "5.5"), "field.integer");
  EXPECT_EQ(round("single_choice", "已完成",
                  "'choices': [{'value': 'done', 'label': {'zh-CN': '已完成', 'en': 'Done'}}]"),
            "\"done\" 已完成");
  EXPECT_EQ(round("multiple_choice", "甲；done",
                  "'choices': [{'value': 'done', 'label': '乙'}, {'value': 'a', 'label': '甲'}]"),
            "[\"a\",\"done\"] 乙; 甲");
  EXPECT_EQ(round("address", "上海市浦东新区张江路1号"),
            "{\"code\":\"310115\",\"street\":\"张江路1号\"} 张江路1号");
  EXPECT_EQ(round("address", "广东省深圳市南山区科技园"),
            "{\"code\":\"440305\",\"street\":\"科技园\"} 科技园");
  EXPECT_EQ(round("address", "广东东莞长安镇"),
            "{\"code\":\"441900\",\"street\":\"长安镇\"} 长安镇");
  EXPECT_EQ(round("address", "北京市北京市朝阳区"), "{\"code\":\"110105\",\"street\":null} ");
  EXPECT_EQ(round("address", "Mars"), "field.division");
  EXPECT_EQ(
      round("geolocation", "31.2304,121.4737"),
      "{\"lat\":3.12304E1,\"lng\":1.214737E2,\"datum\":\"wgs84\"} 31.2304000,121.4737000 wgs84");
}

TEST(Definitions, AreRefusedWithThePlaceOfEachFault) {
  const auto faults = [](const std::string& field, const std::string& more = "") {
    return test::said(parse_definition(test::definition("thing", field, more)));
  };
  EXPECT_EQ(faults("{'name': 'f', 'type': 'nothing'}"), "fields[0].type definition.type");
  EXPECT_EQ(faults("{'name': 'F', 'type': 'text'}"), "fields[0].name definition.name");
  EXPECT_EQ(faults("{'name': 'id', 'type': 'text'}"), "fields[0].name definition.reserved");
  EXPECT_EQ(faults("{'name': 'f', 'type': 'text', 'max_length': 'x'}"),
            "fields[0].max_length definition.setting");
  EXPECT_EQ(faults("{'name': 'f', 'type': 'text', 'pattern': '('}"),
            "fields[0].pattern definition.setting");
  EXPECT_EQ(faults("{'name': 'f', 'type': 'text', 'min_length': 9, 'max_length': 3}"),
            "fields[0].min_length definition.min_above_max");
  EXPECT_EQ(faults("{'name': 'f', 'type': 'text', 'scale': 3}"),
            "fields[0].scale definition.unknown_key");
  EXPECT_EQ(faults("{'name': 'f', 'type': 'text', 'default': 5}"), "fields[0].default field.type");
  EXPECT_EQ(faults("{'name': 'f', 'type': 'yes_no', 'unique': true}"),
            "fields[0].unique definition.not_unique");
  EXPECT_EQ(faults("{'name': 'f', 'type': 'auto_number', 'pattern': 'A'}"),
            "fields[0].pattern definition.number_pattern");
  EXPECT_EQ(faults("{'name': 'f', 'type': 'single_choice'}"),
            "fields[0].choices definition.missing");
  EXPECT_EQ(
      faults("{'name': 'f', 'type': 'single_choice', 'choices': [{'value': 'a b', 'label': 'x'},"
             "{'value': 'c', 'label': 'x'}, {'value': 'c', 'label': 'x'}]}"),
      "fields[0].choices[0].value definition.choice_value, "
      "fields[0].choices[2].value definition.repeated");
  EXPECT_EQ(faults("{'name': 'f', 'type': 'child_table', 'fields': [{'name': 'g', 'type': "
                   "'child_table', 'fields': [{'name': 'h', 'type': 'text'}]}]}"),
            "fields[0].fields[0].type definition.not_in_child_table");
  EXPECT_EQ(faults("{'name': 'place', 'type': 'address'}, {'name': 'place_code', 'type': 'text'}"),
            "fields[1].name definition.repeated");
  EXPECT_EQ(faults("{'name': 'f', 'type': 'text'}",
                   "'title': ['g'], 'search': ['h'], 'indexes': "
                   "[['i']], 'ownership': {'team': 'f'}, 'what': 1"),
            "ownership.team definition.ownership, title definition.title_field, "
            "search definition.search_field, indexes[0] definition.index_field, "
            "what definition.unknown_key");
  EXPECT_EQ(test::said(parse_definition(
                test::definition("ticket; DROP", "{'name': 'f', 'type': 'text'}"))),
            "name definition.name");
  EXPECT_EQ(
      test::said(parse_definition(test::definition("session", "{'name': 'f', 'type': 'text'}"))),
      "name definition.reserved");
  EXPECT_EQ(test::said(parse_definition({})),
            "label definition.label, fields definition.no_fields, name definition.name");
}

TEST(Definitions, ComeBackAsTheyWere) {
  const auto document = test::definition(
      "thing",
      "{'name': 'a', 'type': 'number', 'scale': 3, 'min': '0.5', 'unit': 'kg', 'required': true},"
      "{'name': 'b', 'type': 'single_choice', 'default': 'x', 'choices': [{'value': 'x', 'label': "
      "{'zh-CN': '甲', 'en': 'X'}, 'color': 'red', 'archived': false}]},"
      "{'name': 'c', 'type': 'relation', 'entity': 'thing', 'on_delete': 'clear'},"
      "{'name': 'd', 'type': 'child_table', 'max_rows': 5, 'fields': [{'name': 'e', 'type': "
      "'text'}]}",
      "'title': ['a'], 'indexes': [['b', 'created_at']], 'unique': [['a', 'b']]");
  const auto once = parse_definition(document).value();
  const auto twice = parse_definition(definition_json(once)).value();
  EXPECT_EQ(definition_json(once), definition_json(twice));
  EXPECT_EQ(definition_json(once).at("fields").at(0).at("min"), js("'0.5'"));
}
}  // namespace
}  // namespace hougu::schema
