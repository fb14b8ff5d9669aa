// What is wrong in a model and where.
#pragma once

#include <map>
#include <string>
#include <vector>

namespace hougu::process {

struct Problem {
  std::string code;     // "bpmn.…": its text is the message key "error.<code>"
  std::string element;  // id; "" when it concerns the whole file
  std::map<std::string, std::string> params{};  // for the text; {element} is added when shown
  bool warning = false;                         // executable all the same
};

using Problems = std::vector<Problem>;
// Whether there is one that forbids running the model.
bool has_errors(const Problems& problems);
}  // namespace hougu::process
