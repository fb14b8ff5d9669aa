#include <re2/re2.h>

#include "base/text.h"
#include "schema/fields/text_like.h"

namespace hougu::schema {
namespace {

// A pattern comes from whoever may change definitions; RE2 runs in linear time, this bounds memory.
RE2::Options pattern_options() {
  RE2::Options options;
  options.set_log_errors(false);
  options.set_max_mem(1 << 20);
  return options;
}

// Compiling costs more than matching: each thread keeps the patterns that it met lately.
const RE2& compiled(std::string_view pattern) {
  thread_local std::map<std::string, std::unique_ptr<RE2>, std::less<>> cache;
  if (const auto it = cache.find(pattern); it != cache.end()) return *it->second;
  if (cache.size() >= 64) cache.clear();
  auto made =
      std::make_unique<RE2>(re2::StringPiece(pattern.data(), pattern.size()), pattern_options());
  return *cache.emplace(std::string(pattern), std::move(made)).first->second;
}

class TextField final : public TextLike {
 public:
  std::string_view name() const override { return "text"; }
  std::span<const Setting> settings() const override {
    static constexpr Setting kSettings[] = {
        {"min_length", Setting::Kind::kInteger, false, 0, kLongestText},
        {"max_length", Setting::Kind::kInteger, false, 1, 4'000},
        {"pattern", Setting::Kind::kPattern}};
    return kSettings;
  }
  bool unique_allowed() const override { return true; }

  void check(const FieldDefinition& field, const std::string& path,
             std::vector<FieldError>& faults) const override {
    if (setting(field, "min_length", 0) > setting(field, "max_length", default_length()))
      faults.push_back({path + ".min_length", "definition.min_above_max"});
  }

 protected:
  std::int64_t default_length() const override { return 200; }
  bool clean(const FieldDefinition& field, std::string& text, Parsing& out) const override {
    text = one_line(text);
    if (text.empty()) return true;
    const auto least = setting(field, "min_length", 0);
    if (least > 0 && static_cast<std::int64_t>(count_code_points(text)) < least) {
      out.fault("field.too_short", {{"min", std::to_string(least)}});
      return false;
    }
    const auto pattern = setting_text(field, "pattern");
    if (pattern.empty()) return true;
    const RE2& expression = compiled(pattern);
    if (expression.ok() && RE2::FullMatch(text, expression)) return true;
    out.fault("field.pattern");
    return false;
  }
};
}  // namespace

bool valid_pattern(std::string_view pattern) {
  return RE2(re2::StringPiece(pattern.data(), pattern.size()), pattern_options()).ok();
}

const FieldType& text_field() {
  static const TextField kType;
  return kType;
}
}  // namespace hougu::schema
