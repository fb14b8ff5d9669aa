#include "schema/fields/html.h"
#include "schema/fields/text_like.h"

namespace hougu::schema {
namespace {
class RichTextField final : public TextLike {
 public:
  std::string_view name() const override { return "rich_text"; }
  std::span<const Setting> settings() const override {
    static constexpr Setting kSettings[] = {
        {"max_length", Setting::Kind::kInteger, false, 1, kLongestText}};
    return kSettings;
  }
  OperatorSet operators(const FieldDefinition&) const override {
    return kPresenceOperators | bit(Operator::kContains);
  }
  bool sortable() const override { return false; }
  void search_texts(const FieldDefinition&, const json::value& api,
                    std::vector<std::string>& out) const override {
    if (api.is_string()) out.push_back(html_text(std::string_view(api.as_string())));
  }
  std::string to_text(const FieldDefinition&, const json::value& api,
                      const CellText&) const override {
    return api.is_string() ? html_text(std::string_view(api.as_string())) : std::string();
  }

 protected:
  std::int64_t default_length() const override { return 100'000; }
  bool clean(const FieldDefinition& field, std::string& text, Parsing& out) const override {
    // The sanitiser's work is bounded before it starts.
    const auto limit = setting(field, "max_length", default_length());
    if (static_cast<std::int64_t>(text.size()) > limit * 8) {
      out.fault("field.too_long", {{"max", std::to_string(limit)}});
      return false;
    }
    text = sanitised_html(text);
    if (html_text(text).empty()) text.clear();
    return true;
  }
};
}  // namespace

const FieldType& rich_text_field() {
  static const RichTextField kType;
  return kType;
}
}  // namespace hougu::schema
