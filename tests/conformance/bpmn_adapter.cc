#include "conformance/bpmn_adapter.h"

#include <algorithm>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <pugixml.hpp>
#include <sstream>

#include "base/json.h"
#include "base/text.h"
#include "process/model/xml.h"

namespace hougu::conformance {
namespace {
namespace fs = std::filesystem;

constexpr std::string_view kExpressions[] = {"conditionExpression", "condition",
                                             "loopCondition",       "loopCardinality",
                                             "completionCondition", "activationCondition"};
constexpr std::string_view kTokens[] = {
    "CREATE_LOG_FILE",  "SCRIPT_task1",           "SCRIPT_task2",
    "SCRIPT_task3",     "SCRIPT_task4",           "SCRIPT_task5",
    "LOG_DATA",         "SET_STRING_DATA",        "INCREMENT_INTEGER_VARIABLE",
    "THROW_ERROR",      "CREATE_MARKER_FILE",     "INCREMENT_INTEGER_VARIABLE_AND_LOG",
    "WAIT_TEN_SECONDS", "CREATE_TIMESTAMP_LOG_1", "CREATE_TIMESTAMP_LOG_2"};

template <typename List>
bool in(const List& list, std::string_view name) {
  return std::find(std::begin(list), std::end(list), name) != std::end(list);
}

void replace_all(std::string& text, std::string_view from, std::string_view to) {
  for (std::size_t at = text.find(from); at != std::string::npos;
       at = text.find(from, at + to.size())) {
    text.replace(at, from.size(), to);
  }
}

bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}

// x.contains(y) -> contains(x, y)
void rewrite_contains(std::string& text) {
  constexpr std::string_view kCall = ".contains(";
  for (std::size_t at = text.find(kCall); at != std::string::npos; at = text.find(kCall, at + 1)) {
    std::size_t begin = at;
    while (begin > 0 && is_name(text[begin - 1])) --begin;
    const std::string object = text.substr(begin, at - begin);
    const std::string call = "contains(" + object + ", ";
    text.replace(begin, at + kCall.size() - begin, call);
    at = begin + call.size();
  }
}

// !call(…) -> not(call(…))
void rewrite_not(std::string& text) {
  for (std::size_t at = text.find('!'); at != std::string::npos; at = text.find('!', at + 1)) {
    if (at + 1 < text.size() && text[at + 1] == '=') continue;
    std::size_t end = at + 1;
    int depth = 0;
    while (end < text.size() && (depth > 0 || is_name(text[end]) || text[end] == '(')) {
      if (text[end] == '(') ++depth;
      if (text[end] == ')') --depth;
      ++end;
    }
    text.insert(end, ")");
    text.replace(at, 1, "not(");
  }
}

void set_text(pugi::xml_node node, const std::string& text) {
  while (node.first_child()) node.remove_child(node.first_child());
  node.append_child(pugi::node_pcdata).set_value(text.c_str());
}

void rewrite(pugi::xml_node node) {
  for (pugi::xml_node one : node.children()) {
    const std::string_view name = process::local_name(one);
    if (in(kExpressions, name) && !process::text_of(one).empty()) {
      set_text(one, feel_condition(process::text_of(one)));
    } else if (name == "script" && in(kTokens, process::text_of(one))) {
      if (!node.attribute("scriptFormat")) node.append_attribute("scriptFormat");
      node.attribute("scriptFormat").set_value(kTokenFormat);
    } else {
      rewrite(one);
    }
  }
}
}  // namespace

std::string read_file(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream out;
  out << file.rdbuf();
  return out.str();
}

std::vector<fs::path> model_files(const fs::path& folder) {
  std::vector<fs::path> out;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_regular_file() && entry.path().extension() == ".bpmn") out.push_back(entry.path());
  }
  std::sort(out.begin(), out.end());
  return out;
}

std::string feel_condition(std::string text) {
  if (text.size() > 3 && text.substr(0, 2) == "${" && text.back() == '}') {
    text = text.substr(2, text.size() - 3);
  }
  if (text.size() > 2 && text.substr(text.size() - 2) == ")>") text.pop_back();  // a known slip
  rewrite_contains(text);
  rewrite_not(text);
  replace_all(text, "==", "=");
  replace_all(text, "&&", " and ");
  replace_all(text, "||", " or ");
  return text;
}

std::string adapted(const std::string& xml) {
  const auto document = process::Document::read(xml);
  if (!document.ok()) return xml;
  pugi::xml_document copy;
  copy.reset((*document)->xml());
  rewrite(copy.document_element());
  std::ostringstream out;
  copy.save(out, "", pugi::format_raw | pugi::format_no_declaration, pugi::encoding_utf8);
  return out.str();
}

process::Compiled deploy(const std::string& xml) {
  const auto document = process::Document::read(xml);
  if (!document.ok()) {
    process::Compiled out;
    out.problems.push_back({document.error().code, "", document.error().params});
    return out;
  }
  process::CompileOptions options;
  options.script_formats.insert(kTokenFormat);
  return process::compile(**document, options);
}

Arguments arguments_of(int count, char** arguments) {
  Arguments out;
  for (int i = 0; i < count; ++i) {
    if (std::strcmp(arguments[i], "--json") == 0 && i + 1 < count) {
      out.json = arguments[++i];
    } else if (std::strcmp(arguments[i], "--failures") == 0) {
      out.verbose = true;
    } else {
      out.folder = arguments[i];
    }
  }
  if (out.folder && !fs::is_directory(out.folder)) out.folder = nullptr;
  return out;
}

int report(const char* suite, const Arguments& arguments, std::size_t passed, std::size_t total) {
  std::printf("%s: %zu of %zu passed\n", suite, passed, total);
  if (!arguments.json) return 0;
  json::object out;
  out["suite"] = suite;
  out["passed"] = passed;
  out["total"] = total;
  out["passed_non_null"] = passed;  // as the floor of the other suites is written
  std::ofstream file(arguments.json);
  file << json::serialize(out) << "\n";
  return file.good() ? 0 : 2;
}
}  // namespace hougu::conformance
