#include "schema/fields/number_pattern.h"
#include "schema/fields/text_like.h"

namespace hougu::schema {
namespace {

std::string padded(std::int64_t number, int digits) {
  auto text = std::to_string(number);
  if (static_cast<int>(text.size()) < digits)
    text.insert(0, static_cast<std::size_t>(digits) - text.size(), '0');
  return text;
}

class AutoNumberField final : public TextLike {
 public:
  std::string_view name() const override { return "auto_number"; }
  std::span<const Setting> settings() const override {
    static constexpr Setting kSettings[] = {{"pattern", Setting::Kind::kText, true}};
    return kSettings;
  }
  void check(const FieldDefinition& field, const std::string& path,
             std::vector<FieldError>& faults) const override {
    const auto pattern = setting_text(field, "pattern");
    if (!pattern.empty() && !NumberPattern::parse(pattern))
      faults.push_back({path + ".pattern", "definition.number_pattern"});
  }
  bool unique_allowed() const override { return true; }
  bool in_child_table() const override { return false; }
  bool written_by_people() const override { return false; }
  bool code() const override { return true; }

 protected:
  std::int64_t default_length() const override { return 64; }
  bool clean(const FieldDefinition&, std::string& text, Parsing&) const override {
    text = one_line(text);
    return true;
  }
};
}  // namespace

std::optional<NumberPattern> NumberPattern::parse(std::string_view pattern) {
  NumberPattern out;
  int sequences = 0;
  if (pattern.size() > 60) return std::nullopt;
  for (std::size_t at = 0; at < pattern.size();) {
    const auto open = std::min(pattern.find_first_of("{}", at), pattern.size());
    if (open > at) out.parts_.push_back({Part::kText, std::string(pattern.substr(at, open - at))});
    if (open == pattern.size()) break;
    const auto close = pattern.find('}', open);
    if (pattern[open] != '{' || close == std::string_view::npos) return std::nullopt;
    const auto word = pattern.substr(open + 1, close - open - 1);
    at = close + 1;
    if (word == "yyyy") {
      out.parts_.push_back({Part::kYear});
    } else if (word == "yy") {
      out.parts_.push_back({Part::kShortYear});
    } else if (word == "MM") {
      out.parts_.push_back({Part::kMonth});
    } else if (word == "dd") {
      out.parts_.push_back({Part::kDay});
    } else if (word == "seq") {
      out.parts_.push_back({Part::kSequence, {}, 1});
      ++sequences;
    } else if (word.starts_with("seq:") && (word.size() == 5 || word.size() == 6)) {
      int digits = 0;
      for (const char c : word.substr(4)) {
        if (c < '0' || c > '9') return std::nullopt;
        digits = digits * 10 + (c - '0');
      }
      if (digits < 1 || digits > 12) return std::nullopt;
      out.parts_.push_back({Part::kSequence, {}, digits});
      ++sequences;
    } else {
      return std::nullopt;
    }
  }
  if (sequences != 1) return std::nullopt;
  return out;
}

std::string NumberPattern::period(const Day& day) const {
  std::string out;
  for (const auto& part : parts_) {
    if (part.kind == Part::kYear || part.kind == Part::kShortYear) out += padded(day.year, 4);
    if (part.kind == Part::kMonth) out += padded(day.month, 2);
    if (part.kind == Part::kDay) out += padded(day.day, 2);
  }
  return out;
}

std::string NumberPattern::text(const Day& day, std::int64_t number) const {
  std::string out;
  for (const auto& part : parts_) {
    switch (part.kind) {
      case Part::kText:
        out += part.text;
        break;
      case Part::kYear:
        out += padded(day.year, 4);
        break;
      case Part::kShortYear:
        out += padded(day.year % 100, 2);
        break;
      case Part::kMonth:
        out += padded(day.month, 2);
        break;
      case Part::kDay:
        out += padded(day.day, 2);
        break;
      case Part::kSequence:
        out += padded(number, part.digits);
        break;
    }
  }
  return out;
}

const FieldType& auto_number_field() {
  static const AutoNumberField kType;
  return kType;
}
}  // namespace hougu::schema
