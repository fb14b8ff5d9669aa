#include "schema/fields/reference_like.h"

namespace hougu::schema {
namespace {
constexpr std::size_t kMostLinks = 200;

class RelationManyField final : public FieldType {
 public:
  std::string_view name() const override { return "relation_many"; }
  std::span<const Setting> settings() const override {
    static constexpr Setting kSettings[] = {{"entity", Setting::Kind::kEntity, true}};
    return kSettings;
  }
  Storage storage() const override { return Storage::kLinks; }
  std::span<const ColumnSpec> columns() const override { return {}; }
  Reference reference() const override { return Reference::kRecord; }
  bool in_child_table() const override { return false; }

  void parse(const FieldDefinition&, const json::value& in, Parsing& out) const override {
    ids_from(in, kMostLinks, out);
  }
  json::value present(const FieldDefinition&, std::span<const Cell>) const override {
    return json::array();
  }
  json::value masked(const FieldDefinition&, const json::value&) const override { return nullptr; }
  void search_texts(const FieldDefinition&, const json::value&,
                    std::vector<std::string>&) const override {}
  OperatorSet operators(const FieldDefinition&) const override {
    return kPresenceOperators | bit(Operator::kContains);
  }
  bool operand(const FieldDefinition&, const json::value& in, Cell& out,
               std::deque<std::string>&) const override {
    const auto id = id_from(in);
    if (!id) return false;
    out = *id;
    return true;
  }
  std::string to_text(const FieldDefinition&, const json::value& api,
                      const CellText&) const override {
    std::string out;
    if (!api.is_array()) return out;
    for (const auto& link : api.get_array()) {
      if (!link.is_object()) continue;
      if (!out.empty()) out += "; ";
      out += find_string(link.get_object(), "title").value_or("");
    }
    return out;
  }
  json::object schema(const FieldDefinition&) const override {
    return {{"type", "array"}, {"items", ReferenceLike::reference_schema()}};
  }
};
}  // namespace

const FieldType& relation_many_field() {
  static const RelationManyField kType;
  return kType;
}
}  // namespace hougu::schema
