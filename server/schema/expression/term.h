// What a filter is between FEEL and SQL: a tree of typed terms, every one of which both databases
// can compute. Inside schema/expression only.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "feel/expression.h"
#include "feel/program.h"
#include "schema/definition.h"

namespace hougu::schema {

enum class TermType {
  kNull,
  kBoolean,
  kNumber,
  kText,
  kDate,
  kMoment,    // milliseconds
  kDuration,  // days and time; seconds at the term's scale
  kId,
  kTexts,      // a multiple choice
  kReference,  // a relation, user or team: only its parts and null
  kOpaque,     // files, addresses, places: only null
  kList,       // fixed
};
inline bool numeric(TermType type) {
  return type == TermType::kNumber || type == TermType::kMoment || type == TermType::kDuration;
}

// A part of the expression that doesn't depend on the record: evaluated by FEEL.
struct FixedPart {
  feel::ExpressionPtr expression;
  feel::Value value;           // when it doesn't vary
  bool varies = false;         // with the time or with who asks
  bool in_arithmetic = false;  // has to be a whole number at the term's scale
  TermType type = TermType::kNull;
  int scale = 0;
  std::uint32_t position = 0;
};

struct Term {
  enum class Kind {
    kFixed,
    kColumn,
    kDatePart,  // op: 0 year, 1 month, 2 day
    kAnd,
    kOr,
    kNot,
    kCompare,  // op
    kBetween,  // value, low, high; flag: feel::RangeFlag
    kOneOf,    // value in a fixed list
    kHolds,    // multiple choice, text
    kIn,       // as kHolds, false where the multiple choice is null
    kIf,
    kAdd,
    kSubtract,
    kMultiply,
    kNegate,
    kAbsolute,
    kDays,  // of a date, as a number
    kConcatenate,
    kLength,
    kCount,  // of a multiple choice
    kContains,
    kStarts,
    kEnds,
  };
  Kind kind = Kind::kFixed;
  TermType type = TermType::kNull;
  feel::Op op = feel::Op::kConstant;
  std::uint8_t flag = 0;
  bool wide = false;     // comparisons: beyond 64 bits
  int scale = 0;         // digits behind the point, of numeric types
  feel::i128 bound = 0;  // of the absolute value at that scale
  std::uint32_t position = 0;
  std::uint32_t fixed = 0;  // kFixed: index into Filter::fixed()
  const FieldDefinition* relation = nullptr;
  const EntityDefinition* target = nullptr;
  const FieldDefinition* field = nullptr;
  std::vector<Term> parts{};
};
}  // namespace hougu::schema
