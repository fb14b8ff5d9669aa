#include "http/headers.h"

#include <gtest/gtest.h>

#include "http/message.h"
#include "http/response_head.h"
#include "http/url.h"

namespace hougu::http {
namespace {

TEST(Headers, ContentDisposition) {
  EXPECT_EQ(content_disposition("report.csv"), "attachment; filename=\"report.csv\"");
  EXPECT_EQ(content_disposition("工单 1.xlsx"),
            "attachment; filename=\"_ 1.xlsx\"; filename*=UTF-8''%E5%B7%A5%E5%8D%95%201.xlsx");
  EXPECT_EQ(content_disposition("a\"b\\c\r\nX: y", false),
            "inline; filename=\"a_b_cX: y\"; filename*=UTF-8''a%22b%5CcX%3A%20y");
}

TEST(Headers, SetCookie) {
  EXPECT_EQ(set_cookie("s", "abc"), "s=abc; Path=/; HttpOnly; SameSite=Lax");
  CookieOptions options;
  options.max_age_seconds = 0;
  options.http_only = false;
  options.secure = true;
  options.same_site = CookieOptions::SameSite::kStrict;
  EXPECT_EQ(set_cookie("s", "a;b\r\n", options),
            "s=ab; Path=/; Max-Age=0; Secure; SameSite=Strict");
}

TEST(Headers, AcceptsEncoding) {
  EXPECT_TRUE(accepts_encoding("gzip, deflate, br", "br"));
  EXPECT_TRUE(accepts_encoding("GZIP", "gzip"));
  EXPECT_TRUE(accepts_encoding("*", "gzip"));
  EXPECT_FALSE(accepts_encoding("*;q=0", "gzip"));
  EXPECT_FALSE(accepts_encoding("gzip;q=0, *", "gzip"));
  EXPECT_FALSE(accepts_encoding("xgzip", "gzip"));
  EXPECT_FALSE(accepts_encoding("", "gzip"));
}

TEST(Headers, MatchesEtag) {
  EXPECT_TRUE(matches_etag("\"a\", W/\"b\"", "\"b\""));
  EXPECT_TRUE(matches_etag("*", "\"b\""));
  EXPECT_FALSE(matches_etag("\"a\"", "\"b\""));
  EXPECT_FALSE(matches_etag("", ""));
}

TEST(Headers, ParsesRanges) {
  ByteRange range;
  EXPECT_EQ(parse_range("bytes=0-0", 10, range), RangeResult::kPart);
  EXPECT_EQ(parse_range("bytes=5-100", 10, range), RangeResult::kPart);
  EXPECT_EQ(range.last, 9u);
  EXPECT_EQ(parse_range("bytes=-100", 10, range), RangeResult::kPart);
  EXPECT_EQ(range.first, 0u);
  for (const auto* whole : {"", "bytes=", "bytes=a-b", "bytes=5-4", "lines=1-2", "bytes=-",
                            "bytes=1-2,3-4", "bytes=99999999999999999999-"})
    EXPECT_EQ(parse_range(whole, 10, range), RangeResult::kWhole) << whole;
  EXPECT_EQ(parse_range("bytes=10-", 10, range), RangeResult::kUnsatisfiable);
  EXPECT_EQ(parse_range("bytes=-0", 10, range), RangeResult::kUnsatisfiable);
  EXPECT_EQ(parse_range("bytes=0-", 0, range), RangeResult::kUnsatisfiable);
}

TEST(Request, ReadsParametersAndCookies) {
  Request request;
  request.query = "a=1&b=%E7%A9%BA+x&a=2&flag&=v&%61b=3&";
  EXPECT_EQ(request.parameter("a"), "1");
  EXPECT_EQ(request.parameter("b"), "空 x");
  EXPECT_EQ(request.parameter("flag"), "");
  EXPECT_EQ(request.parameter("ab"), "3");
  EXPECT_EQ(request.parameter("c"), std::nullopt);
  EXPECT_EQ(request.parameters().size(), 6u);
  request.headers = {{"cookie", "x=1; hougu_session=abc=d;y=2"}, {"cookie", "z=3"}};
  EXPECT_EQ(request.cookie("hougu_session"), "abc=d");
  EXPECT_EQ(request.cookie("y"), "2");
  EXPECT_EQ(request.cookie("z"), "3");
  EXPECT_EQ(request.cookie("session"), std::nullopt);
}

TEST(Url, RoundTrip) {
  EXPECT_EQ(percent_encode("a b/空~"), "a%20b%2F%E7%A9%BA~");
  EXPECT_EQ(percent_decode("a%20b%2F%E7%A9%BA~", false), "a b/空~");
  EXPECT_EQ(percent_decode("a+b", true), "a b");
  EXPECT_EQ(percent_decode("a+b", false), "a+b");
}

TEST(ResponseHead, FormatsDates) {
  EXPECT_EQ(http_date(784'111'777), "Sun, 06 Nov 1994 08:49:37 GMT");  // RFC 9110 5.6.7
}
}  // namespace
}  // namespace hougu::http
