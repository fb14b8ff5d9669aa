#include "feel/builtins/registry.h"

#include <algorithm>
#include <array>
#include <cstdlib>

#include "base/text.h"

namespace hougu::feel {
namespace {
// Room for the arguments of any signature, so that calls need no heap.
constexpr std::size_t kMostParameters = 6;
using Arguments = std::array<Value, kMostParameters>;

class BuiltinFunction final : public Function {
 public:
  explicit BuiltinFunction(const Builtin& builtin) : builtin_(builtin) {
    result = builtin.result;
    flexible = true;
    for (const BuiltinParameter& p : builtin.overloads[0].parameters) {
      parameters.push_back({p.name, p.types.size() == 1 ? p.types[0] : nullptr});
    }
  }
  Value call(Evaluation& run, std::span<Value> arguments, Position position) const override {
    return builtin_.call(run, arguments, position);
  }
  Value call_named(Evaluation& run, std::span<const std::string> names, std::span<Value> arguments,
                   Position position) const override {
    return builtin_.call_named(run, names, arguments, position);
  }
  std::string description() const override { return "function " + builtin_.name; }

 private:
  const Builtin& builtin_;
};

BuiltinParameter parse_parameter(std::string_view text) {
  BuiltinParameter out;
  const std::size_t colon = text.find(':');
  std::string_view name = trimmed(text.substr(0, colon));
  if (name.ends_with("...")) {
    name.remove_suffix(3);
    out.spread = name == "list";
    out.rest = !out.spread;
  } else if (name.ends_with("?")) {
    name.remove_suffix(1);
    out.optional = true;
  }
  out.name = std::string(name);
  for (const std::string_view part : split(text.substr(colon + 1), '|')) {
    const std::string_view type = trimmed(part);
    if (type == "null" || type == "any") out.nullable = true;
    if (type != "null" && type != "any") out.types.push_back(named_type(type));
  }
  return out;
}

Builtin make(std::string_view family, const BuiltinLine& line) {
  Builtin out;
  out.name = line.name;
  out.family = std::string(family);
  out.signature = line.signature;
  out.result_text = line.result;
  out.result = named_type(line.result);
  out.code = line.code;
  out.deterministic = line.deterministic;
  out.pattern = line.pattern;
  out.flags = line.flags;
  for (const std::string_view overload : split(line.signature, ';')) {
    Overload made;
    if (!trimmed(overload).empty()) {
      for (const std::string_view parameter : split(overload, ',')) {
        made.parameters.push_back(parse_parameter(parameter));
      }
    }
    if (made.parameters.size() > kMostParameters) std::abort();  // a longer one needs more room
    out.overloads.push_back(std::move(made));
  }
  return out;
}

// The value as the parameter wants it; false when it doesn't fit.
bool fit(const BuiltinParameter& parameter, Value& value) {
  if (value.is_null()) return parameter.nullable;
  if (parameter.types.empty()) return true;
  for (const TypePtr& type : parameter.types) {
    if (instance_of(value, *type)) return true;
  }
  for (const TypePtr& type : parameter.types) {
    if (type->kind == TypeKind::kList) {
      value = Value::list({value});
      return true;
    }
    if (value.is(Kind::kList) && value.list().size() == 1 && instance_of(value.list()[0], *type)) {
      value = Value(value.list()[0]);
      return true;
    }
  }
  return false;
}

enum class Bound { kYes, kCount, kType };

Bound bind_positional(const Overload& overload, std::span<const Value> arguments, Arguments& out,
                      std::uint64_t& given, std::string& complaint) {
  const auto& parameters = overload.parameters;
  out.fill(Value());
  given = 0;
  std::size_t next = 0;
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    const BuiltinParameter& parameter = parameters[i];
    const std::size_t left = arguments.size() - next;
    if (parameter.rest || (parameter.spread && i + 1 == parameters.size() && left > 1)) {
      if (left == 0) return Bound::kCount;
      out[i] =
          Value::list({arguments.begin() + static_cast<std::ptrdiff_t>(next), arguments.end()});
      next = arguments.size();
      given |= 1ull << i;
      continue;
    }
    if (left == 0) {
      if (!parameter.optional) return Bound::kCount;
      continue;
    }
    out[i] = arguments[next++];
    given |= 1ull << i;
    if (!fit(parameter, out[i])) {
      complaint = parameter.name;
      return Bound::kType;
    }
  }
  return next == arguments.size() ? Bound::kYes : Bound::kCount;
}

Bound bind_named(const Overload& overload, std::span<const std::string> names,
                 std::span<const Value> arguments, Arguments& out, std::uint64_t& given,
                 std::string& complaint) {
  const auto& parameters = overload.parameters;
  out.fill(Value());
  given = 0;
  for (std::size_t n = 0; n < names.size(); ++n) {
    const auto found = std::find_if(parameters.begin(), parameters.end(),
                                    [&](const auto& p) { return p.name == names[n]; });
    if (found == parameters.end()) {
      complaint = names[n];
      return Bound::kCount;
    }
    const auto i = static_cast<std::size_t>(found - parameters.begin());
    if ((given >> i & 1) != 0) return Bound::kCount;
    out[i] = arguments[n];
    given |= 1ull << i;
    if (found->rest && !out[i].is(Kind::kList)) out[i] = Value::list({out[i]});
    if (!fit(*found, out[i])) {
      complaint = found->name;
      return Bound::kType;
    }
  }
  for (std::size_t i = 0; i < parameters.size(); ++i) {
    if ((given >> i & 1) == 0 && !parameters[i].optional && !parameters[i].rest) {
      complaint = parameters[i].name;
      return Bound::kCount;
    }
  }
  return Bound::kYes;
}

template <typename Binder>
Value dispatch(const Builtin& builtin, Evaluation& run, Position position, const Regex* regex,
               Binder binder) {
  Arguments values;
  std::uint64_t given = 0;
  std::string complaint;
  Bound worst = Bound::kCount;
  for (std::uint32_t i = 0; i < builtin.overloads.size(); ++i) {
    std::string here;
    const Bound bound = binder(builtin.overloads[i], values, given, here);
    if (bound == Bound::kYes) {
      const std::size_t count = builtin.overloads[i].parameters.size();
      return builtin.code({run, {values.data(), count}, position, given, i, regex});
    }
    if (bound == Bound::kType || complaint.empty()) complaint = here;
    if (bound == Bound::kType) worst = Bound::kType;
  }
  const std::string detail = builtin.name + (complaint.empty() ? "" : ": " + complaint);
  return run.fail(worst == Bound::kType ? "feel.argument_type" : "feel.argument_count", position,
                  detail);
}
}  // namespace

namespace {
bool pay_for(Evaluation& run, std::span<const Value> arguments, Position position) {
  for (const Value& argument : arguments) {
    if (!run.pay_for(argument, position)) return false;
  }
  return true;
}
}  // namespace

Value Builtin::call(Evaluation& run, std::span<Value> arguments, Position position,
                    const Regex* regex) const {
  if (!pay_for(run, arguments, position)) return {};
  return dispatch(
      *this, run, position, regex,
      [&](const Overload& overload, Arguments& out, std::uint64_t& given, std::string& complaint) {
        return bind_positional(overload, arguments, out, given, complaint);
      });
}

Value Builtin::call_named(Evaluation& run, std::span<const std::string> names,
                          std::span<Value> arguments, Position position) const {
  if (!pay_for(run, arguments, position)) return {};
  return dispatch(
      *this, run, position, nullptr,
      [&](const Overload& overload, Arguments& out, std::uint64_t& given, std::string& complaint) {
        return bind_named(overload, names, arguments, out, given, complaint);
      });
}

BuiltinRegistry::BuiltinRegistry() {
  const auto family = [&](std::string_view name, std::span<const BuiltinLine> lines) {
    for (const BuiltinLine& line : lines) all_.push_back(make(name, line));
  };
  family("conversion", conversion_builtins());
  family("boolean", boolean_builtins());
  family("string", string_builtins());
  family("list", list_builtins());
  family("number", number_builtins());
  family("temporal", temporal_builtins());
  family("range", range_builtins());
  family("context", context_builtins());
  for (std::uint32_t i = 0; i < all_.size(); ++i) {
    all_[i].function = Value::function(new BuiltinFunction(all_[i]));
    names_.add(all_[i].name, i);
  }
}

const Builtin* BuiltinRegistry::find(std::string_view name) const {
  const auto found =
      std::find_if(all_.begin(), all_.end(), [&](const Builtin& b) { return b.name == name; });
  return found == all_.end() ? nullptr : &*found;
}

const BuiltinRegistry& builtins() {
  static const BuiltinRegistry kRegistry;
  return kRegistry;
}
}  // namespace hougu::feel
