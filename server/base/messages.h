// Texts that a person sees, by key and language. The files are server/app/messages/{zh-CN,en}.json
// (flat objects: "error.field.required": "请填写{field}"), embedded at build time; a test holds
// both languages to the same keys and placeholders.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>

#include "base/result.h"

namespace hougu {

enum class Locale { kChinese, kEnglish };

// "zh-CN" / "en"; picks from an Accept-Language header or a user's setting. Unknown gives Chinese.
Locale locale_from(std::string_view tag);
std::string_view locale_tag(Locale locale);

// Immutable after load; safe to read from any thread.
class Messages {
 public:
  static Result<Messages> parse(std::string_view zh_json, std::string_view en_json);
  // Replaces {name} by params; a param "@status.ticket.new" is replaced by the text of that key, so
  // that an Error can carry words of the product without knowing the reader's language. An unknown
  // key is returned as it is (a test finds those).
  std::string text(Locale locale, std::string_view key,
                   const std::map<std::string, std::string>& params = {}) const;
  bool has(std::string_view key) const;

 private:
  std::unordered_map<std::string, std::string> zh_, en_;
};
}  // namespace hougu
