#include <cmath>
#include <cstdio>

#include "base/text.h"
#include "schema/fields/field_type.h"

namespace hougu::schema {
namespace {

std::optional<double> number(const json::value* in, double limit) {
  if (in == nullptr || !in->is_number()) return std::nullopt;
  const double value = in->is_double()  ? in->get_double()
                       : in->is_int64() ? static_cast<double>(in->get_int64())
                                        : static_cast<double>(in->get_uint64());
  if (!std::isfinite(value) || std::abs(value) > limit) return std::nullopt;
  return value;
}

class GeolocationField final : public FieldType {
 public:
  std::string_view name() const override { return "geolocation"; }
  std::span<const ColumnSpec> columns() const override {
    static constexpr ColumnSpec kColumns[] = {{"_lat", store::ColumnType::kReal},
                                              {"_lng", store::ColumnType::kReal},
                                              {"_datum", store::ColumnType::kText}};
    return kColumns;
  }
  bool sortable() const override { return false; }

  void parse(const FieldDefinition&, const json::value& in, Parsing& out) const override {
    if (!in.is_object()) return out.fault("field.type");
    const auto& object = in.get_object();
    for (const auto& member : object) {
      const std::string_view key = member.key();
      if (key != "lat" && key != "lng" && key != "datum") {
        out.faults.push_back({out.path + "." + std::string(key), "field.unknown"});
        return;
      }
    }
    const auto lat = number(find(object, "lat"), 90), lng = number(find(object, "lng"), 180);
    if (!lat || !lng) return out.fault("field.position");
    std::string_view datum = "wgs84";
    if (const auto* given = find(object, "datum")) {
      datum = given->is_string() ? std::string_view(given->get_string()) : std::string_view();
      if (datum != "wgs84" && datum != "gcj02" && datum != "bd09") return out.fault("field.datum");
    }
    out.cells[0] = *lat;
    out.cells[1] = *lng;
    out.cells[2] = out.keep(std::string(datum));
  }
  json::value present(const FieldDefinition&, std::span<const Cell> cells) const override {
    return json::object{{"lat", std::get<double>(cells[0])},
                        {"lng", std::get<double>(cells[1])},
                        {"datum", json_text(cell_text(cells[2]))}};
  }
  void search_texts(const FieldDefinition&, const json::value&,
                    std::vector<std::string>&) const override {}
  std::string to_text(const FieldDefinition&, const json::value& api,
                      const CellText&) const override {
    if (!api.is_object()) return {};
    const auto lat = number(find(api.get_object(), "lat"), 90);
    const auto lng = number(find(api.get_object(), "lng"), 180);
    if (!lat || !lng) return {};
    char buffer[80];
    std::snprintf(buffer, sizeof buffer, "%.7f,%.7f ", *lat, *lng);
    return buffer + std::string(find_string(api.get_object(), "datum").value_or("wgs84"));
  }
  // "31.2304,121.4737" or with a datum behind it: latitude first, as it is written out.
  Result<json::value> from_text(const FieldDefinition&, std::string_view text,
                                const CellText&) const override {
    double lat = 0, lng = 0;
    char datum[8] = "wgs84";
    const std::string plain = folded(text);
    if (plain.size() > 80 || std::sscanf(plain.c_str(), "%lf , %lf %7s", &lat, &lng, datum) < 2)
      return invalid("field.position");
    return json::value(json::object{{"lat", lat}, {"lng", lng}, {"datum", datum}});
  }
  json::object schema(const FieldDefinition&) const override {
    const json::object degrees{{"type", "number"}};
    return {{"type", "object"},
            {"properties",
             json::object{{"lat", degrees},
                          {"lng", degrees},
                          {"datum", json::object{{"type", "string"},
                                                 {"enum", {"wgs84", "gcj02", "bd09"}}}}}}};
  }
};
}  // namespace

const FieldType& geolocation_field() {
  static const GeolocationField kType;
  return kType;
}
}  // namespace hougu::schema
