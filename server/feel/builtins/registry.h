// All built-in functions: the one list from which they are registered and the reference is made.
#pragma once

#include <string_view>
#include <vector>

#include "feel/builtins/builtin.h"
#include "feel/environment.h"

namespace hougu::feel {
class BuiltinRegistry {
 public:
  BuiltinRegistry();
  const std::vector<Builtin>& all() const { return all_; }
  const NameIndex& names() const { return names_; }
  const Builtin* find(std::string_view name) const;

 private:
  std::vector<Builtin> all_;
  NameIndex names_;
};

const BuiltinRegistry& builtins();
}  // namespace hougu::feel
