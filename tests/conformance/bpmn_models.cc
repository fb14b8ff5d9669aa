// bin/conformance bpmn-models DIR: imports and exports each model below DIR and compares elements,
// attributes, texts and comments. Also says why a model can't be executed.
#include <algorithm>
#include <cstdio>
#include <map>
#include <pugixml.hpp>

#include "conformance/bpmn_adapter.h"
#include "conformance/suites.h"
#include "process/model/xml.h"

namespace hougu::conformance {
namespace {
namespace fs = std::filesystem;

std::vector<pugi::xml_node> content(const pugi::xml_node& node) {
  std::vector<pugi::xml_node> out;
  for (const pugi::xml_node& one : node.children()) {
    if (one.type() == pugi::node_element || one.type() == pugi::node_pi) out.push_back(one);
  }
  return out;
}

std::map<std::string, std::string> attributes(const pugi::xml_node& node) {
  std::map<std::string, std::string> out;
  for (const pugi::xml_attribute& one : node.attributes()) out.emplace(one.name(), one.value());
  return out;
}

bool same(const pugi::xml_node& a, const pugi::xml_node& b, std::string& where) {
  const auto left = content(a);
  const auto right = content(b);
  const bool equal = a.type() == b.type() && std::string_view(a.name()) == b.name() &&
                     attributes(a) == attributes(b) && process::text_of(a) == process::text_of(b) &&
                     left.size() == right.size();
  if (!equal) {
    where = a.path();
    return false;
  }
  for (std::size_t i = 0; i < left.size(); ++i) {
    if (!same(left[i], right[i], where)) return false;
  }
  return true;
}

bool run_model(const fs::path& path, bool verbose) {
  const std::string xml = read_file(path);
  const auto document = process::Document::read(xml);
  if (!document.ok()) {
    std::printf("  %s: refused, %s\n", path.filename().c_str(), document.error().code.c_str());
    return false;
  }
  pugi::xml_document before;
  pugi::xml_document after;
  const std::string exported = (*document)->write();
  const bool read = before.load_buffer(xml.data(), xml.size(), pugi::parse_full) &&
                    after.load_buffer(exported.data(), exported.size(), pugi::parse_full);
  std::string where;
  const bool kept = read && same(before.document_element(), after.document_element(), where);
  if (!kept) std::printf("  %s: differs at %s\n", path.filename().c_str(), where.c_str());
  const process::Compiled model = process::compile(**document);
  if (verbose) {
    std::printf("  %s: %s\n", path.filename().c_str(),
                model.definitions ? "executable" : "a drawing");
    for (const process::Problem& problem : model.problems) {
      std::printf("    %s at %s\n", problem.code.c_str(), problem.element.c_str());
    }
  }
  return kept;
}
}  // namespace

int run_bpmn_models(int count, char** list) {
  const Arguments arguments = arguments_of(count, list);
  if (!arguments.folder) {
    std::fprintf(stderr, "bpmn-models: give the folder of the models\n");
    return 2;
  }
  std::size_t passed = 0;
  std::size_t total = 0;
  for (const fs::path& path : model_files(arguments.folder)) {
    ++total;
    if (run_model(path, arguments.verbose)) ++passed;
  }
  return report("bpmn-models", arguments, passed, total);
}
}  // namespace hougu::conformance
