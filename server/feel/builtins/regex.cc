#include "feel/builtins/regex.h"

#include <unicode/regex.h>

namespace hougu::feel {
namespace {
icu::UnicodeString wide(std::string_view text) {
  return icu::UnicodeString::fromUTF8({text.data(), static_cast<std::int32_t>(text.size())});
}
std::string narrow(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}
constexpr std::int32_t kStackBytes = 8'000'000;
}  // namespace

struct Regex::Impl {
  std::unique_ptr<icu::RegexPattern> pattern;

  std::unique_ptr<icu::RegexMatcher> matcher(const icu::UnicodeString& text,
                                             std::int64_t steps) const {
    UErrorCode status = U_ZERO_ERROR;
    std::unique_ptr<icu::RegexMatcher> out(pattern->matcher(text, status));
    if (U_SUCCESS(status)) out->setTimeLimit(static_cast<std::int32_t>(steps), status);
    if (U_SUCCESS(status)) out->setStackLimit(kStackBytes, status);
    return U_SUCCESS(status) ? std::move(out) : nullptr;
  }
};

Regex::Regex(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Regex::~Regex() = default;

std::shared_ptr<const Regex> Regex::make(std::string_view pattern, std::string_view flags,
                                         RegexError& error) {
  bool seen[5] = {};
  static constexpr std::string_view kFlags = "smixq";
  for (const char flag : flags) {
    const std::size_t at = kFlags.find(flag);
    if (at == std::string_view::npos) {
      error = RegexError::kFlags;
      return nullptr;
    }
    seen[at] = true;
  }
  std::uint32_t options = UREGEX_UNIX_LINES;
  if (seen[2]) options |= UREGEX_CASE_INSENSITIVE;
  error = RegexError::kPattern;
  if (pattern.size() > 10'000) return nullptr;
  std::optional<std::string> translated;
  if (seen[4]) {
    options |= UREGEX_LITERAL;
    translated = std::string(pattern);
  } else {
    translated = translate_pattern(pattern, seen[0], seen[1], seen[3]);
  }
  if (!translated) return nullptr;
  UErrorCode status = U_ZERO_ERROR;
  UParseError where;
  auto impl = std::make_unique<Impl>();
  impl->pattern.reset(icu::RegexPattern::compile(wide(*translated), options, where, status));
  if (U_FAILURE(status)) return nullptr;
  error = RegexError::kNone;
  return std::shared_ptr<const Regex>(new Regex(std::move(impl)));
}

std::optional<bool> Regex::matches(std::string_view text, std::int64_t steps,
                                   RegexError& error) const {
  const icu::UnicodeString subject = wide(text);
  const auto matcher = impl_->matcher(subject, steps);
  UErrorCode status = U_ZERO_ERROR;
  const bool found = matcher && matcher->find(status);
  if (!matcher || U_FAILURE(status)) {
    error = RegexError::kTime;
    return std::nullopt;
  }
  return found;
}

std::optional<std::string> Regex::replace(std::string_view text, std::string_view replacement,
                                          std::int64_t steps, RegexError& error) const {
  const icu::UnicodeString subject = wide(text);
  const auto matcher = impl_->matcher(subject, steps);
  if (!matcher) return std::nullopt;
  const icu::UnicodeString with = wide(replacement);
  icu::UnicodeString out;
  std::int32_t behind = 0;
  UErrorCode status = U_ZERO_ERROR;
  while (matcher->find(status) && U_SUCCESS(status)) {
    out.append(subject, behind, matcher->start(status) - behind);
    behind = matcher->end(status);
    for (std::int32_t i = 0; i < with.length(); ++i) {
      const char16_t c = with[i];
      const char16_t next = i + 1 < with.length() ? with[i + 1] : u'\0';
      if (c == u'\\' && (next == u'\\' || next == u'$')) {
        out.append(next);
        ++i;
      } else if (c == u'$' && next >= u'0' && next <= u'9') {
        std::int32_t group = next - u'0';
        ++i;
        while (i + 1 < with.length() && with[i + 1] >= u'0' && with[i + 1] <= u'9' &&
               group * 10 + (with[i + 1] - u'0') <= matcher->groupCount()) {
          group = group * 10 + (with[++i] - u'0');
        }
        if (group <= matcher->groupCount()) out.append(matcher->group(group, status));
      } else if (c == u'\\' || c == u'$') {
        error = RegexError::kReplacement;
        return std::nullopt;
      } else {
        out.append(c);
      }
    }
  }
  if (U_FAILURE(status)) {
    error = RegexError::kTime;
    return std::nullopt;
  }
  out.append(subject, behind, subject.length() - behind);
  return narrow(out);
}

std::optional<std::vector<std::string>> Regex::split(std::string_view text, std::int64_t steps,
                                                     RegexError& error) const {
  const icu::UnicodeString subject = wide(text);
  const auto matcher = impl_->matcher(subject, steps);
  if (!matcher) return std::nullopt;
  std::vector<std::string> out;
  std::int32_t behind = 0;
  UErrorCode status = U_ZERO_ERROR;
  while (matcher->find(status) && U_SUCCESS(status)) {
    const std::int32_t begin = matcher->start(status);
    const std::int32_t end = matcher->end(status);
    if (begin == end && (begin == 0 || begin >= subject.length())) continue;
    out.push_back(narrow(subject.tempSubStringBetween(behind, begin)));
    behind = end;
  }
  if (U_FAILURE(status)) {
    error = RegexError::kTime;
    return std::nullopt;
  }
  out.push_back(narrow(subject.tempSubStringBetween(behind)));
  return out;
}
}  // namespace hougu::feel
