#include "process/process_test_support.h"

#include <gtest/gtest.h>

#include <sstream>

#include "base/text.h"

namespace hougu::process {
namespace {
std::string escaped(std::string_view text) {
  std::string out;
  for (const char one : text) {
    if (one == '<')
      out += "&lt;";
    else if (one == '>')
      out += "&gt;";
    else
      out += one;
  }
  return out;
}
}  // namespace

std::string definitions(const std::string& inside) {
  return "<definitions xmlns=\"http://www.omg.org/spec/BPMN/20100524/MODEL\""
         " xmlns:h=\"urn:hougu:bpmn\" id=\"model\" targetNamespace=\"t\">"
         "<message id=\"m1\" name=\"m1\"/><message id=\"m2\" name=\"m2\"/>"
         "<signal id=\"s1\" name=\"s1\"/><signal id=\"s2\" name=\"s2\"/>"
         "<error id=\"e1\" errorCode=\"E1\"/><error id=\"e2\" errorCode=\"E2\"/>"
         "<escalation id=\"x1\" escalationCode=\"X1\"/>"
         "<escalation id=\"x2\" escalationCode=\"X2\"/>" +
         inside + "</definitions>";
}

std::string flows_xml(const std::string& flows, int first) {
  std::string out;
  std::istringstream list(flows);
  std::string one;
  for (int i = first; std::getline(list, one, ';'); ++i) {
    if (trimmed(one).empty()) continue;
    const std::size_t colon = one.find(" : ");
    const std::string ends = one.substr(0, colon);
    const std::size_t arrow = ends.find('>');
    out += "<sequenceFlow id=\"f" + std::to_string(i) + "\" sourceRef=\"" +
           std::string(trimmed(std::string_view(ends).substr(0, arrow))) + "\" targetRef=\"" +
           std::string(trimmed(std::string_view(ends).substr(arrow + 1))) + "\">";
    if (colon != std::string::npos) {
      out += "<conditionExpression>" + escaped(one.substr(colon + 3)) + "</conditionExpression>";
    }
    out += "</sequenceFlow>";
  }
  return out;
}

std::string process_xml(const std::string& inside, const std::string& flows) {
  return definitions("<process id=\"p\" isExecutable=\"true\">" + inside + flows_xml(flows, 1) +
                     "</process>");
}

Compiled compiled(const std::string& xml) {
  const auto document = Document::read(xml);
  if (document.ok()) return compile(**document);
  Compiled out;
  out.problems.push_back({document.error().code, "", document.error().params});
  return out;
}

std::vector<std::string> complaints(const std::string& xml) {
  std::vector<std::string> out;
  for (const Problem& problem : compiled(xml).problems) {
    if (!problem.warning) out.push_back(problem.code + "@" + problem.element);
  }
  return out;
}

JobResult Worker::run(const Job& job) {
  done.push_back(job.element->id);
  const auto found = results.find(job.element->id);
  return found == results.end() ? JobResult{} : found->second;
}

Trial::Trial(const std::string& xml, Variables variables) : model(compiled(xml)) {
  for (const Problem& problem : model.problems) {
    if (!problem.warning) ADD_FAILURE() << problem.code << " at " << problem.element;
  }
  if (!model.definitions) return;
  simulation = std::make_unique<Simulation>(model.definitions, worker, kMorning);
  const auto started = simulation->start("p", std::move(variables));
  EXPECT_TRUE(started.ok());
}

std::string Trial::trace() const {
  std::string out;
  for (const std::string& one : worker.done) out += (out.empty() ? "" : " ") + one;
  return out;
}

std::string Trial::incidents() const {
  std::string out;
  for (const Simulation::Instance& instance : simulation->instances()) {
    for (const auto& [key, one] : instance.state.incidents) {
      out += (out.empty() ? "" : " ") + one.code;
    }
  }
  return out;
}

Key Trial::node(const std::string& element) const {
  const Process& process = *simulation->instances()[0].process;
  for (const auto& [key, one] : state().nodes) {
    if (process.elements[one.element].id == element) return key;
  }
  return 0;
}

Variables vars(std::initializer_list<std::pair<const char*, std::int64_t>> values) {
  Variables out;
  for (const auto& [name, value] : values) out.emplace(name, feel::Value::integer(value));
  return out;
}
}  // namespace hougu::process
