#include <algorithm>

#include "base/text.h"
#include "schema/fields/phone.h"
#include "schema/fields/text_like.h"

namespace hougu::schema {
namespace {

// Digits of the typed number in groups, as separators cut them; false when there is something that
// no telephone number has.
bool groups_of(std::string_view typed, bool& plus, std::vector<std::string>& groups) {
  bool open = false;
  for (std::size_t at = 0; at < typed.size();) {
    const char32_t c = next_code_point(typed, at);
    if (c >= U'0' && c <= U'9') {
      if (!open) groups.emplace_back();
      groups.back() += static_cast<char>(c);
      open = true;
      continue;
    }
    open = false;
    if (c == U'+' && groups.empty() && !plus) {
      plus = true;
      continue;
    }
    const bool dash = c == U'-' || c == U'\u2010' || c == U'\u2011' || c == U'\u2013' ||
                      c == U'\u2014' || c == U'\u2212' || c == U'\u30fc';
    // blanks, brackets, and the character for "extension"
    if (!dash && c != U' ' && c != U'\t' && c != U'(' && c != U')' && c != U'.' && c != U'/' &&
        c != U'\u8f6c' && c != U'#')
      return false;
  }
  return !groups.empty();
}

bool mobile(std::string_view digits) {
  return digits.size() == 11 && digits[0] == '1' && digits[1] >= '3';
}

// "021" + "12345678": the length of the area code, 0 when it is no landline.
std::size_t area_length(std::string_view digits) {
  if (digits.size() < 10 || digits[0] != '0') return 0;
  const bool big_city = digits[1] == '1' || digits[1] == '2';  // 010, 02x
  if (digits[1] == '0' || (digits[1] == '1' && digits[2] != '0')) return 0;
  const std::size_t area = big_city ? 3 : 4;
  const auto local = digits.size() - area;
  return (local == 7 || local == 8) && digits[area] != '0' ? area : 0;
}

std::optional<std::string> national(const std::string& digits,
                                    const std::vector<std::string>& groups) {
  if (mobile(digits)) return digits;
  const bool service = digits.starts_with("400") || digits.starts_with("800");
  if (digits.size() == 10 && service) return digits;
  if (const auto area = area_length(digits))
    return digits.substr(0, area) + "-" + digits.substr(area);
  // with an extension as the last group
  if (groups.size() < 2 || groups.back().size() > 6) return std::nullopt;
  const auto number = digits.substr(0, digits.size() - groups.back().size());
  if (const auto area = area_length(number))
    return number.substr(0, area) + "-" + number.substr(area) + "-" + groups.back();
  return std::nullopt;
}

class PhoneField final : public TextLike {
 public:
  std::string_view name() const override { return "phone"; }
  bool unique_allowed() const override { return true; }
  bool code() const override { return true; }
  json::value masked(const FieldDefinition&, const json::value& api) const override {
    if (!api.is_string()) return nullptr;
    return json_text(masked_phone(std::string_view(api.get_string())));
  }
  // A part of a number ("138") can't be brought into the full form: only its writing is.
  bool operand(const FieldDefinition& field, const json::value& in, Cell& out,
               std::deque<std::string>& texts) const override {
    if (!FieldType::operand(field, in, out, texts)) return false;
    const auto typed = nfkc(trimmed(cell_text(out)));
    auto whole = normalised_phone(typed);
    out = std::string_view(texts.emplace_back(whole ? *whole : typed));
    return true;
  }
  // Spreadsheets turn numbers into 1.3812345678E10 or 13812345678.0; the second can be mended.
  Result<json::value> from_text(const FieldDefinition&, std::string_view text,
                                const CellText&) const override {
    if (text.ends_with(".0")) text.remove_suffix(2);
    return json::value(json_text(text));
  }

 protected:
  std::int64_t default_length() const override { return 40; }
  bool clean(const FieldDefinition&, std::string& text, Parsing& out) const override {
    const auto line = trimmed(text);
    if (line.empty()) return text.clear(), true;
    auto phone = normalised_phone(line);
    if (!phone) return out.fault("field.phone"), false;
    text = std::move(*phone);
    return true;
  }
};
}  // namespace

std::optional<std::string> normalised_phone(std::string_view typed) {
  if (typed.size() > 120) return std::nullopt;
  const auto plain = nfkc(trimmed(typed));
  bool plus = false;
  std::vector<std::string> groups;
  if (!groups_of(plain, plus, groups)) return std::nullopt;
  std::string digits;
  for (const auto& group : groups) digits += group;
  if (!plus && digits.starts_with("00") && digits.size() > 4) {
    plus = true;
    digits.erase(0, 2);
  }
  if (!plus && digits.size() == 13 && digits.starts_with("86") &&
      mobile(std::string_view(digits).substr(2)))
    return digits.substr(2);
  if (!plus) return national(digits, groups);
  if (digits.starts_with("86")) {
    const auto inland = digits.substr(2);
    if (auto phone = national(inland, {})) return phone;
    return national("0" + inland, {});
  }
  if (digits.size() < 7 || digits.size() > 15 || digits[0] == '0') return std::nullopt;
  return "+" + digits;
}

std::string masked_phone(std::string_view phone) {
  if (phone.size() < 8) return "****";
  return std::string(phone.substr(0, 3)) + "****" + std::string(phone.substr(phone.size() - 4));
}

const FieldType& phone_field() {
  static const PhoneField kType;
  return kType;
}
}  // namespace hougu::schema
