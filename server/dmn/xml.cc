#include "dmn/xml.h"

#include <algorithm>

namespace hougu::dmn {

std::string_view local_name(const pugi::xml_node& node) {
  const std::string_view name = node.name();
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

pugi::xml_node child(const pugi::xml_node& node, std::string_view name) {
  for (const pugi::xml_node& one : node.children()) {
    if (local_name(one) == name) return one;
  }
  return {};
}

std::vector<pugi::xml_node> children(const pugi::xml_node& node, std::string_view name) {
  std::vector<pugi::xml_node> out;
  for (const pugi::xml_node& one : node.children()) {
    if (local_name(one) == name) out.push_back(one);
  }
  return out;
}

pugi::xml_node expression_child(const pugi::xml_node& node) {
  static constexpr std::string_view kNames[] = {
      "literalExpression",  "decisionTable", "context", "list", "relation", "invocation",
      "functionDefinition", "conditional",   "filter",  "for",  "some",     "every"};
  for (const pugi::xml_node& one : node.children()) {
    if (std::find(std::begin(kNames), std::end(kNames), local_name(one)) != std::end(kNames)) {
      return one;
    }
  }
  return {};
}

std::string text_of(const pugi::xml_node& node) {
  std::string out;
  for (const pugi::xml_node& part : child(node, "text").children()) out += part.value();
  return out;
}
}  // namespace hougu::dmn
