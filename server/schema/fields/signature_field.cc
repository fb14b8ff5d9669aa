#include "schema/fields/file_like.h"
#include "schema/fields/reference_like.h"

namespace hougu::schema {
namespace {
class SignatureField final : public FileLike {
 public:
  std::string_view name() const override { return "signature"; }
  bool images_only() const override { return true; }
  bool single_file() const override { return true; }

  void parse(const FieldDefinition&, const json::value& in, Parsing& out) const override {
    if (!in.is_string() && !in.is_object()) return out.fault("field.type");
    const auto id = id_from(in);
    if (!id) return out.fault("field.reference");
    out.ids->push_back(*id);
  }
  std::string to_text(const FieldDefinition&, const json::value& api,
                      const CellText&) const override {
    if (!api.is_object()) return {};
    return std::string(find_string(api.get_object(), "name").value_or(""));
  }
  json::object schema(const FieldDefinition&) const override { return file_schema(); }

 protected:
  std::size_t most_files(const FieldDefinition&) const override { return 1; }
};
}  // namespace

const FieldType& signature_field() {
  static const SignatureField kType;
  return kType;
}
}  // namespace hougu::schema
