#include "dmn/engine.h"

#include <gtest/gtest.h>

namespace hougu::dmn {
namespace {
using feel::Value;

std::string model(const std::string& body) {
  return R"(<?xml version="1.0" encoding="UTF-8"?>
<definitions xmlns="https://www.omg.org/spec/DMN/20191111/MODEL/" id="d" name="m" namespace="urn:m">
)" + body +
         "\n</definitions>\n";
}

std::string table(const std::string& policy, const std::string& rules) {
  return model(
      R"(<inputData id="i1" name="level"><variable name="level" typeRef="string"/></inputData>
<inputData id="i2" name="age"><variable name="age" typeRef="number"/></inputData>
<decision id="d1" name="team"><variable name="team" typeRef="string"/>
<informationRequirement><requiredInput href="#i1"/></informationRequirement>
<informationRequirement><requiredInput href="#i2"/></informationRequirement>
<decisionTable id="t1" hitPolicy=")" +
      policy + R"(">
<input><inputExpression typeRef="string"><text>level</text></inputExpression></input>
<input><inputExpression typeRef="number"><text>age</text></inputExpression></input>
<output name="team" typeRef="string"/>)" +
      rules + "</decisionTable></decision>");
}

std::string rule(const std::string& level, const std::string& age, const std::string& team) {
  return "<rule id=\"r\"><inputEntry><text>" + level + "</text></inputEntry><inputEntry><text>" +
         age + "</text></inputEntry><outputEntry><text>" + team + "</text></outputEntry></rule>";
}

EnginePtr engine(const std::string& xml) {
  auto read = Model::read(xml);
  if (!read.ok()) return nullptr;
  auto made = Engine::compile(*read);
  return made.ok() ? *made : nullptr;
}

Value decide(const EnginePtr& e, const char* level, std::int64_t age, Trace* trace = nullptr) {
  feel::Evaluation run;
  const Value inputs =
      Value::context({{"level", Value::string(level)}, {"age", Value::integer(age)}});
  auto out = e->decide("team", inputs, run, trace);
  return out.ok() ? *out : Value();
}

TEST(Engine, DecidesByTableAndSaysWhy) {
  const auto e = engine(table("UNIQUE", rule("\"gold\"", "&lt; 10", "\"east\"") +
                                            rule("\"gold\"", "&gt;= 10", "\"west\"") +
                                            rule("not(\"gold\")", "-", "level + \"!\"")));
  ASSERT_NE(e, nullptr);
  EXPECT_TRUE(e->problems().empty());
  Trace trace;
  EXPECT_EQ(to_text(decide(e, "gold", 3, &trace)), "east");
  ASSERT_EQ(trace.decisions.size(), 1u);
  ASSERT_EQ(trace.decisions[0].rules.size(), 1u);
  EXPECT_EQ(trace.decisions[0].rules[0].index, 1u);
  EXPECT_EQ(trace.decisions[0].inputs[1].first, "age");
  EXPECT_EQ(to_text(decide(e, "gold", 10)), "west");
  EXPECT_EQ(to_text(decide(e, "blue", 1)), "blue!");
}

TEST(Engine, FindsOverlapsGapsAndUnreachableRules) {
  const auto e = engine(table("UNIQUE", rule("\"gold\"", "[1..10]", "\"a\"") +
                                            rule("\"gold\",\"blue\"", "[10..20]", "\"b\"")));
  ASSERT_NE(e, nullptr);
  const auto found = e->check();
  const auto has = [&](Finding::Kind kind) {
    return std::any_of(found.begin(), found.end(),
                       [&](const Finding& finding) { return finding.kind == kind; });
  };
  EXPECT_TRUE(has(Finding::Kind::kOverlap));
  EXPECT_TRUE(has(Finding::Kind::kGap));
  for (const Finding& finding : found) {
    if (finding.kind != Finding::Kind::kOverlap) continue;
    EXPECT_EQ(finding.rules, (std::vector<std::size_t>{1, 2}));
    EXPECT_EQ(to_text(finding.example[1].second), "10");
  }
  const auto first =
      engine(table("FIRST", rule("-", "&gt; 1", "\"a\"") + rule("-", "&gt; 5", "\"b\"") +
                                rule("-", "-", "\"c\"")));
  const auto behind = first->check();
  ASSERT_EQ(behind.size(), 1u);
  EXPECT_EQ(behind[0].kind, Finding::Kind::kUnreachable);
  EXPECT_EQ(behind[0].rules, std::vector<std::size_t>{2});
}

TEST(Engine, RefusesWhatIsNoModel) {
  const auto code = [](const std::string& xml) {
    auto read = Model::read(xml);
    if (!read.ok()) return read.error().code;
    auto made = Engine::compile(*read);
    return made.ok() ? std::string("ok") : made.error().code;
  };
  EXPECT_EQ(code("<a"), "dmn.malformed");
  EXPECT_EQ(code("<a/>"), "dmn.not_dmn");
  EXPECT_EQ(code("<definitions xmlns=\"urn:other\"/>"), "dmn.version");
  EXPECT_EQ(code("<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]>" + model("").substr(39)),
            "dmn.doctype");
  EXPECT_EQ(code(model(R"(<decision id="a" name="a"><variable name="a"/><informationRequirement>
<requiredDecision href="#b"/></informationRequirement></decision><decision id="b" name="b">
<variable name="b"/><informationRequirement><requiredDecision href="#a"/></informationRequirement>
</decision>)")),
            "dmn.cycle");
  EXPECT_EQ(code(model(R"(<import namespace="urn:x" name="x"
importType="https://www.omg.org/spec/DMN/20191111/MODEL/"/>)")),
            "dmn.import_missing");
}

TEST(Engine, NamesTheBrokenCell) {
  const auto e = engine(table("UNIQUE", rule("\"gold\"", "&lt;", "\"east\"")));
  ASSERT_NE(e, nullptr);
  ASSERT_EQ(e->problems().size(), 1u);
  EXPECT_EQ(e->problems()[0].code, "feel.unexpected_end");
  EXPECT_EQ(e->problems()[0].element, "team");
}

TEST(Model, IsWrittenAsItWasRead) {
  const std::string xml = model(
      "<!-- kept --><extensionElements><x:y xmlns:x=\"urn:x\" a='1'/></extensionElements>"
      "<decision id=\"a\" name=\"a &amp; b\"><variable name=\"a\"/></decision>");
  const auto read = Model::read(xml);
  ASSERT_TRUE(read.ok());
  const std::string written = (*read)->write();
  const auto again = Model::read(written);
  ASSERT_TRUE(again.ok());
  EXPECT_EQ((*again)->write(), written);
  EXPECT_NE(written.find("<!-- kept -->"), std::string::npos);
  EXPECT_NE(written.find("a &amp; b"), std::string::npos);
  EXPECT_NE(written.find("<?xml version=\"1.0\" encoding=\"UTF-8\"?>"), std::string::npos);
}
}  // namespace
}  // namespace hougu::dmn
