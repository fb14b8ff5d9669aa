// The compiled form: nodes in one array, children by index, names resolved to slots.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "feel/evaluation.h"
#include "feel/function.h"
#include "feel/type.h"
#include "feel/value.h"

namespace hougu::feel {
struct Builtin;
class Regex;

enum class Op : std::uint8_t {
  kConstant,   // constants[a]
  kInput,      // the inputs' slot a
  kLocal,      // the frame's slot a
  kUnknown,    // an unknown name, constants[a]
  kMember,     // member constants[a] of the item in local b, else node c
  kPath,       // node a, member constants[b]
  kFilter,     // list a, condition b, item in local c
  kCall,       // callee a, arguments lists[b, b + c)
  kCallNamed,  // as kCall; names are constants[lists[b + c … )]
  kBuiltin,    // builtins[a], arguments lists[b, b + c); regexes[extra - 1] unless 0
  kIf,
  kFor,  // iterations at lists[b, b + c); body a; "partial" in local `extra`, kept if flag
  kSome,
  kEvery,
  kAnd,
  kOr,
  kEqual,
  kNotEqual,
  kLess,
  kLessEqual,
  kGreater,
  kGreaterEqual,
  kAdd,
  kSubtract,
  kMultiply,
  kDivide,
  kPower,
  kNegate,
  kBetween,   // a between b and c
  kIn,        // value a, tests lists[b, b + c), subject in local `extra`
  kTests,     // the root of unary tests: tests lists[b, b + c), subject in local `extra`; flag: not
  kTest,      // local `extra` against a: flag 0 as the value says, 1 it mentions "?" itself
  kCompare,   // a unary comparison: local `extra` <flag: Op> a
  kInstance,  // a instance of types[b]
  kList,      // lists[b, b + c)
  kContext,   // (key constant, value, local) in lists[b, b + 3c)
  kRange,     // a..b; flag: bits of RangeFlag
  kFunction,  // functions[a]
};

enum RangeFlag : std::uint8_t {
  kStartIncluded = 1,
  kEndIncluded = 2,
  kStartOpenEnded = 4,
  kEndOpenEnded = 8,
};

struct Node {
  Op op = Op::kConstant;
  std::uint8_t flag = 0;
  std::uint16_t depth = 1;
  std::uint32_t position = 0;
  std::uint32_t a = 0;
  std::uint32_t b = 0;
  std::uint32_t c = 0;
  std::uint32_t extra = 0;
};

struct Capture {
  bool from_input = false;
  std::uint32_t from = 0;
  std::uint32_t to = 0;
};

struct FunctionCode {
  std::uint32_t root = 0;
  std::uint32_t frame_size = 0;
  std::vector<Parameter> parameters{};
  std::vector<std::uint32_t> slots{};  // of the parameters
  std::vector<Capture> captures{};
  TypePtr result{};
  bool external = false;
};

// One `for`, `some` or `every` iteration: the local, and the list or the range's two ends.
struct Iteration {
  std::uint32_t local = 0;
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  bool is_range = false;
};

struct Program {
  std::vector<Node> nodes{};
  std::vector<std::uint32_t> lists{};
  std::vector<Value> constants{};
  std::vector<TypePtr> types{};
  std::vector<FunctionCode> functions{};
  std::vector<Iteration> iterations{};
  std::vector<const Builtin*> builtins{};
  std::vector<std::shared_ptr<const Regex>> regexes{};
  std::uint32_t root = 0;
  std::uint32_t frame_size = 0;
  std::uint32_t subject = 0;  // the local of "?" in unary tests
  std::vector<std::uint32_t> inputs{};
  TypePtr type{};
  bool deterministic = true;
  std::vector<Diagnostic> unknown_names{};
};
}  // namespace hougu::feel
