#include "base/messages.h"

#include "base/json.h"
#include "base/text.h"

namespace hougu {
namespace {

using Texts = std::unordered_map<std::string, std::string>;

Result<Texts> parse_texts(std::string_view text, std::string_view file) {
  HOUGU_TRY(auto value, parse_json(text));
  const auto* object = value.if_object();
  if (!object) return internal(std::string(file) + ": not a JSON object");
  Texts texts;
  for (const auto& member : *object) {
    const auto* string = member.value().if_string();
    if (!string) return internal(std::string(file) + ": not a text: " + std::string(member.key()));
    texts.emplace(std::string(member.key()), std::string(string->data(), string->size()));
  }
  return texts;
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool language_is(std::string_view tag, std::string_view language) {
  if (tag.size() < language.size()) return false;
  for (std::size_t i = 0; i < language.size(); ++i)
    if (lower(tag[i]) != language[i]) return false;
  return tag.size() == language.size() || tag[language.size()] == '-' ||
         tag[language.size()] == '_';
}

// The q of an Accept-Language element in thousandths ("en;q=0.5" gives 500).
int quality(std::string_view element) {
  const auto at = element.find("q=");
  if (at == std::string_view::npos) return 1000;
  int value = 0, unit = 1000;
  for (const char c : element.substr(at + 2)) {
    if (c == '.') continue;
    if (c < '0' || c > '9' || unit == 0) break;
    value += (c - '0') * unit;
    unit /= 10;
  }
  return value;
}
}  // namespace

Locale locale_from(std::string_view tag) {
  int best = 0;
  auto locale = Locale::kChinese;
  for (const auto element : split(tag, ',')) {
    const auto name = trimmed(element.substr(0, element.find(';')));
    const int q = quality(element);
    if (q <= best) continue;
    if (language_is(name, "zh") || language_is(name, "en")) {
      locale = language_is(name, "en") ? Locale::kEnglish : Locale::kChinese;
      best = q;
    }
  }
  return locale;
}

std::string_view locale_tag(Locale locale) { return locale == Locale::kEnglish ? "en" : "zh-CN"; }

Result<Messages> Messages::parse(std::string_view zh_json, std::string_view en_json) {
  Messages messages;
  HOUGU_TRY(messages.zh_, parse_texts(zh_json, "zh-CN.json"));
  HOUGU_TRY(messages.en_, parse_texts(en_json, "en.json"));
  return messages;
}

std::string Messages::text(Locale locale, std::string_view key,
                           const std::map<std::string, std::string>& params) const {
  const auto& own = locale == Locale::kEnglish ? en_ : zh_;
  const auto found = own.find(std::string(key));
  if (found == own.end()) return std::string(key);
  const std::string& pattern = found->second;
  std::string out;
  out.reserve(pattern.size() + 16);
  for (std::size_t at = 0; at < pattern.size();) {
    const auto open = pattern.find('{', at);
    const auto close = open == std::string::npos ? open : pattern.find('}', open);
    out.append(pattern, at, open - at);
    if (close == std::string::npos) {
      if (open != std::string::npos) out.append(pattern, open);
      break;
    }
    const auto param = params.find(pattern.substr(open + 1, close - open - 1));
    if (param != params.end()) {
      const auto named =
          param->second.starts_with('@') ? own.find(param->second.substr(1)) : own.end();
      out += named == own.end() ? param->second : named->second;
    } else {
      out.append(pattern, open, close + 1 - open);
    }
    at = close + 1;
  }
  return out;
}

bool Messages::has(std::string_view key) const { return zh_.count(std::string(key)) > 0; }
}  // namespace hougu
