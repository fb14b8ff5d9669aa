#include <algorithm>

#include "schema/condition.h"
#include "schema/row_rule.h"

namespace hougu::schema {
namespace {

constexpr std::size_t kMostParts = 50, kMostLevels = 8, kMostValues = 500;

struct OperatorName {
  std::string_view name;
  Operator op;
};
constexpr OperatorName kOperators[] = {{"eq", Operator::kEq},
                                       {"ne", Operator::kNe},
                                       {"lt", Operator::kLt},
                                       {"le", Operator::kLe},
                                       {"gt", Operator::kGt},
                                       {"ge", Operator::kGe},
                                       {"in", Operator::kIn},
                                       {"not_in", Operator::kNotIn},
                                       {"empty", Operator::kEmpty},
                                       {"not_empty", Operator::kNotEmpty},
                                       {"contains", Operator::kContains},
                                       {"starts_with", Operator::kStartsWith},
                                       {"between", Operator::kBetween}};

Error refused(std::string code, const std::string& path,
              std::map<std::string, std::string> params = {}) {
  return invalid(std::move(code), path, std::move(params));
}

// Whether one value fits the field: of its type, or a variable that stands for such a value.
bool fits(const FieldDefinition& field, const json::value& value) {
  const std::string_view type = field.type->name();
  if (value.is_string()) {
    const std::string_view word = value.get_string();
    if (type == "user" && word == "$me") return true;
    if (type == "team" && word == "$my_teams") return true;
    const bool day = relative_day(word, Day{2000, 1, 1}).has_value();
    if (type == "date" && day) return true;
    if (type == "date_time" && (day || word == "$now" || parse_day(word))) return true;
  }
  Cell cell;
  std::deque<std::string> kept;
  return field.type->operand(field, value, cell, kept);
}

class Reader {
 public:
  Reader(const Catalog& catalog, const EntityDefinition& entity, const identity::Principal* who)
      : catalog_(catalog), entity_(entity), who_(who) {}

  Result<Condition> read(const json::value& in, const std::string& path, std::size_t level) {
    if (level > kMostLevels) return refused("condition.too_deep", path);
    if (++parts_ > kMostParts) return refused("condition.too_many", path);
    if (!in.is_object()) return refused("condition.malformed", path);
    const auto& object = in.get_object();
    if (object.size() == 1) {
      if (const auto* all = find(object, "and")) return list(*all, path, "and", level);
      if (const auto* any = find(object, "or")) return list(*any, path, "or", level);
      if (const auto* part = find(object, "not")) {
        Condition condition{Condition::Kind::kNot, {}, {}};
        HOUGU_TRY(auto inner, read(*part, join(path, "not"), level + 1));
        condition.parts.push_back(std::move(inner));
        return condition;
      }
    }
    return comparison(object, path);
  }

 private:
  static std::string join(const std::string& path, std::string_view key) {
    return path.empty() ? std::string(key) : path + "." + std::string(key);
  }

  Result<Condition> list(const json::value& in, const std::string& path, std::string_view key,
                         std::size_t level) {
    if (!in.is_array()) return refused("condition.malformed", join(path, key));
    Condition condition{key == "and" ? Condition::Kind::kAnd : Condition::Kind::kOr, {}, {}};
    const auto& array = in.get_array();
    for (std::size_t i = 0; i < array.size(); ++i) {
      HOUGU_TRY(auto part,
                read(array[i], join(path, key) + "[" + std::to_string(i) + "]", level + 1));
      condition.parts.push_back(std::move(part));
    }
    return condition;
  }

  // "phone", "created_at", or one step over a relation: "customer.level".
  Result<void> resolve(std::string_view name, const std::string& path, Comparison& out) {
    const EntityDefinition* entity = &entity_;
    const auto dot = name.find('.');
    const auto own = name.substr(0, dot);
    if (dot != std::string_view::npos) {
      out.relation = entity_.field(own);
      if (out.relation == nullptr || out.relation->archived ||
          out.relation->type->name() != "relation")
        return refused("condition.field", join(path, "field"), {{"name", std::string(name)}});
      out.target = catalog_.entity(out.relation->target);
      if (out.target == nullptr)
        return refused("condition.field", join(path, "field"), {{"name", std::string(name)}});
      HOUGU_CHECK(check_right(entity_, *out.relation));
      if (who_ != nullptr && who_->access->entity(out.target->name).read == identity::kNone)
        return field_forbidden(std::string(name));
      entity = out.target;
      name = name.substr(dot + 1);
    }
    out.field = entity->field(name);
    if (out.field == nullptr) out.field = system_field(name);
    if (out.field == nullptr || out.field->archived)
      return refused("condition.field", join(path, "field"), {{"name", std::string(name)}});
    return check_right(*entity, *out.field);
  }

  Result<void> check_right(const EntityDefinition& entity, const FieldDefinition& field) const {
    if (who_ == nullptr || may_read_field(*who_, entity, field)) return {};
    return field_forbidden(field.name);
  }

  Result<Condition> comparison(const json::object& in, const std::string& path) {
    for (const auto& member : in) {
      const std::string_view key = member.key();
      if (key != "field" && key != "op" && key != "value")
        return refused("condition.malformed", join(path, key));
    }
    Condition condition{Condition::Kind::kComparison, {}, {}};
    auto& out = condition.comparison;
    HOUGU_CHECK(resolve(find_string(in, "field").value_or(""), path, out));
    const auto word = find_string(in, "op").value_or("");
    const auto* op = std::find_if(std::begin(kOperators), std::end(kOperators),
                                  [&](const OperatorName& known) { return known.name == word; });
    if (op == std::end(kOperators)) return refused("condition.operator", join(path, "op"));
    out.op = op->op;
    if ((out.field->type->operators(*out.field) & bit(out.op)) == 0)
      return refused("condition.operator", join(path, "op"),
                     {{"field", out.field->name}, {"op", std::string(word)}});
    if (const auto* value = find(in, "value")) out.value = *value;
    HOUGU_CHECK(check_value(out, join(path, "value")));
    return condition;
  }

  static Result<void> check_value(const Comparison& comparison, const std::string& path) {
    const auto& value = comparison.value;
    const auto wrong = [&] {
      return refused("condition.value", path, {{"field", comparison.field->name}});
    };
    switch (comparison.op) {
      case Operator::kEmpty:
      case Operator::kNotEmpty:
        return value.is_null() || value.is_bool() ? Result<void>() : wrong();
      case Operator::kIn:
      case Operator::kNotIn: {
        if (value.is_string() && value.get_string() == "$my_teams")
          return fits(*comparison.field, value) ? Result<void>() : wrong();
        if (!value.is_array() || value.get_array().size() > kMostValues) return wrong();
        for (const auto& element : value.get_array())
          if (!fits(*comparison.field, element)) return wrong();
        return {};
      }
      case Operator::kBetween: {
        const auto* pair = value.if_array();
        const bool two = pair != nullptr && pair->size() == 2;
        return two && fits(*comparison.field, (*pair)[0]) && fits(*comparison.field, (*pair)[1])
                   ? Result<void>()
                   : wrong();
      }
      default:
        return fits(*comparison.field, value) ? Result<void>() : wrong();
    }
  }

  const Catalog& catalog_;
  const EntityDefinition& entity_;
  const identity::Principal* who_;
  std::size_t parts_ = 0;
};
}  // namespace

Result<Condition> parse_condition(const Catalog& catalog, const EntityDefinition& entity,
                                  const json::value& in, const identity::Principal* who) {
  return Reader(catalog, entity, who).read(in, "", 1);
}
}  // namespace hougu::schema
