// The index of a column against the cells themselves.
#include "dmn/cells.h"

#include <gtest/gtest.h>

#include <random>

namespace hougu::dmn {
namespace {
using feel::Value;

class Maker {
 public:
  explicit Maker(unsigned seed) : random_(seed) {}

  std::size_t pick(std::size_t n) { return static_cast<std::size_t>(random_() % n); }
  std::string number() { return std::to_string(static_cast<int>(pick(12)) - 3); }
  std::string text() { return std::string("\"") + static_cast<char>('a' + pick(6)) + "\""; }
  std::string one(bool texts) { return texts ? text() : number(); }
  std::string cell(bool texts) {
    static constexpr const char* kSigns[] = {"< ", "<= ", "> ", ">= ", ""};
    switch (pick(7)) {
      case 0:
        return one(texts) + ", " + one(texts);
      case 1:
        return "[" + one(texts) + ".." + one(texts) + "]";
      case 2:
        return "(" + one(texts) + ".." + one(texts) + "), " + one(texts);
      case 3:
        return "not(" + one(texts) + ")";
      case 4:
        return "[" + one(texts) + ".." + one(texts) + "), > " + one(texts);
      case 5:
        return pick(4) == 0 ? "null" : one(!texts);  // of another kind
      default:
        return kSigns[pick(5)] + one(texts);
    }
  }
  Value value(bool texts) {
    if (pick(12) == 0) return {};
    if (pick(12) == 0) texts = !texts;
    if (texts) return Value::string(std::string(1, static_cast<char>('a' + pick(7))));
    return Value(*feel::Number::make(false, pick(24), pick(2) == 0 ? 0 : -1));
  }

 private:
  std::mt19937 random_;
};

TEST(Column, PicksWhatTheCellsAccept) {
  Maker maker(20260301);
  feel::CompileOptions options;
  options.unary_tests = true;
  for (int round = 0; round < 300; ++round) {
    const bool texts = maker.pick(2) == 0;
    std::vector<std::string> sources;
    std::vector<feel::ExpressionPtr> cells;
    for (std::size_t r = 0; r < 20; ++r) {
      sources.push_back(maker.pick(8) == 0 ? "-" : maker.cell(texts));
      const auto made = feel::compile(sources.back(), feel::Environment{}, options);
      ASSERT_TRUE(made.ok()) << sources.back();
      cells.push_back(sources.back() == "-" ? nullptr : *made);
    }
    const Column column = Column::make(cells, std::vector<bool>(cells.size(), false));
    for (int n = 0; n < 40; ++n) {
      const Value value = maker.value(texts);
      const RuleSet& accepting = column.accepting(value);
      for (std::size_t r = 0; r < cells.size(); ++r) {
        feel::Evaluation run;
        const bool accepted = !cells[r] || cells[r]->test(run, {}, value).is_true();
        if (column.exact(r)) {
          EXPECT_EQ(accepting.has(r), accepted) << sources[r] << " of " << to_text(value);
        } else {
          EXPECT_TRUE(accepting.has(r)) << sources[r];
        }
      }
    }
  }
}
}  // namespace
}  // namespace hougu::dmn
