#include "feel/evaluation.h"

#include <chrono>

#include "feel/function.h"

namespace hougu::feel {
namespace {
constexpr std::size_t kMaxDiagnostics = 100;
constexpr std::size_t kMaxDetail = 200;
}  // namespace

DateTime Evaluation::now() {
  if (!now_) {
    const auto since = std::chrono::system_clock::now().time_since_epoch();
    const i128 nanos = std::chrono::duration_cast<std::chrono::nanoseconds>(since).count();
    now_ = from_instant(nanos, Zone::fixed(0)).value_or(DateTime{});
  }
  return *now_;
}

Value Evaluation::fail(const char* code, std::uint32_t position, std::string_view detail) {
  if (diagnostics_ != nullptr && diagnostics_->size() < kMaxDiagnostics) {
    diagnostics_->push_back({code, position, std::string(detail.substr(0, kMaxDetail))});
  }
  return {};
}

bool Evaluation::exhausted(const char* code, std::uint32_t position) {
  if (!spent_) fail(code, position);
  spent_ = true;
  steps_ = -1;
  return false;
}

Value Evaluation::bounded(Value value, std::uint32_t position) {
  if (value.depth() > limits_.value_depth) return fail("feel.value_too_deep", position);
  if (value.weight() > limits_.value_weight) return fail("feel.value_too_large", position);
  return value;
}

Value Evaluation::list(std::vector<Value> items, std::uint32_t position) {
  if (!pay_bytes(static_cast<std::int64_t>(items.size() * sizeof(Value) + 64), position)) return {};
  Value out = Value::list(std::move(items));
  return bounded(std::move(out), position);
}

Value Evaluation::context(std::vector<ContextEntry> entries, std::uint32_t position) {
  if (!pay_bytes(static_cast<std::int64_t>(entries.size() * sizeof(ContextEntry) + 64), position)) {
    return {};
  }
  Value out = Value::context(std::move(entries));
  return bounded(std::move(out), position);
}

Value Evaluation::string(std::string text, std::uint32_t position) {
  if (!pay_bytes(static_cast<std::int64_t>(text.size() + 64), position)) return {};
  return Value::string(std::move(text));
}

bool Function::bind(Evaluation& run, std::span<Value> arguments, Position position) const {
  if (arguments.size() != parameters.size()) {
    run.fail("feel.argument_count", position, std::to_string(parameters.size()));
    return false;
  }
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    if (!parameters[i].type) continue;
    if (!run.pay_for(arguments[i], position)) return false;
    auto converted = coerce(arguments[i], *parameters[i].type);
    if (!converted) {
      run.fail("feel.argument_type", position, parameters[i].name);
      return false;
    }
    arguments[i] = *std::move(converted);
  }
  return true;
}

Value Function::call_named(Evaluation& run, std::span<const std::string> names,
                           std::span<Value> arguments, Position position) const {
  std::vector<Value> ordered(parameters.size());
  std::vector<bool> given(parameters.size(), false);
  for (std::size_t i = 0; i < names.size(); ++i) {
    std::size_t at = 0;
    while (at < parameters.size() && parameters[at].name != names[i]) ++at;
    if (at == parameters.size() || given[at]) {
      return run.fail("feel.argument_name", position, names[i]);
    }
    given[at] = true;
    ordered[at] = std::move(arguments[i]);
  }
  if (names.size() != parameters.size()) {
    return run.fail("feel.argument_count", position, std::to_string(parameters.size()));
  }
  return call(run, ordered, position);
}
}  // namespace hougu::feel
