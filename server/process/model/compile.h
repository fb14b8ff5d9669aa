// From a document to what can be run. A document with errors is still a drawing: it can be kept,
// shown and exported, and the problems say why it can't be executed.
#pragma once

#include <set>
#include <string>

#include "process/model/definitions.h"
#include "process/model/document.h"
#include "process/model/problem.h"

namespace hougu::process {

struct CompileOptions {
  // Values of scriptFormat that the host runs as jobs "script:<format>"; FEEL (also as "feel",
  // "text/feel", "application/feel" or none) is run by the engine.
  std::set<std::string> script_formats{};
  // Names of variables that the host gives. Needed for those of several words and those that are
  // also functions of FEEL ("number", "date"); other names are found when they are used.
  std::set<std::string> variables{};
};

struct Compiled {
  DefinitionsPtr definitions{};  // null when there are errors
  Problems problems{};           // errors and warnings
};

// Checks the rules of the standard (see process/checks) and compiles every process and global task.
// Never fails: what is wrong is among the problems. Time is linear in the size of the document
// but for the paths between links and gateways, which limits of the document bound.
Compiled compile(const Document& document, const CompileOptions& options = {});
}  // namespace hougu::process
