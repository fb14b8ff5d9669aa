#include "schema/fields/file_like.h"

namespace hougu::schema {
namespace {
class ImageField final : public FileLike {
 public:
  std::string_view name() const override { return "image"; }
  std::span<const Setting> settings() const override {
    static constexpr Setting kSettings[] = {{"max_files", Setting::Kind::kInteger, false, 1, 100}};
    return kSettings;
  }
  bool images_only() const override { return true; }

 protected:
  std::size_t most_files(const FieldDefinition& field) const override {
    return static_cast<std::size_t>(setting(field, "max_files", 9));
  }
};
}  // namespace

const FieldType& image_field() {
  static const ImageField kType;
  return kType;
}
}  // namespace hougu::schema
