// A decision table, compiled.
#pragma once

#include "dmn/boxed.h"

namespace hougu::dmn {

enum class HitPolicy {
  kUnique,
  kFirst,
  kPriority,
  kAny,
  kCollect,
  kSum,
  kMin,
  kMax,
  kCount,
  kRuleOrder,
  kOutputOrder,
};

struct TableInput {
  std::string label;
  feel::ExpressionPtr expression;
  feel::TypePtr type;
  feel::TypePtr subject;  // the type of "?" in the cells
  feel::ExpressionPtr allowed;
};
struct TableOutput {
  std::string name;
  feel::TypePtr type;
  std::vector<feel::Value> order;  // the output values, the most important first
  feel::ExpressionPtr fallback;
};
struct TableRule {
  std::string id;
  std::vector<feel::ExpressionPtr> tests;    // nullptr: any
  std::vector<feel::ExpressionPtr> outputs;  // nullptr: null
};

class Table final : public Boxed {
 public:
  std::string id;
  HitPolicy policy = HitPolicy::kUnique;
  std::vector<TableInput> inputs;
  std::vector<TableOutput> outputs;
  std::vector<TableRule> rules;
  std::vector<Column> columns;

  void check(std::vector<Finding>& out) const override;
  feel::Value evaluate(Frame& frame) const override;

 private:
  bool read_inputs(Frame& frame, std::vector<feel::Value>& values) const;
  bool matches(Frame& frame, std::size_t rule, const std::vector<feel::Value>& values) const;
  std::vector<feel::Value> result_of(Frame& frame, const TableRule& rule) const;
  feel::Value shape(Frame& frame, const std::vector<feel::Value>& values) const;
  feel::Value nothing(Frame& frame) const;
  std::size_t rank(const std::vector<feel::Value>& order, const feel::Value& value) const;
  bool more_important(const std::vector<feel::Value>& a, const std::vector<feel::Value>& b) const;
  feel::Value all(Frame& frame, const std::vector<std::vector<feel::Value>>& results) const;
  feel::Value combine(Frame& frame, std::vector<std::vector<feel::Value>> results) const;
  feel::Value aggregate(Frame& frame, const std::vector<std::vector<feel::Value>>& results) const;
};
}  // namespace hougu::dmn
