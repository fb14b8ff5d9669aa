// FEEL's types, as item definitions, parameters and "instance of" name them.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "feel/value.h"

namespace hougu::feel {

enum class TypeKind : std::uint8_t {
  kAny,
  kNull,
  kBoolean,
  kNumber,
  kDate,
  kTime,
  kDateTime,
  kDayTime,
  kYearMonth,
  kString,
  kRange,
  kList,
  kContext,
  kFunction,
};

// The type of a value of the kind.
TypeKind type_kind(Kind kind);

struct Type;
using TypePtr = std::shared_ptr<const Type>;

// What a type allows beyond its shape (allowed values of an item definition).
class Constraint {
 public:
  virtual ~Constraint() = default;
  virtual bool allows(const Value& value) const = 0;
};

struct Type {
  TypeKind kind = TypeKind::kAny;
  TypePtr element{};                                       // of a list or range; null: any
  std::vector<std::pair<std::string, TypePtr>> members{};  // of a context
  bool any_function = false;                               // a function of whatever signature
  std::vector<TypePtr> parameters{};
  TypePtr result{};
  std::shared_ptr<const Constraint> constraint{};
};

// The type of a kind without parts; one shared instance each.
const TypePtr& basic_type(TypeKind kind);
// "number", "date and time", "days and time duration", "Any", "list", "context", …; also the names
// that XML Schema and older models use ("dateTime", "dayTimeDuration"). nullptr when unknown.
TypePtr named_type(std::string_view name);
TypePtr list_of(TypePtr element);
TypePtr range_of(TypePtr element);

// "instance of": null belongs to no type.
bool instance_of(const Value& value, const Type& type);
// As instance_of, where null and constraints are allowed for: what a variable of the type may hold.
bool conforms(const Value& value, const Type& type);
// FEEL's implicit conversions towards a type (to and from a list of one, date to date and time);
// nullopt when the value still doesn't conform.
std::optional<Value> coerce(const Value& value, const Type& type);
// Whether every value of `from` is one of `to`.
bool conforms(const Type& from, const Type& to);
std::string type_text(const Type& type);
}  // namespace hougu::feel
