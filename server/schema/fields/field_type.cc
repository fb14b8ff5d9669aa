#include "schema/fields/field_type.h"

#include "base/text.h"

namespace hougu::schema {

json::value FieldType::masked(const FieldDefinition&, const json::value& api) const {
  if (api.is_null()) return nullptr;
  if (!api.is_string()) return nullptr;
  // The first character stays, so that people recognise what they already know.
  const std::string_view text = api.as_string();
  if (text.empty()) return json_text(text);
  std::size_t at = 0;
  next_code_point(text, at);
  return json_text(std::string(text.substr(0, at)) + "*");
}

void FieldType::search_texts(const FieldDefinition&, const json::value& api,
                             std::vector<std::string>& out) const {
  if (api.is_string()) out.emplace_back(api.as_string());
}

bool FieldType::operand(const FieldDefinition&, const json::value& in, Cell& out,
                        std::deque<std::string>& texts) const {
  if (!in.is_string()) return false;
  std::string code;
  const std::string_view text = in.as_string();
  if (!usable_text(text, code)) return false;
  out = std::string_view(texts.emplace_back(text));
  return true;
}

std::string FieldType::to_text(const FieldDefinition&, const json::value& api,
                               const CellText&) const {
  if (api.is_null()) return {};
  if (api.is_string()) return std::string(api.as_string());
  return json::serialize(api);
}

Result<json::value> FieldType::from_text(const FieldDefinition&, std::string_view text,
                                         const CellText&) const {
  return json::value(json_text(text));
}

bool usable_text(std::string_view text, std::string& code) {
  if (!valid_utf8(text)) {
    code = "field.encoding";
    return false;
  }
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if ((byte < 0x20 && c != '\t' && c != '\n' && c != '\r') || byte == 0x7f) {
      code = "field.control";
      return false;
    }
  }
  return true;
}

bool usable_text(const json::value& in, Parsing& out) {
  if (!in.is_string()) {
    out.fault("field.type");
    return false;
  }
  std::string code;
  if (usable_text(std::string_view(in.as_string()), code)) return true;
  out.fault(code);
  return false;
}

std::int64_t setting(const FieldDefinition& field, std::string_view name, std::int64_t fallback) {
  return find_integer(field.settings, name).value_or(fallback);
}
std::string_view setting_text(const FieldDefinition& field, std::string_view name,
                              std::string_view fallback) {
  return find_string(field.settings, name).value_or(fallback);
}
bool setting_flag(const FieldDefinition& field, std::string_view name, bool fallback) {
  return find_bool(field.settings, name).value_or(fallback);
}
}  // namespace hougu::schema
