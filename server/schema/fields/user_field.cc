#include "schema/fields/reference_like.h"

namespace hougu::schema {
namespace {
class UserField final : public ReferenceLike {
 public:
  std::string_view name() const override { return "user"; }
  Reference reference() const override { return Reference::kUser; }
};
}  // namespace

const FieldType& user_field() {
  static const UserField kType;
  return kType;
}
}  // namespace hougu::schema
