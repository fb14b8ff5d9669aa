// One evaluation: its budget, its clock and its diagnostics. Not for several threads; compiled
// expressions are.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "feel/value.h"

namespace hougu::feel {

// Why a value became null, and where in the source (bytes).
struct Diagnostic {
  std::string code;  // "feel.…": the message key is "error.<code>"
  std::uint32_t position = 0;
  std::string detail{};  // a name, a kind, a text: the message's {detail}
};

struct Limits {
  std::int64_t steps = 20'000'000;           // nodes evaluated and items visited
  std::int64_t bytes = 256ll * 1024 * 1024;  // made by lists, contexts and strings in all
  std::uint32_t depth = 3'000;               // nested evaluations (calls within calls)
  std::uint32_t value_depth = 1'000;         // lists within lists
  std::uint32_t value_weight = 20'000'000;   // values in a list or context, counted as often as met
  std::int64_t regex_steps = 2'000;          // ICU's unit, about a millisecond each
};

class Evaluation {
 public:
  explicit Evaluation(std::vector<Diagnostic>* diagnostics = nullptr, const Limits& limits = {})
      : diagnostics_(diagnostics), limits_(limits), steps_(limits.steps), bytes_(limits.bytes) {}

  // What now() and today() give; otherwise the system's clock in UTC.
  void set_now(const DateTime& now) { now_ = now; }
  DateTime now();

  // Pays for work; false (and a diagnostic once) when the budget is used up: return null then.
  bool pay(std::int64_t steps, std::uint32_t position) {
    steps_ -= steps;
    return steps_ >= 0 || exhausted("feel.budget_steps", position);
  }
  bool pay_bytes(std::int64_t bytes, std::uint32_t position) {
    bytes_ -= bytes;
    return bytes_ >= 0 || exhausted("feel.budget_memory", position);
  }
  // For walking through a value: 8 of its parts a step.
  bool pay_for(const Value& value, std::uint32_t position) {
    return pay(value.weight() / 8, position);
  }
  bool spent() const { return spent_; }
  std::int64_t steps_left() const { return steps_; }

  // Records a diagnostic and gives null.
  Value fail(const char* code, std::uint32_t position, std::string_view detail = {});
  // Lists, contexts and strings of the budget and depth; null when they exceed it.
  Value list(std::vector<Value> items, std::uint32_t position);
  Value context(std::vector<ContextEntry> entries, std::uint32_t position);
  Value string(std::string text, std::uint32_t position);

  // Nested evaluations; enter() is false at the limit.
  bool enter(std::uint32_t levels, std::uint32_t position) {
    if (depth_ + levels > limits_.depth) return exhausted("feel.budget_depth", position);
    depth_ += levels;
    return true;
  }
  void leave(std::uint32_t levels) { depth_ -= levels; }
  const Limits& limits() const { return limits_; }

 private:
  Value bounded(Value value, std::uint32_t position);
  bool exhausted(const char* code, std::uint32_t position);

  std::vector<Diagnostic>* diagnostics_;
  Limits limits_;
  std::int64_t steps_;
  std::int64_t bytes_;
  std::uint32_t depth_ = 0;
  bool spent_ = false;
  std::optional<DateTime> now_{};
};
}  // namespace hougu::feel
