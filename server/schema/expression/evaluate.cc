// A record's values as FEEL values.
#include "schema/expression/fixed_values.h"
#include "schema/fields/field_type.h"
#include "schema/fields/reference_like.h"

namespace hougu::schema {
namespace {
using feel::Value;

Value plain_value(const json::value& in) {
  if (in.is_string()) return Value::string(std::string(std::string_view(in.get_string())));
  if (in.is_bool()) return Value::boolean(in.get_bool());
  if (in.is_int64()) return Value::integer(in.get_int64());
  if (in.is_uint64()) return Value::number(feel::Number::parse(std::to_string(in.get_uint64())));
  if (in.is_double()) return Value::number(feel::Number::from_double(in.get_double()));
  if (in.is_array()) {
    std::vector<Value> items;
    for (const auto& item : in.get_array()) items.push_back(plain_value(item));
    return Value::list(std::move(items));
  }
  if (in.is_object()) {
    std::vector<feel::ContextEntry> entries;
    for (const auto& member : in.get_object())
      entries.push_back({std::string(std::string_view(member.key())), plain_value(member.value())});
    return Value::context(std::move(entries));
  }
  return {};
}

Value value_of(const FieldDefinition& field, const json::value& in, const feel::Zone& zone) {
  if (in.is_null()) return {};
  const std::string_view type = field.type->name();
  const bool id = system_field("id") == &field;
  if (field.type->reference() != Reference::kNone && !id) {
    const auto found = id_from(in);
    return found ? Value::context({{"id", Value::string(found->text())}}) : Value();
  }
  if (type == "duration" && in.is_int64()) {
    return Value::day_time(feel::i128{in.get_int64()} * feel::kNanos);
  }
  if (!in.is_string()) return plain_value(in);
  const std::string_view text = in.get_string();
  if (type == "number" || type == "money") return Value::number(feel::Number::parse(text));
  if (type == "date") {
    const auto day = feel::parse_date(text);
    return day ? Value::date(*day) : Value();
  }
  if (type == "date_time") {
    Millis time = 0;
    return parse_rfc3339(text, time) ? moment_value(time, zone) : Value();
  }
  return Value::string(std::string(text));
}

Value related_value(const Value& own, const EntityDefinition& target, const json::object& values,
                    const feel::Zone& zone) {
  auto entries = own.context().entries;
  const auto add = [&](const FieldDefinition& field) {
    const auto* value = find(values, field.name);
    entries.push_back({field.name, value ? value_of(field, *value, zone) : Value()});
  };
  for (const auto& field : target.fields)
    if (!field.archived) add(field);
  for (const auto name : {"version", "created_at", "created_by", "updated_at", "updated_by"})
    add(*system_field(name));
  return Value::context(std::move(entries));
}
}  // namespace

Result<std::optional<bool>> evaluate(const Filter& filter, const json::object& values,
                                     const identity::Principal& who, const Moment& moment,
                                     const Related& related,
                                     std::vector<feel::Diagnostic>* diagnostics) {
  const auto zone = feel_zone(moment.zone);
  auto inputs = user_inputs(filter, who);
  for (const auto slot : filter.expression()->inputs()) {
    const auto* field = filter.field(slot);
    const auto* value = field ? find(values, field->name) : nullptr;
    if (value == nullptr) continue;
    inputs[slot] = value_of(*field, *value, zone);
    const auto* target = filter.target(*field);
    if (target == nullptr || inputs[slot].is_null()) continue;
    const auto id = id_from(*value);
    if (!id) continue;
    HOUGU_TRY(const auto found, related(*field, *id));
    if (found) inputs[slot] = related_value(inputs[slot], *target, *found, zone);
  }
  feel::Evaluation run(diagnostics);
  set_clock(run, moment.now, moment.zone);
  const auto out = filter.expression()->evaluate(run, inputs);
  if (!out.is(feel::Kind::kBoolean)) return std::optional<bool>();
  return std::optional<bool>(out.is_true());
}
}  // namespace hougu::schema
