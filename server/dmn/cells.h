// What the cells of a decision table say, as far as it can be known without evaluating: the base of
// the rule index and of the checks for overlaps and gaps.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "feel/expression.h"
#include "feel/value.h"

namespace hougu::dmn {

// The intervals a cell accepts; nullopt when it depends on more than its constants.
std::optional<std::vector<feel::Range>> cell_ranges(const feel::Expression& cell);

// The place of a constant in a cell that no value of the type can meet, with its kind as detail;
// nullopt when there is none.
std::optional<feel::Diagnostic> misfit(const feel::Expression& cell, feel::TypeKind type);

// A total order within one kind, booleans included; nullopt across kinds.
std::optional<int> cell_order(const feel::Value& a, const feel::Value& b);

// A set of rules.
class RuleSet {
 public:
  explicit RuleSet(std::size_t size = 0) : words_((size + 63) / 64) {}
  void add(std::size_t rule) { words_[rule / 64] |= std::uint64_t{1} << (rule % 64); }
  void remove(std::size_t rule) { words_[rule / 64] &= ~(std::uint64_t{1} << (rule % 64)); }
  bool has(std::size_t rule) const { return (words_[rule / 64] >> (rule % 64) & 1) != 0; }
  bool empty() const;
  void keep(const RuleSet& other);
  void join(const RuleSet& other);
  std::vector<std::size_t> items() const;
  const std::vector<std::uint64_t>& words() const { return words_; }
  bool operator==(const RuleSet& other) const = default;

 private:
  std::vector<std::uint64_t> words_;
};

// One input column: its line cut into points and the stretches between them; for each piece the
// rules that accept it. Piece 2i+1 is the point bounds[i], piece 2i the stretch before it.
class Column {
 public:
  // cells[r]: nullptr accepts anything. `broken` rules accept nothing.
  static Column make(const std::vector<feel::ExpressionPtr>& cells,
                     const std::vector<bool>& broken);

  // The rules that may accept the value: for those with exact(rule) it is certain.
  const RuleSet& accepting(const feel::Value& value) const;
  bool exact(std::size_t rule) const { return exact_.has(rule); }
  bool all_exact() const { return all_exact_; }
  std::size_t pieces() const { return pieces_.size(); }
  const RuleSet& piece(std::size_t i) const { return pieces_[i]; }
  // A value of the piece; nullopt when there is none (between false and true, say).
  std::optional<feel::Value> example(std::size_t piece) const;

 private:
  void fill(const std::vector<std::optional<std::vector<feel::Range>>>& rules,
            const RuleSet& always);

  std::vector<feel::Value> bounds_{};
  std::vector<RuleSet> pieces_{};
  RuleSet outside_{};  // for null and other kinds
  RuleSet exact_{};
  bool all_exact_ = true;
};

struct Finding {
  enum class Kind { kOverlap, kGap, kUnreachable } kind = Kind::kGap;
  std::string table;
  std::vector<std::size_t> rules{};                            // from 1
  std::vector<std::pair<std::string, feel::Value>> example{};  // input label, value
};
}  // namespace hougu::dmn
