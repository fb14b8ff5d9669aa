// Reading decision tables.
#include <unordered_map>

#include "base/text.h"
#include "dmn/table.h"
#include "dmn/xml.h"

namespace hougu::dmn {
namespace {
using feel::Value;

HitPolicy hit_policy(const pugi::xml_node& node) {
  const std::string_view name = node.attribute("hitPolicy").value();
  const std::string_view aggregation = node.attribute("aggregation").value();
  if (name == "FIRST") return HitPolicy::kFirst;
  if (name == "PRIORITY") return HitPolicy::kPriority;
  if (name == "ANY") return HitPolicy::kAny;
  if (name == "RULE ORDER") return HitPolicy::kRuleOrder;
  if (name == "OUTPUT ORDER") return HitPolicy::kOutputOrder;
  if (name != "COLLECT") return HitPolicy::kUnique;
  if (aggregation == "SUM") return HitPolicy::kSum;
  if (aggregation == "MIN") return HitPolicy::kMin;
  if (aggregation == "MAX") return HitPolicy::kMax;
  if (aggregation == "COUNT") return HitPolicy::kCount;
  return HitPolicy::kCollect;
}

std::vector<Value> value_list(BoxedCompiler& compiler, const std::string& text,
                              const pugi::xml_node& at) {
  if (trimmed(text).empty()) return {};
  const feel::Environment empty;
  const auto made = compiler.expression("[" + text + "]", empty, {}, at);
  feel::Evaluation run;
  const Value value = made ? made->evaluate(run, {}) : Value();
  return value.is(feel::Kind::kList) ? value.list() : std::vector<Value>();
}

// Cells of one column, alike ones compiled once.
class Cells {
 public:
  Cells(BoxedCompiler& compiler, const feel::Environment& environment, feel::CompileOptions options,
        feel::TypePtr type)
      : compiler_(compiler),
        environment_(environment),
        options_(std::move(options)),
        type_(type ? std::move(type) : feel::basic_type(feel::TypeKind::kAny)) {}

  // nullptr when it doesn't compile, which is a problem then.
  feel::ExpressionPtr compile(const std::string& text, const pugi::xml_node& at) {
    if (const auto known = known_.find(text); known != known_.end()) return known->second;
    feel::ExpressionPtr made = compiler_.expression(text, environment_, options_, at);
    // What has problems is compiled in each place, so that each is named.
    if (!made || !made->unknown_names().empty() || !fits(*made, at)) return made;
    known_.emplace(text, made);
    return made;
  }

 private:
  bool fits(const feel::Expression& cell, const pugi::xml_node& at) {
    const feel::TypeKind wanted = type_->kind;
    if (wanted == feel::TypeKind::kAny || wanted == feel::TypeKind::kList) return true;
    if (options_.unary_tests) {
      const auto wrong = misfit(cell, wanted);
      if (wrong) compiler_.problem("dmn.cell_type", at, wrong->detail, wrong->position);
      return !wrong;
    }
    const feel::TypeKind given = cell.type()->kind;
    const bool good = given == wanted || given == feel::TypeKind::kAny ||
                      given == feel::TypeKind::kNull || given == feel::TypeKind::kList ||
                      (given == feel::TypeKind::kDate && wanted == feel::TypeKind::kDateTime);
    if (!good) compiler_.problem("dmn.cell_type", at, type_text(*cell.type()));
    return good;
  }

  BoxedCompiler& compiler_;
  const feel::Environment& environment_;
  feel::CompileOptions options_;
  feel::TypePtr type_;
  std::unordered_map<std::string, feel::ExpressionPtr> known_{};
};

void read_inputs(BoxedCompiler& compiler, const pugi::xml_node& node,
                 const feel::Environment& environment, Table& out) {
  feel::CompileOptions tests;
  tests.unary_tests = true;
  for (const pugi::xml_node& input : children(node, "input")) {
    const pugi::xml_node expression = child(input, "inputExpression");
    TableInput made;
    made.label = text_of(expression);
    made.type = compiler.type(expression);
    if (!trimmed(made.label).empty()) {
      made.expression = compiler.expression(made.label, environment, {}, expression);
    }
    made.subject = !made.type && made.expression ? made.expression->type() : made.type;
    const std::string allowed = text_of(child(input, "inputValues"));
    tests.subject = made.subject;
    if (!trimmed(allowed).empty()) {
      made.allowed = compiler.expression(allowed, environment, tests, input);
    }
    out.inputs.push_back(std::move(made));
  }
}

void read_outputs(BoxedCompiler& compiler, const pugi::xml_node& node,
                  const feel::Environment& environment, Table& out) {
  for (const pugi::xml_node& output : children(node, "output")) {
    TableOutput made;
    made.name = output.attribute("name").value();
    made.type = compiler.type(output);
    made.order = value_list(compiler, text_of(child(output, "outputValues")), output);
    const std::string fallback = text_of(child(output, "defaultOutputEntry"));
    if (!trimmed(fallback).empty()) {
      made.fallback = compiler.expression(fallback, environment, {}, output);
    }
    out.outputs.push_back(std::move(made));
  }
}

void read_rules(BoxedCompiler& compiler, const pugi::xml_node& node,
                const feel::Environment& environment, Table& out) {
  std::vector<Cells> tests;
  std::vector<Cells> results;
  for (const TableInput& input : out.inputs) {
    feel::CompileOptions options;
    options.unary_tests = true;
    options.subject = input.subject;
    tests.emplace_back(compiler, environment, options, input.subject);
  }
  for (const TableOutput& output : out.outputs) {
    results.emplace_back(compiler, environment, feel::CompileOptions{}, output.type);
  }
  std::vector<std::vector<bool>> broken(out.inputs.size());  // cells that never match
  for (const pugi::xml_node& rule : children(node, "rule")) {
    TableRule made;
    made.id = rule.attribute("id").value();
    const auto entries = children(rule, "inputEntry");
    const auto answers = children(rule, "outputEntry");
    for (std::size_t i = 0; i < tests.size(); ++i) {
      const std::string text = i < entries.size() ? text_of(entries[i]) : "-";
      const bool any = trimmed(text).empty() || trimmed(text) == "-";
      made.tests.push_back(any ? nullptr : tests[i].compile(text, entries[i]));
      broken[i].push_back(!any && made.tests.back() == nullptr);
    }
    for (std::size_t i = 0; i < results.size(); ++i) {
      const std::string text = i < answers.size() ? text_of(answers[i]) : "";
      made.outputs.push_back(trimmed(text).empty() ? nullptr
                                                   : results[i].compile(text, answers[i]));
    }
    out.rules.push_back(std::move(made));
  }
  for (std::size_t i = 0; i < out.inputs.size(); ++i) {
    std::vector<feel::ExpressionPtr> cells;
    for (const TableRule& rule : out.rules) cells.push_back(rule.tests[i]);
    out.columns.push_back(Column::make(cells, broken[i]));
  }
}
}  // namespace

BoxedPtr compile_table(BoxedCompiler& compiler, const pugi::xml_node& node,
                       const feel::Environment& environment) {
  auto out = std::make_shared<Table>();
  out->id = node.attribute("id").value();
  out->policy = hit_policy(node);
  read_inputs(compiler, node, environment, *out);
  read_outputs(compiler, node, environment, *out);
  read_rules(compiler, node, environment, *out);
  compiler.tables.push_back(out);
  return out;
}
}  // namespace hougu::dmn
