#include "schema/fields/file_like.h"

#include "schema/fields/reference_like.h"

namespace hougu::schema {

std::span<const ColumnSpec> FileLike::columns() const {
  static constexpr ColumnSpec kColumns[] = {{"", store::ColumnType::kJson}};
  return kColumns;
}

void FileLike::parse(const FieldDefinition& field, const json::value& in, Parsing& out) const {
  ids_from(in, most_files(field), out);
}

json::value FileLike::present(const FieldDefinition&, std::span<const Cell> cells) const {
  auto parsed = parse_json(cell_text(cells[0]));
  return parsed.ok() ? std::move(parsed).value() : json::value(nullptr);
}

void FileLike::search_texts(const FieldDefinition&, const json::value& api,
                            std::vector<std::string>& out) const {
  if (!api.is_array()) return;
  for (const auto& file : api.get_array()) {
    if (!file.is_object()) continue;
    if (const auto name = find_string(file.get_object(), "name")) out.emplace_back(*name);
  }
}

std::string FileLike::to_text(const FieldDefinition& field, const json::value& api,
                              const CellText&) const {
  std::vector<std::string> names;
  search_texts(field, api, names);
  std::string out;
  for (const auto& name : names) out += out.empty() ? name : "; " + name;
  return out;
}

json::object FileLike::file_schema() {
  const json::object text{{"type", "string"}};
  return {{"type", "object"},
          {"properties", json::object{{"id", json::object{{"type", "string"}, {"format", "uuid"}}},
                                      {"name", text},
                                      {"type", text},
                                      {"size", json::object{{"type", "integer"}}},
                                      {"url", text},
                                      {"thumbnail_url", text},
                                      {"width", json::object{{"type", "integer"}}},
                                      {"height", json::object{{"type", "integer"}}}}}};
}
}  // namespace hougu::schema
