#include "dmn/check.h"

#include <algorithm>

namespace hougu::dmn {
namespace {
constexpr std::size_t kMaxWork = 20'000'000;  // words of rule sets; about a second at most

class Checker {
 public:
  Checker(const TableShape& table, std::size_t most) : table_(table), most_(most) {}

  std::vector<Finding> run() {
    exact_ = std::all_of(table_.columns.begin(), table_.columns.end(),
                         [](const Column& column) { return column.all_exact(); });
    RuleSet all(table_.rules);
    for (std::size_t r = 0; r < table_.rules; ++r) all.add(r);
    reached_ = RuleSet(table_.rules);
    sweep(0, all);
    // An unfinished sweep proves nothing about what was never reached.
    if (exact_ && work_ < kMaxWork) unreached();
    return std::move(found_);
  }

 private:
  void sweep(std::size_t column, const RuleSet& candidates) {
    if (found_.size() >= most_) return;
    if (candidates.empty()) {
      if (!table_.has_default && seen_gaps_ < most_ / 2) {
        ++seen_gaps_;
        report(Finding::Kind::kGap, {});
      }
      return;
    }
    if (column == table_.columns.size()) {
      decide(candidates);
      return;
    }
    // Neighbouring pieces with the same rules are one.
    const Column& here = table_.columns[column];
    RuleSet before(table_.rules);
    bool first = true;
    for (std::size_t i = 0; i < here.pieces(); ++i) {
      work_ += 16 + candidates.words().size();
      if (work_ >= kMaxWork) return;
      const auto example = here.example(i);
      if (!example) continue;
      RuleSet next = candidates;
      next.keep(here.piece(i));
      if (!first && next == before) continue;
      first = false;
      before = next;
      path_.push_back(*example);
      sweep(column + 1, next);
      path_.pop_back();
    }
  }

  void decide(const RuleSet& candidates) {
    const std::vector<std::size_t> rules = candidates.items();
    reached_.add(rules[0]);
    if (!table_.in_order) reached_.join(candidates);
    if (!table_.one_answer || !exact_ || rules.size() < 2) return;
    for (std::size_t i = 1; i < rules.size(); ++i) {
      const auto pair = std::make_pair(rules[0], rules[i]);
      if (std::find(overlaps_.begin(), overlaps_.end(), pair) != overlaps_.end()) continue;
      overlaps_.push_back(pair);
      report(Finding::Kind::kOverlap, {rules[0] + 1, rules[i] + 1});
    }
  }

  void unreached() {
    for (std::size_t r = 0; r < table_.rules; ++r) {
      if (!reached_.has(r)) report(Finding::Kind::kUnreachable, {r + 1});
    }
  }

  void report(Finding::Kind kind, std::vector<std::size_t> rules) {
    if (found_.size() >= most_) return;
    Finding finding{kind, table_.id, std::move(rules), {}};
    if (kind != Finding::Kind::kUnreachable) {
      for (std::size_t i = 0; i < path_.size(); ++i) {
        finding.example.emplace_back(table_.labels[i], path_[i]);
      }
    }
    found_.push_back(std::move(finding));
  }

  const TableShape& table_;
  std::size_t most_;
  std::size_t work_ = 0;
  std::size_t seen_gaps_ = 0;
  bool exact_ = true;
  RuleSet reached_{};
  std::vector<std::pair<std::size_t, std::size_t>> overlaps_{};
  std::vector<feel::Value> path_{};
  std::vector<Finding> found_{};
};
}  // namespace

std::vector<Finding> check_table(const TableShape& table, std::size_t most) {
  if (table.rules == 0 || table.columns.empty()) return {};
  return Checker(table, most).run();
}
}  // namespace hougu::dmn
