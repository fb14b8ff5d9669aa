#include "schema/fields/file_like.h"

namespace hougu::schema {
namespace {
class AttachmentField final : public FileLike {
 public:
  std::string_view name() const override { return "attachment"; }
  std::span<const Setting> settings() const override {
    static constexpr Setting kSettings[] = {{"max_files", Setting::Kind::kInteger, false, 1, 100},
                                            {"accept", Setting::Kind::kTexts}};
    return kSettings;
  }

 protected:
  std::size_t most_files(const FieldDefinition& field) const override {
    return static_cast<std::size_t>(setting(field, "max_files", 10));
  }
};
}  // namespace

const FieldType& attachment_field() {
  static const AttachmentField kType;
  return kType;
}
}  // namespace hougu::schema
