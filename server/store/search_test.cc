// Tokens, and the same finds on both databases.
#include "store/search.h"

#include <gmock/gmock.h>
#include <rapidcheck/gtest.h>

#include "base/text.h"
#include "store/dialect.h"
#include "store/store_test_support.h"
#include "store/tokens.h"

namespace hougu::store::test {
namespace {

using ::testing::ElementsAre;

std::string document(std::string_view text) { return search_document({text}); }

TEST(SearchDocument, SplitsHanCharactersAndKeepsWords) {
  EXPECT_EQ(document("空调E5故障"), "空 调 e5 故 障");
  EXPECT_EQ(document("Ｅ５　ＡＢＣ"), "e5 abc");         // full width
  EXPECT_EQ(document("Straße ÉTÉ"), "strasse été");      // case folding, accents kept
  EXPECT_EQ(document("カメラ 修理"), "カ メ ラ 修 理");  // Japanese
  EXPECT_EQ(document("😀 -- ! 。，"), "");
  EXPECT_EQ(document(""), "");
  EXPECT_EQ(document("\xff broken"), "");
}

TEST(SearchDocument, AddsWholeCodesAndNumberEndings) {
  EXPECT_EQ(document("MDV-D22T2"), "mdv d22t2 mdvd22t2");
  EXPECT_EQ(document("13800138000"), "13800138000 00138000 8000");
  EXPECT_EQ(document("138-0013-8000"), "138 0013 8000 00138000 13800138000 8000");
  EXPECT_EQ(document("138 0013 8000"), "138 0013 8000 00138000 13800138000 8000");
  EXPECT_EQ(document("+8613800138000"), "8613800138000 00138000 13800138000 8000");
  EXPECT_EQ(document("SN12345678"), "sn12345678 12345678 5678");
  EXPECT_EQ(document("123456"), "123456");
}

TEST(SearchDocument, KeepsTextsApart) {
  EXPECT_EQ(search_document({"空", "", "调"}), "空 ¦ 调");
  EXPECT_EQ(search_document({"空", "a", "调"}), "空 a 调");
  EXPECT_EQ(search_document({}), "");
}

TEST(SearchDocument, IsBounded) {
  const auto words = document(std::string(100'000, 'x'));
  EXPECT_LE(words.size(), 64u);
  std::string many;
  for (int i = 0; i < 40'000; ++i) many += "空";
  EXPECT_EQ(split(document(many), ' ').size(), 16'000u);
}

TEST(SearchQuery, HoldsOnlyQuotedWords) {
  EXPECT_EQ(search_query(Dialect::kSqlite, "空调 E5"), "\"空 调\" AND \"e5\"");
  EXPECT_EQ(search_query(Dialect::kSqlite, "midea"), "\"midea\"*");
  EXPECT_EQ(search_query(Dialect::kSqlite, "mdv-d22"), "(\"mdv d22\" OR \"mdvd22\"*)");
  EXPECT_EQ(search_query(Dialect::kSqlite, "138"), "\"138\"");
  EXPECT_EQ(search_query(Dialect::kSqlite, "1380013"), "\"1380013\"*");
  EXPECT_EQ(search_query(Dialect::kSqlite, "sn202"), "\"sn202\"");
  EXPECT_EQ(search_query(Dialect::kPostgres, "空调 E5"), "('空' <-> '调') & 'e5'");
  EXPECT_EQ(search_query(Dialect::kPostgres, "midea"), "'midea':*");
  for (const auto dialect : {Dialect::kSqlite, Dialect::kPostgres})
    for (const char* nothing : {"", "   ", "\"*()&|!:'\\-", "😀", "\xff"})
      EXPECT_EQ(search_query(dialect, nothing), "");
}

class Search : public StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    if (HasFatalFailure()) return;
    ASSERT_EQ(code_of(run(create_record_table(GetParam(), "note", {{"body", ColumnType::kText}}))),
              "ok");
  }
  void add(std::uint32_t n, const std::vector<std::string_view>& texts) {
    ASSERT_EQ(
        code_of(db_->write([&](Transaction& tx) -> Result<void> {
          HOUGU_CHECK(tx.execute("INSERT INTO note (id, created_at, updated_at) VALUES ($1, 0, 0)",
                                 {make_id(n)}));
          tx.put_search("note", make_id(n), search_document(texts));
          return {};
        })),
        "ok");
  }
  void set_words(std::uint32_t n, std::string words) {
    ASSERT_EQ(code_of(db_->write([&](Transaction& tx) -> Result<void> {
                tx.put_search("note", make_id(n), words);
                return {};
              })),
              "ok");
  }
  // The last bytes of the ids that are found, ascending.
  std::vector<int> found(std::string_view typed, int newest = 0) {
    std::vector<int> out;
    const auto query = search_query(GetParam(), typed);
    if (query.empty()) return {-1};
    const auto done = db_->read([&](Transaction& tx) {
      return tx.each("SELECT n.id FROM note n WHERE " +
                         search_condition(GetParam(), "note", "n", 1, newest) + " ORDER BY n.rid",
                     {std::string_view(query)}, [&](const Row& row) {
                       out.push_back(row.id(0).bytes[15]);
                       return true;
                     });
    });
    EXPECT_EQ(code_of(done), "ok") << done.error().cause << " for " << typed;
    return out;
  }
};
INSTANTIATE_TEST_SUITE_P(Databases, Search, ::testing::Values(Dialect::kSqlite, Dialect::kPostgres),
                         [](const auto& of) {
                           return of.param == Dialect::kSqlite ? "sqlite" : "postgres";
                         });

TEST_P(Search, AWordThatManyRecordsHaveIsAWholeOne) {
  const auto asked = [&](std::string_view typed) {
    std::string query;
    EXPECT_EQ(code_of(db_->read([&](Transaction& tx) -> Result<void> {
                HOUGU_TRY(query, search_query_for(tx, "note", typed));
                return {};
              })),
              "ok");
    return query;
  };
  ASSERT_EQ(
      code_of(db_->write([&](Transaction& tx) -> Result<void> {
        for (std::uint32_t n = 1; n <= 200; ++n) {
          HOUGU_CHECK(tx.execute("INSERT INTO note (id, created_at, updated_at) VALUES ($1, 0, 0)",
                                 {make_id(n)}));
          const std::string_view second = n < 200 ? "leak" : "leaking";
          tx.put_search("note", make_id(n), search_document({"pump", second}));
        }
        return {};
      })),
      "ok");
  EXPECT_EQ(asked("pump"), search_query(GetParam(), "pump", true));
  EXPECT_EQ(asked("leak pump"), search_query(GetParam(), "leak pump", true));
  EXPECT_EQ(asked("leak"), search_query(GetParam(), "leak"));  // one record too few
  EXPECT_NE(search_query(GetParam(), "leak"), search_query(GetParam(), "leak", true));
  EXPECT_EQ(asked("pum"), search_query(GetParam(), "pum"));
  EXPECT_EQ(asked("pump "), search_query(GetParam(), "pump "));  // nothing after the space
}

TEST_P(Search, FindsWhatPeopleType) {
  add(1, {"空调不制冷，室内机滴水", "13800138000", "MDV-D22T2"});
  add(2, {"洗衣机 E5 报警", "021-5555-1234", "KFR-35GW/BP3"});
  add(3, {"Water pump leaks", "SN20261234567"});
  EXPECT_THAT(found("空调"), ElementsAre(1));
  EXPECT_THAT(found("制冷"), ElementsAre(1));
  EXPECT_THAT(found("冷室"), ElementsAre(1));  // across punctuation
  EXPECT_THAT(found("机"), ElementsAre(1, 2));
  EXPECT_THAT(found("内机滴"), ElementsAre(1));
  EXPECT_THAT(found("机内"), ElementsAre());
  EXPECT_THAT(found("滴水 空调"), ElementsAre(1));
  EXPECT_THAT(found("e5"), ElementsAre(2));
  EXPECT_THAT(found("Ｅ５"), ElementsAre(2));
  EXPECT_THAT(found("8000"), ElementsAre(1));
  EXPECT_THAT(found("00138000"), ElementsAre(1));
  EXPECT_THAT(found("138 0013 8000"), ElementsAre(1));
  EXPECT_THAT(found("138-0013-8000"), ElementsAre(1));
  EXPECT_THAT(found("02155551234"), ElementsAre(2));
  EXPECT_THAT(found("1234"), ElementsAre(2));
  EXPECT_THAT(found("mdv"), ElementsAre(1));
  EXPECT_THAT(found("MDV-D22T2"), ElementsAre(1));
  EXPECT_THAT(found("mdvd22t2"), ElementsAre(1));
  EXPECT_THAT(found("mdv-d22"), ElementsAre(1));
  EXPECT_THAT(found("35gw/bp3"), ElementsAre(2));
  EXPECT_THAT(found("pum"), ElementsAre(3));  // the last word as a prefix
  EXPECT_THAT(found("pum leaks"), ElementsAre());
  EXPECT_THAT(found("4567"), ElementsAre(3));
  EXPECT_THAT(found("sn2026"), ElementsAre(3));
  EXPECT_THAT(found("nothing"), ElementsAre());
}

TEST_P(Search, HostileQueriesAreOnlyWords) {
  add(1, {"a AND b OR c NOT d NEAR e"});
  add(2, {"words"});
  EXPECT_THAT(found("a AND"), ElementsAre(1));
  EXPECT_THAT(found("zzz OR words"), ElementsAre());
  EXPECT_THAT(found("NEAR(a b)"), ElementsAre(1));
  EXPECT_THAT(found("words*"), ElementsAre(2));
  EXPECT_THAT(found("\"words\""), ElementsAre(2));
  EXPECT_THAT(found("(words"), ElementsAre(2));
  EXPECT_THAT(found("^words"), ElementsAre(2));
  EXPECT_THAT(found("words:words"), ElementsAre(2));
  EXPECT_THAT(found("'words' & !a"), ElementsAre());
  EXPECT_THAT(found("words' OR 1=1 --"), ElementsAre());
  EXPECT_THAT(found("-words"), ElementsAre(2));
  EXPECT_THAT(found("{words} : a"), ElementsAre());
  EXPECT_THAT(found("words\\"), ElementsAre(2));
}

TEST_P(Search, WordsChangeAndGoWithTheRecord) {
  add(1, {"空调"});
  set_words(1, search_document({"冰箱"}));
  EXPECT_THAT(found("空调"), ElementsAre());
  EXPECT_THAT(found("冰箱"), ElementsAre(1));
  set_words(1, "");
  EXPECT_THAT(found("冰箱"), ElementsAre());
  set_words(1, search_document({"冰箱"}));
  EXPECT_EQ(code_of(db_->write([&](Transaction& tx) -> Result<void> {
              tx.put_search("note", make_id(1), "gone");
              return conflict("undo");
            })),
            "undo");
  EXPECT_THAT(found("冰箱"), ElementsAre(1));
  EXPECT_EQ(code_of(db_->write([&](Transaction& tx) -> Result<void> {
              tx.put_search("note", make_id(99), "nobody");
              return {};
            })),
            "internal");
  ASSERT_EQ(code_of(run(drop_record_table(GetParam(), "note"))), "ok");
}

TEST_P(Search, TheNewestMatchesCanBeAskedForAlone) {
  for (std::uint32_t n = 1; n <= 20; ++n) add(n, {n % 2 == 0 ? "even" : "odd"});
  EXPECT_THAT(found("even", 3), ElementsAre(16, 18, 20));
}

// Words of a few characters, so that they collide often.
rc::Gen<std::string> texts() {
  const auto piece = rc::gen::element<std::string>("空", "调", "机", "水", "e5", "abc", "ab", "7",
                                                   "2026", "-", " ", "，", "é", "Ｚ", "'", "\"");
  return rc::gen::map(rc::gen::container<std::vector<std::string>>(piece),
                      [](const std::vector<std::string>& pieces) {
                        std::string out;
                        for (const auto& part : pieces) out += part;
                        return out;
                      });
}

TEST_P(Search, EveryHanSubstringAndEveryWordIsFound) {
  std::uint32_t n = 0;
  const auto property = [&](const std::string& text) {
    n = (n + 1) % 200;
    RC_ASSERT(code_of(run("DELETE FROM note; DELETE FROM note_search")) == "ok");
    add(n, {text});
    const auto tokens = tokens_of(text, 1000);
    for (std::size_t i = 0; i < tokens.size(); ++i) {
      std::string part = tokens[i].text;
      RC_ASSERT(found(part) == std::vector<int>{static_cast<int>(n)});
      for (auto j = i + 1; j < tokens.size() && tokens[i].han && tokens[j].han; ++j) {
        part += tokens[j].text;
        RC_ASSERT(found(part) == std::vector<int>{static_cast<int>(n)});
      }
    }
    // the text itself, and its beginning up to any character
    if (!tokens.empty()) RC_ASSERT(found(text) == std::vector<int>{static_cast<int>(n)});
  };
  EXPECT_TRUE(rc::check("substrings are found", [&] { property(*texts()); }));
}
}  // namespace
}  // namespace hougu::store::test
