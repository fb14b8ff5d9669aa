// Item definitions as FEEL types.
#pragma once

#include <map>
#include <string>
#include <vector>

#include <pugixml.hpp>

#include "dmn/boxed.h"

namespace hougu::dmn {

class ItemTypes final : public TypeTable {
 public:
  // Definitions of a model; `prefix` is the import's name with a point, or empty.
  void add(const pugi::xml_node& definitions, const std::string& prefix);
  // Once all are added.
  void resolve(std::vector<Problem>& problems);
  feel::TypePtr type(std::string_view reference) const override;
  // Makes the types known to expressions.
  void publish(feel::Environment& environment) const;

 private:
  feel::TypePtr build(const pugi::xml_node& node, const std::string& prefix,
                      std::vector<Problem>& problems, int depth);
  feel::TypePtr named(const std::string& name, const std::string& prefix,
                      std::vector<Problem>& problems, int depth);

  struct Source {
    pugi::xml_node node;
    std::string prefix;
  };
  std::map<std::string, Source, std::less<>> sources_{};
  std::map<std::string, feel::TypePtr, std::less<>> types_{};
  std::vector<std::string> open_{};  // being built: a definition inside itself is Any
};
}  // namespace hougu::dmn
