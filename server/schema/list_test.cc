// Lists against the naive way: every record in memory, filtered, sorted and cut there.
#include <gtest/gtest.h>

#include <algorithm>

#include "base/decimal.h"
#include "schema/fields/fields.h"
#include "schema/schema_test_support.h"

namespace hougu::schema {
namespace {

using identity::Principal;
using test::definition;
using test::js;
using test::object;
using test::said;

const char kShop[] =
    "{'name': 'city', 'type': 'text', 'required': true},"
    "{'name': 'size', 'type': 'integer'}";
const char kJob[] =
    "{'name': 'subject', 'type': 'text'},"
    "{'name': 'code', 'type': 'serial'},"
    "{'name': 'status', 'type': 'single_choice', 'choices': [{'value': 'new', 'label': 'n'},"
    "{'value': 'open', 'label': 'o'}, {'value': 'done', 'label': 'd'}]},"
    "{'name': 'tags', 'type': 'multiple_choice', 'choices': [{'value': 'a', 'label': 'a'},"
    "{'value': 'ab', 'label': 'ab'}, {'value': 'c', 'label': 'c'}]},"
    "{'name': 'amount', 'type': 'number', 'scale': 1},"
    "{'name': 'count', 'type': 'integer'},"
    "{'name': 'urgent', 'type': 'yes_no'},"
    "{'name': 'day', 'type': 'date'},"
    "{'name': 'due', 'type': 'date_time'},"
    "{'name': 'shop', 'type': 'relation', 'entity': 'shop'},"
    "{'name': 'related', 'type': 'relation_many', 'entity': 'shop'},"
    "{'name': 'team', 'type': 'team'}, {'name': 'keeper', 'type': 'user'}";

class ListTest : public test::SchemaTest {
 protected:
  void SetUp() override {
    SchemaTest::SetUp();
    if (HasFatalFailure()) return;
    publish(definition("shop", kShop));
    publish(definition("job", kJob,
                       "'search': ['subject', 'code'], 'ownership': {'team': 'team', 'assignee': "
                       "'keeper'}, 'indexes': [['status', 'created_at'], ['team', 'status', "
                       "'created_at'], ['team', 'created_at'], ['count']]"));
    for (int i = 0; i < 3; ++i) {
      teams_.push_back(add_team("team"));
      users_.push_back(add_user("user"));
    }
    for (int i = 0; i < 4; ++i)
      shops_.push_back(create("shop", {{"city", i % 2 ? "北京" : "Bonn"},
                                       {"size", i == 3 ? json::value(nullptr) : json::value(i)}})
                           .value());
    const auto done = write([&](store::Transaction& tx) { return fill(tx, 120); });
    ASSERT_TRUE(done.ok()) << said(done) << done.error().cause;
  }

  std::uint64_t pick(std::uint64_t bound) { return random_.below(bound); }
  json::value one_of(std::vector<json::value> values) { return values[pick(values.size())]; }

  Result<void> fill(store::Transaction& tx, int count) {
    jobs_.clear();
    for (int i = 0; i < count; ++i) {
      if (pick(3) > 0) clock_.advance(static_cast<Millis>(pick(3)) * 1'000);
      json::object values{
          {"subject",
           one_of({nullptr, "空调不制冷", "Noise in flat", "noise", "a_b%", "\xf0\xac\x80\xa9"})},
          {"code", one_of({nullptr, "AB-1", "AB-2", "B"})},
          {"status", one_of({nullptr, "new", "open", "done"})},
          {"tags", one_of({nullptr, js("['a']"), js("['ab']"), js("['ab','c']")})},
          {"amount", one_of({nullptr, "-1.5", "0", "10", "9.9"})},
          {"count", one_of({nullptr, -3, 0, 7, 12})},
          {"urgent", one_of({nullptr, true, false})},
          {"day", one_of({nullptr, "2026-11-20", "2026-11-21", "2026-12-01"})},
          {"due", one_of({nullptr, "2026-11-21T00:00:00Z", "2026-11-22T10:00:00Z"})},
          {"keeper", one_of({nullptr, json::string(users_[pick(3)].text())})},
          {"team", one_of({nullptr, json::string(teams_[pick(3)].text())})},
          {"shop", one_of({nullptr, json::string(shops_[pick(4)].id.text())})}};
      if (pick(3) == 0) values["related"] = json::array{json::string(shops_[pick(4)].id.text())};
      HOUGU_TRY(auto made, records_->create(tx, Principal::system(), "job", values));
      jobs_.push_back(std::move(made));
    }
    return {};
  }

  // ---- the naive way ----

  const json::value& value_of(const Record& job, std::string_view field) {
    static const json::value kNull;
    const auto dot = field.find('.');
    if (dot != std::string_view::npos) {
      const auto id = job.reference(field.substr(0, dot));
      for (const auto& shop : shops_)
        if (id == shop.id) return shop.values.at(field.substr(dot + 1));
      return kNull;
    }
    return job.values.at(field);
  }

  static int compare(const json::value& a, const json::value& b) {
    const auto number = [](const json::value& value) {
      return value.is_int64()  ? static_cast<double>(value.get_int64())
             : value.is_bool() ? value.get_bool()
                               : 0.0;
    };
    if (a.is_string() && b.is_string()) {
      const std::string_view x = a.get_string(), y = b.get_string();
      const auto p = Decimal::parse(x), q = Decimal::parse(y);
      if (p && q) return *p < *q ? -1 : *q < *p ? 1 : 0;
      return x < y ? -1 : y < x ? 1 : 0;
    }
    if (a.is_object()) return compare(a.at("id"), b.is_object() ? b.at("id") : b);
    if (a.is_number() || a.is_bool())
      return number(a) < number(b) ? -1 : number(b) < number(a) ? 1 : 0;
    return 0;
  }

  static std::string lower(std::string_view text) {
    std::string out(text);
    for (char& c : out) c = c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c;
    return out;
  }

  bool leaf(const Record& job, const json::object& condition) {
    const std::string field(condition.at("field").as_string()), op(condition.at("op").as_string());
    const auto* wanted = condition.if_contains("value");
    const auto& value = value_of(job, field);
    if (op == "empty") return value.is_null() || (value.is_array() && value.as_array().empty());
    if (op == "not_empty") return !leaf(job, {{"field", field}, {"op", "empty"}});
    if (op == "ne") return !leaf(job, {{"field", field}, {"op", "eq"}, {"value", *wanted}});
    if (op == "not_in") return !leaf(job, {{"field", field}, {"op", "in"}, {"value", *wanted}});
    if (value.is_null()) return false;
    if (op == "eq") return compare(value, *wanted) == 0;
    if (op == "lt") return compare(value, *wanted) < 0;
    if (op == "le") return compare(value, *wanted) <= 0;
    if (op == "gt") return compare(value, *wanted) > 0;
    if (op == "ge") return compare(value, *wanted) >= 0;
    if (op == "between")
      return compare(value, wanted->at(0)) >= 0 && compare(value, wanted->at(1)) <= 0;
    if (op == "in")
      return std::any_of(wanted->as_array().begin(), wanted->as_array().end(),
                         [&](const json::value& each) { return compare(value, each) == 0; });
    if (value.is_array())
      return std::any_of(value.as_array().begin(), value.as_array().end(),
                         [&](const json::value& each) {
                           return (each.is_object() ? each.at("id") : each) == *wanted;
                         });
    const auto text = lower(value.as_string()), part = lower(wanted->as_string());
    return op == "contains" ? text.find(part) != std::string::npos : text.starts_with(part);
  }

  bool holds(const Record& job, const json::value& condition) {
    const auto& object = condition.as_object();
    if (const auto* all = object.if_contains("and"))
      return std::all_of(all->as_array().begin(), all->as_array().end(),
                         [&](const json::value& part) { return holds(job, part); });
    if (const auto* any = object.if_contains("or"))
      return std::any_of(any->as_array().begin(), any->as_array().end(),
                         [&](const json::value& part) { return holds(job, part); });
    if (const auto* part = object.if_contains("not")) return !holds(job, *part);
    return leaf(job, object);
  }

  std::vector<std::string> naive(const std::function<bool(const Record&)>& fits,
                                 const std::vector<std::string>& sort) {
    std::vector<std::size_t> order;
    for (std::size_t i = 0; i < jobs_.size(); ++i)
      if (fits(jobs_[i])) order.push_back(i);
    const auto keys = sort.empty() ? std::vector<std::string>{"-created_at"} : sort;
    std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
      for (const auto& key : keys) {
        const bool down = key[0] == '-';
        const auto& x = value_of(jobs_[a], key.substr(down ? 1 : 0));
        const auto& y = value_of(jobs_[b], key.substr(down ? 1 : 0));
        int result =
            x.is_null() || y.is_null() ? int{y.is_null()} - int{x.is_null()} : compare(x, y);
        if (result != 0) return down ? result > 0 : result < 0;
      }
      return keys[0][0] == '-' ? a > b : a < b;
    });
    std::vector<std::string> ids;
    for (const auto i : order) ids.push_back(jobs_[i].id.text());
    return ids;
  }

  // All pages of a list, one behind the other.
  std::vector<std::string> paged(ListQuery query, const Principal& who) {
    std::vector<std::string> ids;
    do {
      const auto page = list(query, who);
      EXPECT_TRUE(page.ok()) << said(page) << page.error().cause;
      if (!page.ok() || ids.size() > jobs_.size()) break;
      for (const auto& record : page->records) ids.push_back(record.id.text());
      query.after = page->next;
    } while (!query.after.empty());
    return ids;
  }

  json::value random_leaf() {
    const auto text = [&] { return one_of({"noise", "空调", "a_", "AB", "", "b%", "NO"}); };
    switch (pick(14)) {
      case 0:
        return json::object{
            {"field", "subject"}, {"op", one_of({"contains", "starts_with"})}, {"value", text()}};
      case 1:
        return json::object{
            {"field", "subject"}, {"op", one_of({"eq", "ne", "lt", "ge"})}, {"value", text()}};
      case 2:
        return json::object{
            {"field", "status"},
            {"op", one_of({"in", "not_in"})},
            {"value", one_of({js("['new','open']"), js("[]"), js("['done','done']")})}};
      case 3:
        return json::object{
            {"field", "tags"}, {"op", "contains"}, {"value", one_of({"a", "ab", "c"})}};
      case 4:
        return json::object{{"field", "amount"},
                            {"op", one_of({"lt", "le", "gt", "ge", "eq", "ne"})},
                            {"value", one_of({"0", "9.9", "10"})}};
      case 5:
        return json::object{{"field", "count"}, {"op", "between"}, {"value", js("[0, 7]")}};
      case 6:
        return json::object{
            {"field", "urgent"}, {"op", one_of({"eq", "ne"})}, {"value", pick(2) == 0}};
      case 7:
        return json::object{
            {"field", "day"}, {"op", one_of({"lt", "ge"})}, {"value", "2026-11-21"}};
      case 8:
        return json::object{
            {"field", one_of({"subject", "count", "due", "shop", "tags", "related", "shop.size"})},
            {"op", one_of({"empty", "not_empty"})}};
      case 9:
        return json::object{
            {"field", "shop.city"}, {"op", one_of({"eq", "ne", "contains"})}, {"value", "Bonn"}};
      case 10:
        return json::object{{"field", "shop.size"}, {"op", one_of({"le", "in"})}, {"value", 1}};
      case 11:
        return json::object{
            {"field", "team"},
            {"op", "in"},
            {"value", json::array{json::string(teams_[0].text()), json::string(teams_[1].text())}}};
      case 12:
        return json::object{{"field", "related"},
                            {"op", "contains"},
                            {"value", json::string(shops_[pick(4)].id.text())}};
      default:
        return json::object{{"field", "status"}, {"op", "eq"}, {"value", one_of({"new", "done"})}};
    }
  }

  json::value random_condition(int depth) {
    const auto kind = depth == 0 ? 0 : pick(5);
    if (kind <= 1) {
      auto made = random_leaf();
      auto& object = made.as_object();
      if (object.at("op") == "in" && !object.at("value").is_array())
        object["value"] = json::array{object.at("value")};
      return made;
    }
    if (kind == 4) return json::object{{"not", random_condition(depth - 1)}};
    json::array parts;
    for (std::uint64_t i = 0; i < 1 + pick(3); ++i) parts.push_back(random_condition(depth - 1));
    return json::object{{kind == 2 ? "and" : "or", std::move(parts)}};
  }

  std::vector<std::string> random_sort() {
    static const std::vector<std::string> kFields = {"created_at", "subject", "amount", "count",
                                                     "urgent",     "day",     "due",    "status"};
    std::vector<std::string> sort;
    for (std::uint64_t i = 0; i < pick(4); ++i) {
      const auto& field = kFields[pick(kFields.size())];
      const bool repeated = std::any_of(sort.begin(), sort.end(), [&](const std::string& key) {
        return key == field || key == "-" + field;
      });
      if (!repeated) sort.push_back(pick(2) == 0 ? field : "-" + field);
    }
    return sort;
  }

  std::vector<Id> teams_, users_;
  std::vector<Record> shops_, jobs_;
};

TEST_P(ListTest, FiltersSortsAndPagesAsTheNaiveWayDoes) {
  for (int round = 0; round < 150; ++round) {
    ListQuery query;
    query.entity = "job";
    query.where = random_condition(3);
    query.sort = random_sort();
    query.limit = 1 + static_cast<int>(pick(40));
    const auto expected =
        naive([&](const Record& job) { return holds(job, *query.where); }, query.sort);
    ASSERT_EQ(paged(query, Principal::system()), expected)
        << json::serialize(*query.where) << " round " << round;
    std::int64_t count = -1;
    ASSERT_TRUE(read([&](store::Transaction& tx) -> Result<void> {
                  HOUGU_TRY(count, records_->count(tx, Principal::system(), query));
                  return {};
                }).ok());
    ASSERT_EQ(count, static_cast<std::int64_t>(expected.size()));
  }
}

TEST_P(ListTest, ShowsRestrictedPeopleTheirRowsOnly) {
  const char* scopes[] = {"'all'",
                          "'team'",
                          "'department'",
                          "'assigned'",
                          "'created'",
                          "['team', 'assigned']",
                          "['department', 'assigned', 'created']"};
  for (int round = 0; round < 60; ++round) {
    const std::string scope = scopes[pick(std::size(scopes))];
    const auto who = person(users_[0], "{'job': {'read': " + scope + "}, 'shop': {'read': 'all'}}",
                            {teams_[0]}, {teams_[0], teams_[1]});
    const auto sees = [&](const Record& job) {
      const auto team = job.reference("team"), keeper = job.reference("keeper");
      const auto has = [&](const char* word) { return scope.find(word) != std::string::npos; };
      return has("all") || (has("team") && team == teams_[0]) ||
             (has("department") && (team == teams_[0] || team == teams_[1])) ||
             (has("assigned") && keeper == users_[0]);
    };
    ListQuery query;
    query.entity = "job";
    query.where = random_condition(2);
    query.sort = random_sort();
    query.limit = 1 + static_cast<int>(pick(30));
    ASSERT_EQ(
        paged(query, who),
        naive([&](const Record& job) { return sees(job) && holds(job, *query.where); }, query.sort))
        << scope << " " << json::serialize(*query.where);
  }
}

TEST_P(ListTest, FindsByWordsNewestFirst) {
  ListQuery query;
  query.entity = "job";
  query.search = "空调 ab";
  query.limit = 7;
  const auto wanted = [&](const Record& job) {
    return job.text("subject").find("空调") != std::string_view::npos &&
           job.text("code").starts_with("AB");
  };
  std::vector<std::string> expected;
  for (auto it = jobs_.rbegin(); it != jobs_.rend(); ++it)
    if (wanted(*it)) expected.push_back(it->id.text());
  ASSERT_FALSE(expected.empty());
  EXPECT_EQ(paged(query, Principal::system()), expected);
  query.sort = {"subject", "-count"};
  EXPECT_EQ(paged(query, Principal::system()), naive(wanted, query.sort));
  query.search = "!!!";
  EXPECT_TRUE(paged(query, Principal::system()).empty());
}

TEST_P(ListTest, RefusesCursorsThatAreNotItsOwn) {
  ListQuery query;
  query.entity = "job";
  query.limit = 5;
  const auto first = list(query).value();
  ASSERT_FALSE(first.next.empty());
  query.after = first.next;
  EXPECT_TRUE(list(query).ok());
  query.sort = {"subject"};
  EXPECT_EQ(said(list(query)), "list.cursor");
  query.sort.clear();
  for (std::size_t i = 0; i < first.next.size(); i += 3) {
    query.after = first.next;
    query.after[i] = query.after[i] == 'A' ? 'B' : 'A';
    const auto page = list(query);
    EXPECT_EQ(said(page), "list.cursor") << i;
  }
  for (const char* bad : {"x", "====", "AAAAAAAAAAAAAAAAAAAAAAAA", "\xff"}) {
    query.after = bad;
    EXPECT_EQ(said(list(query)), "list.cursor");
  }
}

TEST_P(ListTest, RefusesBadConditionsWithTheirPlace) {
  const auto refused = [&](const std::string& where) {
    ListQuery query;
    query.entity = "job";
    query.where = js(where);
    const auto page = list(query);
    return page.ok() ? std::string("ok") : page.error().code + " " + page.error().field;
  };
  EXPECT_EQ(refused("{'field': 'nothing', 'op': 'eq', 'value': 1}"), "condition.field field");
  EXPECT_EQ(refused("{'and': [{'field': 'status', 'op': 'like', 'value': 1}]}"),
            "condition.operator and[0].op");
  EXPECT_EQ(refused("{'field': 'status', 'op': 'lt', 'value': 'new'}"), "condition.operator op");
  EXPECT_EQ(refused("{'field': 'count', 'op': 'eq', 'value': '1 OR 1=1'}"),
            "condition.value value");
  EXPECT_EQ(refused("{'field': 'count', 'op': 'between', 'value': [1]}"), "condition.value value");
  EXPECT_EQ(refused("{'field': 'shop.no', 'op': 'eq', 'value': 1}"), "condition.field field");
  EXPECT_EQ(refused("{'field': 'subject', 'op': 'eq', 'value': 'x', 'more': 1}"),
            "condition.malformed more");
  EXPECT_EQ(refused("{'field': 'subject\\' OR 1=1 --', 'op': 'eq', 'value': 'x'}"),
            "condition.field field");
  EXPECT_EQ(refused("[]"), "condition.malformed ");
  EXPECT_EQ(refused("{'field': 'subject', 'op': 'contains', 'value': '\\u0000'}"),
            "condition.value value");
  std::string deep = "{'field': 'count', 'op': 'eq', 'value': 1}";
  for (int i = 0; i < 9; ++i) deep = "{'not': " + deep + "}";
  EXPECT_EQ(refused(deep).substr(0, 18), "condition.too_deep");
  std::string many = "{'field': 'count', 'op': 'eq', 'value': 1}";
  for (int i = 0; i < 50; ++i) many += ",{'field': 'count', 'op': 'eq', 'value': 1}";
  EXPECT_EQ(refused("{'or': [" + many + "]}").substr(0, 18), "condition.too_many");
  EXPECT_EQ(refused("{'field': 'subject', 'op': 'contains', 'value': '%_\\\\'}"), "ok");
}

TEST_P(ListTest, KnowsWhoAsksAndWhen) {
  ASSERT_TRUE(records_->set_time_zone("Asia/Shanghai").ok());
  const auto who = person(users_[0], "{'*': {'read': 'all'}}", {teams_[0], teams_[2]});
  const auto with = [&](const std::string& where) {
    ListQuery query;
    query.entity = "job";
    query.where = js(where);
    query.limit = 200;
    return paged(query, who);
  };
  EXPECT_EQ(with("{'field': 'keeper', 'op': 'eq', 'value': '$me'}"),
            naive([&](const Record& job) { return job.reference("keeper") == users_[0]; }, {}));
  EXPECT_EQ(with("{'field': 'team', 'op': 'in', 'value': '$my_teams'}"),
            naive(
                [&](const Record& job) {
                  return job.reference("team") == teams_[0] || job.reference("team") == teams_[2];
                },
                {}));
  EXPECT_EQ(with("{'field': 'day', 'op': 'eq', 'value': '$today-1'}"),
            naive([&](const Record& job) { return job.text("day") == "2026-11-20"; }, {}));
  // the day begins at 16:00 UTC of the day before
  EXPECT_EQ(
      with("{'field': 'due', 'op': 'lt', 'value': '$today+1'}"),
      naive([&](const Record& job) { return job.text("due").starts_with("2026-11-21"); }, {}));
}

TEST_P(ListTest, GivesTheFieldsAskedFor) {
  ListQuery query;
  query.entity = "job";
  query.fields = {"shop", "count"};
  const auto page = list(query).value();
  for (const auto& record : page.records) {
    EXPECT_EQ(record.values.size(), 8u);
    EXPECT_TRUE(record.values.contains("shop"));
    EXPECT_FALSE(record.values.contains("subject"));
    const auto whole = get("job", record.id).value();
    EXPECT_EQ(record.values.at("shop"), whole.values.at("shop"));
    EXPECT_EQ(record.values.at("count"), whole.values.at("count"));
  }
  query.fields = {"nothing"};
  EXPECT_EQ(said(list(query)), "list.field");
}

HOUGU_BOTH_DATABASES(ListTest);
}  // namespace
}  // namespace hougu::schema
