#include "process/model/xml.h"

#include "base/text.h"

namespace hougu::process {

std::string_view local_name(std::string_view qualified) {
  const std::size_t colon = qualified.find(':');
  return colon == std::string_view::npos ? qualified : qualified.substr(colon + 1);
}

std::string_view prefix_of(std::string_view qualified) {
  const std::size_t colon = qualified.find(':');
  return colon == std::string_view::npos ? std::string_view() : qualified.substr(0, colon);
}

std::string_view namespace_of_prefix(const pugi::xml_node& node, std::string_view prefix) {
  if (prefix == "xml") return "http://www.w3.org/XML/1998/namespace";
  const std::string name = prefix.empty() ? "xmlns" : "xmlns:" + std::string(prefix);
  for (pugi::xml_node at = node; at; at = at.parent()) {
    if (const pugi::xml_attribute bound = at.attribute(name.c_str())) return bound.value();
  }
  return {};
}

bool is(const pugi::xml_node& node, std::string_view name) {
  return local_name(node) == name && namespace_of(node) == kBpmnNamespace;
}

pugi::xml_node child(const pugi::xml_node& node, std::string_view name) {
  for (const pugi::xml_node& one : node.children()) {
    if (is(one, name)) return one;
  }
  return {};
}

pugi::xml_node next(const pugi::xml_node& node) {
  const std::string_view name = local_name(node);
  for (pugi::xml_node at = node.next_sibling(); at; at = at.next_sibling()) {
    if (is(at, name)) return at;
  }
  return {};
}

std::string text_of(const pugi::xml_node& node) {
  std::string out;
  for (const pugi::xml_node& part : node.children()) {
    if (part.type() == pugi::node_pcdata || part.type() == pugi::node_cdata) out += part.value();
  }
  return std::string(trimmed(out));
}

std::string attribute(const pugi::xml_node& node, const char* name) {
  return std::string(trimmed(node.attribute(name).value()));
}

bool flag(const pugi::xml_node& node, const char* name, bool otherwise) {
  const std::string text = attribute(node, name);
  if (text == "true" || text == "1") return true;
  if (text == "false" || text == "0") return false;
  return otherwise;
}

std::string hougu_attribute(const pugi::xml_node& node, std::string_view name) {
  for (const pugi::xml_attribute& one : node.attributes()) {
    const std::string_view qualified = one.name();
    if (local_name(qualified) == name && !prefix_of(qualified).empty() &&
        namespace_of_prefix(node, prefix_of(qualified)) == kHouguNamespace) {
      return std::string(trimmed(one.value()));
    }
  }
  for (const pugi::xml_node& one : child(node, "extensionElements").children()) {
    if (local_name(one) == name && namespace_of(one) == kHouguNamespace) return text_of(one);
  }
  return {};
}
}  // namespace hougu::process
