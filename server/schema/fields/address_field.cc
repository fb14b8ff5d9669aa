#include "base/text.h"
#include "schema/fields/divisions.h"
#include "schema/fields/field_type.h"
#include "schema/fields/text_like.h"

namespace hougu::schema {
namespace {

constexpr std::size_t kLongestStreet = 200;

std::string_view member(const json::value& api, std::string_view key) {
  if (!api.is_object()) return {};
  return find_string(api.get_object(), key).value_or("");
}

json::value text_or_null(std::string_view text) {
  return text.empty() ? json::value(nullptr) : json::value(json_text(text));
}

class AddressField final : public FieldType {
 public:
  std::string_view name() const override { return "address"; }
  std::span<const ColumnSpec> columns() const override {
    static constexpr ColumnSpec kColumns[] = {{"_code", store::ColumnType::kText},
                                              {"_street", store::ColumnType::kText}};
    return kColumns;
  }
  bool code() const override { return true; }
  // The street is searched, the code compared.
  int filter_column(Operator op) const override { return op == Operator::kContains ? 1 : 0; }

  void parse(const FieldDefinition&, const json::value& in, Parsing& out) const override {
    if (!in.is_object()) return out.fault("field.type");
    for (const auto& part : in.get_object()) {
      const std::string_view key = part.key();
      if (key == "code" || key == "street" || key == "province" || key == "city" ||
          key == "district")
        continue;
      out.faults.push_back({out.path + "." + std::string(key), "field.unknown"});
      return;
    }
    const auto* code = find(in.get_object(), "code");
    const auto* street = find(in.get_object(), "street");
    if (code == nullptr || !code->is_string() ||
        Divisions::all().find(std::string_view(code->get_string())) == nullptr) {
      out.faults.push_back({out.path + ".code", "field.division"});
      return;
    }
    if (street != nullptr && !street->is_null()) {
      if (!usable_text(*street, out)) return;
      auto line = one_line(std::string_view(street->get_string()));
      if (count_code_points(line) > kLongestStreet) {
        out.faults.push_back(
            {out.path + ".street", "field.too_long", {{"max", std::to_string(kLongestStreet)}}});
        return;
      }
      if (!line.empty()) out.cells[1] = out.keep(std::move(line));
    }
    out.cells[0] = out.keep(std::string(code->get_string()));
  }

  json::value present(const FieldDefinition&, std::span<const Cell> cells) const override {
    const auto code = cell_text(cells[0]);
    const auto place = Divisions::all().place(code).value_or(Place{});
    return json::object{{"code", json_text(code)},
                        {"street", text_or_null(cell_text(cells[1]))},
                        {"province", text_or_null(place.province)},
                        {"city", text_or_null(place.city)},
                        {"district", text_or_null(place.district)}};
  }
  // As far as the district.
  json::value masked(const FieldDefinition&, const json::value& api) const override {
    if (!api.is_object()) return nullptr;
    json::object out = api.get_object();
    out["street"] = member(api, "street").empty() ? json::value(nullptr) : json::value("****");
    return out;
  }
  void search_texts(const FieldDefinition& field, const json::value& api,
                    std::vector<std::string>& out) const override {
    out.push_back(to_text(field, api, {}));
  }
  OperatorSet operators(const FieldDefinition&) const override {
    return kEqualityOperators | kTextOperators;
  }
  bool operand(const FieldDefinition& field, const json::value& in, Cell& out,
               std::deque<std::string>& texts) const override {
    if (!in.is_object()) return FieldType::operand(field, in, out, texts);
    const auto* code = find(in.get_object(), "code");
    return code != nullptr && FieldType::operand(field, *code, out, texts);
  }
  std::string to_text(const FieldDefinition&, const json::value& api,
                      const CellText&) const override {
    std::string out;
    for (const auto key : {"province", "city", "district", "street"}) out += member(api, key);
    return out;
  }
  Result<json::value> from_text(const FieldDefinition&, std::string_view text,
                                const CellText&) const override {
    const auto found = Divisions::all().match(nfkc(text));
    if (!found) return invalid("field.division");
    return json::value(
        json::object{{"code", json_text(found->code)}, {"street", text_or_null(found->rest)}});
  }
  json::object schema(const FieldDefinition&) const override {
    const json::object text{{"type", json::array{"string", "null"}}};
    return {{"type", "object"},
            {"properties",
             json::object{{"code", json::object{{"type", "string"}, {"pattern", "^[0-9]{6}$"}}},
                          {"street", text},
                          {"province", text},
                          {"city", text},
                          {"district", text}}}};
  }
};
}  // namespace

const FieldType& address_field() {
  static const AddressField kType;
  return kType;
}
}  // namespace hougu::schema
