#include "schema/fields/reference_like.h"

namespace hougu::schema {
namespace {
class TeamField final : public ReferenceLike {
 public:
  std::string_view name() const override { return "team"; }
  Reference reference() const override { return Reference::kTeam; }
};
}  // namespace

const FieldType& team_field() {
  static const TeamField kType;
  return kType;
}
}  // namespace hougu::schema
