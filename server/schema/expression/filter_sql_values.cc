// Values of a filter as SQL.
#include "schema/expression/filter_writer.h"

namespace hougu::schema {
using feel::i128;

void FilterWriter::integer(i128 value) {
  sql_.bind(static_cast<std::int64_t>(value));
  if (postgres_) sql_ << "::bigint";
}

void FilterWriter::text(std::string value, std::string_view type) {
  sql_.bind(std::string_view(sql_.kept.emplace_back(std::move(value))));
  if (postgres_) sql_ << type;
}

void FilterWriter::literal(const feel::Value& value, TermType type, int scale, bool wide) {
  if (value.is_null()) {
    sql_ << "NULL";
    if (postgres_)
      sql_ << (numeric(type)                ? (wide ? "::numeric" : "::bigint")
               : type == TermType::kId      ? "::uuid"
               : type == TermType::kBoolean ? "::boolean"
                                            : "::text");
    return;
  }
  switch (type) {
    case TermType::kNumber:
    case TermType::kMoment:
    case TermType::kDuration: {
      const auto whole = whole_at(value, scale).floor;
      const bool far = whole > INT64_MAX || whole < INT64_MIN;
      if (!far) {
        integer(whole);
        if (wide && postgres_) sql_ << "::numeric";
      } else {
        text(digits(whole), "::text::numeric");
      }
      return;
    }
    case TermType::kBoolean:
      return truth(value);
    case TermType::kDate:
      return text(day_of(value).value_or(""), "::text COLLATE \"C\"");
    case TermType::kId:
      sql_.bind(id_of(value).value_or(Id()));
      if (postgres_) sql_ << "::uuid";
      return;
    default:
      return text(value.string(), "::text COLLATE \"C\"");
  }
}

void FilterWriter::operand(const Term& term) { operand(term, term.scale, false); }

// Numeric terms as whole numbers at the scale.
void FilterWriter::operand(const Term& term, int scale, bool wide) {
  if (fixed(term)) {
    sql_ << "(";
    literal(value_of(term), term.type, scale, wide);
    sql_ << ")";
    return;
  }
  if (term.type == TermType::kBoolean) return boolean(term, false);
  if (scale == term.scale || !numeric(term.type)) return plain(term, wide);
  multiplied([&] { plain(term, wide); },
             "1" + std::string(static_cast<std::size_t>(scale - term.scale), '0'), wide);
}

void FilterWriter::plain(const Term& term, bool wide) {
  const bool leaf = term.kind == Term::Kind::kColumn || term.kind == Term::Kind::kDatePart ||
                    term.kind == Term::Kind::kDays || term.kind == Term::Kind::kLength ||
                    term.kind == Term::Kind::kCount;
  const bool cast = leaf && postgres_ && numeric(term.type);
  if (cast) sql_ << "(";
  computed(term, wide);
  if (cast) sql_ << (wide ? ")::numeric" : ")::bigint");
}

void FilterWriter::computed(const Term& term, bool wide) {
  switch (term.kind) {
    case Term::Kind::kColumn:
      return column(term);
    case Term::Kind::kDatePart: {
      constexpr std::string_view kPlaces[] = {", 1, 4) AS bigint)", ", 6, 2) AS bigint)",
                                              ", 9, 2) AS bigint)"};
      sql_ << "CAST(substr(";
      column(term);
      sql_ << kPlaces[term.flag];
      return;
    }
    case Term::Kind::kDays:
      return days(term.parts[0]);
    case Term::Kind::kLength:
      sql_ << "length(";
      operand(term.parts[0]);
      sql_ << ")";
      return;
    case Term::Kind::kCount:
      sql_ << (postgres_ ? "jsonb_array_length(" : "json_array_length(");
      column(term.parts[0]);
      sql_ << ")";
      return;
    case Term::Kind::kConcatenate:
      sql_ << "(";
      pair(term, " || ");
      sql_ << ")";
      return;
    case Term::Kind::kIf:
      sql_ << "(CASE WHEN ";
      boolean(term.parts[0], true);
      sql_ << " THEN ";
      operand(term.parts[1], term.scale, wide);
      sql_ << " ELSE ";
      operand(term.parts[2], term.scale, wide);
      sql_ << " END)";
      return;
    default:
      return arithmetic(term, wide);
  }
}

void FilterWriter::days(const Term& date) {
  if (fixed(date) && !value_of(date).is_null()) return integer(value_of(date).days());
  sql_ << (postgres_ ? "(" : "CAST(julianday(");
  operand(date);
  sql_ << (postgres_ ? "::date - DATE '1970-01-01')" : ") - 2440587.5 AS INTEGER)");
}

void FilterWriter::arithmetic(const Term& term, bool wide) {
  const auto& left = term.parts[0];
  switch (term.kind) {
    case Term::Kind::kNegate:
      return multiplied([&] { operand(left, term.scale, wide); }, "-1", wide);
    case Term::Kind::kAbsolute:
      if (!wide || postgres_) {
        sql_ << "abs(";
        operand(left, term.scale, wide);
      } else {
        sql_ << "wide_absolute(";
        operand(left, term.scale, wide);
      }
      sql_ << ")";
      return;
    case Term::Kind::kMultiply:
      return infix(term, wide, " * ", "wide_multiply(", left.scale, term.parts[1].scale);
    case Term::Kind::kSubtract:
      if (term.flag != 0)
        return multiplied([&] { infix(term, wide, " - ", "wide_subtract(", 0, 0); }, "86400", wide);
      return infix(term, wide, " - ", "wide_subtract(", term.scale, term.scale);
    default:
      return infix(term, wide, " + ", "wide_add(", term.scale, term.scale);
  }
}

void FilterWriter::infix(const Term& term, bool wide, std::string_view sign,
                         std::string_view function, int left, int right) {
  const bool call = wide && !postgres_;
  sql_ << (call ? function : "(");
  operand(term.parts[0], left, wide);
  sql_ << (call ? ", " : sign);
  operand(term.parts[1], right, wide);
  sql_ << ")";
}
}  // namespace hougu::schema
