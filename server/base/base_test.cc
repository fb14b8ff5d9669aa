// Time, decimals, messages and digests: small pieces, small tests.
#include <gtest/gtest.h>

#include "base/clock.h"
#include "base/decimal.h"
#include "base/hash.h"
#include "base/messages.h"
#include "base/text.h"

namespace hougu {
namespace {

TEST(Clock, FormatsUtc) {
  EXPECT_EQ(format_utc(0), "1970-01-01T00:00:00.000Z");
  EXPECT_EQ(format_utc(1'795'250'096'789), "2026-11-21T08:34:56.789Z");
  EXPECT_EQ(format_utc(-1), "1969-12-31T23:59:59.999Z");
  EXPECT_EQ(format_utc(951'782'400'000), "2000-02-29T00:00:00.000Z");
}

TEST(Clock, ParsesRfc3339) {
  Millis out = 0;
  ASSERT_TRUE(parse_rfc3339("2026-11-21T08:34:56.789Z", out));
  EXPECT_EQ(out, 1'795'250'096'789);
  ASSERT_TRUE(parse_rfc3339("2026-11-21t16:34:56.789123456+08:00", out));
  EXPECT_EQ(out, 1'795'250'096'789);
  ASSERT_TRUE(parse_rfc3339("1969-12-31T19:00:00-05:00", out));
  EXPECT_EQ(out, 0);
  for (const std::string_view text :
       {"", "2026-11-21", "2026-11-21T08:34:56", "2026-02-29T00:00:00Z", "2026-13-01T00:00:00Z",
        "2026-11-21T24:00:00Z", "2026-11-21T08:34:56.Z", "2026-11-21T08:34:56+0800",
        "2026-11-21T08:34:56Zx", "2026-11-21T08:34:56.1234567890Z", "2026-1-21T08:34:56Z"})
    EXPECT_FALSE(parse_rfc3339(text, out)) << text;
}

TEST(Decimal, TextRoundTrip) {
  for (const std::string_view text :
       {"0", "12.50", "-0.5", "0.000000001", "999999999999999999", "-123456789.123456789", "0.00"})
    EXPECT_EQ(Decimal::parse(text)->text(), text);
  EXPECT_EQ(Decimal::parse("+007.10")->text(), "7.10");
  EXPECT_EQ(Decimal(-5, 3).text(), "-0.005");
  for (const std::string_view text : {"", "-", ".", "1.", ".5", "1e3", "1,000", " 1", "1.2.3", "１",
                                      "0.0000000001", "1000000000000000000"})
    EXPECT_FALSE(Decimal::parse(text)) << text;
}

TEST(Decimal, ChangesScaleExactlyOrRounds) {
  EXPECT_EQ(Decimal(1250, 2).rescaled(1)->text(), "12.5");
  EXPECT_FALSE(Decimal(1255, 2).rescaled(1));
  EXPECT_EQ(Decimal(1255, 2).rounded(1)->text(), "12.6");
  EXPECT_EQ(Decimal(-1255, 2).rounded(1)->text(), "-12.6");
  EXPECT_EQ(Decimal(-1254, 2).rounded(1)->text(), "-12.5");
  EXPECT_FALSE(Decimal(Decimal::kMaxCoefficient, 0).rescaled(1));
  EXPECT_FALSE(Decimal(1, 0).rescaled(10));
}

TEST(Decimal, ComparesByValue) {
  EXPECT_EQ(Decimal(10, 1), Decimal(100, 2));
  EXPECT_LT(Decimal(-1, 9), Decimal(0, 0));
  EXPECT_LT(Decimal(999'999'999, 9), Decimal(Decimal::kMaxCoefficient, 0));
}

TEST(Messages, PicksTheLanguage) {
  EXPECT_EQ(locale_from(""), Locale::kChinese);
  EXPECT_EQ(locale_from("en"), Locale::kEnglish);
  EXPECT_EQ(locale_from("en-GB,zh;q=0.8"), Locale::kEnglish);
  EXPECT_EQ(locale_from("fr, zh-CN;q=0.9, en;q=0.5"), Locale::kChinese);
  EXPECT_EQ(locale_from("zh;q=0.3,en;q=0.7"), Locale::kEnglish);
  EXPECT_EQ(locale_from("english"), Locale::kChinese);
  EXPECT_EQ(locale_from("en;q=0"), Locale::kChinese);
  EXPECT_EQ(locale_tag(Locale::kEnglish), "en");
}

TEST(Messages, FillsPlaceholders) {
  auto messages =
      Messages::parse(R"({"a":"请填写{field}","b":"{x}{y} {"})", R"({"a":"Enter {field}"})");
  ASSERT_TRUE(messages.ok());
  EXPECT_EQ(messages->text(Locale::kChinese, "a", {{"field", "电话"}}), "请填写电话");
  EXPECT_EQ(messages->text(Locale::kEnglish, "a", {{"field", "{field}"}}), "Enter {field}");
  EXPECT_EQ(messages->text(Locale::kChinese, "b", {{"y", "2"}}), "{x}2 {");
  EXPECT_EQ(messages->text(Locale::kEnglish, "absent"), "absent");
  EXPECT_TRUE(messages->has("a"));
  EXPECT_FALSE(messages->has("absent"));
  EXPECT_FALSE(Messages::parse("[]", "{}").ok());
  EXPECT_FALSE(Messages::parse("{\"a\":1}", "{}").ok());
}

// FIPS 180-4 and RFC 4231 vectors.
TEST(Hash, KnownVectors) {
  EXPECT_EQ(sha256_hex(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256_hex("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(hex(hmac_sha256("Jefe", "what do ya want for nothing?")),
            "5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
  Sha256Stream stream;
  stream.update("a");
  stream.update("bc");
  EXPECT_EQ(stream.finish(), sha256("abc"));
}

TEST(Hash, ComparesAndMakesTokens) {
  EXPECT_TRUE(equal_constant_time("secret", "secret"));
  EXPECT_FALSE(equal_constant_time("secret", "secreT"));
  EXPECT_FALSE(equal_constant_time("secret", "secre"));
  EXPECT_TRUE(equal_constant_time("", ""));
  EXPECT_EQ(random_token(32).size(), 43u);
  EXPECT_NE(random_token(), random_token());
}
}  // namespace
}  // namespace hougu
