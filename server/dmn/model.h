// A DMN 1.3–1.5 model as read from XML. The document is kept whole: what is exported is what was
// imported (ids, extension elements, diagrams, comments and all).
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace pugi {
class xml_document;
}

namespace hougu::dmn {

struct ModelLimits {
  std::size_t max_bytes = 16u << 20;
};

class Model {
 public:
  // Errors: dmn.malformed {position, detail}, dmn.too_large, dmn.doctype (a document type could
  // name external entities), dmn.not_dmn, dmn.version {namespace}.
  static Result<std::shared_ptr<const Model>> read(std::string_view xml,
                                                   const ModelLimits& limits = {});
  std::string write() const;

  const std::string& name() const { return name_; }
  const std::string& model_namespace() const { return namespace_; }
  const pugi::xml_document& document() const { return *document_; }
  ~Model();

 private:
  Model();
  std::unique_ptr<pugi::xml_document> document_;
  std::string name_{};
  std::string namespace_{};
};
using ModelPtr = std::shared_ptr<const Model>;
}  // namespace hougu::dmn
