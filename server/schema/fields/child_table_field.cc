#include "schema/fields/reference_like.h"

namespace hougu::schema {
namespace {

const json::value* row_before(const json::value* before, const std::optional<Id>& id) {
  if (before == nullptr || !before->is_array() || !id) return nullptr;
  for (const auto& row : before->get_array())
    if (id_from(row) == id) return &row;
  return nullptr;
}

void parse_cell(const FieldDefinition& field, const json::object& row, const json::value* before,
                Parsing& out) {
  const json::value* in = find(row, field.name);
  const bool empty =
      in == nullptr || in->is_null() || (in->is_string() && in->get_string().empty());
  if (in == nullptr && before == nullptr && !field.default_value.is_null()) {
    field.type->parse(field, field.default_value, out);
  } else if (!empty) {
    out.before = before == nullptr ? nullptr : find(before->get_object(), field.name);
    field.type->parse(field, *in, out);
  } else if (field.required) {
    out.fault("field.required");
  }
}

void parse_row(const FieldDefinition& table, const json::value& in, Parsing& out) {
  if (!in.is_object()) return out.fault("field.type");
  const auto& object = in.get_object();
  ParsedRow row;
  if (const auto* id = find(object, "id"); id != nullptr && !id->is_null()) {
    row.id = id_from(in);
    if (!row.id) return out.fault("field.reference");
  }
  for (const auto& member : object) {
    bool known = member.key() == "id";
    for (const auto& field : table.fields) known = known || field.name == member.key();
    if (!known) out.faults.push_back({out.path + "." + std::string(member.key()), "field.unknown"});
  }
  const auto* before = row_before(out.before, row.id);
  std::size_t width = 0;
  for (const auto& field : table.fields) width += field.type->columns().size();
  row.cells.assign(width, nullptr);
  std::size_t at = 0;
  for (const auto& field : table.fields) {
    const auto count = field.type->columns().size();
    Parsing cell{std::span(row.cells).subspan(at, count), out.texts, out.faults,
                 out.path + "." + field.name};
    cell.today = out.today;
    at += count;
    if (!field.archived) parse_cell(field, object, before, cell);
  }
  out.rows->push_back(std::move(row));
}

class ChildTableField final : public FieldType {
 public:
  std::string_view name() const override { return "child_table"; }
  std::span<const Setting> settings() const override {
    static constexpr Setting kSettings[] = {{"fields", Setting::Kind::kFields, true},
                                            {"min_rows", Setting::Kind::kInteger, false, 0, 1'000},
                                            {"max_rows", Setting::Kind::kInteger, false, 1, 1'000}};
    return kSettings;
  }
  void check(const FieldDefinition& field, const std::string& path,
             std::vector<FieldError>& faults) const override {
    if (setting(field, "min_rows", 0) > setting(field, "max_rows", 200))
      faults.push_back({path + ".min_rows", "definition.min_above_max"});
  }
  Storage storage() const override { return Storage::kRows; }
  std::span<const ColumnSpec> columns() const override { return {}; }
  bool in_child_table() const override { return false; }

  void parse(const FieldDefinition& field, const json::value& in, Parsing& out) const override {
    if (!in.is_array()) return out.fault("field.type");
    const auto& array = in.get_array();
    const auto least = setting(field, "min_rows", 0), most = setting(field, "max_rows", 200);
    if (static_cast<std::int64_t>(array.size()) > most)
      return out.fault("field.too_many", {{"max", std::to_string(most)}});
    if (static_cast<std::int64_t>(array.size()) < least)
      return out.fault("field.too_few", {{"min", std::to_string(least)}});
    const std::string path = out.path;
    for (std::size_t i = 0; i < array.size(); ++i) {
      out.path = path + "[" + std::to_string(i) + "]";
      parse_row(field, array[i], out);
    }
    out.path = path;
  }
  json::value present(const FieldDefinition&, std::span<const Cell>) const override {
    return json::array();
  }
  json::value masked(const FieldDefinition&, const json::value&) const override { return nullptr; }
  void search_texts(const FieldDefinition& field, const json::value& api,
                    std::vector<std::string>& out) const override {
    if (!api.is_array()) return;
    for (const auto& row : api.get_array()) {
      for (const auto& cell : field.fields) {
        const auto* value = row.is_object() ? find(row.get_object(), cell.name) : nullptr;
        if (value != nullptr && !value->is_null()) cell.type->search_texts(cell, *value, out);
      }
    }
  }
  std::string to_text(const FieldDefinition& field, const json::value& api,
                      const CellText& how) const override {
    std::string out;
    if (!api.is_array()) return out;
    for (const auto& row : api.get_array()) {
      if (!row.is_object()) continue;
      if (!out.empty()) out += '\n';
      bool first = true;
      for (const auto& cell : field.fields) {
        if (cell.archived) continue;
        const auto* value = find(row.get_object(), cell.name);
        if (!first) out += " | ";
        first = false;
        if (value != nullptr && !value->is_null()) out += cell.type->to_text(cell, *value, how);
      }
    }
    return out;
  }
  Result<json::value> from_text(const FieldDefinition&, std::string_view,
                                const CellText&) const override {
    return invalid("field.not_importable");
  }
  json::object schema(const FieldDefinition& field) const override {
    json::object properties{{"id", json::object{{"type", "string"}, {"format", "uuid"}}}};
    for (const auto& cell : field.fields)
      if (!cell.archived) properties[cell.name] = cell.type->schema(cell);
    return {{"type", "array"},
            {"items", json::object{{"type", "object"}, {"properties", std::move(properties)}}}};
  }
};
}  // namespace

const FieldType& child_table_field() {
  static const ChildTableField kType;
  return kType;
}
}  // namespace hougu::schema
