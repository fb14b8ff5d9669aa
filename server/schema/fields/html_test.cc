#include "schema/fields/html.h"

#include <gtest/gtest.h>

#include "base/id.h"
#include "base/text.h"

namespace hougu::schema {
namespace {

TEST(Html, KeepsTheAllowedAndBalances) {
  EXPECT_EQ(sanitised_html("<p>a <strong>b</strong><br/>c</p>"), "<p>a <b>b</b><br>c</p>");
  EXPECT_EQ(sanitised_html("<ul><li>a<li>b</ul>"), "<ul><li>a<li>b</li></li></ul>");
  EXPECT_EQ(sanitised_html("<b><i>a</b>"), "<b><i>a</i></b>");
  EXPECT_EQ(sanitised_html("</b>a"), "a");
  EXPECT_EQ(sanitised_html("<A HREF='https://x.cn/?a=1&amp;b=2' onclick=x target=_blank>y</A>"),
            "<a href=\"https://x.cn/?a=1&amp;b=2\">y</a>");
  EXPECT_EQ(sanitised_html("1 < 2 && 3 > 2"), "1 &lt; 2 &amp;&amp; 3 &gt; 2");
  EXPECT_EQ(sanitised_html("&lt;b&gt; &nbsp;&copy;"), "&lt;b&gt; \u00a0&amp;copy;");
}

TEST(Html, DropsWhatCouldRun) {
  const std::pair<const char*, const char*> cases[] = {
      {"<script>alert(1)</script>a", "a"},
      {"<SCRIPT SRC=//x></SCRIPT >a", "a"},
      {"<script>a", ""},
      {"<scr<script>ipt>alert(1)</script>", "ipt&gt;alert(1)"},
      {"<img src=x onerror=alert(1)>", ""},
      {"<svg><p><style><img/src=x></style></svg>b", "b"},
      {"<math><mtext></math>c", "c"},
      {"<iframe srcdoc='<script>'></iframe>", ""},
      {"<a href='javascript:alert(1)'>x</a>", "x"},
      {"<a href=' java\nscript:alert(1)'>x</a>", "x"},
      {"<a href='&#106;avascript:alert(1)'>x</a>", "x"},
      {"<a href='data:text/html,x'>x</a>", "x"},
      {"<a href='//evil.cn'>x</a>", "x"},
      {"<a href='https://x.cn/\" onmouseover=\"alert(1)'>x</a>", "x"},
      {"<p style='background:url(x)'>x</p>", "<p>x</p>"},
      {"<!-- <b> -->x", "x"},
      {"<!--x", ""},
      {"<![CDATA[<script>]]>x", "]]&gt;x"},
      {"<?php x ?>y", "y"},
      {"<b", ""},
      {"<b a='x>y", ""},
      {"<p/onclick=alert(1)>x", "<p>x</p>"},
      {"<form><input></form>x", "x"},
      {"<base href='https://evil.cn'>x", "x"},
      {"<meta http-equiv=refresh content='0'>x", "x"},
      {"<textarea><script></textarea>x", "x"},
      {"<noscript><p title='</noscript><img src=x onerror=alert(1)>'>", "'&gt;"}};
  for (const auto& [in, out] : cases) {
    if (std::string_view(in).starts_with("<noscript")) {
      EXPECT_EQ(sanitised_html(in).find('<'), std::string::npos) << in;
      continue;
    }
    EXPECT_EQ(sanitised_html(in), out) << in;
  }
}

// Random pieces: the result holds only allowed tags, and cleaning it again changes nothing.
TEST(Html, IsStableOnAnything) {
  const char* pieces[] = {
      "<",           ">",         "</", "<b>",  "</b>",  "<a href=", "\"",
      "'",           "=",         "&",  "&lt;", "&#60;", "<script>", "</script>",
      "javascript:", "https://x", "/",  "<!--", "-->",   " ",        "p",
      "<p>",         "onerror",   "空", "<svg", "<br>",  "<li>",     "&#x3c;"};
  SeededRandom random(11);
  for (int round = 0; round < 3000; ++round) {
    std::string html;
    for (std::uint64_t i = 0; i < random.below(14); ++i)
      html += pieces[random.below(std::size(pieces))];
    const auto once = sanitised_html(html);
    ASSERT_EQ(sanitised_html(once), once) << html;
    for (std::size_t at = once.find('<'); at != std::string::npos; at = once.find('<', at + 1)) {
      const auto rest = std::string_view(once).substr(at + 1);
      bool allowed = false;
      for (const std::string_view tag :
           {"b>", "/b>", "p>", "/p>", "br>", "li>", "/li>", "/a>", "a href=\"https:"})
        allowed = allowed || rest.starts_with(tag);
      ASSERT_TRUE(allowed) << html << " -> " << once;
    }
  }
}

TEST(Html, TakesLinearTime) {
  EXPECT_EQ(sanitised_html(std::string(200'000, '&')).size(), 1'000'000u);
  EXPECT_FALSE(sanitised_html(std::string(200'000, '<')).empty());
  std::string nested;
  for (int i = 0; i < 50'000; ++i) nested += "<b>";
  EXPECT_LT(sanitised_html(nested).size(), 1'000u);
  std::string open;
  for (int i = 0; i < 50'000; ++i) open += "<a href='";
  sanitised_html(open);
}

TEST(Html, GivesThePlainText) {
  EXPECT_EQ(html_text("<p>a &amp; b</p><p>c<br>d</p>"), "a & b\nc\nd");
}
}  // namespace
}  // namespace hougu::schema
