// What a family of built-in functions declares.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "feel/evaluation.h"
#include "feel/function.h"
#include "feel/type.h"
#include "feel/value.h"

namespace hougu::feel {
class Regex;

// The arguments of one call, as the signature orders them; those left out are null.
struct Call {
  Evaluation& run;
  std::span<Value> values;
  Position position;
  std::uint64_t given;  // bits
  std::uint32_t overload;
  const Regex* regex;  // of a constant pattern; else nullptr

  const Value& operator[](std::size_t i) const { return values[i]; }
  bool has(std::size_t i) const { return i < values.size() && (given >> i & 1) != 0; }
  Value fail(const char* code, std::string_view detail = {}) const {
    return run.fail(code, position, detail);
  }
  bool pay(std::size_t steps) const { return run.pay(static_cast<std::int64_t>(steps), position); }
};

using BuiltinCode = Value (*)(const Call& call);

// One line of a family's list. `signature`: overloads separated by ";", parameters by ",":
// "list: list, position: number, length?: number". "?" marks what may be left out, "T|null" what
// may be null, "a|b" alternatives; "list...: list" takes its items also as separate arguments and
// "items...: any" takes any number more.
struct BuiltinLine {
  const char* name;
  const char* signature;
  const char* result;
  BuiltinCode code;
  bool deterministic = true;
  // The arguments that are a regular expression and its flags: constant ones are compiled once.
  int pattern = -1;
  int flags = -1;
};

struct BuiltinParameter {
  std::string name;
  std::vector<TypePtr> types;  // alternatives; empty: any
  bool optional = false;
  bool nullable = false;
  bool spread = false;  // "list...": one list, or its items
  bool rest = false;    // "items...": the remaining arguments as one list
};

struct Overload {
  std::vector<BuiltinParameter> parameters;
};

struct Builtin {
  std::string name;
  std::string family;
  std::string signature;
  std::string result_text;
  TypePtr result;
  BuiltinCode code;
  bool deterministic;
  int pattern;
  int flags;
  std::vector<Overload> overloads;
  Value function;  // as a value

  Value call(Evaluation& run, std::span<Value> arguments, Position position,
             const Regex* regex = nullptr) const;
  Value call_named(Evaluation& run, std::span<const std::string> names, std::span<Value> arguments,
                   Position position) const;
};

std::span<const BuiltinLine> boolean_builtins();
std::span<const BuiltinLine> context_builtins();
std::span<const BuiltinLine> conversion_builtins();
std::span<const BuiltinLine> list_builtins();
std::span<const BuiltinLine> number_builtins();
std::span<const BuiltinLine> range_builtins();
std::span<const BuiltinLine> string_builtins();
std::span<const BuiltinLine> temporal_builtins();
}  // namespace hougu::feel
