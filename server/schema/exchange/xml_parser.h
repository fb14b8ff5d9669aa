// Expat with what spreadsheet parts need: local names, no document types (so no entities and no
// outside files), errors as Results.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace hougu::exchange {

// Attributes of one element, valid during the callback. Names without their namespace prefix.
class XmlAttributes {
 public:
  explicit XmlAttributes(const char** pairs) : pairs_(pairs) {}
  std::optional<std::string_view> find(std::string_view name) const;

 private:
  const char** pairs_;
};

struct XmlHandler {
  virtual ~XmlHandler() = default;
  virtual void start(std::string_view name, const XmlAttributes& attributes) = 0;
  virtual void end(std::string_view name) = 0;
  virtual void text(std::string_view text) = 0;
  // Set by a handler that has found something wrong (or enough): stops the parser.
  std::optional<Error> error;
};

class XmlParser {
 public:
  // `part` names the document in errors: "import.damaged" {what: part}. The handler outlives it.
  XmlParser(XmlHandler& handler, std::string part);
  ~XmlParser();
  XmlParser(const XmlParser&) = delete;
  XmlParser& operator=(const XmlParser&) = delete;
  Result<void> feed(std::string_view piece, bool last);

 private:
  struct State;
  std::unique_ptr<State> state_;
};
}  // namespace hougu::exchange
