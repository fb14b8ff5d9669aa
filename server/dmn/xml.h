// pugixml knows no namespaces: elements are matched by their local names.
#pragma once

#include <pugixml.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace hougu::dmn {
std::string_view local_name(const pugi::xml_node& node);
pugi::xml_node child(const pugi::xml_node& node, std::string_view name);
std::vector<pugi::xml_node> children(const pugi::xml_node& node, std::string_view name);
// The element children that are expressions of the standard ("literalExpression", …), the first.
pugi::xml_node expression_child(const pugi::xml_node& node);
// The text of the <text> child, CDATA included.
std::string text_of(const pugi::xml_node& node);
}  // namespace hougu::dmn
