#include "schema/fields/reference_like.h"

#include <algorithm>

namespace hougu::schema {

std::optional<Id> id_from(const json::value& in) {
  const json::value* value = &in;
  if (in.is_object()) value = find(in.get_object(), "id");
  if (value == nullptr || !value->is_string()) return std::nullopt;
  return Id::parse(std::string_view(value->get_string()));
}

bool ids_from(const json::value& in, std::size_t limit, Parsing& out) {
  if (!in.is_array()) return out.fault("field.type"), false;
  const auto& array = in.get_array();
  if (array.size() > limit)
    return out.fault("field.too_many", {{"max", std::to_string(limit)}}), false;
  for (const auto& element : array) {
    const auto id = id_from(element);
    if (!id) return out.fault("field.reference"), false;
    if (std::find(out.ids->begin(), out.ids->end(), *id) == out.ids->end()) out.ids->push_back(*id);
  }
  return true;
}

std::span<const ColumnSpec> ReferenceLike::columns() const {
  static constexpr ColumnSpec kColumns[] = {{"", store::ColumnType::kId}};
  return kColumns;
}

void ReferenceLike::parse(const FieldDefinition&, const json::value& in, Parsing& out) const {
  if (!in.is_string() && !in.is_object()) return out.fault("field.type");
  const auto id = id_from(in);
  if (!id || id->is_nil()) return out.fault("field.reference");
  out.cells[0] = *id;
}

json::value ReferenceLike::present(const FieldDefinition&, std::span<const Cell> cells) const {
  return json::object{{"id", json_text(std::get<Id>(cells[0]).text())}, {"title", ""}};
}

void ReferenceLike::search_texts(const FieldDefinition&, const json::value& api,
                                 std::vector<std::string>& out) const {
  if (!api.is_object()) return;
  if (const auto title = find_string(api.get_object(), "title")) out.emplace_back(*title);
}

bool ReferenceLike::operand(const FieldDefinition&, const json::value& in, Cell& out,
                            std::deque<std::string>&) const {
  const auto id = id_from(in);
  if (!id) return false;
  out = *id;
  return true;
}

std::string ReferenceLike::to_text(const FieldDefinition&, const json::value& api,
                                   const CellText&) const {
  if (!api.is_object()) return {};
  return std::string(find_string(api.get_object(), "title").value_or(""));
}

json::object ReferenceLike::reference_schema() {
  return {{"type", "object"},
          {"properties", json::object{{"id", json::object{{"type", "string"}, {"format", "uuid"}}},
                                      {"title", json::object{{"type", "string"}}}}}};
}
}  // namespace hougu::schema
