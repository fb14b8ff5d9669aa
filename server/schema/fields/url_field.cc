#include <algorithm>

#include "base/text.h"
#include "schema/fields/text_like.h"

namespace hougu::schema {
namespace {

// An address that a page may offer as a link: http or https, a host, no user name (which would let
// it pose as another host) and nothing that breaks out of an attribute.
bool web_address(std::string_view text) {
  std::string head = folded(text.substr(0, 8));
  std::size_t scheme = 0;
  if (head.starts_with("https://")) scheme = 8;
  if (head.starts_with("http://")) scheme = 7;
  if (scheme == 0) return false;
  for (const char c : text)
    if (static_cast<unsigned char>(c) <= 0x20 ||
        std::string_view("\"'<>\\^`{|}").find(c) != std::string_view::npos)
      return false;
  const auto rest = text.substr(scheme);
  const auto host = rest.substr(0, rest.find_first_of("/?#"));
  if (host.empty() || host.size() > 253 || host.find('@') != std::string_view::npos) return false;
  return host.front() != ':' && host.front() != '.' && host.front() != '-';
}

class UrlField final : public TextLike {
 public:
  std::string_view name() const override { return "url"; }
  OperatorSet operators(const FieldDefinition&) const override {
    return kEqualityOperators | kTextOperators;
  }

 protected:
  std::int64_t default_length() const override { return 2'000; }
  bool clean(const FieldDefinition&, std::string& text, Parsing& out) const override {
    text = std::string(trimmed(text));
    if (text.empty() || web_address(text)) return true;
    return out.fault("field.url"), false;
  }
};
}  // namespace

const FieldType& url_field() {
  static const UrlField kType;
  return kType;
}
}  // namespace hougu::schema
