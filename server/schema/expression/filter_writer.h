// Writes the terms of a filter as SQL, for one statement: conditions in filter_sql.cc, values in
// filter_sql_values.cc. Inside schema/expression only; used by one thread.
#pragma once

#include "schema/expression/fixed_values.h"
#include "schema/fields/field_type.h"
#include "schema/row_rule.h"

namespace hougu::schema {

class FilterWriter {
 public:
  FilterWriter(const BoundFilter& filter, std::string_view alias, const Asking& asking,
               SqlText& sql)
      : filter_(filter),
        alias_(alias),
        asking_(asking),
        sql_(sql),
        postgres_(asking.dialect == store::Dialect::kPostgres) {}

  void boolean(const Term& term, bool loose);

 private:
  const feel::Value& value_of(const Term& term) const;
  static bool fixed(const Term& term);
  bool is_null(const Term& term) const;
  void truth(const feel::Value& value);
  void truth(std::optional<bool> value);
  void joined(const Term& term, std::string_view word, bool loose);
  void choice(const Term& term, bool loose);
  void between(const Term& term, bool loose);
  void column(const Term& term);
  void pair(const Term& term, std::string_view between);
  void edge(const Term& term);
  void holds(const Term& term, bool loose);
  void one_of(const Term& term, bool loose);
  static bool fits(const Term& subject, const feel::Value& value);
  void compare(const Term& term, bool loose);
  std::string_view relation(feel::Op op, bool plain) const;
  void wide(const Term& term, int scale);
  void known(feel::Op op, const feel::Value& left, const feel::Value& right);
  void with_number(feel::Op op, const Term& column, const feel::Value& value, bool loose);
  void integer(feel::i128 value);
  void text(std::string value, std::string_view type);
  void literal(const feel::Value& value, TermType type, int scale, bool wide);
  void operand(const Term& term);
  void operand(const Term& term, int scale, bool wide);
  template <typename Write>
  void multiplied(Write&& write, const std::string& factor, bool wide) {
    const bool call = wide && !postgres_;
    sql_ << (call ? "wide_multiply(" : "(");
    write();
    sql_ << (call ? ", " : " * ") << factor << ")";
  }
  void plain(const Term& term, bool wide);
  void computed(const Term& term, bool wide);
  void days(const Term& date);
  void arithmetic(const Term& term, bool wide);
  void infix(const Term& term, bool wide, std::string_view sign, std::string_view function,
             int left, int right);

  const BoundFilter& filter_;
  std::string_view alias_;
  const Asking& asking_;
  SqlText& sql_;
  const bool postgres_;
};
}  // namespace hougu::schema
