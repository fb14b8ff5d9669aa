#include "base/text.h"
#include "schema/fields/text_like.h"

namespace hougu::schema {
namespace {

// The form in which serial numbers compare: half-width, capitals.
std::string written(std::string_view text, bool fold) {
  if (!fold) return one_line(text);
  auto out = one_line(nfkc(text));
  for (char& c : out)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 32);
  return out;
}

class SerialField final : public TextLike {
 public:
  std::string_view name() const override { return "serial"; }
  std::span<const Setting> settings() const override {
    static constexpr Setting kSettings[] = {{"max_length", Setting::Kind::kInteger, false, 1, 200},
                                            {"fold", Setting::Kind::kBoolean}};
    return kSettings;
  }
  bool unique_allowed() const override { return true; }
  bool code() const override { return true; }
  bool operand(const FieldDefinition& field, const json::value& in, Cell& out,
               std::deque<std::string>& texts) const override {
    if (!FieldType::operand(field, in, out, texts)) return false;
    out = std::string_view(
        texts.emplace_back(written(cell_text(out), setting_flag(field, "fold", true))));
    return true;
  }

 protected:
  std::int64_t default_length() const override { return 64; }
  bool clean(const FieldDefinition& field, std::string& text, Parsing&) const override {
    text = written(text, setting_flag(field, "fold", true));
    return true;
  }
};
}  // namespace

const FieldType& serial_field() {
  static const SerialField kType;
  return kType;
}
}  // namespace hougu::schema
