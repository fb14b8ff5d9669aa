// Evaluates a program's nodes.
#pragma once

#include <memory>
#include <span>

#include "feel/evaluation.h"
#include "feel/program.h"

namespace hougu::feel {

class Machine {
 public:
  Machine(const std::shared_ptr<const Program>& program, Evaluation& run,
          std::span<const Value> inputs, Value* frame)
      : shared_(program),
        program_(*program),
        nodes_(program->nodes.data()),
        constants_(program->constants.data()),
        run_(run),
        inputs_(inputs),
        frame_(frame) {}

  Value eval(std::uint32_t ref);

 private:
  // Without a copy where the value lies ready; `room` holds it otherwise.
  const Value& operand(std::uint32_t ref, Value& room);
  Value compare_values(Op op, const Value& a, const Value& b, std::uint32_t position);
  Value arithmetic(const Node& node);
  Value comparison(const Node& node);
  Value both(const Node& node, bool stop);
  Value between(const Node& node);
  Value choose(const Node& node);
  Value tests(const Node& node);
  Value loop(const Node& node);
  Value quantify(const Node& node);
  bool iterate(const Node& node, std::uint32_t index, std::vector<Value>* results, int& found);
  bool visit(const Node& node, std::uint32_t index, std::vector<Value>* results, int& found);
  Value filter(const Node& node);
  Value call(const Node& node);
  Value call_named(const Node& node);
  Value call_builtin(const Node& node);
  Value call_long(const Node& node);
  Value make_list(const Node& node);
  Value make_context(const Node& node);
  // False with a diagnostic when the ends don't go together.
  bool read_range(const Node& node, Range& range);
  Value make_range(const Node& node);
  Value verdict_of(const Node& test, const Value& subject, bool root);
  Value make_function(const Node& node);

  const std::shared_ptr<const Program>& shared_;
  const Program& program_;
  const Node* nodes_;  // the parser made every index: not checked again
  const Value* constants_;
  Evaluation& run_;
  std::span<const Value> inputs_;
  Value* frame_;
};
}  // namespace hougu::feel
