#include "schema/expression/filter.h"

#include <algorithm>

#include "schema/expression/fixed_values.h"
#include "schema/expression/translator.h"
#include "schema/fields/field_type.h"

namespace hougu::schema {
namespace {
constexpr std::size_t kLongestSource = 8'000;
constexpr std::uint32_t kDeepest = 50;
constexpr std::string_view kSystem[] = {"id",         "version",    "created_at",
                                        "created_by", "updated_at", "updated_by"};

const EntityDefinition* target_of(const Term& term, const FieldDefinition& relation) {
  if (term.relation == &relation) return term.target;
  for (const auto& part : term.parts)
    if (const auto* found = target_of(part, relation)) return found;
  return nullptr;
}
}  // namespace

Result<FilterPtr> Filter::parse(const Catalog& catalog, const EntityDefinition& entity,
                                std::string_view source, const identity::Principal* who) {
  auto out = std::make_shared<Filter>();
  feel::Environment environment;
  const auto add = [&](std::string_view name, const FieldDefinition* field) {
    const auto slot = environment.add(name);
    if (out->fields_.size() <= slot) out->fields_.resize(slot + 1);
    out->fields_[slot] = field;
  };
  add("user", nullptr);
  for (const auto name : kSystem) add(name, system_field(name));
  for (const auto& field : entity.fields)
    if (!field.archived) add(field.name, &field);
  out->source_ = source;
  feel::CompileOptions options;
  options.max_bytes = kLongestSource;
  options.max_depth = kDeepest;
  auto compiled = feel::compile(source, environment, options);
  if (!compiled.ok()) return placed(std::move(compiled).error());
  out->expression_ = std::move(compiled).value();
  const auto& unknown = out->expression_->unknown_names();
  if (!unknown.empty())
    return out->refused(unknown[0].code, unknown[0].position, unknown[0].detail);
  Translator translator(catalog, entity, who, out->source_, out->expression_->program(),
                        out->fields_);
  HOUGU_TRY(out->root_, translator.condition());
  out->fixed_ = translator.take_fixed();
  for (const auto& part : out->fixed_)
    if (!part.varies) HOUGU_CHECK(check_fixed(*out, part, part.value));
  return FilterPtr(std::move(out));
}

const EntityDefinition* Filter::target(const FieldDefinition& relation) const {
  return target_of(root_, relation);
}

Error Filter::refused(std::string code, std::uint32_t position, std::string_view detail) const {
  return filter_error(std::move(code), source_, position, detail);
}

Result<BoundFilter> bind_filter(FilterPtr filter, const Asking& asking) {
  BoundFilter out{std::move(filter), {}};
  const auto inputs = user_inputs(*out.filter, asking.who);
  for (const auto& part : out.filter->fixed()) {
    if (!part.varies) {
      out.fixed.push_back(part.value);
      continue;
    }
    feel::Limits limits;
    limits.steps = 200'000;
    limits.bytes = 4 << 20;
    feel::Evaluation run(nullptr, limits);
    set_clock(run, asking.now, asking.zone);
    auto value = part.expression->evaluate(run, inputs);
    HOUGU_CHECK(check_fixed(*out.filter, part, value));
    out.fixed.push_back(std::move(value));
  }
  return out;
}
}  // namespace hougu::schema
