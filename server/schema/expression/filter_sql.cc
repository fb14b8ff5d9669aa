// Terms as SQL. A boolean term is written either exactly (true, false or null as FEEL has it) or,
// where null and false come to the same, loosely: indexes serve what is written loosely.
#include "schema/expression/filter_writer.h"

namespace hougu::schema {
namespace {
using feel::i128;
using feel::Op;

Op flipped(Op op) {
  switch (op) {
    case Op::kLess:
      return Op::kGreater;
    case Op::kLessEqual:
      return Op::kGreaterEqual;
    case Op::kGreater:
      return Op::kLess;
    case Op::kGreaterEqual:
      return Op::kLessEqual;
    default:
      return op;
  }
}

std::string_view sign(Op op) {
  switch (op) {
    case Op::kLess:
      return " < ";
    case Op::kLessEqual:
      return " <= ";
    case Op::kGreater:
      return " > ";
    case Op::kGreaterEqual:
      return " >= ";
    default:
      return " = ";
  }
}
}  // namespace

void FilterWriter::boolean(const Term& term, bool loose) {
  switch (term.kind) {
    case Term::Kind::kFixed:
      return truth(value_of(term));
    case Term::Kind::kColumn:
      return column(term);
    case Term::Kind::kAnd:
    case Term::Kind::kOr:
      return joined(term, term.kind == Term::Kind::kAnd ? " AND " : " OR ", loose);
    case Term::Kind::kNot:
      sql_ << "(NOT ";
      boolean(term.parts[0], false);
      sql_ << ")";
      return;
    case Term::Kind::kIf:
      return choice(term, loose);
    case Term::Kind::kBetween:
      return between(term, loose);
    case Term::Kind::kOneOf:
      return one_of(term, loose);
    case Term::Kind::kHolds:
      return holds(term, loose);
    case Term::Kind::kIn:
      sql_ << "COALESCE(";
      holds(term, true);
      sql_ << ", FALSE)";
      return;
    case Term::Kind::kContains:
      sql_ << (postgres_ ? "(strpos(" : "(instr(");
      pair(term, ", ");
      sql_ << ") > 0)";
      return;
    case Term::Kind::kStarts:
    case Term::Kind::kEnds:
      return edge(term);
    default:
      return compare(term, loose);
  }
}

const feel::Value& FilterWriter::value_of(const Term& term) const {
  return filter_.fixed[term.fixed];
}

bool FilterWriter::fixed(const Term& term) { return term.kind == Term::Kind::kFixed; }

bool FilterWriter::is_null(const Term& term) const {
  return fixed(term) && value_of(term).is_null();
}

void FilterWriter::truth(const feel::Value& value) {
  if (value.is_null())
    sql_ << (postgres_ ? "NULL::boolean" : "NULL");
  else
    sql_ << (value.is_true() ? "TRUE" : "FALSE");
}

void FilterWriter::truth(std::optional<bool> value) { truth(feel::Value::boolean(value)); }

void FilterWriter::joined(const Term& term, std::string_view word, bool loose) {
  sql_ << "(";
  for (std::size_t i = 0; i < term.parts.size(); ++i) {
    if (i > 0) sql_ << word;
    boolean(term.parts[i], loose);
  }
  sql_ << ")";
}

void FilterWriter::choice(const Term& term, bool loose) {
  sql_ << "(CASE WHEN ";
  boolean(term.parts[0], true);
  sql_ << " THEN ";
  boolean(term.parts[1], loose);
  sql_ << " ELSE ";
  boolean(term.parts[2], loose);
  sql_ << " END)";
}

// Undecided when either end is.
void FilterWriter::between(const Term& term, bool loose) {
  if (loose || term.parts.size() == 1) return joined(term, " AND ", loose);
  sql_ << "(CASE WHEN (";
  boolean(term.parts[0], false);
  sql_ << ") IS NULL OR (";
  boolean(term.parts[1], false);
  sql_ << ") IS NULL THEN NULL ELSE ";
  joined(term, " AND ", false);
  sql_ << " END)";
}

// The record behind a relation is only there when the person may read it.
void FilterWriter::column(const Term& term) {
  if (term.relation == nullptr) {
    const bool chosen = sql_.only_shown != nullptr && alias_ == "t";
    const bool hidden =
        chosen ? term.field != sql_.only_shown : sql_.hide_coarse && coarse(*term.field);
    sql_ << (hidden ? "+" : "") << column_text(alias_, *term.field, Operator::kEq);
    return;
  }
  sql_ << "(SELECT " << column_text("s", *term.field, Operator::kEq) << " FROM "
       << store::quoted(term.target->table())
       << " s WHERE s.id = " << column_text(alias_, *term.relation, Operator::kEq)
       << " AND s.deleted_at IS NULL AND ";
  write_rule(read_rule(asking_.catalog, *term.target, asking_.who), *term.target, "s", sql_);
  sql_ << ")";
}

void FilterWriter::pair(const Term& term, std::string_view between) {
  operand(term.parts[0]);
  sql_ << between;
  operand(term.parts[1]);
}

void FilterWriter::edge(const Term& term) {
  const auto& whole = term.parts[0];
  const auto& part = term.parts[1];
  const bool end = term.kind == Term::Kind::kEnds;
  if (end) {
    sql_ << "(length(";
    operand(whole);
    sql_ << ") >= length(";
    operand(part);
    sql_ << ") AND substr(";
    operand(whole);
    sql_ << ", length(";
    operand(whole);
    sql_ << ") - length(";
  } else {
    sql_ << "(substr(";
    operand(whole);
    sql_ << ", 1, length(";
  }
  operand(part);
  sql_ << (end ? ") + 1) = " : ")) = ");
  operand(part);
  sql_ << ")";
}

void FilterWriter::holds(const Term& term, bool loose) {
  const auto& list = term.parts[0];
  if (postgres_) {
    sql_ << "(";
    column(list);
    sql_ << " ? ";
    operand(term.parts[1]);
    sql_ << ")";
    return;
  }
  if (!loose) {
    sql_ << "(CASE WHEN ";
    column(list);
    sql_ << " IS NULL THEN NULL ELSE ";
  }
  sql_ << "EXISTS (SELECT 1 FROM json_each(";
  column(list);
  sql_ << ") WHERE value = ";
  operand(term.parts[1]);
  sql_ << (loose ? ")" : ") END)");
}

void FilterWriter::one_of(const Term& term, bool loose) {
  const auto& subject = term.parts[0];
  const auto& list = value_of(term.parts[1]);
  bool with_null = false;
  std::vector<const feel::Value*> values;
  if (!list.is_null()) {
    for (const auto& item : list.list()) {
      with_null = with_null || item.is_null();
      if (fits(subject, item)) values.push_back(&item);
    }
  }
  if (values.empty() && !with_null)
    return truth(list.is_null() ? std::nullopt : std::optional(false));
  if (with_null) {
    sql_ << "(";
    operand(subject);
    sql_ << " IS NULL";
    if (values.empty()) {
      sql_ << ")";
      return;
    }
    sql_ << " OR ";
  }
  const bool exact = !loose && !with_null;
  sql_ << (exact ? "COALESCE(" : "");
  operand(subject);
  sql_ << " IN (";
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (i > 0) sql_ << ", ";
    literal(*values[i], subject.type, subject.scale, false);
  }
  sql_ << ")" << (exact ? ", FALSE)" : "") << (with_null ? ")" : "");
}

// Whether a field of this type could have the value.
bool FilterWriter::fits(const Term& subject, const feel::Value& value) {
  switch (value.kind()) {
    case feel::Kind::kBoolean:
      return subject.type == TermType::kBoolean;
    case feel::Kind::kNumber:
    case feel::Kind::kDateTime:
    case feel::Kind::kDayTime: {
      const auto kind = value.is(feel::Kind::kNumber)     ? TermType::kNumber
                        : value.is(feel::Kind::kDateTime) ? TermType::kMoment
                                                          : TermType::kDuration;
      if (subject.type != kind) return false;
      if (kind == TermType::kMoment && value.date_time().zone.kind == feel::Zone::Kind::kNone)
        return false;
      const auto whole = whole_at(value, subject.scale);
      return whole.exact && whole.floor <= INT64_MAX && whole.floor >= INT64_MIN;
    }
    case feel::Kind::kDate:
      return subject.type == TermType::kDate && day_of(value);
    case feel::Kind::kString:
      return subject.type == TermType::kId ? id_of(value).has_value()
                                           : subject.type == TermType::kText && storable(value);
    default:
      return false;
  }
}

void FilterWriter::compare(const Term& term, bool loose) {
  const auto& left = term.parts[0];
  const auto& right = term.parts[1];
  const bool equality = term.op == Op::kEqual || term.op == Op::kNotEqual;
  if (fixed(left) && fixed(right)) return known(term.op, value_of(left), value_of(right));
  if (is_null(left) || is_null(right)) {
    if (!equality) return truth(std::nullopt);
    const auto& other = is_null(left) ? right : left;
    sql_ << "(";
    operand(other, other.scale, other.bound >= INT64_MAX);
    sql_ << (term.op == Op::kEqual ? " IS NULL)" : " IS NOT NULL)");
    return;
  }
  if (numeric(left.type) && !term.wide && (fixed(left) || fixed(right))) {
    const auto& column = fixed(left) ? right : left;
    const auto& value = value_of(fixed(left) ? left : right);
    return with_number(fixed(left) ? flipped(term.op) : term.op, column, value, loose);
  }
  if (left.type == TermType::kId && equality && (fixed(left) || fixed(right)) &&
      !id_of(value_of(fixed(left) ? left : right)))
    return truth(term.op == Op::kNotEqual);
  const int scale = std::max(left.scale, right.scale);
  if (term.wide && !postgres_) return wide(term, scale);
  sql_ << "(";
  operand(left, scale, term.wide);
  sql_ << relation(term.op, loose && (fixed(left) || fixed(right)));
  operand(right, scale, term.wide);
  sql_ << ")";
}

// null = null is true in FEEL; where neither can be null, "=" serves.
std::string_view FilterWriter::relation(Op op, bool plain) const {
  if (op == Op::kNotEqual) return postgres_ ? " IS DISTINCT FROM " : " IS NOT ";
  if (op == Op::kEqual && !plain) return postgres_ ? " IS NOT DISTINCT FROM " : " IS ";
  return sign(op);
}

void FilterWriter::wide(const Term& term, int scale) {
  const bool equality = term.op == Op::kEqual || term.op == Op::kNotEqual;
  sql_ << (term.op == Op::kNotEqual ? "(NOT " : "(") << (equality ? "wide_same(" : "wide_compare(");
  operand(term.parts[0], scale, true);
  sql_ << ", ";
  operand(term.parts[1], scale, true);
  sql_ << ")";
  if (!equality) sql_ << sign(term.op) << "0";
  sql_ << ")";
}

void FilterWriter::known(Op op, const feel::Value& left, const feel::Value& right) {
  if (op == Op::kEqual) return truth(feel::equal(left, right));
  if (op == Op::kNotEqual) {
    const auto same = feel::equal(left, right);
    return truth(same ? std::optional(!*same) : std::nullopt);
  }
  const auto order = feel::compare(left, right);
  if (!order) return truth(std::nullopt);
  truth(op == Op::kLess        ? *order < 0
        : op == Op::kLessEqual ? *order <= 0
        : op == Op::kGreater   ? *order > 0
                               : *order >= 0);
}

// With the nearest whole number below: no field lies between the two.
void FilterWriter::with_number(Op op, const Term& column, const feel::Value& value, bool loose) {
  auto whole = whole_at(value, column.scale);
  if (whole.floor >= INT64_MAX) whole = {INT64_MAX, false};
  if (whole.floor <= INT64_MIN) whole = {INT64_MIN, false};
  if (!whole.exact) {
    if (op == Op::kEqual || op == Op::kNotEqual) return truth(op == Op::kNotEqual);
    op = op == Op::kLess || op == Op::kLessEqual ? Op::kLessEqual : Op::kGreater;
  }
  sql_ << "(";
  operand(column, column.scale, false);
  sql_ << relation(op, loose);
  integer(whole.floor);
  sql_ << ")";
}

void write_filter(const BoundFilter& filter, std::string_view alias, const Asking& asking,
                  SqlText& sql) {
  FilterWriter(filter, alias, asking, sql).boolean(filter.filter->root(), true);
}
}  // namespace hougu::schema
