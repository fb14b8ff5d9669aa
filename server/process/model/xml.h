// pugixml knows no namespaces: prefixes are resolved here.
#pragma once

#include <pugixml.hpp>
#include <string>
#include <string_view>

namespace hougu::process {

inline constexpr std::string_view kBpmnNamespace = "http://www.omg.org/spec/BPMN/20100524/MODEL";
// Attributes and extension elements of the product.
inline constexpr std::string_view kHouguNamespace = "urn:hougu:bpmn";

std::string_view local_name(std::string_view qualified);
std::string_view prefix_of(std::string_view qualified);
inline std::string_view local_name(const pugi::xml_node& node) { return local_name(node.name()); }
// The namespace a prefix means at that node; "" when it is bound to none.
std::string_view namespace_of_prefix(const pugi::xml_node& node, std::string_view prefix);
inline std::string_view namespace_of(const pugi::xml_node& node) {
  return namespace_of_prefix(node, prefix_of(node.name()));
}
// An element of BPMN with that local name.
bool is(const pugi::xml_node& node, std::string_view name);
pugi::xml_node child(const pugi::xml_node& node, std::string_view name);
// The next sibling of the same local name.
pugi::xml_node next(const pugi::xml_node& node);
// Text of an element with CDATA, without white space around it.
std::string text_of(const pugi::xml_node& node);
std::string attribute(const pugi::xml_node& node, const char* name);
// A boolean attribute as XML Schema writes it.
bool flag(const pugi::xml_node& node, const char* name, bool otherwise);
// An attribute or the text of an extension element of the product: hougu:NAME.
std::string hougu_attribute(const pugi::xml_node& node, std::string_view name);
}  // namespace hougu::process
