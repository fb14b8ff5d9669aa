#include "dmn/cells.h"

#include <algorithm>

#include "feel/program.h"

namespace hougu::dmn {
namespace {
using feel::Kind;
using feel::Node;
using feel::Op;
using feel::Program;
using feel::Range;
using feel::Value;

const Value* constant(const Program& program, std::uint32_t ref) {
  const Node& node = program.nodes[ref];
  if (node.op != Op::kConstant) return nullptr;
  const Value& value = program.constants[node.a];
  const bool plain = value.kind() >= Kind::kBoolean && value.kind() <= Kind::kString;
  return plain ? &value : nullptr;
}

Range point(const Value& value) { return {value, value, true, true}; }

bool add_comparison(const Program& program, const Node& test, std::vector<Range>& out) {
  const Value* value = constant(program, test.a);
  if (value == nullptr || value->is(Kind::kBoolean)) return false;
  switch (static_cast<Op>(test.flag)) {
    case Op::kEqual:
      out.push_back(point(*value));
      return true;
    case Op::kLess:
      out.push_back({{}, *value, false, false, true, false});
      return true;
    case Op::kLessEqual:
      out.push_back({{}, *value, false, true, true, false});
      return true;
    case Op::kGreater:
      out.push_back({*value, {}, false, false, false, true});
      return true;
    case Op::kGreaterEqual:
      out.push_back({*value, {}, true, false, false, true});
      return true;
    default:
      return false;
  }
}

bool add_test(const Program& program, const Node& test, std::vector<Range>& out) {
  if (test.op == Op::kCompare) return add_comparison(program, test, out);
  if (test.flag != 0) return false;
  if (const Value* value = constant(program, test.a)) {
    out.push_back(point(*value));
    return true;
  }
  const Node& range = program.nodes[test.a];
  if (range.op != Op::kRange || (range.flag & (feel::kStartOpenEnded | feel::kEndOpenEnded)) != 0) {
    return false;
  }
  const Value* start = constant(program, range.a);
  const Value* end = constant(program, range.b);
  if (start == nullptr || end == nullptr || start->kind() != end->kind()) return false;
  out.push_back({*start, *end, (range.flag & feel::kStartIncluded) != 0,
                 (range.flag & feel::kEndIncluded) != 0});
  return true;
}

const Value& some_end(const Range& range) {
  return range.start_open_ended ? range.end : range.start;
}
}  // namespace

std::optional<std::vector<Range>> cell_ranges(const feel::Expression& cell) {
  const Program& program = cell.program();
  const Node& root = program.nodes[program.root];
  if (root.op != Op::kTests || root.flag != 0 || root.c == 0) return std::nullopt;
  std::vector<Range> out;
  for (std::uint32_t i = 0; i < root.c; ++i) {
    if (!add_test(program, program.nodes[program.lists[root.b + i]], out)) return std::nullopt;
  }
  return out;
}

std::optional<feel::Diagnostic> misfit(const feel::Expression& cell, feel::TypeKind type) {
  const Program& program = cell.program();
  const Node& root = program.nodes[program.root];
  if (root.op != Op::kTests) return std::nullopt;
  for (std::uint32_t i = 0; i < root.c; ++i) {
    const Node& test = program.nodes[program.lists[root.b + i]];
    std::vector<Range> ranges;
    if (!add_test(program, test, ranges)) continue;
    const Kind kind = some_end(ranges[0]).kind();
    // A truth value says by itself whether the rule applies.
    if (kind == Kind::kBoolean || type_kind(kind) == type) continue;
    return feel::Diagnostic{"dmn.cell_type", program.nodes[test.a].position,
                            std::string(kind_name(kind))};
  }
  return std::nullopt;
}

std::optional<int> cell_order(const Value& a, const Value& b) {
  if (a.is(Kind::kBoolean) && b.is(Kind::kBoolean)) {
    return static_cast<int>(a.is_true()) - static_cast<int>(b.is_true());
  }
  return compare(a, b);
}

bool RuleSet::empty() const {
  return std::all_of(words_.begin(), words_.end(), [](std::uint64_t word) { return word == 0; });
}
void RuleSet::keep(const RuleSet& other) {
  for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= other.words_[i];
}
void RuleSet::join(const RuleSet& other) {
  for (std::size_t i = 0; i < words_.size(); ++i) words_[i] |= other.words_[i];
}
std::vector<std::size_t> RuleSet::items() const {
  std::vector<std::size_t> out;
  for (std::size_t i = 0; i < words_.size(); ++i) {
    for (std::uint64_t word = words_[i]; word != 0; word &= word - 1) {
      out.push_back(i * 64 + static_cast<std::size_t>(__builtin_ctzll(word)));
    }
  }
  return out;
}

namespace {
bool ordered(const Value& a, const Value& b) { return cell_order(a, b).value_or(0) < 0; }

// The ranges of each rule's cell; nullopt where it must be tested.
std::vector<std::optional<std::vector<Range>>> indexable(
    const std::vector<feel::ExpressionPtr>& cells) {
  std::vector<std::optional<std::vector<Range>>> out(cells.size());
  Kind kind = Kind::kNull;
  for (std::size_t r = 0; r < cells.size(); ++r) {
    if (!cells[r]) continue;
    out[r] = cell_ranges(*cells[r]);
    if (!out[r]) continue;
    if (kind == Kind::kNull) kind = some_end((*out[r])[0]).kind();
    // Of another kind, or moments that cannot be ordered among each other.
    const bool fits =
        kind != Kind::kTime && kind != Kind::kDateTime &&
        std::all_of(out[r]->begin(), out[r]->end(), [&](const Range& range) {
          return some_end(range).kind() == kind && cell_order(some_end(range), some_end(range));
        });
    if (!fits) out[r].reset();
  }
  return out;
}

std::vector<Value> ends_of(const std::vector<std::optional<std::vector<Range>>>& rules) {
  std::vector<Value> out;
  for (const auto& ranges : rules) {
    if (!ranges) continue;
    for (const Range& range : *ranges) {
      if (!range.start_open_ended) out.push_back(range.start);
      if (!range.end_open_ended) out.push_back(range.end);
    }
  }
  std::sort(out.begin(), out.end(), ordered);
  const auto same = [](const Value& a, const Value& b) {
    return cell_order(a, b).value_or(1) == 0;
  };
  out.erase(std::unique(out.begin(), out.end(), same), out.end());
  return out;
}
}  // namespace

void Column::fill(const std::vector<std::optional<std::vector<Range>>>& rules,
                  const RuleSet& always) {
  // From piece to piece, rules come in and go.
  std::vector<std::vector<std::size_t>> coming(pieces_.size());
  std::vector<std::vector<std::size_t>> going(pieces_.size() + 1);
  const auto index = [&](const Value& value) {
    return static_cast<std::size_t>(
        std::lower_bound(bounds_.begin(), bounds_.end(), value, ordered) - bounds_.begin());
  };
  for (std::size_t r = 0; r < rules.size(); ++r) {
    if (!rules[r]) continue;
    for (const Range& range : *rules[r]) {
      const std::size_t from =
          range.start_open_ended ? 0 : 2 * index(range.start) + (range.start_included ? 1 : 2);
      const std::size_t to = range.end_open_ended
                                 ? pieces_.size()
                                 : 2 * index(range.end) + (range.end_included ? 2 : 1);
      if (from >= to) continue;
      coming[from].push_back(r);
      going[to].push_back(r);
    }
  }
  RuleSet here = always;
  std::vector<std::uint32_t> times(rules.size(), 0);  // ranges of one cell may overlap
  for (std::size_t i = 0; i < pieces_.size(); ++i) {
    for (const std::size_t r : going[i]) {
      if (--times[r] == 0) here.remove(r);
    }
    for (const std::size_t r : coming[i]) {
      if (times[r]++ == 0) here.add(r);
    }
    pieces_[i] = here;
  }
}

Column Column::make(const std::vector<feel::ExpressionPtr>& cells,
                    const std::vector<bool>& broken) {
  constexpr std::size_t kMaxWords = 1u << 20;  // of all pieces: 8 MB
  Column out;
  const std::size_t count = cells.size();
  out.outside_ = RuleSet(count);
  out.exact_ = RuleSet(count);
  auto rules = indexable(cells);
  out.bounds_ = ends_of(rules);
  if ((2 * out.bounds_.size() + 1) * out.outside_.words().size() > kMaxWords) {
    out.bounds_.clear();
    for (auto& rule : rules) rule.reset();
  }
  for (std::size_t r = 0; r < count; ++r) {
    const bool tested = cells[r] && !rules[r];
    if (!tested || broken[r]) out.exact_.add(r);
    if (tested) out.all_exact_ = false;
    if (!rules[r] && !broken[r]) out.outside_.add(r);
  }
  out.pieces_.resize(2 * out.bounds_.size() + 1);
  out.fill(rules, out.outside_);
  return out;
}

const RuleSet& Column::accepting(const Value& value) const {
  if (bounds_.empty() || value.kind() != bounds_[0].kind()) return outside_;
  std::size_t low = 0;
  std::size_t high = bounds_.size();
  while (low < high) {
    const std::size_t middle = (low + high) / 2;
    const int order = cell_order(bounds_[middle], value).value_or(0);
    if (order == 0) return pieces_[2 * middle + 1];
    if (order < 0) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return pieces_[2 * low];
}

std::optional<Value> Column::example(std::size_t piece) const {
  if (bounds_.empty()) return Value();  // anything
  if (piece % 2 == 1) return bounds_[piece / 2];
  const std::size_t at = piece / 2;
  const Kind kind = bounds_[0].kind();
  const auto shifted = [&](const Value& value, int by) -> std::optional<Value> {
    switch (kind) {
      case Kind::kNumber:
        return Value::number(feel::add(value.number(), feel::Number(by)));
      case Kind::kDate:
        return Value::date(value.days() + by);
      case Kind::kDayTime:
        return Value::day_time(value.nanos() + feel::i128{by} * feel::kNanos);
      case Kind::kYearMonth:
        return Value::year_month(value.months() + by);
      default:
        return std::nullopt;
    }
  };
  if (kind == Kind::kString) {
    // One stretch stands for all other texts.
    if (at != bounds_.size()) return std::nullopt;
    return Value::string(bounds_.back().string() + "~");
  }
  if (at == 0) return shifted(bounds_[0], -1);
  if (at == bounds_.size()) return shifted(bounds_.back(), 1);
  if (kind == Kind::kNumber) {
    const auto sum = feel::add(bounds_[at - 1].number(), bounds_[at].number());
    return Value::number(sum ? feel::divide(*sum, feel::Number(2)) : sum);
  }
  const auto next = shifted(bounds_[at - 1], 1);
  if (!next || cell_order(*next, bounds_[at]).value_or(0) >= 0) return std::nullopt;
  return next;
}
}  // namespace hougu::dmn
