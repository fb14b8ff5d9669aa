// Models made to hurt end as errors or within the budget: what it took of the processor is printed.
#include <gtest/gtest.h>

#include <cstdio>
#include <ctime>

#include "dmn/engine.h"

namespace hougu::dmn {
namespace {
std::string definitions(const std::string& body) {
  return "<definitions xmlns=\"https://www.omg.org/spec/DMN/20191111/MODEL/\" id=\"d\" name=\"m\" "
         "namespace=\"urn:m\">" +
         body + "</definitions>";
}

std::string decision(std::size_t i, const std::string& inside) {
  const std::string name = "d" + std::to_string(i);
  return "<decision id=\"" + name + "\" name=\"" + name + "\"><variable name=\"" + name + "\"/>" +
         inside + "</decision>";
}

std::string required(std::size_t i) {
  return "<informationRequirement><requiredDecision href=\"#d" + std::to_string(i) +
         "\"/></informationRequirement>";
}

std::string literal(const std::string& text) {
  return "<literalExpression><text>" + text + "</text></literalExpression>";
}

// The error's code, or the first decision's value.
std::string outcome(const std::string& xml) {
  const auto model = Model::read(xml);
  if (!model.ok()) return model.error().code;
  const auto engine = Engine::compile(*model);
  if (!engine.ok()) return engine.error().code;
  (void)(*engine)->check();
  if (!(*engine)->problems().empty()) return (*engine)->problems()[0].code;
  if ((*engine)->decisions().empty()) return "no decision";
  feel::Evaluation run;
  const auto out = (*engine)->decide((*engine)->decisions()[0], feel::Value(), run);
  return out.ok() ? to_text(*out).substr(0, 40) : out.error().code;
}

std::string nested(std::size_t levels) {
  std::string out;
  for (std::size_t i = 0; i < levels; ++i) out += "<list>";
  out += literal("1");
  for (std::size_t i = 0; i < levels; ++i) out += "</list>";
  return definitions(decision(0, out));
}

std::string chain(std::size_t length) {
  std::string out;
  for (std::size_t i = 0; i + 1 < length; ++i) {
    out += decision(i, required(i + 1) + literal("d" + std::to_string(i + 1)));
  }
  return definitions(out + decision(length - 1, literal("1")));
}

// Each decision asks the next one twice over: 2^60 ways, 60 decisions.
std::string diamonds() {
  std::string out;
  for (std::size_t i = 0; i < 60; ++i) {
    const std::string next = "d" + std::to_string(i + 1);
    out += decision(i, required(i + 1) + required(i + 1) + literal(next + " + " + next));
  }
  return definitions(out + decision(60, literal("1")));
}

// Types that share their parts: 2^50 members when written out.
std::string wide_types() {
  std::string out;
  for (int i = 0; i < 50; ++i) {
    const std::string below = "<typeRef>t" + std::to_string(i + 1) + "</typeRef>";
    out += "<itemDefinition name=\"t" + std::to_string(i) + "\"><itemComponent name=\"a\">" +
           below + "</itemComponent><itemComponent name=\"b\">" + below +
           "</itemComponent></itemDefinition>";
  }
  out +=
      "<itemDefinition name=\"t50\"><typeRef>number</typeRef></itemDefinition>"
      "<itemDefinition name=\"circle\"><typeRef>circle</typeRef></itemDefinition>";
  return definitions(
      out + "<decision id=\"x\" name=\"x\"><variable name=\"x\" typeRef=\"t0\"/>" +
      literal("{f: function(p: t0) p, g: f({a: 1}), h: 1 instance of t0, i: f instance of "
              "function&lt;t1&gt; -&gt; t1}.i") +
      "</decision>");
}

std::string wide_table() {
  std::string table = "<decisionTable hitPolicy=\"COLLECT\">";
  for (int i = 0; i < 30; ++i) {
    table +=
        "<input><inputExpression><text>" + std::to_string(i) + "</text></inputExpression></input>";
  }
  table += "<output name=\"o\"/>";
  for (int r = 0; r < 2000; ++r) {
    table += "<rule>";
    for (int i = 0; i < 30; ++i) {
      table += "<inputEntry><text>[" + std::to_string(i - r % 7) + ".." +
               std::to_string(i + r + i * 31) + "]</text></inputEntry>";
    }
    table += "<outputEntry><text>" + std::to_string(r) + "</text></outputEntry></rule>";
  }
  return definitions(decision(0, table + "</decisionTable>"));
}

TEST(Hostile, EndsWithinTheBudget) {
  const std::string laughs =
      "<!DOCTYPE definitions [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;\">]>";
  const struct {
    const char* what;
    std::string xml;
    const char* expected;
  } models[] = {
      {"entities", laughs + definitions(decision(0, literal("\"&b;\""))), "dmn.doctype"},
      {"100,000 lists", nested(100'000), "dmn.too_deep"},
      {"90 lists", nested(90), "[[[[[[[["},
      {"1,000 decisions in a row", chain(1'000), "dmn.too_deep"},
      {"diamonds", diamonds(), "1152921504606846976"},
      {"types in types", wide_types(), "null"},
      {"60,000 cells", wide_table(), "["},
      {"no model", std::string(1'000'000, '<'), "dmn.malformed"},
      {"17 MB", std::string(17u << 20, ' '), "dmn.too_large"},
  };
  for (const auto& one : models) {
    const std::clock_t began = std::clock();
    const std::string got = outcome(one.xml);
    const double took = 1e3 * static_cast<double>(std::clock() - began) / CLOCKS_PER_SEC;
    std::printf("  %-28s %8.1f ms: %s\n", one.what, took, got.c_str());
    EXPECT_TRUE(got.starts_with(one.expected)) << one.what << ": " << got;
    EXPECT_LT(took, 30'000) << one.what;
  }
}
}  // namespace
}  // namespace hougu::dmn
