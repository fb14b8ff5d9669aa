// Calls, closures, and the doors of expression.h.
#include <cstddef>
#include <memory>

#include "feel/builtins/builtin.h"
#include "feel/expression.h"
#include "feel/machine.h"
#include "feel/parser.h"

namespace hougu::feel {
namespace {
constexpr std::size_t kSmall = 12;

// Room for a frame without the heap when it is small.
class FrameRoom {
 public:
  explicit FrameRoom(std::size_t size) : small_size_(size > kSmall ? 0 : size) {
    if (size > kSmall) large_ = std::make_unique<Value[]>(size);
    std::uninitialized_default_construct_n(small(), small_size_);
  }
  ~FrameRoom() { std::destroy_n(small(), small_size_); }
  FrameRoom(const FrameRoom&) = delete;
  FrameRoom& operator=(const FrameRoom&) = delete;
  Value* data() { return large_ ? large_.get() : small(); }

 private:
  Value* small() { return reinterpret_cast<Value*>(room_); }

  alignas(Value) std::byte room_[kSmall * sizeof(Value)];
  std::size_t small_size_;
  std::unique_ptr<Value[]> large_{};
};

class Closure final : public Function {
 public:
  Closure(std::shared_ptr<const Program> program, const FunctionCode& code,
          std::vector<Value> captured)
      : program_(std::move(program)), code_(code), captured_(std::move(captured)) {
    parameters = code.parameters;
    result = code.result ? code.result : nullptr;
    for (const Value& value : captured_) depth = std::max(depth, value.depth() + 1);
  }

  Value call(Evaluation& run, std::span<Value> arguments, Position position) const override {
    if (code_.external) return run.fail("feel.external_function", position);
    if (!bind(run, arguments, position)) return {};
    const std::uint32_t levels = program_->nodes[code_.root].depth + 4u;
    if (!run.enter(levels, position)) return {};
    FrameRoom room(code_.frame_size);
    Value* frame = room.data();
    for (std::size_t i = 0; i < captured_.size(); ++i) {
      frame[code_.captures[i].to] = captured_[i];
    }
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      frame[code_.slots[i]] = std::move(arguments[i]);
    }
    Value out = Machine(program_, run, {}, frame).eval(code_.root);
    run.leave(levels);
    if (code_.result) {
      auto converted = coerce(out, *code_.result);
      if (!converted) return run.fail("feel.result_type", position, type_text(*code_.result));
      return *std::move(converted);
    }
    return out;
  }

 private:
  std::shared_ptr<const Program> program_;
  const FunctionCode& code_;  // inside program_
  std::vector<Value> captured_;
};
}  // namespace

Value Machine::call(const Node& node) {
  const Value callee = eval(node.a);
  if (!callee.is(Kind::kFunction)) {
    return run_.fail("feel.not_a_function", node.position, kind_name(callee.kind()));
  }
  std::vector<Value> arguments;
  arguments.reserve(node.c);
  for (std::uint32_t i = 0; i < node.c; ++i) arguments.push_back(eval(program_.lists[node.b + i]));
  if (run_.spent()) return {};
  return callee.function().call(run_, arguments, node.position);
}

Value Machine::call_named(const Node& node) {
  const Value callee = eval(node.a);
  if (!callee.is(Kind::kFunction)) {
    return run_.fail("feel.not_a_function", node.position, kind_name(callee.kind()));
  }
  std::vector<Value> arguments;
  std::vector<std::string> names;
  for (std::uint32_t i = 0; i < node.c; ++i) {
    arguments.push_back(eval(program_.lists[node.b + i]));
    names.push_back(program_.constants[program_.lists[node.b + node.c + i]].string());
  }
  if (run_.spent()) return {};
  return callee.function().call_named(run_, names, arguments, node.position);
}

Value Machine::call_builtin(const Node& node) {
  constexpr std::uint32_t kFew = 4;
  if (node.c > kFew) return call_long(node);
  Value arguments[kFew];  // no heap for the usual ones
  for (std::uint32_t i = 0; i < node.c; ++i) arguments[i] = eval(program_.lists[node.b + i]);
  if (run_.spent()) return {};
  const Regex* regex = node.extra != 0 ? program_.regexes[node.extra - 1].get() : nullptr;
  return program_.builtins[node.a]->call(run_, {arguments, node.c}, node.position, regex);
}

Value Machine::call_long(const Node& node) {
  std::vector<Value> arguments;
  arguments.reserve(node.c);
  for (std::uint32_t i = 0; i < node.c; ++i) arguments.push_back(eval(program_.lists[node.b + i]));
  if (run_.spent()) return {};
  return program_.builtins[node.a]->call(run_, arguments, node.position);
}

Value Machine::make_function(const Node& node) {
  const FunctionCode& code = program_.functions[node.a];
  std::vector<Value> captured;
  captured.reserve(code.captures.size());
  for (const Capture& capture : code.captures) {
    captured.push_back(capture.from_input ? inputs_[capture.from] : frame_[capture.from]);
  }
  Value out = Value::function(new Closure(shared_, code, std::move(captured)));
  if (out.depth() > run_.limits().value_depth) {
    return run_.fail("feel.value_too_deep", node.position);
  }
  return out;
}

const std::vector<std::uint32_t>& Expression::inputs() const { return program_->inputs; }
const TypePtr& Expression::type() const { return program_->type; }
bool Expression::deterministic() const { return program_->deterministic; }
const std::vector<Diagnostic>& Expression::unknown_names() const { return program_->unknown_names; }

Value Expression::evaluate(Evaluation& run, std::span<const Value> inputs) const {
  const std::uint32_t levels = program_->nodes[program_->root].depth;
  if (!run.enter(levels, 0)) return {};
  FrameRoom room(program_->frame_size);
  Value out = Machine(program_, run, inputs, room.data()).eval(program_->root);
  run.leave(levels);
  return run.spent() ? Value() : out;
}

Value Expression::test(Evaluation& run, std::span<const Value> inputs, const Value& subject) const {
  const std::uint32_t levels = program_->nodes[program_->root].depth;
  if (!run.enter(levels, 0)) return {};
  FrameRoom room(program_->frame_size);
  room.data()[program_->subject] = subject;
  Value out = Machine(program_, run, inputs, room.data()).eval(program_->root);
  run.leave(levels);
  return run.spent() ? Value() : out;
}

Result<ExpressionPtr> compile(std::string_view source, const Environment& environment,
                              const CompileOptions& options) {
  HOUGU_TRY(auto program, Parser(source, environment, options).run());
  return std::make_shared<const Expression>(std::move(program));
}
}  // namespace hougu::feel
