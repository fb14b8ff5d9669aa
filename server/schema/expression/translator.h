// From compiled FEEL to terms. Inside schema/expression only.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "schema/condition.h"
#include "schema/expression/term.h"

namespace hougu::schema {

// With the place in "details", as FEEL's params give it.
Error placed(Error error);
// A refusal with its place in the source.
Error filter_error(std::string code, std::string_view source, std::uint32_t position,
                   std::string_view detail);
std::string_view type_word(TermType type);
// The type of a FEEL value as a fixed part; nullopt: none that can be compared with fields.
std::optional<TermType> type_of(const feel::Value& value);

class Translator {
 public:
  Translator(const Catalog& catalog, const EntityDefinition& entity, const identity::Principal* who,
             std::string_view source, const feel::Program& program,
             const std::vector<const FieldDefinition*>& fields)
      : catalog_(catalog),
        entity_(entity),
        who_(who),
        source_(source),
        program_(program),
        fields_(fields) {}

  Result<Term> condition();
  std::vector<FixedPart> take_fixed() { return std::move(fixed_); }

 private:
  using Ref = std::uint32_t;
  enum class Dependence { kConstant, kVaries, kRecord };

  Dependence dependence(Ref ref);
  Dependence of_all(std::uint32_t begin, std::uint32_t count);

  Result<Term> term(Ref ref);
  Result<Term> boolean(Ref ref);
  Result<Term> fixed(Ref ref, bool varies);
  Result<Term> column(const feel::Node& node);
  Result<Term> path(const feel::Node& node);
  Result<Term> described(Term term, const EntityDefinition& entity);
  Result<Term> joined(const feel::Node& node, Term::Kind kind);
  Result<Term> compared(feel::Op op, Term left, Term right, std::uint32_t position);
  Result<Term> between(Term value, Term low, Term high, std::uint8_t flag, std::uint32_t position);
  Result<Term> membership(const feel::Node& node);
  Result<Term> test(const feel::Node& test, const Term& value);
  Result<Term> one_of(Term value, Term list, std::uint32_t position);
  Result<Term> choice(const feel::Node& node);

  // translate_values.cc
  Result<Term> arithmetic(const feel::Node& node);
  Result<Term> sum(Term left, Term right, bool subtract, std::uint32_t position);
  Result<Term> product(Term left, Term right, std::uint32_t position);
  Result<Term> quotient(Term left, const Term& right, std::uint32_t position);
  Result<Term> call(const feel::Node& node);
  Result<Term> text_test(Term::Kind kind, const feel::Node& node);
  Result<void> fit_arithmetic(Term& term);
  Result<void> align(Term& left, Term& right);
  Result<feel::i128> bound_at(const Term& term, int scale) const;

  bool is_fixed(const Term& term) const { return term.kind == Term::Kind::kFixed; }
  bool is_constant(const Term& term) const { return is_fixed(term) && !fixed_[term.fixed].varies; }
  const feel::Value& value_of(const Term& term) const { return fixed_[term.fixed].value; }
  Term constant(feel::Value value, TermType type, std::uint32_t position);
  Error refused(std::string code, std::uint32_t position, std::string_view detail = {}) const {
    return filter_error(std::move(code), source_, position, detail);
  }
  Error mismatch(const Term& left, const Term& right, std::uint32_t position) const;

  const Catalog& catalog_;
  const EntityDefinition& entity_;
  const identity::Principal* who_;
  std::string_view source_;
  const feel::Program& program_;
  const std::vector<const FieldDefinition*>& fields_;
  std::vector<FixedPart> fixed_{};
  std::size_t terms_ = 0;
};
}  // namespace hougu::schema
