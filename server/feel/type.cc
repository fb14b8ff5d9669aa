#include "feel/type.h"

#include <algorithm>
#include <array>

#include "feel/function.h"

namespace hougu::feel {
namespace {
std::array<TypePtr, 14> make_basics() {
  std::array<TypePtr, 14> out;
  for (std::size_t i = 0; i < out.size(); ++i) {
    Type type;
    type.kind = static_cast<TypeKind>(i);
    type.any_function = type.kind == TypeKind::kFunction;
    out[i] = std::make_shared<const Type>(std::move(type));
  }
  return out;
}

bool function_conforms(const Function& function, const Type& type) {
  if (type.any_function || function.flexible) return true;
  if (function.parameters.size() != type.parameters.size()) return false;
  for (std::size_t i = 0; i < type.parameters.size(); ++i) {
    if (!function.parameters[i].type || !type.parameters[i]) continue;
    if (!conforms(*type.parameters[i], *function.parameters[i].type)) return false;
  }
  if (!function.result || !type.result) return true;
  return conforms(*function.result, *type.result);
}

// `inner` holds for parts: null conforms there. `checked` also looks at constraints.
bool belongs(const Value& value, const Type& type, bool checked);

bool part_belongs(const Value& value, const TypePtr& type, bool checked) {
  return !type || value.is_null() || belongs(value, *type, checked);
}

bool shape_belongs(const Value& value, const Type& type, bool checked) {
  if (type.kind == TypeKind::kAny) return true;
  if (type_kind(value.kind()) != type.kind) return false;
  switch (type.kind) {
    case TypeKind::kList:
      return std::all_of(value.list().begin(), value.list().end(), [&](const Value& item) {
        return part_belongs(item, type.element, checked);
      });
    case TypeKind::kContext:
      return std::all_of(type.members.begin(), type.members.end(), [&](const auto& member) {
        const Value* found = value.context().find(member.first);
        return found != nullptr && part_belongs(*found, member.second, checked);
      });
    case TypeKind::kRange: {
      const Range& range = value.range();
      return part_belongs(range.start, type.element, checked) &&
             part_belongs(range.end, type.element, checked);
    }
    case TypeKind::kFunction:
      return function_conforms(value.function(), type);
    default:
      return true;
  }
}

bool belongs(const Value& value, const Type& type, bool checked) {
  if (!shape_belongs(value, type, checked)) return false;
  return !checked || !type.constraint || type.constraint->allows(value);
}

// Whether one type's values are another's. Types share parts, so that a small model can spell out
// an enormous tree: what takes too long doesn't conform.
class Fit {
 public:
  bool of(const Type& from, const Type& to) {
    if (&from == &to || to.kind == TypeKind::kAny || from.kind == TypeKind::kNull) return true;
    if (from.kind != to.kind || ++steps_ > kMaxSteps) return false;
    switch (to.kind) {
      case TypeKind::kList:
      case TypeKind::kRange:
        return part(from.element, to.element);
      case TypeKind::kContext:
        return std::all_of(to.members.begin(), to.members.end(),
                           [&](const auto& wanted) { return member(from, wanted); });
      case TypeKind::kFunction:
        return function(from, to);
      default:
        return true;
    }
  }

 private:
  static constexpr int kMaxSteps = 10'000;

  bool part(const TypePtr& from, const TypePtr& to) {
    if (!to) return true;
    if (!from) return to->kind == TypeKind::kAny;
    return of(*from, *to);
  }
  bool member(const Type& from, const std::pair<std::string, TypePtr>& wanted) {
    for (const auto& given : from.members) {
      if (given.first == wanted.first) return part(given.second, wanted.second);
    }
    return false;
  }
  bool function(const Type& from, const Type& to) {
    if (to.any_function) return true;
    if (from.parameters.size() != to.parameters.size()) return false;
    for (std::size_t i = 0; i < to.parameters.size(); ++i) {
      if (!part(to.parameters[i], from.parameters[i])) return false;
    }
    return part(from.result, to.result);
  }

  int steps_ = 0;
};
// Cut where it grows long: types that share parts may spell out an enormous text.
void append_type(std::string& out, const Type* type) {
  static constexpr std::string_view kNames[] = {"Any",
                                                "Null",
                                                "boolean",
                                                "number",
                                                "date",
                                                "time",
                                                "date and time",
                                                "days and time duration",
                                                "years and months duration",
                                                "string",
                                                "range",
                                                "list",
                                                "context",
                                                "function"};
  constexpr std::size_t kLong = 500;
  if (out.size() > kLong) {
    out += "…";
    return;
  }
  if (type == nullptr) type = basic_type(TypeKind::kAny).get();
  out += kNames[static_cast<std::size_t>(type->kind)];
  const bool signature = type->kind == TypeKind::kFunction && !type->any_function;
  if (!type->element && type->members.empty() && !signature) return;
  out += '<';
  bool first = true;
  const auto part = [&](const std::string& name, const TypePtr& one) {
    if (out.size() > kLong) return;
    if (!first) out += ", ";
    first = false;
    out += name;
    append_type(out, one.get());
  };
  if (type->element) part("", type->element);
  for (const auto& member : type->members) part(member.first + ": ", member.second);
  for (const TypePtr& parameter : type->parameters) part("", parameter);
  out += '>';
  if (!signature) return;
  out += " -> ";
  append_type(out, type->result.get());
}
}  // namespace

TypeKind type_kind(Kind kind) {
  switch (kind) {
    case Kind::kNull:
      return TypeKind::kNull;
    case Kind::kBoolean:
      return TypeKind::kBoolean;
    case Kind::kNumber:
      return TypeKind::kNumber;
    case Kind::kDate:
      return TypeKind::kDate;
    case Kind::kTime:
      return TypeKind::kTime;
    case Kind::kDateTime:
      return TypeKind::kDateTime;
    case Kind::kDayTime:
      return TypeKind::kDayTime;
    case Kind::kYearMonth:
      return TypeKind::kYearMonth;
    case Kind::kString:
      return TypeKind::kString;
    case Kind::kRange:
      return TypeKind::kRange;
    case Kind::kList:
      return TypeKind::kList;
    case Kind::kContext:
      return TypeKind::kContext;
    case Kind::kFunction:
      return TypeKind::kFunction;
  }
  return TypeKind::kAny;
}

const TypePtr& basic_type(TypeKind kind) {
  static const std::array<TypePtr, 14> kBasics = make_basics();
  return kBasics[static_cast<std::size_t>(kind)];
}

TypePtr named_type(std::string_view name) {
  static constexpr struct {
    std::string_view name;
    TypeKind kind;
  } kNames[] = {
      {"Any", TypeKind::kAny},
      {"Null", TypeKind::kNull},
      {"boolean", TypeKind::kBoolean},
      {"number", TypeKind::kNumber},
      {"string", TypeKind::kString},
      {"date", TypeKind::kDate},
      {"time", TypeKind::kTime},
      {"date and time", TypeKind::kDateTime},
      {"dateTime", TypeKind::kDateTime},
      {"days and time duration", TypeKind::kDayTime},
      {"dayTimeDuration", TypeKind::kDayTime},
      {"years and months duration", TypeKind::kYearMonth},
      {"yearMonthDuration", TypeKind::kYearMonth},
      {"list", TypeKind::kList},
      {"context", TypeKind::kContext},
      {"range", TypeKind::kRange},
      {"function", TypeKind::kFunction},
  };
  for (const auto& known : kNames) {
    if (known.name == name) return basic_type(known.kind);
  }
  return nullptr;
}

TypePtr list_of(TypePtr element) {
  Type type;
  type.kind = TypeKind::kList;
  type.element = std::move(element);
  return std::make_shared<const Type>(std::move(type));
}

TypePtr range_of(TypePtr element) {
  Type type;
  type.kind = TypeKind::kRange;
  type.element = std::move(element);
  return std::make_shared<const Type>(std::move(type));
}

bool instance_of(const Value& value, const Type& type) {
  if (value.is_null()) return type.kind == TypeKind::kNull;
  return belongs(value, type, false);
}

bool conforms(const Value& value, const Type& type) {
  return value.is_null() || belongs(value, type, true);
}

std::optional<Value> coerce(const Value& value, const Type& type) {
  if (conforms(value, type)) return value;
  if (value.is(Kind::kList) && value.list().size() == 1 && type.kind != TypeKind::kList) {
    if (conforms(value.list()[0], type)) return value.list()[0];
  }
  if (type.kind == TypeKind::kList && !value.is(Kind::kList)) {
    Value wrapped = Value::list({value});
    if (conforms(wrapped, type)) return wrapped;
  }
  if (type.kind == TypeKind::kDateTime && value.is(Kind::kDate)) {
    Value moment = DateTime{value.days() * kDaySeconds, 0, Zone::fixed(0)};
    if (conforms(moment, type)) return moment;
  }
  return std::nullopt;
}

bool conforms(const Type& from, const Type& to) { return Fit().of(from, to); }

std::string type_text(const Type& type) {
  std::string out;
  append_type(out, &type);
  return out;
}
}  // namespace hougu::feel
