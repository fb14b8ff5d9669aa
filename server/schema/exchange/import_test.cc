#include <gtest/gtest.h>
#include <sys/resource.h>

#include <condition_variable>
#include <mutex>

#include "identity/migrations.h"
#include "schema/attachments/attachments.h"
#include "schema/exchange/exchange_test_support.h"
#include "schema/exchange/import_runner.h"
#include "schema/schema_test_support.h"

namespace hougu::schema {
namespace {
using exchange::ImportRunner;
using exchange::TempFolder;
using identity::Principal;
using test::object;
using test::said;

constexpr std::string_view kTexts = R"({
  "value.yes": "是", "value.no": "否", "error.field.required": "请填写{field}",
  "error.field.duplicate": "{field}重复", "error.import.no_reference": "找不到{text}",
  "import.result.sheet": "错误", "import.result.row": "行", "import.result.field": "列",
  "import.result.value": "值", "import.result.reason": "原因",
  "import.headers.phone": "电话,手机号", "import.headers.type.serial": "机身号"})";

class Import : public test::SchemaTest {
 protected:
  void SetUp() override {
    SchemaTest::SetUp();
    if (HasFatalFailure()) return;
    std::vector<store::Migration> steps;
    for (const auto part :
         {store::store_migrations(), identity::identity_migrations(), schema_migrations(),
          attachments::attachment_migrations(), exchange::exchange_migrations()}) {
      steps.insert(steps.end(), part.begin(), part.end());
    }
    ASSERT_TRUE(store::migrate(*db_, steps).ok());
    subscription_ = db_->on_events([this](const store::CommittedEvent& event) {
      if (event.type != "import.progress") return;
      const std::lock_guard lock(progress_mutex_);
      ++progress_;
      progress_changed_.notify_all();
    });
    publish(test::definition("product",
                             "{'name': 'model', 'type': 'text', 'unique': true, 'required': true}, "
                             "{'name': 'name', 'type': 'text'}",
                             "'title': ['name', 'model'], 'search': ['name', 'model']"));
    publish(test::definition(
        "device",
        "{'name': 'serial', 'type': 'serial', 'unique': true, 'required': true,"
        " 'label': {'zh-CN': '序列号', 'en': 'Serial number'}},"
        "{'name': 'product', 'type': 'relation', 'entity': 'product', 'required': true,"
        " 'label': {'zh-CN': '产品', 'en': 'Product'}},"
        "{'name': 'bought', 'type': 'date', 'label': {'zh-CN': '购买日期', 'en': 'Bought'}},"
        "{'name': 'price', 'type': 'money', 'label': {'zh-CN': '价格', 'en': 'Price'}},"
        "{'name': 'phone', 'type': 'phone', 'label': {'zh-CN': '客户电话', 'en': 'Customer tel'}},"
        "{'name': 'active', 'type': 'yes_no', 'label': {'zh-CN': '在用', 'en': 'Active'}},"
        "{'name': 'keeper', 'type': 'user', 'label': {'zh-CN': '负责人', 'en': 'Keeper'}},"
        "{'name': 'state', 'type': 'single_choice', 'label': {'zh-CN': '状态', 'en': 'State'},"
        " 'choices': [{'value': 'used', 'label': {'zh-CN': '使用中', 'en': 'In use'}},"
        "             {'value': 'gone', 'label': {'zh-CN': '已报废', 'en': 'Retired'}}]}",
        "'title': ['serial'], 'search': ['serial']"));
    product_ = create("product", object("{'model': 'KFR-35GW', 'name': '变频空调'}"))->id;
    create("product", object("{'model': 'BCD-200', 'name': '冰箱'}")).value();
    auto messages = Messages::parse(kTexts, kTexts);
    ASSERT_TRUE(messages.ok());
    messages_ = std::move(*messages);
    runner_ = make_runner();
    who_ = Principal::system();
    who_.id = add_user("李工");
    who_.kind = store::ActorKind::kUser;
  }
  void TearDown() override {
    runner_.reset();
    subscription_.reset();
    SchemaTest::TearDown();
  }

  std::unique_ptr<ImportRunner> make_runner() {
    auto runner = std::make_unique<ImportRunner>(*db_, *schema_, *records_, clock_, ids_,
                                                 *messages_, folder_.path());
    EXPECT_TRUE(runner->start().ok());
    return runner;
  }

  Result<json::object> prepared(const std::string& content, const Principal& who) {
    return prepared_file(folder_.file("upload" + std::to_string(++count_), content), who);
  }
  Result<json::object> prepared_file(const std::string& path, const Principal& who) {
    std::mutex mutex;
    std::condition_variable ready;
    std::optional<Result<json::object>> answer;
    runner_->prepare({path, "table.csv", "device", who}, [&](Result<json::object> result) {
      const std::lock_guard lock(mutex);
      answer = std::move(result);
      ready.notify_one();
    });
    std::unique_lock lock(mutex);
    ready.wait(lock, [&] { return answer.has_value(); });
    return std::move(*answer);
  }

  static Id id_of(const json::object& answer) {
    return *Id::parse(std::string_view(answer.at("id").as_string()));
  }

  Result<json::object> begin(const Id& id, const std::string& body, const Principal& who) {
    json::object state;
    HOUGU_CHECK(write([&](store::Transaction& tx) -> Result<void> {
      HOUGU_TRY(state, runner_->begin(tx, who, id, object(body)));
      return {};
    }));
    return state;
  }

  json::object state_of(const Id& id) {
    json::object state;
    EXPECT_EQ(said(read([&](store::Transaction& tx) -> Result<void> {
                HOUGU_TRY(state, runner_->state(tx, who_, id, Locale::kChinese));
                return {};
              })),
              "ok");
    return state;
  }

  // Waits for the event that tells of the end.
  json::object finished(const Id& id) {
    for (int seen = 0;;) {
      {
        const std::lock_guard lock(progress_mutex_);
        seen = progress_;
      }
      auto state = state_of(id);
      if (state.at("state").as_string() != "running") return state;
      std::unique_lock lock(progress_mutex_);
      progress_changed_.wait(lock, [&] { return progress_ != seen; });
    }
  }

  json::object imported(const std::string& content, const std::string& body) {
    return run(prepared(content, who_), body);
  }
  json::object run(const Result<json::object>& answer, const std::string& body) {
    EXPECT_EQ(said(answer), "ok");
    const Id id = id_of(*answer);
    EXPECT_EQ(said(begin(id, body, who_)), "ok");
    return finished(id);
  }

  std::string counts(const json::object& state) {
    return std::string(state.at("state").as_string()) + " " +
           std::to_string(state.at("rows").as_int64()) + " rows, " +
           std::to_string(state.at("created").as_int64()) + " created, " +
           std::to_string(state.at("updated").as_int64()) + " updated, " +
           std::to_string(state.at("failed").as_int64()) + " failed";
  }

  std::int64_t devices() { return number("SELECT count(*) FROM r_device"); }

  TempFolder folder_;
  std::optional<Messages> messages_;
  std::unique_ptr<ImportRunner> runner_;
  Principal who_;
  Id product_;
  int count_ = 0;
  std::shared_ptr<void> subscription_;
  int progress_ = 0;
  std::mutex progress_mutex_;
  std::condition_variable progress_changed_;
};

const std::string kAdd =
    "{'mapping': {'0': 'serial', '1': 'product', '2': 'bought'}, 'mode': 'add'";

TEST_P(Import, ShowsColumnsAndGuessesFields) {
  const auto answer = prepared(
      "*序列号,Product,购买日期(年月日),手机号,whatever\nA1,KFR-35GW,2026/3/5,138,x\n", who_);
  ASSERT_EQ(said(answer), "ok");
  EXPECT_EQ(answer->at("encoding").as_string(), "UTF-8");
  std::string guesses;
  for (const auto& column : answer->at("columns").as_array()) {
    const auto& field = column.at("field");
    guesses += (field.is_null() ? "-" : std::string(field.as_string())) + " ";
  }
  EXPECT_EQ(guesses, "serial product bought phone - ");
  EXPECT_EQ(answer->at("columns").at(2).at("samples").at(0).as_string(), "2026/3/5");
  EXPECT_EQ(state_of(id_of(*answer)).at("state").as_string(), "ready");
}

TEST_P(Import, ConvertsWhatPeopleWrite) {
  const auto state = imported(
      "serial,product,bought,price,phone,active,keeper,state\n"
      "a-001,KFR-35GW,2026年3月5日,\"1,299.50\",138 1234 5678,是,李工,使用中\n"
      "000123,变频空调 KFR-35GW,46086,0.5,021-12345678,否,,gone\n"
      "C3,冰箱,5-Mar-26,,,,,\n",
      "{'mapping': {'0':'serial','1':'product','2':'bought','3':'price','4':'phone','5':'active',"
      "'6':'keeper','7':'state'}, 'mode': 'add'}");
  EXPECT_EQ(counts(state), "done 3 rows, 3 created, 0 updated, 0 failed") << json::serialize(state);
  ListQuery query;
  query.entity = "device";
  query.sort = {"serial"};
  const auto page = list(query);
  ASSERT_EQ(said(page), "ok");
  ASSERT_EQ(page->records.size(), 3u);
  const auto& padded = page->records[0];
  EXPECT_EQ(padded.text("serial"), "000123");
  EXPECT_EQ(padded.text("bought"), "2026-03-05");
  EXPECT_EQ(padded.text("phone"), "021-12345678");
  EXPECT_EQ(padded.text("state"), "gone");
  const auto& first = page->records[1];
  EXPECT_EQ(first.text("serial"), "A-001");
  EXPECT_EQ(first.text("bought"), "2026-03-05");
  EXPECT_EQ(first.text("price"), "1299.50");
  EXPECT_EQ(first.text("phone"), "13812345678");
  EXPECT_TRUE(first.values.at("active").as_bool());
  EXPECT_EQ(first.reference("product"), product_);
  EXPECT_EQ(first.reference("keeper"), who_.id);
  EXPECT_EQ(page->records[2].text("bought"), "2026-03-05");
}

TEST_P(Import, StopWritesNothingWhenARowIsBad) {
  const std::string table =
      "a,b,c\nA1,KFR-35GW,2026-1-1\nA2,nothing,2026-1-1\n,KFR-35GW,\nA1,BCD-200,\nA5,BCD-200,"
      "30 February\n";
  const auto state = imported(table, kAdd + ", 'on_error': 'stop'}");
  EXPECT_EQ(counts(state), "failed 5 rows, 0 created, 0 updated, 4 failed");
  EXPECT_EQ(state.at("error").at("code").as_string(), "import.rows_bad");
  std::string errors;
  for (const auto& error : state.at("errors").as_array()) {
    errors += std::to_string(error.at("row").as_int64()) + " " +
              std::string(error.at("field").as_string()) + " " +
              std::string(error.at("code").as_string()) + "; ";
  }
  EXPECT_EQ(errors,
            "3 product import.no_reference; 4 serial field.required; 5 serial field.duplicate; "
            "6 bought field.date; ");
  EXPECT_EQ(state.at("errors").at(0).at("message").as_string(), "找不到nothing");
  EXPECT_EQ(state.at("errors").at(1).at("message").as_string(), "请填写序列号");
  EXPECT_EQ(devices(), 0);
}

TEST_P(Import, SkipWritesTheGoodRowsAndNamesTheBad) {
  create("device", {{"serial", "TAKEN"}, {"product", product_.text()}}).value();
  std::string table = "a,b,c\n";
  for (int i = 0; i < 700; ++i) {
    table += (i % 100 == 50 ? "TAKEN" : "S" + std::to_string(i)) + ",KFR-35GW,2026-01-0" +
             std::to_string(i % 11) + "\n";
  }
  const auto state = imported(table, kAdd + ", 'on_error': 'skip'}");
  // Days 0 and 10 ("010") aside: 2026-01-00 is none, 2026-01-010 either.
  const auto failed = state.at("failed").as_int64();
  EXPECT_EQ(state.at("state").as_string(), "done");
  EXPECT_EQ(state.at("created").as_int64() + failed, 700);
  EXPECT_EQ(devices(), 1 + state.at("created").as_int64());
  EXPECT_GT(failed, 7);
  EXPECT_TRUE(state.at("has_result").as_bool());
  std::string path;
  ASSERT_EQ(said(read([&](store::Transaction& tx) -> Result<void> {
              HOUGU_TRY(path,
                        runner_->result_path(
                            tx, who_, *Id::parse(std::string_view(state.at("id").as_string()))));
              return {};
            })),
            "ok");
  const auto result = exchange::read_table(path);
  EXPECT_EQ(result.error, "");
  EXPECT_EQ(result.rows[0], (exchange::Cells{"行", "列", "值", "原因"}));
  EXPECT_EQ(static_cast<std::int64_t>(result.rows.size()) - 1, failed);
  EXPECT_EQ(result.rows[1][0], "2");
  EXPECT_EQ(result.rows[1][1], "购买日期");
  EXPECT_EQ(result.rows[1][2], "2026-01-00");
}

TEST_P(Import, FindsBadRowsThatOnlyWritingShows) {
  // A hook's refusal can't be seen before: in a batch it costs its own row only.
  records_->before_write("device", [](store::Transaction&, const Principal&, Change& change) {
    const auto* serial = change.values->if_contains("serial");
    const bool refused = serial != nullptr && serial->as_string().find("13") != json::string::npos;
    return refused ? Result<void>(invalid("device.unlucky", "serial")) : Result<void>();
  });
  std::string table = "a,b\n";
  for (int i = 0; i < 450; ++i) table += "S" + std::to_string(1000 + i) + ",KFR-35GW\n";
  const std::string plan = "{'mapping': {'0': 'serial', '1': 'product'}, 'mode': 'add'";
  const auto stopped = imported(table, plan + ", 'on_error': 'stop'}");
  EXPECT_EQ(counts(stopped), "failed 450 rows, 0 created, 0 updated, 1 failed");
  EXPECT_EQ(stopped.at("errors").at(0).at("row").as_int64(), 15);
  EXPECT_EQ(devices(), 0);
  const auto skipped = imported(table, plan + ", 'on_error': 'skip'}");
  int unlucky = 0;
  for (int i = 0; i < 450; ++i) {
    unlucky += std::to_string(1000 + i).find("13") != std::string::npos ? 1 : 0;
  }
  EXPECT_EQ(skipped.at("failed").as_int64(), unlucky);
  EXPECT_EQ(devices(), 450 - unlucky);
}

TEST_P(Import, UpdatesAndAddsByKeys) {
  create("device", {{"serial", "A1"}, {"product", product_.text()}, {"price", "5.00"}}).value();
  const std::string table = "serial,product,price\na1,,9\nNEW,KFR-35GW,1\nnew,,2\nGONE,KFR-35GW,\n";
  const std::string mapping =
      "{'mapping': {'0': 'serial', '1': 'product', '2': 'price'}, 'match': ['serial'], ";
  const auto only_update = imported(table, mapping + "'mode': 'update', 'on_error': 'skip'}");
  EXPECT_EQ(counts(only_update), "done 4 rows, 0 created, 1 updated, 3 failed");
  const auto both = imported(table, mapping + "'mode': 'both'}");
  EXPECT_EQ(counts(both), "done 4 rows, 2 created, 2 updated, 0 failed") << json::serialize(both);
  ListQuery query;
  query.entity = "device";
  query.sort = {"serial"};
  const auto page = list(query);
  ASSERT_EQ(page->records.size(), 3u);
  EXPECT_EQ(page->records[0].text("price"), "9.00");
  EXPECT_EQ(page->records[0].reference("product"), product_);  // an empty cell changes nothing
  EXPECT_EQ(page->records[2].text("price"), "2.00");
  const auto add = imported(table, mapping + "'mode': 'add', 'on_error': 'skip'}");
  EXPECT_EQ(add.at("failed").as_int64(), 4);
  EXPECT_EQ(devices(), 3);
}

TEST_P(Import, KeepsToTheRightsOfThePerson) {
  const auto reader = person(add_user("read"), "{'device': {'read': 'all'}}");
  const auto answer = prepared("serial,product\nA1,KFR-35GW\n", reader);
  ASSERT_EQ(said(answer), "ok");
  EXPECT_EQ(said(begin(id_of(*answer), kAdd + "}", reader)), "forbidden");
  EXPECT_EQ(said(begin(id_of(*answer), kAdd + "}", who_)), "not_found");
  const auto stranger = person(add_user("none"), "{}");
  EXPECT_EQ(said(prepared("serial\nA1\n", stranger)), "entity.not_found");
  const auto blind =
      person(add_user("blind"),
             "{'device': {'read': 'all', 'create': true, 'fields': {'price': 'read'}}}");
  const auto table = prepared("serial,price\nA1,5\n", blind);
  EXPECT_EQ(said(begin(id_of(*table), "{'mapping': {'0': 'serial', '1': 'price'}, 'mode': 'add'}",
                       blind)),
            "field.unknown");
  // Products that he may not see can't be found by their names.
  const auto seen = prepared("serial,product\nA1,KFR-35GW\n", blind);
  ASSERT_EQ(said(begin(id_of(*seen), "{'mapping': {'0': 'serial', '1': 'product'}, 'mode': 'add'}",
                       blind)),
            "ok");
  who_ = blind;
  const auto state = finished(id_of(*seen));
  EXPECT_EQ(state.at("errors").at(0).at("code").as_string(), "import.no_reference");
}

TEST_P(Import, RefusesPlansThatMakeNoSense) {
  const auto answer = prepared("serial,product\nA1,KFR-35GW\n", who_);
  const Id id = id_of(*answer);
  const auto plan = [&](const std::string& body) { return said(begin(id, body, who_)); };
  EXPECT_EQ(plan("{'mapping': {}, 'mode': 'add'}"), "import.mapping_empty");
  EXPECT_EQ(plan("{'mapping': {'x': 'serial'}, 'mode': 'add'}"), "field.unknown");
  EXPECT_EQ(plan("{'mapping': {'0': 'id'}, 'mode': 'add'}"), "field.unknown");
  EXPECT_EQ(plan("{'mapping': {'0': 'serial', '1': 'serial'}, 'mode': 'add'}"),
            "import.field_twice");
  EXPECT_EQ(plan("{'mapping': {'0': 'serial'}, 'mode': 'update'}"), "import.match_missing");
  EXPECT_EQ(plan("{'mapping': {'0': 'serial'}, 'mode': 'both', 'match': ['product']}"),
            "import.match_not_mapped");
  EXPECT_EQ(plan("{'mapping': {'0': 'serial'}, 'mode': 'replace'}"), "field.choice");
  EXPECT_EQ(plan(kAdd + "}"), "ok");
  finished(id);
}

TEST_P(Import, CancelLeavesNothingAndARestartMarksWhatRan) {
  std::string table = "a,b\n";
  for (int i = 0; i < 3000; ++i) table += "S" + std::to_string(i) + ",KFR-35GW\n";
  const auto answer = prepared(table, who_);
  const Id id = id_of(*answer);
  // Cancelled in the middle of writing.
  std::atomic<int> written = 0;
  records_->after_write("device", [&](store::Transaction&, const Principal&, Change&) {
    if (++written == 100) runner_->stop(who_, id);
    return Result<void>();
  });
  ASSERT_EQ(said(begin(id, "{'mapping': {'0': 'serial', '1': 'product'}, 'mode': 'add'}", who_)),
            "ok");
  EXPECT_EQ(finished(id).at("state").as_string(), "cancelled");
  EXPECT_EQ(devices(), 0);
  // Another person's wish changes nothing, a ready one is cancelled at once.
  const Id ready = id_of(*prepared("serial\nA1\n", who_));
  json::object state;
  ASSERT_EQ(said(write([&](store::Transaction& tx) -> Result<void> {
              HOUGU_TRY(state, runner_->cancel(tx, who_, ready));
              return {};
            })),
            "ok");
  EXPECT_EQ(state.at("state").as_string(), "cancelled");
  // A server that died while it ran.
  ASSERT_EQ(said(write([&](store::Transaction& tx) {
              return tx.execute("UPDATE import_job SET state = 'running' WHERE id = $1", {ready});
            })),
            "ok");
  runner_.reset();
  runner_ = make_runner();
  EXPECT_EQ(state_of(ready).at("error").at("code").as_string(), "import.interrupted");
}

TEST_P(Import, RefusesFilesThatAreNoTables) {
  EXPECT_EQ(said(prepared("%PDF-1.7 \x01", who_)), "import.not_a_table");
  EXPECT_EQ(said(prepared("", who_)), "import.empty");
  EXPECT_EQ(said(prepared("PK\x03\x04 broken", who_)), "import.damaged");
  EXPECT_EQ(said(prepared("\n,,\n", who_)), "import.empty");
}

TEST_P(Import, TakesConstantMemory) {
  // Measured on SQLite, where everything happens in this process.
  if (GetParam() == store::Dialect::kPostgres) return;
  // Every tenth row is bad, so that nothing is written and both passes over bad rows are there.
  const auto import = [&](int rows) {
    const std::string path = folder_.path() + "/large" + std::to_string(rows);
    std::ofstream table(path);
    table << "serial,product,phone\n";
    for (int i = 0; i < rows; ++i) {
      table << "SN" << 10'000'000 + i << ",KFR-35GW,1381234" << 1000 + i % 9000
            << (i % 10 == 0 ? "x\n" : "\n");
    }
    table.close();
    return run(prepared_file(path, who_),
               "{'mapping': {'0': 'serial', '1': 'product', '2': 'phone'}, 'mode': 'add'}");
  };
  const auto peak = [] {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    return usage.ru_maxrss / 1024;  // MiB
  };
  import(50'000);  // fills what the sanitizers keep of freed memory
  const auto before = peak();
  EXPECT_EQ(counts(import(100'000)), "failed 100000 rows, 0 created, 0 updated, 10000 failed");
  // As a record a row takes 1 KB: 50,000 more of them would show. A hash for each may.
  EXPECT_LT(peak() - before, 25);
}

HOUGU_BOTH_DATABASES(Import);
}  // namespace
}  // namespace hougu::schema
