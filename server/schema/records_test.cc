// Records end to end: what is written is what is read, with one event each.
#include <gtest/gtest.h>

#include "schema/attachments/attachments.h"
#include "schema/schema_test_support.h"

namespace hougu::schema {
namespace {

using identity::Principal;
using test::definition;
using test::js;
using test::object;
using test::said;

const char kCustomer[] =
    "{'name': 'number', 'type': 'auto_number', 'unique': true, 'pattern': 'C{seq:6}'},"
    "{'name': 'name', 'type': 'text', 'required': true},"
    "{'name': 'phone', 'type': 'phone'},"
    "{'name': 'address', 'type': 'address'},"
    "{'name': 'level', 'type': 'single_choice', 'default': 'standard', 'choices': ["
    "{'value': 'standard', 'label': 'S'}, {'value': 'vip', 'label': 'V'}]}";

const char kDevice[] =
    "{'name': 'serial_number', 'type': 'serial', 'required': true, 'unique': true},"
    "{'name': 'customer', 'type': 'relation', 'entity': 'customer'},"
    "{'name': 'owner', 'type': 'relation', 'entity': 'customer', 'on_delete': 'clear'},"
    "{'name': 'friends', 'type': 'relation_many', 'entity': 'device'},"
    "{'name': 'parts', 'type': 'child_table', 'fields': ["
    "{'name': 'code', 'type': 'text', 'required': true},"
    "{'name': 'quantity', 'type': 'number', 'scale': 0, 'default': '1'}]},"
    "{'name': 'position', 'type': 'geolocation'},"
    "{'name': 'price', 'type': 'money'},"
    "{'name': 'active', 'type': 'yes_no', 'default': true},"
    "{'name': 'secret', 'type': 'text', 'managed': true},"
    "{'name': 'team', 'type': 'team'}, {'name': 'keeper', 'type': 'user'}";

class RecordsTest : public test::SchemaTest {
 protected:
  void SetUp() override {
    SchemaTest::SetUp();
    if (HasFatalFailure()) return;
    publish(definition("customer", kCustomer, "'title': ['name'], 'search': ['name', 'phone']"));
    publish(definition("device", kDevice,
                       "'title': ['customer', 'serial_number'], 'search': ['serial_number'],"
                       "'ownership': {'team': 'team', 'assignee': 'keeper'}"));
  }
};

TEST_P(RecordsTest, CreatesWithDefaultsNumbersAndTitles) {
  ASSERT_TRUE(records_->set_time_zone("Asia/Shanghai").ok());
  const auto customer =
      create("customer", object("{'name': ' 张三 ', 'phone': '138 1234 5678',"
                                "'address': {'code': '310115', 'street': '张江'}}"));
  ASSERT_TRUE(customer.ok()) << said(customer);
  EXPECT_EQ(customer->text("name"), "张三");
  EXPECT_EQ(customer->text("number"), "C000001");
  EXPECT_EQ(customer->text("phone"), "13812345678");
  EXPECT_EQ(customer->text("level"), "standard");
  EXPECT_EQ(customer->values.at("address").at("district"), js("'浦东新区'"));
  const auto device =
      create("device", object("{'serial_number': 'ab-１', 'customer': '" + customer->id.text() +
                              "', 'price': '12.5', 'position': {'lat': 31.2, 'lng': 121.5},"
                              "'parts': [{'code': 'A'}, {'code': 'B', 'quantity': '3'}]}"));
  ASSERT_TRUE(device.ok()) << said(device) << device.error().cause;
  const auto read_back = get("device", device->id);
  ASSERT_TRUE(read_back.ok()) << said(read_back);
  EXPECT_EQ(read_back->values, device->values);
  EXPECT_EQ(read_back->text("serial_number"), "AB-1");
  EXPECT_EQ(read_back->values.at("customer").at("title"), js("'张三'"));
  EXPECT_EQ(read_back->values.at("price"), js("'12.50'"));
  EXPECT_EQ(read_back->values.at("parts").at(0).at("quantity"), js("'1'"));
  EXPECT_EQ(read_back->values.at("active"), js("true"));
  EXPECT_EQ(read_back->values.at("friends"), js("[]"));
  const auto events = history("device", device->id).at("events").as_array();
  ASSERT_EQ(events.size(), 1u);
  EXPECT_EQ(events[0].at("type"), js("'device.created'"));
  EXPECT_EQ(events[0].at("changes"), js("[]"));
}

TEST_P(RecordsTest, UpdatesFieldByFieldWithHistory) {
  const auto a = create("device", object("{'serial_number': 'A'}")).value();
  const auto b =
      create("device", object("{'serial_number': 'B', 'parts': [{'code': 'x'}]}")).value();
  const auto row = std::string(b.values.at("parts").at(0).at("id").as_string());
  auto changed =
      update("device", b.id, 1,
             object("{'friends': ['" + a.id.text() + "'], 'price': '7', 'parts': [{'id': '" + row +
                    "', 'code': 'y'}, {'code': 'z'}], 'serial_number': 'b'}"));
  ASSERT_TRUE(changed.ok()) << said(changed) << changed.error().cause;
  EXPECT_EQ(changed->version, 2);
  const auto again = get("device", b.id).value();
  EXPECT_EQ(again.values, changed->values);
  EXPECT_EQ(again.values.at("friends").at(0).at("title"), js("'A'"));
  EXPECT_EQ(again.values.at("parts").at(0).at("id"), js("'" + row + "'"));
  EXPECT_EQ(again.values.at("parts").as_array().size(), 2u);
  const auto events = history("device", b.id).at("events").as_array();
  ASSERT_EQ(events.size(), 2u);
  const auto& changes = events[0].at("changes").as_array();
  ASSERT_EQ(changes.size(), 3u) << "the serial number is the same once folded";
  EXPECT_EQ(changes[0].at("field"), js("'friends'"));
  EXPECT_EQ(changes[2], js("{'field': 'price', 'old': null, 'new': '7.00'}"));
  // the same again changes nothing and leaves no event
  ASSERT_TRUE(update("device", b.id, 2, object("{'price': 7}")).ok());
  EXPECT_EQ(get("device", b.id)->version, 2);
}

TEST_P(RecordsTest, RefusesWhatCannotBe) {
  const auto device = create("device", object("{'serial_number': 'A'}")).value();
  EXPECT_EQ(said(create("nothing", {})), "entity.unknown");
  EXPECT_EQ(said(create("device", {})), "serial_number field.required");
  EXPECT_EQ(said(create("device", object("{'serial_number': 'B', 'color': 1, 'id': 'x',"
                                         "'secret': 's'}"))),
            "color field.unknown, id field.read_only, secret field.managed");
  EXPECT_EQ(said(create("device", object("{'serial_number': 'a'}"))),
            "serial_number field.duplicate");
  EXPECT_EQ(said(create("device",
                        object("{'serial_number': 'C', 'customer': '" + device.id.text() + "'}"))),
            "customer field.reference");
  EXPECT_EQ(said(create("device", object("{'serial_number': 'C', 'keeper': '" +
                                         add_user("left", false).text() + "'}"))),
            "keeper field.reference");
  EXPECT_EQ(said(create("customer", object("{'name': 'x', 'number': 'C1'}"))),
            "number field.managed");
  EXPECT_EQ(said(create("device", object("{'serial_number': 'D', 'parts': [{'code': ''},"
                                         "{'quantity': 'x', 'code': 'a', 'no': 1}]}"))),
            "parts[0].code field.required, parts[1].no field.unknown, "
            "parts[1].quantity field.number");
  EXPECT_EQ(said(update("device", device.id, 1, object("{'serial_number': null}"))),
            "serial_number field.required");
  EXPECT_EQ(number("SELECT count(*) FROM r_device"), 1);
  EXPECT_EQ(number("SELECT count(*) FROM event WHERE entity = 'device' AND type <> "
                   "'entity.published'"),
            1);
}

TEST_P(RecordsTest, KeepsStaleWritesApart) {
  const auto id = create("device", object("{'serial_number': 'A', 'price': '1'}")).value().id;
  ASSERT_TRUE(update("device", id, 1, object("{'price': '2'}")).ok());
  ASSERT_TRUE(update("device", id, 2, object("{'price': '3', 'active': false}")).ok());
  // another field: both stand
  const auto merged = update("device", id, 1, object("{'serial_number': 'B'}"));
  ASSERT_TRUE(merged.ok()) << said(merged);
  EXPECT_EQ(merged->version, 4);
  EXPECT_EQ(merged->values.at("price"), js("'3.00'"));
  // the same value as the present one is no conflict
  EXPECT_TRUE(update("device", id, 1, object("{'price': '3'}")).ok());
  const auto stale = update("device", id, 1, object("{'price': '9', 'serial_number': 'Z'}"));
  ASSERT_EQ(said(stale), "record.stale");
  const auto details = parse_json(stale.error().details_json).value();
  EXPECT_EQ(details.at("version"), js("4"));
  EXPECT_EQ(details.at("conflicts"),
            js("[{'field': 'price', 'yours': '9', 'theirs': '3.00', 'base': '1.00'},"
               "{'field': 'serial_number', 'yours': 'Z', 'theirs': 'B', 'base': 'A'}]"));
  EXPECT_EQ(details.at("record").at("id"), js("'" + id.text() + "'"));
  EXPECT_EQ(said(update("device", id, 99, object("{'price': '9'}"))), "record.stale");
  EXPECT_TRUE(update("device", id, std::nullopt, object("{'price': '9'}")).ok());
}

TEST_P(RecordsTest, RemovesAndRestores) {
  const auto customer = create("customer", object("{'name': 'A'}")).value();
  const auto kept =
      create("device", object("{'serial_number': '1', 'customer': '" + customer.id.text() + "'}"))
          .value();
  const auto cleared =
      create("device", object("{'serial_number': '2', 'friends': ['" + kept.id.text() + "']}"))
          .value();
  EXPECT_EQ(said(remove("customer", customer.id)), "record.referenced");
  ASSERT_TRUE(remove("device", kept.id).ok());
  EXPECT_EQ(said(get("device", kept.id)), "not_found");
  EXPECT_EQ(get("device", cleared.id)->values.at("friends"), js("[]"));
  ASSERT_TRUE(
      update("device", cleared.id, std::nullopt, object("{'owner': '" + customer.id.text() + "'}"))
          .ok());
  const auto removed = remove("customer", customer.id);
  ASSERT_TRUE(removed.ok()) << said(removed);
  EXPECT_EQ(get("device", cleared.id)->values.at("owner"), js("null"));
  ListQuery bin;
  bin.entity = "device";
  bin.deleted = true;
  ASSERT_EQ(list(bin)->records.size(), 1u);
  // a removed record's serial number is free; coming back it would be taken
  const auto second = create("device", object("{'serial_number': '1'}"));
  ASSERT_TRUE(second.ok()) << said(second);
  const auto restore = [&] {
    return write([&](store::Transaction& tx) -> Result<void> {
      HOUGU_CHECK(records_->restore(tx, Principal::system(), "device", kept.id));
      return {};
    });
  };
  EXPECT_EQ(said(restore()), "serial_number field.duplicate");
  ASSERT_TRUE(remove("device", second->id).ok());
  ASSERT_TRUE(restore().ok());
  EXPECT_EQ(get("device", kept.id)->version, 3);
  const auto events = history("device", kept.id).at("events").as_array();
  ASSERT_EQ(events.size(), 3u);
  EXPECT_EQ(events[0].at("type"), js("'device.restored'"));
  EXPECT_EQ(events[1].at("type"), js("'device.deleted'"));
}

TEST_P(RecordsTest, UndoesAWholeVerbWhenOneRecordFails) {
  const auto done = write([&](store::Transaction& tx) -> Result<void> {
    for (const char* serial : {"1", "2", "1"})
      HOUGU_CHECK(records_->create(tx, Principal::system(), "device", {{"serial_number", serial}}));
    return {};
  });
  EXPECT_EQ(said(done), "serial_number field.duplicate");
  EXPECT_EQ(number("SELECT count(*) FROM r_device"), 0);
  EXPECT_EQ(number("SELECT count(*) FROM event WHERE type = 'device.created'"), 0);
}

TEST_P(RecordsTest, RunsHooksInOrder) {
  std::vector<std::string> seen;
  records_->before_write("device", [&](store::Transaction&, const Principal&, Change& change) {
    seen.push_back("first");
    if (change.values) (*change.values)["secret"] = "from a hook";
    return Result<void>();
  });
  records_->before_write("device", [&](store::Transaction&, const Principal&, Change& change) {
    seen.push_back("second");
    if (change.before && change.before->text("serial_number") == "STOP")
      return Result<void>(conflict("test.stopped"));
    return Result<void>();
  });
  records_->after_write("device", [&](store::Transaction&, const Principal&, Change& change) {
    seen.push_back("after " + std::string(change.after->text("serial_number")));
    return Result<void>();
  });
  const auto made = create("device", object("{'serial_number': 'stop'}"));
  ASSERT_TRUE(made.ok()) << said(made);
  EXPECT_EQ(made->text("secret"), "from a hook");
  EXPECT_EQ(said(update("device", made->id, 1, object("{'price': '1'}"))), "test.stopped");
  EXPECT_EQ(get("device", made->id)->version, 1);
  EXPECT_EQ(seen, (std::vector<std::string>{"first", "second", "after STOP", "first", "second"}));
}

// Every field type in one record, changed again and again: what was read is what was written, and
// each earlier state follows from the later one by the history.
TEST_P(RecordsTest, HistoryLeadsBackToEveryEarlierState) {
  publish(
      definition("all",
                 "{'name': 'text', 'type': 'text'}, {'name': 'long', 'type': 'long_text'},"
                 "{'name': 'rich', 'type': 'rich_text'}, {'name': 'number', 'type': 'number'},"
                 "{'name': 'money', 'type': 'money'}, {'name': 'whole', 'type': 'integer'},"
                 "{'name': 'yes', 'type': 'yes_no'}, {'name': 'day', 'type': 'date'},"
                 "{'name': 'moment', 'type': 'date_time'}, {'name': 'lasts', 'type': 'duration'},"
                 "{'name': 'one', 'type': 'single_choice', 'choices': [{'value': 'a', 'label': "
                 "'a'}, {'value': 'b', 'label': 'b'}]},"
                 "{'name': 'many', 'type': 'multiple_choice', 'choices': [{'value': 'a', 'label': "
                 "'a'}, {'value': 'b', 'label': 'b'}]},"
                 "{'name': 'who', 'type': 'user'}, {'name': 'team', 'type': 'team'},"
                 "{'name': 'client', 'type': 'relation', 'entity': 'customer'},"
                 "{'name': 'clients', 'type': 'relation_many', 'entity': 'customer'},"
                 "{'name': 'rows', 'type': 'child_table', 'fields': [{'name': 'n', 'type': "
                 "'number'}, {'name': 'c', 'type': 'relation', 'entity': 'customer'}, {'name': "
                 "'at', 'type': 'address'}]},"
                 "{'name': 'files', 'type': 'attachment'}, {'name': 'pictures', 'type': 'image'},"
                 "{'name': 'sign', 'type': 'signature'}, {'name': 'place', 'type': 'geolocation'},"
                 "{'name': 'address', 'type': 'address'}, {'name': 'phone', 'type': 'phone'},"
                 "{'name': 'mail', 'type': 'email'}, {'name': 'web', 'type': 'url'},"
                 "{'name': 'serial', 'type': 'serial'}, {'name': 'stars', 'type': 'rating'},"
                 "{'name': 'no', 'type': 'auto_number', 'pattern': 'N{yy}-{seq:3}'}"));
  std::vector<json::value> people, teams, clients, files;
  const auto text = [](const Id& id) { return json::value(json::string(id.text())); };
  for (int i = 0; i < 2; ++i) {
    people.push_back(text(add_user("张三")));
    teams.push_back(text(add_team("一队")));
    clients.push_back(text(create("customer", {{"name", i ? "李四" : "王五"}}).value().id));
    for (int k = 0; k < 4; ++k) {
      attachments::Attachment file;
      file.id = ids_.next();
      file.sha256 = std::string(64, 'a');
      file.name = "图.jpg";
      file.type = "image/jpeg";
      file.size = 5;
      file.width = file.height = 10;
      ASSERT_TRUE(
          write([&](store::Transaction& tx) { return attachments::insert(tx, file); }).ok());
      files.push_back(text(file.id));
    }
  }
  const auto id_of = [&](const json::value& value) { return json::serialize(value); };
  const auto row = [&](const std::string& n, const json::value& client) {
    return "{\"n\": \"" + n + "\", \"c\": " + id_of(client) + ", \"at\": {\"code\": \"310115\"}}";
  };
  const std::map<std::string, std::vector<json::value>> choices = {
      {"text", {"甲", "b"}},
      {"long", {"a\nb", "c"}},
      {"rich", {"<p>a</p>", "<b>b</b>"}},
      {"number", {"1.50", "-2"}},
      {"money", {"0.01", 9}},
      {"whole", {5, -7}},
      {"yes", {true, false}},
      {"day", {"2026-11-21", "2024-02-29"}},
      {"moment", {"2026-11-21T08:00:00+08:00", "1999-12-31T23:59:59.999Z"}},
      {"lasts", {0, 3600}},
      {"one", {"a", "b"}},
      {"many", {js("['a','b']"), js("['b']")}},
      {"who", people},
      {"team", teams},
      {"client", clients},
      {"clients", {json::array{clients[0], clients[1]}, json::array{clients[1]}, json::array()}},
      {"rows",
       {js("[" + row("1", clients[0]) + "," + row("2", clients[1]) + "]"),
        js("[" + row("3", nullptr) + "]"), json::array()}},
      {"files", {json::array{files[0], files[1]}, json::array{files[1]}}},
      {"pictures", {json::array{files[2]}, json::array{files[3], files[2]}}},
      {"sign", {files[4], files[5]}},
      {"place",
       {js("{'lat': 31.25, 'lng': 121.5, 'datum': 'gcj02'}"), js("{'lat': -1, 'lng': 0}")}},
      {"address", {js("{'code': '310115', 'street': 'x'}"), js("{'code': '441900'}")}},
      {"phone", {"13812345678", "021-62345678"}},
      {"mail", {"a@b.cn"}},
      {"web", {"https://a.cn/x"}},
      {"serial", {"a1", "b2"}},
      {"stars", {1, 5}}};
  const auto random_values = [&](std::uint64_t one_in) {
    json::object values;
    for (const auto& [field, options] : choices) {
      if (random_.below(one_in) != 0) continue;
      const auto pick = random_.below(options.size() + 1);
      values[field] = pick == options.size() ? json::value(nullptr) : options[pick];
    }
    return values;
  };
  const auto first = create("all", random_values(1));
  ASSERT_TRUE(first.ok()) << said(first) << first.error().cause;
  EXPECT_EQ(first->text("no"), "N26-001");
  std::map<std::int64_t, json::object> states{{1, first->values}};
  for (int round = 0; round < 40; ++round) {
    clock_.advance(1'000);
    const auto changed = update("all", first->id, std::nullopt, random_values(5));
    ASSERT_TRUE(changed.ok()) << said(changed) << changed.error().cause;
    const auto now = get("all", first->id).value().values;
    ASSERT_EQ(now, changed->values);
    states[changed->version] = now;
  }
  ASSERT_GT(states.size(), 20u);
  auto state = states.rbegin()->second;
  const auto told = history("all", first->id);
  for (const auto& event : told.at("events").as_array()) {
    const auto version = event.at("version").as_int64();
    for (const auto& change : event.at("changes").as_array()) {
      const std::string field(change.at("field").as_string());
      EXPECT_EQ(change.at("new"), states.at(version).at(field)) << field;
      state[field] = change.at("old");
    }
    if (version == 1) break;
    auto before = states.at(version - 1);
    for (const char* key : {"version", "updated_at", "updated_by"}) {
      before.erase(key);
      state.erase(key);
    }
    ASSERT_EQ(state, before) << "before version " << version;
  }
}

HOUGU_BOTH_DATABASES(RecordsTest);
}  // namespace
}  // namespace hougu::schema
