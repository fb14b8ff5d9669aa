// Overlaps, gaps and unreachable rules of decision tables, with an example for each.
#pragma once

#include <span>
#include <string>
#include <vector>

#include "dmn/cells.h"

namespace hougu::dmn {

struct TableShape {
  std::string id;
  std::vector<std::string> labels{};
  std::span<const Column> columns{};
  std::size_t rules = 0;
  bool one_answer = false;  // UNIQUE: rules must not overlap
  bool in_order = false;    // FIRST: a rule may lie wholly behind earlier ones
  bool has_default = false;
};

// At most `most` findings; columns that depend on more than constants are taken to accept anything
// they might, so that only certain findings are reported.
std::vector<Finding> check_table(const TableShape& table, std::size_t most = 50);
}  // namespace hougu::dmn
