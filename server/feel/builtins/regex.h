// XPath/XQuery regular expressions on ICU's engine, with a limit on the time they may take.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace hougu::feel {

enum class RegexError { kNone, kPattern, kFlags, kReplacement, kTime };

// Compiled; may be used by several threads.
class Regex {
 public:
  // Flags of XPath: s, m, i, x, q. nullptr with `error` set when malformed.
  static std::shared_ptr<const Regex> make(std::string_view pattern, std::string_view flags,
                                           RegexError& error);
  ~Regex();

  // `steps` limits the time, in ICU's unit of about a millisecond.
  std::optional<bool> matches(std::string_view text, std::int64_t steps, RegexError& error) const;
  // $0 … $9 and more name groups; \$ and \\ stand for themselves.
  std::optional<std::string> replace(std::string_view text, std::string_view replacement,
                                     std::int64_t steps, RegexError& error) const;
  std::optional<std::vector<std::string>> split(std::string_view text, std::int64_t steps,
                                                RegexError& error) const;

 private:
  struct Impl;
  explicit Regex(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

// The pattern in ICU's syntax; nullopt when XPath does not know it.
std::optional<std::string> translate_pattern(std::string_view pattern, bool dot_all,
                                             bool multi_line, bool extended);
}  // namespace hougu::feel
