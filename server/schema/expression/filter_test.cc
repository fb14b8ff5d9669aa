// Expressions as SQL on both databases against FEEL's own evaluator, by random entities, rows and
// conditions. HOUGU_FILTER_PAIRS: how many pairs of a row and a condition; HOUGU_SEED: another run.
#include "schema/expression/filter.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <map>
#include <set>

#include "schema/schema_test_support.h"
#include "schema/views.h"

namespace hougu::schema {
namespace {

using identity::Principal;
using test::definition;
using test::js;
using test::object;
using test::said;

std::uint64_t from_environment(const char* name, std::uint64_t fallback) {
  const char* text = std::getenv(name);
  return text == nullptr ? fallback : std::strtoull(text, nullptr, 10);
}

// Conditions over fields by their types; what stands for nothing is never made.
class Conditions {
 public:
  explicit Conditions(std::uint64_t seed) : random_(seed) {}
  std::vector<std::string> numbers, texts, days, moments, durations, flags, tags, references;
  std::vector<std::string> ids;  // that are there

  std::uint64_t pick(std::uint64_t bound) { return random_.below(bound); }
  template <typename T>
  const T& of(const std::vector<T>& values) {
    return values[pick(values.size())];
  }
  std::string word(std::initializer_list<const char*> words) {
    return *(words.begin() + static_cast<std::ptrdiff_t>(pick(words.size())));
  }

  std::string number(int depth) {
    if (depth <= 0 || pick(3) == 0) {
      if (pick(3) > 0) return of(numbers);
      return word({"0", "-1.5", "10", "9.9", "0.005", "7", "99999999999999999999", "-3"});
    }
    switch (pick(9)) {
      case 0:
        return "abs(" + number(depth - 1) + ")";
      case 1:
        return "string length(" + text(depth - 1) + ")";
      case 2:
        return "count(" + of(tags) + ")";
      case 3:
        return "-" + of(numbers);
      case 4:
        return "(if " + condition(depth - 1) + " then " + number(depth - 1) + " else " +
               (pick(3) == 0 ? "null" : number(depth - 1)) + ")";
      case 5:
        return "(" + number(depth - 1) + ") / " + word({"4", "2.5", "10"});
      case 6:
        return of(days) + "." + word({"year", "month", "day"});
      default:
        return "(" + number(depth - 1) + word({" + ", " - ", " * "}) + number(depth - 1) + ")";
    }
  }

  std::string text(int depth) {
    if (depth <= 0 || pick(2) == 0)
      return pick(3) > 0 ? of(texts)
                         : word({"\"\"", "\"AB\"", "\"空\"", "\"open\"", "\"a_b%\"", "\"new\""});
    if (pick(3) == 0) return "(if " + condition(depth - 1) + " then " + text(0) + " else null)";
    return "(" + text(depth - 1) + " + " + text(depth - 1) + ")";
  }

  std::string day() {
    return pick(3) > 0 ? of(days)
                       : word({"@\"2026-11-21\"", "today()", "today() - duration(\"P1D\")",
                               "date(\"2026-12-01\")", "today() + duration(\"P1M\")"});
  }
  std::string moment() {
    return pick(3) > 0 ? of(moments)
                       : word({"now()", "now() - duration(\"PT8H\")",
                               "date and time(\"2026-11-21T08:00:00Z\")",
                               "@\"2026-11-22T18:00:00.0005@Asia/Shanghai\""});
  }
  std::string duration() {
    switch (pick(5)) {
      case 0:
        return of(moments) + " - " + (pick(2) == 0 ? "now()" : of(moments));
      case 1:
        return of(days) + " - " + day();
      case 2:
        return word({"duration(\"PT1H\")", "duration(\"P1D\")", "duration(\"-PT0.5S\")"});
      case 3:
        return "abs(" + of(durations) + ")";
      default:
        return of(durations);
    }
  }
  std::string id() {
    return pick(2) == 0 ? of(references) + ".id" : pick(3) == 0 ? "user.id" : "\"" + of(ids) + "\"";
  }

  std::string pair(const std::string& left, const std::string& right) {
    return left + word({" = ", " != ", " < ", " <= ", " > ", " >= "}) + right;
  }
  std::string ranged(const std::string& value, const std::string& low, const std::string& high) {
    if (pick(2) == 0) return value + " between " + low + " and " + high;
    return value + " in " + word({"[", "("}) + low + ".." + high + word({"]", ")"});
  }

  std::string condition(int depth) {
    if (depth > 0 && pick(2) == 0) {
      switch (pick(5)) {
        case 0:
          return "(" + condition(depth - 1) + " and " + condition(depth - 1) + ")";
        case 1:
          return "(" + condition(depth - 1) + " or " + condition(depth - 1) + ")";
        case 2:
          return "(if " + condition(depth - 1) + " then " + condition(depth - 1) + " else " +
                 condition(depth - 1) + ")";
        default:
          return "not(" + condition(depth - 1) + ")";
      }
    }
    return "(" + plain(depth) + ")";
  }

  std::string plain(int depth) {
    switch (pick(17)) {
      case 0:
      case 1:
        return pair(number(depth), number(depth));
      case 2:
        return pair(text(depth), text(depth));
      case 3:
        return pair(day(), day());
      case 4:
        return pair(moment(), moment());
      case 5:
        return pair(duration(), duration());
      case 6:
        return of(references) + ".id" + word({" = ", " != "}) + id();
      case 7:
        return of(pick(2) == 0   ? texts
                  : pick(2) == 0 ? references
                                 : tags) +
               word({" = null", " != null"});
      case 8:
        return pick(2) == 0 ? of(flags) : of(flags) + word({" = ", " != "}) + of(flags);
      case 9:
        return ranged(number(1), number(0), number(1));
      case 10:
        return ranged(pick(2) == 0 ? of(days) : day(), day(), day());
      case 11:
        return of(texts) + " in (\"open\", " + text(0) + word({")", ", null)"});
      case 12:
        return of(numbers) + " in [" + word({"0", "10", "1.5"}) + ", " + word({"7]", "null]"});
      case 13:
        return pick(2) == 0 ? "list contains(" + of(tags) + ", \"a\")" : "\"ab\" in " + of(tags);
      case 14:
        return of(references) + ".id in user.teams";
      case 15:
        return of(numbers) + " in (< " + number(0) + ", > " + number(0) + ")";
      default:
        return word({"contains(", "starts with(", "ends with("}) + text(1) + ", " + text(1) + ")";
    }
  }

 private:
  SeededRandom random_;
};

class FilterTest : public test::SchemaTest {
 protected:
  std::uint64_t pick(std::uint64_t bound) { return random_.below(bound); }
  json::value one_of(std::vector<json::value> values) { return values[pick(values.size())]; }

  // An entity "site" that the person sees only in part, and one with random fields.
  void make_entities(std::size_t round) {
    site_ = "site" + std::to_string(round);
    job_ = "job" + std::to_string(round);
    publish(definition(site_,
                       "{'name': 'city', 'type': 'text'}, {'name': 'size', 'type': 'integer'},"
                       "{'name': 'opened', 'type': 'date'}, {'name': 'big', 'type': 'yes_no'},"
                       "{'name': 'team', 'type': 'team'}",
                       "'ownership': {'team': 'team'}"));
    make_.numbers = {"site.size", "version"};
    make_.texts = {"site.city"};
    make_.days = {"site.opened"};
    make_.moments = {"created_at", "site.created_at"};
    make_.flags = {"site.big", "true"};
    make_.references = {"site", "keeper", "team", "site.team", "created_by"};
    make_.durations.clear();
    make_.tags.clear();
    std::string fields = "{'name': 'site', 'type': 'relation', 'entity': '" + site_ +
                         "'}, {'name': 'keeper', 'type': 'user'}, {'name': 'team', 'type': 'team'}";
    values_.clear();
    const auto add = [&](const std::string& type, const std::string& settings,
                         std::vector<std::string>& names, std::vector<json::value> values) {
      for (auto count = 1 + pick(2); count > 0; --count) {
        const auto name = "f" + std::to_string(values_.size());
        fields += ", {'name': '" + name + "', 'type': '" + type + "'" + settings + "}";
        names.push_back(name);
        values_.emplace_back(name, values);
      }
    };
    const auto scale = [&] { return ", 'scale': " + std::to_string(1 + pick(4)); };
    add("number", scale(), make_.numbers, {"-1.5", "0", "10", "9.9", "99999999999999", "0.1"});
    add("money", ", 'scale': 2", make_.numbers, {"9.90", "-0.01", "9999999999999999.99", "7"});
    add("integer", "", make_.numbers, {-3, 0, 7, 12, 9'007'199'254'740'991, 2026});
    add("text", "", make_.texts, {"空调不制冷", "AB", "a_b%", "open", "\xf0\xac\x80\xa9", "abAB"});
    add("serial", "", make_.texts, {"AB", "AB-1", "B"});
    add("single_choice",
        ", 'choices': [{'value': 'new', 'label': 'n'}, {'value': 'open', 'label': 'o'}]",
        make_.texts, {"new", "open"});
    add("multiple_choice",
        ", 'choices': [{'value': 'a', 'label': 'a'}, {'value': 'ab', 'label': 'ab'}]", make_.tags,
        {js("['a']"), js("['ab']"), js("['ab','a']")});
    add("yes_no", "", make_.flags, {true, false});
    add("date", "", make_.days, {"2026-11-20", "2026-11-21", "2026-12-01", "2024-02-29"});
    add("date_time", "", make_.moments,
        {"2026-11-21T08:00:00Z", "2026-11-22T10:00:00.001Z", "1999-12-31T23:59:59.999Z"});
    add("duration", "", make_.durations, {0, 3'600, 86'400, 59});
    publish(definition(job_, fields));
  }

  void fill(std::size_t rows) {
    const auto maker = person(users_[1], "{'*': {'read': 'all', 'create': true}}");
    std::vector<Id> sites;
    for (int i = 0; i < 5; ++i) {
      const auto made = create(
          site_, {{"city", one_of({nullptr, "AB", "空"})},
                  {"size", one_of({nullptr, 0, 7, 12})},
                  {"opened", one_of({nullptr, "2026-11-21", "2020-01-31"})},
                  {"big", one_of({nullptr, true, false})},
                  {"team", i == 4 ? json::value(nullptr) : json::string(teams_[pick(2)].text())}});
      ASSERT_TRUE(made.ok()) << said(made);
      sites.push_back(made->id);
    }
    const auto done = write([&](store::Transaction& tx) -> Result<void> {
      for (std::size_t i = 0; i < rows; ++i) {
        clock_.advance(static_cast<Millis>(pick(3)) * 1'000);
        json::object values{{"site", one_of({nullptr, json::string(sites[pick(5)].text())})},
                            {"keeper", one_of({nullptr, json::string(users_[pick(2)].text())})},
                            {"team", one_of({nullptr, json::string(teams_[pick(2)].text())})}};
        for (const auto& [name, choices] : values_)
          values[name] = pick(4) == 0 ? json::value(nullptr) : choices[pick(choices.size())];
        HOUGU_CHECK(records_->create(tx, pick(3) == 0 ? Principal::system() : maker, job_, values));
      }
      return {};
    });
    ASSERT_TRUE(done.ok()) << said(done) << done.error().cause;
    const auto gone = write([&](store::Transaction& tx) {
      return tx.execute("UPDATE r_" + site_ + " SET deleted_at = 1 WHERE id = $1", {sites[0]});
    });
    ASSERT_TRUE(gone.ok()) << said(gone);
    make_.ids = {users_[0].text(), teams_[0].text(), sites[1].text(), "no id"};
  }

  Result<std::set<std::string>> picked(const std::string& filter) {
    ListQuery query;
    query.entity = job_;
    query.filter = filter;
    query.limit = 1'000;
    HOUGU_TRY(const auto page, list(query, who_));
    std::set<std::string> out;
    for (const auto& record : page.records) out.insert(record.id.text());
    return out;
  }

  // The rows for which the evaluator says true.
  Result<std::set<std::string>> evaluated(const std::string& source, const Page& all) {
    const auto catalog = schema_->catalog();
    HOUGU_TRY(const auto filter, Filter::parse(*catalog, *catalog->entity(job_), source, &who_));
    std::set<std::string> out;
    const Zone zone;
    for (const auto& record : all.records) {
      HOUGU_TRY(const auto holds,
                evaluate(*filter, record.values, who_, {clock_.now(), zone},
                         [&](const FieldDefinition&, const Id& id) { return related(id); }));
      if (holds == true) out.insert(record.id.text());
    }
    return out;
  }

  Result<std::optional<json::object>> related(const Id& id) {
    auto& known = related_[id];
    if (!known) {
      const auto found = get(site_, id, who_);
      if (!found.ok() && found.error().kind != ErrorKind::kNotFound) return found.error();
      known = found.ok() ? std::optional(found->values) : std::nullopt;
    }
    return *known;
  }

  void prepare() {
    for (int i = 0; i < 2; ++i) {
      teams_.push_back(add_team("team"));
      users_.push_back(add_user("user"));
    }
    who_ = person(users_[0],
                  "{'*': {'read': 'all', 'create': true}, 'site0': {'read': 'team'},"
                  "'site1': {'read': 'team'}, 'site2': {'read': 'team'}}",
                  {teams_[0]});
  }

  std::vector<Id> teams_, users_;
  std::string site_, job_;
  Principal who_;
  Conditions make_{from_environment("HOUGU_SEED", 11)};
  std::vector<std::pair<std::string, std::vector<json::value>>> values_;
  std::map<Id, std::optional<std::optional<json::object>>> related_;
};

TEST_P(FilterTest, PicksTheRowsForWhichTheEvaluatorSaysTrue) {
  constexpr std::size_t kRounds = 3, kRows = 60;
  const auto pairs = from_environment("HOUGU_FILTER_PAIRS", 24'000);
  prepare();
  std::size_t compared = 0, refused = 0, some = 0, failures = 0;
  for (std::size_t round = 0; round < kRounds; ++round) {
    make_entities(round);
    related_.clear();
    ASSERT_NO_FATAL_FAILURE(fill(kRows));
    ListQuery query;
    query.entity = job_;
    query.limit = 1'000;
    const auto all = list(query, who_).value();
    ASSERT_EQ(all.records.size(), kRows);
    while (compared < pairs * (round + 1) / kRounds && failures < 10) {
      const auto source = make_.condition(3);
      const auto expected = evaluated(source, all);
      if (!expected.ok()) {
        ASSERT_TRUE(expected.error().code.starts_with("filter.") ||
                    expected.error().code.starts_with("feel."))
            << source << " " << said(expected) << " " << expected.error().cause;
        ++refused;
        continue;
      }
      const auto found = picked(source);
      ASSERT_TRUE(found.ok()) << source << " " << said(found) << " " << found.error().cause;
      if (*found != *expected) ++failures;
      EXPECT_EQ(*found, *expected) << source;
      compared += kRows;
      some += expected->empty() || expected->size() == kRows ? 0 : kRows;
    }
  }
  RecordProperty("pairs", static_cast<int>(compared));
  std::printf("filter: %zu pairs alike, %zu of conditions that some rows fit; %zu refused\n",
              compared, some, refused);
  EXPECT_GE(compared, std::min<std::uint64_t>(pairs, 20'000));
  EXPECT_GT(some * 4, compared);
  EXPECT_LT(refused * kRows, compared * 2);
}

TEST_P(FilterTest, RefusesWhatDatabasesCannotDoWithThePlace) {
  prepare();
  publish(definition("site0", "{'name': 'city', 'type': 'text'}"));
  publish(definition("thing",
                     "{'name': 'name', 'type': 'text'}, {'name': 'price', 'type': 'money'},"
                     "{'name': 'bought', 'type': 'date'}, {'name': 'due', 'type': 'date_time'},"
                     "{'name': 'site', 'type': 'relation', 'entity': 'site0'},"
                     "{'name': 'sites', 'type': 'relation_many', 'entity': 'site0'}"));
  const auto catalog = schema_->catalog();
  const auto said_at = [&](std::string_view source) {
    const auto parsed = Filter::parse(*catalog, *catalog->entity("thing"), source, nullptr);
    if (parsed.ok()) return std::string("ok");
    const auto& params = parsed.error().params;
    return parsed.error().code + " " + params.at("line") + ":" + params.at("column");
  };
  EXPECT_EQ(said_at("price > 10"), "ok");
  EXPECT_EQ(said_at("price >"), "feel.unexpected_end 1:8");
  EXPECT_EQ(said_at("\n price > prise"), "feel.unknown_name 2:10");
  EXPECT_EQ(said_at("name = \"空\" and\n  price = \"10\""), "filter.types 2:9");
  EXPECT_EQ(said_at("upper case(name) = \"A\""), "filter.case 1:1");
  EXPECT_EQ(said_at("name = \"空\" and matches(name, \"a+\")"), "filter.function 1:16");
  EXPECT_EQ(said_at("price + 1"), "filter.not_boolean 1:7");
  EXPECT_EQ(said_at("price / 3 > 1"), "filter.division 1:7");
  EXPECT_EQ(said_at("price * price * price > 1"), "filter.range 1:7");
  EXPECT_EQ(said_at("price * price > price * 0.0000000000000001"), "filter.range 1:7");
  EXPECT_EQ(said_at("due + duration(\"PT1H\") < now()"), "filter.shift 1:5");
  EXPECT_EQ(said_at("due < date and time(\"2026-01-01T00:00:00\")"), "filter.zone 1:7");
  EXPECT_EQ(said_at("due < today()"), "filter.types 1:5");
  EXPECT_EQ(said_at("bought < @\"10000-01-01\""), "filter.date 1:10");
  EXPECT_EQ(said_at("site.city.x = \"a\""), "filter.part 1:10");
  EXPECT_EQ(said_at("site = \"a\""), "filter.types 1:6");
  EXPECT_EQ(said_at("some x in [1, 2] satisfies price = x"), "filter.operation 1:1");
  EXPECT_EQ(said_at("sites != null"), "filter.field 1:1");
  EXPECT_EQ(said_at("price > 1 + \"a\""), "feel.operand_types 1:11");
  EXPECT_EQ(said_at(std::string(9'000, ' ')), "feel.source_too_long 1:1");
}

TEST_P(FilterTest, KeepsToTheRightsOfThePerson) {
  prepare();
  publish(definition("site0", "{'name': 'city', 'type': 'text'}, {'name': 'team', 'type': 'team'}",
                     "'ownership': {'team': 'team'}"));
  publish(definition("thing",
                     "{'name': 'secret', 'type': 'text'}, {'name': 'price', 'type': 'money'},"
                     "{'name': 'site', 'type': 'relation', 'entity': 'site0'}"));
  const auto mine = create("site0", {{"city", "x"}, {"team", json::string(teams_[0].text())}});
  const auto other = create("site0", {{"city", "x"}, {"team", json::string(teams_[1].text())}});
  for (const auto& site : {mine, other})
    ASSERT_TRUE(create("thing", {{"secret", "a"},
                                 {"price", "999999999999999.99"},
                                 {"site", json::string(site->id.text())}})
                    .ok());
  const auto found = [&](const std::string& filter, const Principal& who) {
    ListQuery query;
    query.entity = "thing";
    query.filter = filter;
    const auto page = list(query, who);
    return page.ok() ? std::to_string(page->records.size()) : said(page);
  };
  const auto who = person(users_[0],
                          "{'thing': {'read': 'all', 'fields': {'secret': 'masked'}},"
                          "'site0': {'read': 'team'}}",
                          {teams_[0]});
  const auto stranger = person(users_[1], "{'thing': {'read': 'all'}}");
  EXPECT_EQ(found("secret = \"a\"", Principal::system()), "2");
  EXPECT_EQ(found("secret = \"a\"", who), "field.forbidden");
  EXPECT_EQ(found("site.city = \"x\"", Principal::system()), "2");
  EXPECT_EQ(found("site.city = \"x\"", who), "1");
  EXPECT_EQ(found("site.city = null", who), "1");
  EXPECT_EQ(found("site.team.id in user.teams", who), "1");
  EXPECT_EQ(found("site.city = \"x\"", stranger), "field.forbidden");
  // beyond 64 bits, to the last digit
  EXPECT_EQ(found("price * price > 999999999999999980000000000000", who), "2");
  EXPECT_EQ(found("price * price = 999999999999999980000000000000.0001", who), "2");
  EXPECT_EQ(found("price * price > 999999999999999980000000000000.0001", who), "0");

  const auto view = [&](const std::string& source) {
    return write([&](store::Transaction& tx) {
      return save_personal_view(tx, *schema_, who, "thing",
                                {{"name", "dear"},
                                 {"label", json::object{{"zh-CN", "d"}, {"en", "d"}}},
                                 {"filter", json::string(source)}},
                                clock_.now());
    });
  };
  EXPECT_EQ(said(view("matches(secret, \"a\")")), "view.filter filter.function");
  EXPECT_EQ(said(view("site.city = \"x\"")), "ok");
  ListQuery query;
  query.entity = "thing";
  query.view = "dear";
  EXPECT_EQ(list(query, who).value().records.size(), 1u);
}

HOUGU_BOTH_DATABASES(FilterTest);
}  // namespace
}  // namespace hougu::schema
