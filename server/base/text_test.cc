#include "base/text.h"

#include <gtest/gtest.h>

namespace hougu {
namespace {

TEST(Text, KnowsValidUtf8) {
  for (const std::string_view text : {"", "a", "é", "空调", "😀", "\xf4\x8f\xbf\xbf", "\x7f"})
    EXPECT_TRUE(valid_utf8(text)) << text;
  for (const std::string_view text :
       {"\x80", "\xc0\xaf", "\xc1\xbf", "\xe0\x80\xaf", "\xed\xa0\x80", "\xf0\x80\x80\xaf",
        "\xf4\x90\x80\x80", "\xf5\x80\x80\x80", "\xe7\xa9", "a\xff"})
    EXPECT_FALSE(valid_utf8(text)) << hex(text);
}

TEST(Text, WalksCodePoints) {
  const std::string text = "aé空😀";
  std::u32string points;
  std::string again;
  for (std::size_t at = 0; at < text.size();) {
    points += next_code_point(text, at);
    append_code_point(again, points.back());
  }
  EXPECT_EQ(points, U"aé空😀");
  EXPECT_EQ(again, text);
  EXPECT_EQ(count_code_points(text), 4u);
}

TEST(Text, NormalisesAndFolds) {
  EXPECT_EQ(nfkc("ＡＢ１２－３"), "AB12-3");
  EXPECT_EQ(nfkc("e\u0301"), "é");
  EXPECT_EQ(folded("ＳＮ-００Ａ"), "sn-00a");
  EXPECT_EQ(folded("STRASSE"), folded("straße"));
  EXPECT_EQ(folded("ÀÉ"), "àé");
  EXPECT_EQ(folded("空调 KFR-35GW"), "空调 kfr-35gw");
  EXPECT_EQ(folded(folded("ᾼ\u0345Å")), folded("ᾼ\u0345Å"));
}

TEST(Text, TrimsAndSplits) {
  EXPECT_EQ(trimmed(" \t a b\u3000\n\u00a0"), "a b");
  EXPECT_EQ(trimmed("\u3000"), "");
  EXPECT_EQ(trimmed("空"), "空");
  EXPECT_EQ(split("a,,b", ','), (std::vector<std::string_view>{"a", "", "b"}));
  EXPECT_EQ(split("", ','), (std::vector<std::string_view>{""}));
}

TEST(Text, Base64UrlRoundTrip) {
  EXPECT_EQ(base64url("\xfb\xff"), "-_8");
  std::string all;
  for (int i = 0; i < 256; ++i) {
    all += static_cast<char>(i);
    std::string back;
    ASSERT_TRUE(from_base64url(base64url(all), back));
    ASSERT_EQ(back, all);
  }
  std::string out;
  for (const std::string_view text : {"A", "AB=", "A+", "AAAAA", "AB", "空"})
    EXPECT_EQ(from_base64url(text, out), false) << text;
  EXPECT_TRUE(from_base64url("AA", out));
}
}  // namespace
}  // namespace hougu
