// The names an expression may use: variables by slot, and named types. Built once per place of use
// (an entity, a decision), shared by all expressions compiled for it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "feel/type.h"

namespace hougu::feel {

// Names of several words found in source text, the longest first.
class NameIndex {
 public:
  void add(std::string_view name, std::uint32_t id);
  struct Match {
    std::uint32_t id = 0;
    std::size_t end = 0;  // 0: none
  };
  // A later addition wins over an earlier one of the same name.
  Match longest(std::string_view source, std::size_t at) const;

 private:
  struct Entry {
    std::vector<std::string> parts;
    std::uint32_t id;
  };
  std::unordered_map<std::string, std::vector<Entry>> by_first_{};
};

class Environment {
 public:
  struct Variable {
    std::string name;
    TypePtr type;  // null: any
  };

  // Gives the slot: the place of the value among the inputs of Expression::evaluate. A name added
  // again hides the earlier one.
  std::uint32_t add(std::string_view name, TypePtr type = nullptr);
  // A type for "instance of" and parameters; dots in the name are part of it.
  void add_type(std::string_view name, TypePtr type);

  const std::vector<Variable>& variables() const { return variables_; }
  const NameIndex& names() const { return names_; }
  const NameIndex& type_names() const { return type_names_; }
  const TypePtr& type(std::uint32_t id) const { return types_[id]; }

 private:
  std::vector<Variable> variables_{};
  NameIndex names_{};
  NameIndex type_names_{};
  std::vector<TypePtr> types_{};
};
}  // namespace hougu::feel
