#include "dmn/model.h"

#include <pugixml.hpp>
#include <sstream>

#include "base/text.h"
#include "dmn/xml.h"

namespace hougu::dmn {
namespace {
// The namespaces of DMN 1.1 to 1.5: older ones differ in nothing that is read here.
constexpr std::string_view kNamespaces[] = {
    "https://www.omg.org/spec/DMN/20230324/MODEL/", "https://www.omg.org/spec/DMN/20211108/MODEL/",
    "https://www.omg.org/spec/DMN/20191111/MODEL/", "http://www.omg.org/spec/DMN/20180521/MODEL/",
    "http://www.omg.org/spec/DMN/20151101/dmn.xsd",
};

// Everything is kept for the export, white space too.
constexpr unsigned kParse = pugi::parse_full | pugi::parse_ws_pcdata;

std::string namespace_of(const pugi::xml_node& root) {
  const std::string_view name = root.name();
  const std::size_t colon = name.find(':');
  const std::string attribute =
      colon == std::string_view::npos ? "xmlns" : "xmlns:" + std::string(name.substr(0, colon));
  return root.attribute(attribute.c_str()).value();
}
}  // namespace

Model::Model() : document_(std::make_unique<pugi::xml_document>()) {}
Model::~Model() = default;

Result<std::shared_ptr<const Model>> Model::read(std::string_view xml, const ModelLimits& limits) {
  if (xml.size() > limits.max_bytes) {
    return invalid("dmn.too_large", {}, {{"bytes", std::to_string(limits.max_bytes)}});
  }
  if (!valid_utf8(xml))
    return invalid("dmn.malformed", {}, {{"position", "0"}, {"detail", "UTF-8"}});
  std::shared_ptr<Model> out(new Model());
  const pugi::xml_parse_result parsed =
      out->document_->load_buffer(xml.data(), xml.size(), kParse, pugi::encoding_utf8);
  if (!parsed) {
    return invalid("dmn.malformed", {},
                   {{"position", std::to_string(parsed.offset)}, {"detail", parsed.description()}});
  }
  for (const pugi::xml_node& node : out->document_->children()) {
    if (node.type() == pugi::node_doctype) return invalid("dmn.doctype");
  }
  const pugi::xml_node root = out->document_->document_element();
  if (local_name(root) != "definitions") return invalid("dmn.not_dmn");
  const std::string space = namespace_of(root);
  bool known = false;
  for (const std::string_view candidate : kNamespaces) known = known || candidate == space;
  if (!known) return invalid("dmn.version", {}, {{"namespace", space.substr(0, 200)}});
  out->name_ = root.attribute("name").value();
  out->namespace_ = root.attribute("namespace").value();
  return std::shared_ptr<const Model>(std::move(out));
}

std::string Model::write() const {
  std::ostringstream out;
  document_->save(out, "", pugi::format_raw | pugi::format_no_declaration, pugi::encoding_utf8);
  return out.str();
}
}  // namespace hougu::dmn
