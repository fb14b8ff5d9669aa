#include <algorithm>

#include "base/text.h"
#include "schema/condition.h"
#include "schema/plan.h"
#include "schema/row_rule.h"

namespace hougu::schema {
namespace {

std::string ascii_lower(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
  return out;
}

void add_value(const Comparison& comparison, const json::value& in, const Asking& asking,
               std::deque<std::string>& kept, std::vector<Cell>& out) {
  const auto& field = *comparison.field;
  const std::string_view type = field.type->name();
  if (in.is_string()) {
    const std::string_view word = in.get_string();
    if (type == "user" && word == "$me") return out.push_back(asking.who.id);
    if (type == "team" && word == "$my_teams") {
      out.insert(out.end(), asking.who.teams.begin(), asking.who.teams.end());
      return;
    }
    const bool time = type == "date_time";
    if (time && word == "$now") return out.push_back(asking.now);
    if (time || type == "date") {
      auto day = relative_day(word, asking.zone.day_at(asking.now));
      if (!day && time) day = parse_day(word);
      if (day && time) return out.push_back(asking.zone.start_of(*day));
      if (day) return out.push_back(std::string_view(kept.emplace_back(day_text(*day))));
    }
  }
  Cell cell;
  if (field.type->operand(field, in, cell, kept)) out.push_back(cell);
}

class Writer {
 public:
  Writer(const EntityDefinition& entity, std::string_view alias, const Asking& asking, SqlText& sql)
      : entity_(entity), alias_(alias), asking_(asking), sql_(sql) {}

  void write(const Condition& condition) {
    switch (condition.kind) {
      case Condition::Kind::kComparison:
        return comparison(condition.comparison);
      case Condition::Kind::kAnd:
        return joined(condition.parts, " AND ", "TRUE");
      case Condition::Kind::kOr:
        return joined(condition.parts, " OR ", "FALSE");
      case Condition::Kind::kNot:
        sql_ << "NOT COALESCE(";
        write(condition.parts[0]);
        sql_ << ", FALSE)";
    }
  }

 private:
  void joined(const std::vector<Condition>& parts, std::string_view word, std::string_view none) {
    if (parts.empty()) {
      sql_ << none;
      return;
    }
    sql_ << "(";
    for (std::size_t i = 0; i < parts.size(); ++i) {
      if (i > 0) sql_ << word;
      write(parts[i]);
    }
    sql_ << ")";
  }

  // Negative operators are the negation of the positive ones, over a step too: "customer.level ne
  // vip" holds for records without a customer.
  void comparison(const Comparison& in) {
    Comparison positive = in;
    bool negated = true;
    if (in.op == Operator::kNe)
      positive.op = Operator::kEq;
    else if (in.op == Operator::kNotIn)
      positive.op = Operator::kIn;
    else if (in.op == Operator::kEmpty)
      positive.op = Operator::kNotEmpty;
    else
      negated = false;
    if (negated) sql_ << "NOT COALESCE(";
    if (in.relation == nullptr) {
      leaf(positive, entity_, alias_);
    } else {
      sql_ << "EXISTS (SELECT 1 FROM " << store::quoted(in.target->table())
           << " s WHERE s.id = " << column_text(alias_, *in.relation, Operator::kEq)
           << " AND s.deleted_at IS NULL AND ";
      write_rule(read_rule(asking_.catalog, *in.target, asking_.who), *in.target, "s", sql_);
      sql_ << " AND ";
      leaf(positive, *in.target, "s");
      sql_ << ")";
    }
    if (negated) sql_ << ", FALSE)";
  }

  void leaf(const Comparison& in, const EntityDefinition& entity, std::string_view alias) {
    if (in.field->type->storage() != Storage::kColumns) return in_own_table(in, entity, alias);
    const bool chosen = sql_.only_shown != nullptr && alias == "t";
    const bool hidden =
        chosen ? in.field != sql_.only_shown : sql_.hide_coarse && coarse(*in.field);
    const auto column = (hidden ? "+" : "") + column_text(alias, *in.field, in.op);
    if (in.op == Operator::kNotEmpty) {
      sql_ << column << " IS NOT NULL";
      return;
    }
    const auto values = values_of(in, asking_, sql_.kept);
    if (values.empty() || (in.op == Operator::kBetween && values.size() != 2)) {
      sql_ << "FALSE";
    } else if (in.op == Operator::kContains) {
      contains(*in.field, column, cell_text(values[0]));
    } else if (in.op == Operator::kStartsWith) {
      starts_with(*in.field, column, cell_text(values[0]));
    } else {
      compared(in.op, column, values);
    }
  }

  void compared(Operator op, const std::string& column, const std::vector<Cell>& values) {
    switch (op) {
      case Operator::kLt:
        (sql_ << column << " < ").bind(values[0]);
        return;
      case Operator::kLe:
        (sql_ << column << " <= ").bind(values[0]);
        return;
      case Operator::kGt:
        (sql_ << column << " > ").bind(values[0]);
        return;
      case Operator::kGe:
        (sql_ << column << " >= ").bind(values[0]);
        return;
      case Operator::kBetween:
        (sql_ << "(" << column << " >= ").bind(values[0]);
        (sql_ << " AND " << column << " <= ").bind(values[1]) << ")";
        return;
      default:
        break;
    }
    if (values.size() == 1) {
      (sql_ << column << " = ").bind(values[0]);
      return;
    }
    sql_ << column << " IN (";
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (i > 0) sql_ << ", ";
      sql_.bind(values[i]);
    }
    sql_ << ")";
  }

  // Without regard to the case of ASCII letters: what both databases can do alike.
  void contains(const FieldDefinition& field, const std::string& column, std::string_view part) {
    if (part.empty()) {
      sql_ << column << " IS NOT NULL";
      return;
    }
    if (field.type->array()) {
      const auto text = "CAST(" + column + " AS TEXT)";
      const std::string_view needle = sql_.kept.emplace_back("\"" + std::string(part) + "\"");
      (sql_ << "replace(" << text << ", ").bind(needle) << ", '') <> " << text;
      return;
    }
    const std::string_view needle = sql_.kept.emplace_back(ascii_lower(part));
    const auto text = "lower(" + column + ")";
    (sql_ << "replace(" << text << ", ").bind(needle) << ", '') <> " << text;
  }

  void starts_with(const FieldDefinition& field, const std::string& column, std::string_view part) {
    if (part.empty()) {
      sql_ << column << " IS NOT NULL";
      return;
    }
    if (!field.type->code()) {
      const std::string_view needle = sql_.kept.emplace_back(ascii_lower(part));
      sql_ << "lower(substr(" << column << ", 1, " << std::to_string(count_code_points(part))
           << ")) = ";
      sql_.bind(needle);
      return;
    }
    // a range, which an index serves; nothing follows the last code point
    const std::string_view low = sql_.kept.emplace_back(part);
    const std::string_view high = sql_.kept.emplace_back(std::string(part) + "\xf4\x8f\xbf\xbf");
    (sql_ << "(" << column << " >= ").bind(low);
    (sql_ << " AND " << column << " < ").bind(high) << ")";
  }

  void in_own_table(const Comparison& in, const EntityDefinition& entity, std::string_view alias) {
    const bool links = in.field->type->storage() == Storage::kLinks;
    const auto table = links ? link_table(entity, *in.field) : child_table(entity, *in.field);
    sql_ << "EXISTS (SELECT 1 FROM " << store::quoted(table) << " x WHERE x.owner = " << alias
         << ".id";
    if (in.op == Operator::kContains) {
      const auto values = values_of(in, asking_, sql_.kept);
      sql_ << " AND ";
      if (values.empty())
        sql_ << "FALSE";
      else
        (sql_ << "x.target = ").bind(values[0]);
    }
    sql_ << ")";
  }

  const EntityDefinition& entity_;
  std::string_view alias_;
  const Asking& asking_;
  SqlText& sql_;
};
}  // namespace

std::vector<Cell> values_of(const Comparison& comparison, const Asking& asking,
                            std::deque<std::string>& kept) {
  std::vector<Cell> out;
  const bool several = comparison.op == Operator::kIn || comparison.op == Operator::kNotIn ||
                       comparison.op == Operator::kBetween;
  if (several && comparison.value.is_array()) {
    for (const auto& element : comparison.value.get_array())
      add_value(comparison, element, asking, kept, out);
  } else {
    add_value(comparison, comparison.value, asking, kept, out);
  }
  return out;
}

bool coarse(const FieldDefinition& field) {
  return !field.choices.empty() || field.type->reference() == Reference::kTeam ||
         field.type->columns().empty() ||
         field.type->columns()[0].type == store::ColumnType::kBoolean;
}

std::string column_text(std::string_view alias, const FieldDefinition& field, Operator op) {
  std::string out(alias);
  out += '.';
  if (system_field(field.name) == &field) return out + field.name;
  const auto at = static_cast<std::size_t>(field.type->filter_column(op));
  return out + store::quoted(field.name + std::string(field.type->columns()[at].suffix));
}

void write_condition(const Condition& condition, const EntityDefinition& entity,
                     std::string_view alias, const Asking& asking, SqlText& sql) {
  Writer(entity, alias, asking, sql).write(condition);
}
}  // namespace hougu::schema
