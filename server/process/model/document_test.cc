#include "process/model/document.h"

#include <gtest/gtest.h>

#include <pugixml.hpp>

#include "process/process_test_support.h"

namespace hougu::process {
namespace {
std::string code_of(std::string_view xml, const DocumentLimits& limits = {}) {
  const auto read = Document::read(xml, limits);
  return read.ok() ? "" : read.error().code;
}

TEST(Document, WritesWhatItRead) {
  const std::string xml =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!-- made by hand -->\n"
      "<b:definitions xmlns:b=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" xmlns:v=\"urn:x\""
      " id=\"d\">\n  <b:process id=\"p\" v:color=\"red &amp; blue\">"
      "<b:documentation><![CDATA[a < b]]> &lt;tail&gt;</b:documentation>"
      "<b:extensionElements><v:form key=\"1\"><v:field/></v:form></b:extensionElements>\n"
      "</b:process>\n</b:definitions>\n";
  const auto read = Document::read(xml);
  ASSERT_TRUE(read.ok());
  EXPECT_EQ((*read)->write(), xml);
}

TEST(Document, ReadsOldEncodings) {
  const std::string head = "<?xml version=\"1.0\" encoding=\"WINDOWS-1252\"?>";
  const std::string body =
      "<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\" name=\"\x80 \xE4\"/>";
  const auto read = Document::read(head + body);
  ASSERT_TRUE(read.ok());
  EXPECT_STREQ((*read)->root().attribute("name").value(), "€ ä");
  EXPECT_NE((*read)->write().find("encoding=\"UTF-8\""), std::string::npos);
}

TEST(Document, RefusesWhatItShould) {
  EXPECT_EQ(code_of(""), "bpmn.malformed");
  EXPECT_EQ(code_of("<definitions>"), "bpmn.malformed");
  EXPECT_EQ(code_of("<definitions/>"), "bpmn.not_bpmn");
  EXPECT_EQ(code_of("<a>\xFF</a>"), "bpmn.malformed");
  EXPECT_EQ(code_of("<?xml version=\"1.0\" encoding=\"EBCDIC\"?><a/>"), "bpmn.encoding");
  EXPECT_EQ(code_of("<!DOCTYPE d [<!ENTITY a \"aaaa\"><!ENTITY b \"&a;&a;&a;\">]><d>&b;</d>"),
            "bpmn.doctype");
  EXPECT_EQ(code_of("<!DOCTYPE d SYSTEM \"file:///etc/passwd\"><d/>"), "bpmn.doctype");
}

TEST(Document, IsBounded) {
  std::string many;
  for (int i = 0; i < 1'000'000; ++i) many += "<task/>";
  EXPECT_EQ(code_of(definitions(many)), "bpmn.too_many_elements");
  std::string deep;
  for (int i = 0; i < 90'000; ++i) deep += "<a>";
  for (int i = 0; i < 90'000; ++i) deep += "</a>";
  EXPECT_EQ(code_of(definitions(deep)), "bpmn.too_deep");
  EXPECT_EQ(code_of(std::string(20u << 20, ' ')), "bpmn.too_large");
}

TEST(Document, HundredThousandElementsAreCompiledInTime) {
  std::string nodes;
  std::string flows;
  for (int i = 0; i < 14'000; ++i) {
    const std::string id = "t" + std::to_string(i);
    nodes += "<intermediateThrowEvent id=\"" + id + "\"><linkEventDefinition id=\"l" +
             std::to_string(i) + "\" name=\"n\"/></intermediateThrowEvent><subProcess id=\"s" +
             std::to_string(i) + "\"><task id=\"i" + std::to_string(i) + "\"/></subProcess>";
  }
  const Compiled out = compiled(process_xml(nodes, ""));
  EXPECT_TRUE(has_errors(out.problems));
}
}  // namespace
}  // namespace hougu::process
