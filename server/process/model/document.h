// A BPMN 2.0 file as it was read, kept whole: what is exported is what was imported (ids,
// attributes, extension elements, documentation, diagrams, comments, namespaces).
// Immutable after reading; may be read by several threads.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace pugi {
class xml_document;
class xml_node;
}  // namespace pugi

namespace hougu::process {

struct DocumentLimits {
  std::size_t max_bytes = 16u << 20;
  std::size_t max_elements = 100'000;
  std::size_t max_depth = 200;
};

class Document {
 public:
  // UTF-8, UTF-16 with a mark, ISO 8859-1 and Windows-1252. Nothing is fetched and no entity is
  // expanded. Errors: bpmn.too_large {bytes}, bpmn.too_many_elements {count}, bpmn.too_deep
  // {depth}, bpmn.malformed {position, detail}, bpmn.doctype, bpmn.encoding {name},
  // bpmn.not_bpmn (no definitions of BPMN 2.0).
  static Result<std::shared_ptr<const Document>> read(std::string_view xml,
                                                      const DocumentLimits& limits = {});
  // UTF-8, whatever the file was written in.
  std::string write() const;

  // The element "definitions".
  pugi::xml_node root() const;
  const pugi::xml_document& xml() const { return *xml_; }
  ~Document();

 private:
  Document();
  std::unique_ptr<pugi::xml_document> xml_;
};
using DocumentPtr = std::shared_ptr<const Document>;
}  // namespace hougu::process
