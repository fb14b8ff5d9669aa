#include <unicode/bytestream.h>
#include <unicode/casemap.h>

#include <string>

#include "base/text.h"
#include "feel/builtins/builtin.h"
#include "feel/builtins/regex.h"

namespace hougu::feel {
namespace {
Value text_of(const Call& call, std::string_view text) {
  return call.run.string(std::string(text), call.position);
}

// The byte at which code point `index` begins; text.size() at and behind the end.
std::size_t byte_of(const std::string& text, std::int64_t index) {
  std::size_t at = 0;
  while (index > 0 && at < text.size()) {
    next_code_point(text, at);
    --index;
  }
  return at;
}

Value substring(const Call& call) {
  const std::string& text = call[0].string();
  const auto size = static_cast<std::int64_t>(count_code_points(text));
  const auto start = call[1].number().truncated();
  if (!start || *start == 0 || *start > size || *start < -size) {
    return call.fail("feel.index_outside", to_text(call[1]));
  }
  const std::int64_t from = *start > 0 ? *start - 1 : size + *start;
  std::int64_t length = size - from;
  if (call.has(2) && !call[2].is_null()) {
    const auto given = call[2].number().truncated();
    if (!given || *given < 1) return call.fail("feel.index_outside", to_text(call[2]));
    length = std::min(length, *given);
  }
  const std::size_t begin = byte_of(text, from);
  const std::size_t end = byte_of(text, from + length);
  return text_of(call, std::string_view(text).substr(begin, end - begin));
}

Value length(const Call& call) {
  return Value::integer(static_cast<std::int64_t>(count_code_points(call[0].string())));
}

template <bool upper>
Value change_case(const Call& call) {
  std::string out;
  icu::StringByteSink<std::string> sink(&out);
  UErrorCode status = U_ZERO_ERROR;
  const std::string& text = call[0].string();
  const icu::StringPiece piece(text.data(), static_cast<std::int32_t>(text.size()));
  if (upper) {
    icu::CaseMap::utf8ToUpper("", 0, piece, sink, nullptr, status);
  } else {
    icu::CaseMap::utf8ToLower("", 0, piece, sink, nullptr, status);
  }
  if (U_FAILURE(status)) return call.fail("feel.out_of_range");
  return call.run.string(std::move(out), call.position);
}

Value before(const Call& call) {
  const std::size_t at = call[0].string().find(call[1].string());
  return text_of(call, at == std::string::npos ? "" : call[0].string().substr(0, at));
}
Value after(const Call& call) {
  const std::string& text = call[0].string();
  const std::size_t at = text.find(call[1].string());
  return text_of(call, at == std::string::npos ? "" : text.substr(at + call[1].string().size()));
}
Value contains(const Call& call) {
  return Value::boolean(call[0].string().find(call[1].string()) != std::string::npos);
}
Value starts(const Call& call) {
  return Value::boolean(call[0].string().starts_with(call[1].string()));
}
Value ends(const Call& call) {
  return Value::boolean(call[0].string().ends_with(call[1].string()));
}

Value complain(const Call& call, RegexError error, const Value& pattern) {
  switch (error) {
    case RegexError::kFlags:
      return call.fail("feel.regex_flags");
    case RegexError::kReplacement:
      return call.fail("feel.regex_replacement");
    case RegexError::kTime:
      return call.fail("feel.regex_time", pattern.string());
    default:
      return call.fail("feel.regex_pattern", pattern.string());
  }
}

// The compiled pattern, kept alive by `made` where it isn't a constant of the expression.
const Regex* regex(const Call& call, std::size_t flags, std::shared_ptr<const Regex>& made,
                   RegexError& error) {
  if (call.regex != nullptr) return call.regex;
  const bool given = call.has(flags) && call[flags].is(Kind::kString);
  made = Regex::make(call[1].string(), given ? call[flags].string() : std::string(), error);
  return made.get();
}

Value matches(const Call& call) {
  RegexError error = RegexError::kNone;
  std::shared_ptr<const Regex> made;
  const Regex* known = regex(call, 2, made, error);
  const std::int64_t steps = call.run.limits().regex_steps;
  const auto found = known ? known->matches(call[0].string(), steps, error) : std::nullopt;
  return found ? Value::boolean(*found) : complain(call, error, call[1]);
}

Value replace(const Call& call) {
  RegexError error = RegexError::kNone;
  std::shared_ptr<const Regex> made;
  const Regex* known = regex(call, 3, made, error);
  const std::int64_t steps = call.run.limits().regex_steps;
  auto out =
      known ? known->replace(call[0].string(), call[2].string(), steps, error) : std::nullopt;
  if (!out) return complain(call, error, call[1]);
  return call.run.string(*std::move(out), call.position);
}

Value split_text(const Call& call) {
  RegexError error = RegexError::kNone;
  std::shared_ptr<const Regex> made;
  const Regex* known = regex(call, 2, made, error);
  const std::int64_t steps = call.run.limits().regex_steps;
  auto parts = known ? known->split(call[0].string(), steps, error) : std::nullopt;
  if (!parts) return complain(call, error, call[1]);
  std::vector<Value> out;
  for (std::string& part : *parts) out.push_back(Value::string(std::move(part)));
  return call.run.list(std::move(out), call.position);
}

Value join(const Call& call) {
  std::string out;
  bool first = true;
  const std::string delimiter =
      call.has(1) && call[1].is(Kind::kString) ? call[1].string() : std::string();
  for (const Value& item : call[0].list()) {
    if (item.is_null()) continue;
    if (!item.is(Kind::kString)) return call.fail("feel.argument_type", kind_name(item.kind()));
    if (!first) out += delimiter;
    first = false;
    out += item.string();
    if (!call.run.pay_bytes(static_cast<std::int64_t>(item.string().size() + delimiter.size()),
                            call.position)) {
      return {};
    }
  }
  return call.run.string(std::move(out), call.position);
}

constexpr BuiltinLine kLines[] = {
    {"substring", "string: string, start position: number, length?: number|null", "string",
     substring},
    {"string length", "string: string", "number", length},
    {"upper case", "string: string", "string", change_case<true>},
    {"lower case", "string: string", "string", change_case<false>},
    {"substring before", "string: string, match: string", "string", before},
    {"substring after", "string: string, match: string", "string", after},
    {"replace", "input: string, pattern: string, replacement: string, flags?: string|null",
     "string", replace, true, 1, 3},
    {"contains", "string: string, match: string", "boolean", contains},
    {"starts with", "string: string, match: string", "boolean", starts},
    {"ends with", "string: string, match: string", "boolean", ends},
    {"matches", "input: string, pattern: string, flags?: string|null", "boolean", matches, true, 1,
     2},
    {"split", "string: string, delimiter: string", "list", split_text, true, 1},
    {"string join", "list: list, delimiter?: string|null", "string", join},
};
}  // namespace

std::span<const BuiltinLine> string_builtins() { return kLines; }
}  // namespace hougu::feel
