#include "schema/exchange/import_json.h"

#include "schema/exchange/import_plan.h"
#include "schema/exchange/result_file.h"
#include "schema/fields/field_type.h"

namespace hougu::exchange {
namespace {
constexpr std::size_t kShownSamples = 5;
}

json::array columns_json(const Cells& headers, const std::vector<Cells>& samples,
                         const std::vector<std::string>& guesses) {
  json::array columns;
  for (std::size_t i = 0; i < headers.size(); ++i) {
    json::array shown;
    for (const auto& row : samples) {
      if (shown.size() < kShownSamples && i < row.size() && !row[i].empty()) {
        shown.emplace_back(row[i].size() <= 200 ? row[i] : std::string("…"));
      }
    }
    columns.push_back({{"header", headers[i]},
                       {"samples", std::move(shown)},
                       {"field", guesses[i].empty() ? json::value() : json::value(guesses[i])}});
  }
  return columns;
}

json::array fields_json(const schema::EntityDefinition& entity, const identity::Principal& who) {
  json::array fields;
  for (const auto& field : entity.fields) {
    if (!importable(entity, field, who)) continue;
    fields.push_back({{"name", field.name},
                      {"label", field.label.in(who.locale)},
                      {"type", std::string(field.type->name())},
                      {"required", field.required}});
  }
  return fields;
}
json::object state_json(const ImportJob& job, const schema::EntityDefinition* entity,
                        bool has_result, const Messages& messages, Locale locale) {
  const auto message = [&](const json::object& fault) {
    std::map<std::string, std::string> params;
    if (const auto* given = find_object(fault, "params")) {
      for (const auto& [key, value] : *given) params.emplace(key, std::string(value.as_string()));
    }
    return fault_text(messages, locale, entity,
                      std::string(find_string(fault, "field").value_or("")),
                      std::string(find_string(fault, "code").value_or("")), std::move(params));
  };
  json::array errors;
  for (const auto& value : job.errors) {
    const json::object& fault = value.as_object();
    json::object shown{{"row", fault.at("row")},
                       {"field", fault.at("field")},
                       {"code", fault.at("code")},
                       {"message", message(fault)}};
    errors.push_back(std::move(shown));
  }
  json::object out{{"id", job.id.text()},        {"entity", job.entity},
                   {"file_name", job.file_name}, {"state", std::string(state_name(job.state))},
                   {"rows", job.rows},           {"done", job.done},
                   {"created", job.created},     {"updated", job.updated},
                   {"failed", job.failed},       {"errors", std::move(errors)},
                   {"error", nullptr},           {"has_result", has_result}};
  if (!job.error.empty()) {
    out["error"] =
        json::object{{"code", job.error},
                     {"message", message({{"code", job.error}, {"params", job.error_params}})}};
  }
  return out;
}
}  // namespace hougu::exchange
