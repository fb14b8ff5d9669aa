// Every kind of boxed expression, hit policies, services, imports and types, by small models.
#include <gtest/gtest.h>

#include <algorithm>

#include "dmn/engine.h"

namespace hougu::dmn {
namespace {
using feel::Value;

std::string definitions(const std::string& body, const std::string& space = "urn:m") {
  return "<definitions xmlns=\"https://www.omg.org/spec/DMN/20230324/MODEL/\" id=\"d\" name=\"m\" "
         "namespace=\"" +
         space + "\">" + body + "</definitions>";
}

std::string literal(const std::string& text) {
  return "<literalExpression><text>" + text + "</text></literalExpression>";
}

// A decision "out" over the number input "n".
std::string decision(const std::string& logic, const std::string& type = "") {
  const std::string typed = type.empty() ? "" : " typeRef=\"" + type + "\"";
  return "<inputData id=\"n\" name=\"n\"><variable name=\"n\" typeRef=\"number\"/></inputData>"
         "<decision id=\"out\" name=\"out\"><variable name=\"out\"" +
         typed + "/><informationRequirement><requiredInput href=\"#n\"/></informationRequirement>" +
         logic + "</decision>";
}

EnginePtr engine(const std::string& xml, const std::vector<std::string>& others = {}) {
  std::vector<ModelPtr> imports;
  for (const std::string& other : others) imports.push_back(*Model::read(other));
  const auto model = Model::read(xml);
  EXPECT_TRUE(model.ok());
  const auto made = Engine::compile(*model, imports);
  EXPECT_TRUE(made.ok()) << (made.ok() ? "" : made.error().code);
  return made.ok() ? *made : nullptr;
}

std::string decide(const EnginePtr& from, std::int64_t n, const char* name = "out") {
  feel::Evaluation run;
  const auto out = from->decide(name, Value::context({{"n", Value::integer(n)}}), run);
  return out.ok() ? to_text(*out) : out.error().code;
}

std::string decide(const std::string& logic, std::int64_t n, const std::string& type = "") {
  return decide(engine(definitions(decision(logic, type))), n);
}

std::string table(const std::string& policy, const std::string& outputs,
                  const std::vector<std::vector<std::string>>& rules) {
  std::string out = "<decisionTable id=\"t\" " + policy +
                    "><input><inputExpression typeRef=\"number\"><text>n</text></inputExpression>"
                    "</input>" +
                    outputs;
  for (const auto& rule : rules) {
    out += "<rule><inputEntry id=\"cell\"><text>" + rule[0] + "</text></inputEntry>";
    for (std::size_t i = 1; i < rule.size(); ++i) {
      out += "<outputEntry><text>" + rule[i] + "</text></outputEntry>";
    }
    out += "</rule>";
  }
  return out + "</decisionTable>";
}

TEST(Boxed, EvaluatesEveryKind) {
  EXPECT_EQ(decide(literal("n + 1"), 2), "3");
  EXPECT_EQ(decide("<context><contextEntry><variable name=\"twice\"/>" + literal("n * 2") +
                       "</contextEntry><contextEntry><variable name=\"more\"/>" +
                       literal("twice + 1") + "</contextEntry></context>",
                   2),
            "{twice: 4, more: 5}");
  EXPECT_EQ(decide("<context><contextEntry><variable name=\"twice\"/>" + literal("n * 2") +
                       "</contextEntry><contextEntry>" + literal("twice + 1") +
                       "</contextEntry></context>",
                   2),
            "5");
  EXPECT_EQ(decide("<list>" + literal("n") + literal("\"x\"") + "</list>", 1), "[1, \"x\"]");
  EXPECT_EQ(decide("<relation><column name=\"a\"/><column name=\"b\"/><row>" + literal("n") +
                       literal("2") + "</row></relation>",
                   1),
            "[{a: 1, b: 2}]");
  const std::string cases = "<conditional><if>" + literal("n &gt; 1") + "</if><then>" +
                            literal("\"many\"") + "</then><else>" + literal("\"few\"") +
                            "</else></conditional>";
  EXPECT_EQ(decide(cases, 2), "many");
  EXPECT_EQ(decide(cases, 1), "few");
  EXPECT_EQ(decide("<filter><in>" + literal("[1, 2, 3]") + "</in><match>" + literal("item &gt; n") +
                       "</match></filter>",
                   1),
            "[2, 3]");
  EXPECT_EQ(decide("<for iteratorVariable=\"i\"><in>" + literal("[1..n]") + "</in><return>" +
                       literal("i + count(partial)") + "</return></for>",
                   3),
            "[1, 3, 5]");
  const auto every = [&](const char* kind) {
    return std::string("<") + kind + " iteratorVariable=\"i\"><in>" + literal("[1, 2]") +
           "</in><satisfies>" + literal("i &gt; n") + "</satisfies></" + kind + ">";
  };
  EXPECT_EQ(decide(every("some"), 1), "true");
  EXPECT_EQ(decide(every("every"), 1), "false");
  EXPECT_EQ(decide("<context><contextEntry><variable name=\"add\"/><functionDefinition>"
                   "<formalParameter name=\"a\" typeRef=\"number\"/>" +
                       literal("a + n") +
                       "</functionDefinition></contextEntry><contextEntry><invocation>" +
                       literal("add") + "<binding><parameter name=\"a\"/>" + literal("5") +
                       "</binding></invocation></contextEntry></context>",
                   1),
            "6");
}

TEST(Boxed, FollowsEveryHitPolicy) {
  const std::string one = "<output name=\"o\"/>";
  const std::vector<std::vector<std::string>> rules = {
      {"&gt; 1", "3"}, {"&gt; 2", "1"}, {"&gt; 2", "3"}, {"9", "7"}};
  const auto with = [&](const std::string& policy) { return table(policy, one, rules); };
  EXPECT_EQ(decide(with("hitPolicy=\"UNIQUE\""), 2), "3");
  EXPECT_EQ(decide(with("hitPolicy=\"UNIQUE\""), 3), "null");
  EXPECT_EQ(decide(with("hitPolicy=\"FIRST\""), 3), "3");
  EXPECT_EQ(decide(with("hitPolicy=\"ANY\""), 2), "3");
  EXPECT_EQ(decide(with("hitPolicy=\"ANY\""), 3), "null");
  EXPECT_EQ(decide(with("hitPolicy=\"RULE ORDER\""), 3), "[3, 1, 3]");
  EXPECT_EQ(decide(with("hitPolicy=\"COLLECT\""), 3), "[3, 1, 3]");
  EXPECT_EQ(decide(with("hitPolicy=\"COLLECT\" aggregation=\"SUM\""), 3), "7");
  EXPECT_EQ(decide(with("hitPolicy=\"COLLECT\" aggregation=\"MIN\""), 3), "1");
  EXPECT_EQ(decide(with("hitPolicy=\"COLLECT\" aggregation=\"MAX\""), 3), "3");
  EXPECT_EQ(decide(with("hitPolicy=\"COLLECT\" aggregation=\"COUNT\""), 0), "0");
  EXPECT_EQ(decide(with("hitPolicy=\"UNIQUE\""), 0), "null");
  const std::string ordered =
      "<output name=\"o\"><outputValues><text>1, 3, 7</text></outputValues>"
      "<defaultOutputEntry><text>0</text></defaultOutputEntry></output>";
  EXPECT_EQ(decide(table("hitPolicy=\"PRIORITY\"", ordered, rules), 3), "1");
  EXPECT_EQ(decide(table("hitPolicy=\"OUTPUT ORDER\"", ordered, rules), 9), "[1, 3, 3, 7]");
  EXPECT_EQ(decide(table("hitPolicy=\"PRIORITY\"", ordered, rules), 0), "0");
  EXPECT_EQ(decide(table("", "<output name=\"a\"/><output name=\"b\"/>", {{"-", "n", "\"x\""}}), 4),
            "{a: 4, b: \"x\"}");
}

TEST(Boxed, ChecksTypesAndConstraints) {
  const std::string types =
      "<itemDefinition name=\"level\"><typeRef>string</typeRef><allowedValues><text>\"gold\", "
      "\"blue\"</text></allowedValues></itemDefinition><itemDefinition name=\"levels\" "
      "isCollection=\"true\"><typeRef>level</typeRef></itemDefinition>";
  const auto with = [&](const std::string& text, const char* type) {
    return decide(engine(definitions(types + decision(literal(text), type))), 1);
  };
  EXPECT_EQ(with("\"gold\"", "level"), "gold");
  EXPECT_EQ(with("\"red\"", "level"), "null");
  EXPECT_EQ(with("[\"gold\", \"blue\"]", "levels"), "[\"gold\", \"blue\"]");
  EXPECT_EQ(with("[\"gold\", \"red\"]", "levels"), "null");
  EXPECT_EQ(with("\"gold\"", "levels"), "[\"gold\"]");
}

TEST(Boxed, NamesCellsOfTheWrongType) {
  const auto made = engine(definitions(
      decision(table("", "<output name=\"o\" typeRef=\"string\"/>",
                     {{"\"many\"", "\"x\""}, {"&gt; 2, [\"a\"..\"b\"]", "12"}, {"3", "\"y\""}}))));
  ASSERT_EQ(made->problems().size(), 3u);
  for (const Problem& problem : made->problems()) EXPECT_EQ(problem.code, "dmn.cell_type");
  EXPECT_EQ(made->problems()[0].place, "cell");
  EXPECT_EQ(made->problems()[0].detail, "string");
  EXPECT_EQ(made->problems()[1].position, 5u);
  EXPECT_EQ(made->problems()[2].detail, "number");
}

TEST(Boxed, SaysThatExternalFunctionsAreNotSupported) {
  const auto made = engine(definitions(decision(
      "<context><contextEntry><variable name=\"f\"/><functionDefinition kind=\"Java\">"
      "<context/></functionDefinition></contextEntry><contextEntry>" +
      literal("function(x) external {java: {class: \"a\"}}") + "</contextEntry></context>")));
  ASSERT_EQ(made->problems().size(), 2u);
  for (const Problem& problem : made->problems()) {
    EXPECT_EQ(problem.code, "dmn.external_function");
  }
}

TEST(Engine, CallsKnowledgeServicesAndImports) {
  const std::string library = definitions(
      "<businessKnowledgeModel id=\"k\" name=\"twice\"><variable "
      "name=\"twice\"/><encapsulatedLogic>"
      "<formalParameter name=\"x\" typeRef=\"number\"/>" +
          literal("x * 2") + "</encapsulatedLogic></businessKnowledgeModel>",
      "urn:library");
  const std::string model = definitions(
      "<import namespace=\"urn:library\" name=\"lib\" "
      "importType=\"https://www.omg.org/spec/DMN/20230324/MODEL/\"/>"
      "<inputData id=\"n\" name=\"n\"><variable name=\"n\" typeRef=\"number\"/></inputData>"
      "<decision id=\"a\" name=\"a\"><variable name=\"a\"/><informationRequirement><requiredInput "
      "href=\"#n\"/></informationRequirement><knowledgeRequirement><requiredKnowledge "
      "href=\"urn:library#k\"/></knowledgeRequirement>" +
      literal("lib.twice(n)") +
      "</decision><decisionService id=\"s\" name=\"s\"><variable name=\"s\"/><outputDecision "
      "href=\"#a\"/><inputData href=\"#n\"/></decisionService>"
      "<decision id=\"b\" name=\"b\"><variable name=\"b\"/><knowledgeRequirement>"
      "<requiredKnowledge href=\"#s\"/></knowledgeRequirement>" +
      literal("s(20) + 1") + "</decision>");
  const auto made = engine(model, {library});
  EXPECT_EQ(decide(made, 4, "a"), "8");
  EXPECT_EQ(decide(made, 4, "b"), "41");
  EXPECT_EQ(decide(made, 4, "c"), "dmn.no_decision");
  feel::Evaluation run;
  EXPECT_EQ(to_text(*made->serve("s", Value::context({{"n", Value::integer(3)}}), run)), "6");
}
}  // namespace
}  // namespace hougu::dmn
