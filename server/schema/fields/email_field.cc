#include <algorithm>

#include "base/text.h"
#include "schema/fields/text_like.h"

namespace hougu::schema {
namespace {

bool plain(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         (c & 0x80) != 0;
}

// Dot-separated parts, none empty; hyphens inside.
bool domain(std::string_view text) {
  if (text.size() > 253 || text.find('.') == std::string_view::npos) return false;
  for (const auto label : split(text, '.')) {
    if (label.empty() || label.size() > 63 || label.front() == '-' || label.back() == '-')
      return false;
    if (!std::all_of(label.begin(), label.end(), [](char c) { return plain(c) || c == '-'; }))
      return false;
  }
  return true;
}

// RFC 5322's dot-atom; quoted local parts are more often mistakes than addresses.
bool local_part(std::string_view text) {
  if (text.empty() || text.size() > 64) return false;
  for (const auto atom : split(text, '.')) {
    if (atom.empty()) return false;
    for (const char c : atom)
      if (!plain(c) && std::string_view("!#$%&'*+-/=?^_`{|}~").find(c) == std::string_view::npos)
        return false;
  }
  return true;
}

class EmailField final : public TextLike {
 public:
  std::string_view name() const override { return "email"; }
  bool unique_allowed() const override { return true; }
  json::value masked(const FieldDefinition&, const json::value& api) const override {
    if (!api.is_string()) return nullptr;
    const std::string_view address = api.get_string();
    const auto at = address.find('@');
    if (at == std::string_view::npos || at == 0) return json::value("****");
    return json_text(std::string(address.substr(0, 1)) + "****" + std::string(address.substr(at)));
  }

 protected:
  std::int64_t default_length() const override { return 254; }
  bool clean(const FieldDefinition&, std::string& text, Parsing& out) const override {
    text = nfkc(trimmed(text));
    if (text.empty()) return true;
    const auto at = text.rfind('@');
    const std::string_view view = text;
    if (at == std::string::npos || !local_part(view.substr(0, at)) || !domain(view.substr(at + 1)))
      return out.fault("field.email"), false;
    std::transform(text.begin() + static_cast<std::ptrdiff_t>(at), text.end(),
                   text.begin() + static_cast<std::ptrdiff_t>(at),
                   [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    return true;
  }
};
}  // namespace

const FieldType& email_field() {
  static const EmailField kType;
  return kType;
}
}  // namespace hougu::schema
