#include "dmn/compiled.h"

namespace hougu::dmn {
namespace {
using feel::Value;
constexpr std::uint32_t kLevels = 20;  // of the evaluation's depth, for one element

Value converted(feel::Evaluation& run, const Value& value, const feel::TypePtr& type,
                const std::string& name, const char* code) {
  if (!type) return value;
  auto out = coerce(value, *type);
  return out ? *std::move(out) : run.fail(code, 0, name);
}

class Knowledge final : public feel::Function {
 public:
  explicit Knowledge(const Element& element) : element_(element) {
    parameters = element.function.parameters;
    result = element.type;
  }
  Value call(feel::Evaluation& run, std::span<Value> arguments,
             feel::Position position) const override {
    if (!bind(run, arguments, position)) return {};
    if (!run.enter(kLevels, position)) return {};
    std::vector<Value> slots;
    Frame frame{run, slots};
    std::uint32_t slot = 0;
    for (const Requirement& requirement : element_.requirements) {
      frame.set(slot++, requirement.element->callable);
    }
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      frame.set(element_.function.slots[i], std::move(arguments[i]));
    }
    Value out = element_.function.body->evaluate(frame);
    run.leave(kLevels);
    // The variable's type is the result's, or that of the function itself.
    if (!element_.type || element_.type->kind == feel::TypeKind::kFunction) return out;
    return converted(run, out, element_.type, element_.name, "dmn.result_type");
  }
  std::string description() const override { return "function " + element_.name; }

 private:
  const Element& element_;
};

class Service final : public feel::Function {
 public:
  explicit Service(const Element& element) : element_(element) {
    for (const Element* parameter : element.parameters) {
      parameters.push_back({parameter->name, parameter->type});
    }
  }
  Value call(feel::Evaluation& run, std::span<Value> arguments,
             feel::Position position) const override {
    if (!bind(run, arguments, position)) return {};
    if (!run.enter(kLevels, position)) return {};
    Session session(run, nullptr);
    for (std::size_t i = 0; i < arguments.size(); ++i) {
      session.give(element_.parameters[i], arguments[i]);
    }
    Value out = session.outputs(element_);
    run.leave(kLevels);
    return out;
  }
  std::string description() const override { return "function " + element_.name; }

 private:
  const Element& element_;
};
}  // namespace

Value make_callable(const Element& element) {
  if (element.kind == ElementKind::kKnowledge) return Value::function(new Knowledge(element));
  return Value::function(new Service(element));
}

void Session::give(const Element* element, const Value& value) {
  values_[element] = converted(run_, value, element->type, element->name, "dmn.input_type");
}

Value Session::value(const Element& element) {
  if (element.kind == ElementKind::kKnowledge || element.kind == ElementKind::kService) {
    return element.callable;
  }
  const auto known = values_.find(&element);
  if (known != values_.end()) return known->second;
  Value out = element.kind == ElementKind::kDecision ? decide(element) : Value();
  values_[&element] = out;
  return out;
}

Value Session::decide(const Element& decision) {
  if (!run_.enter(kLevels, 0)) return {};
  std::vector<Value> slots;
  slots.reserve(decision.requirements.size());
  for (const Requirement& requirement : decision.requirements) {
    slots.push_back(value(*requirement.element));
  }
  Trace::Decision entry{decision.name};
  Frame frame{run_, slots, trace_ != nullptr ? &entry : nullptr};
  Value out = decision.logic->evaluate(frame);
  out = converted(run_, out, decision.type, decision.name, "dmn.result_type");
  run_.leave(kLevels);
  if (trace_ != nullptr) {
    entry.result = out;
    trace_->decisions.push_back(std::move(entry));
  }
  return out;
}

Value Session::outputs(const Element& service) {
  if (service.outputs.size() == 1) {
    return converted(run_, value(*service.outputs[0]), service.type, service.name,
                     "dmn.result_type");
  }
  std::vector<feel::ContextEntry> out;
  for (const Element* output : service.outputs) out.push_back({output->name, value(*output)});
  return run_.context(std::move(out), 0);
}
}  // namespace hougu::dmn
