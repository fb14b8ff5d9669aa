#include "schema/exchange/header_guess.h"

#include <algorithm>

#include "base/text.h"
#include "schema/exchange/import_plan.h"
#include "schema/fields/field_type.h"

namespace hougu::exchange {
namespace {

enum Score { kNothing = 0, kPart = 30, kWordOfType = 50, kWord = 70, kName = 90, kLabel = 100 };

// Without case, width, spaces, marks for required fields and what stands in brackets.
std::string plain(std::string_view header) {
  std::string out;
  int brackets = 0;
  const std::string text = folded(header);
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    if (c == U'(' || c == U'[' || c == U'\u3010') ++brackets;
    const bool skipped = brackets > 0 || c <= U' ' || c == U'_' || c == U'-' || c == U'*' ||
                         c == U':' || c == U'.' || c == U'/' || c == U'\u3000';
    if ((c == U')' || c == U']' || c == U'\u3011') && brackets > 0) --brackets;
    if (!skipped) append_code_point(out, c);
  }
  return out;
}

bool among_words(std::string_view header, const Messages& messages, const std::string& key) {
  if (!messages.has(key)) return false;
  for (const Locale locale : {Locale::kChinese, Locale::kEnglish}) {
    const std::string list = messages.text(locale, key);
    for (const auto word : split(list, ',')) {
      if (plain(word) == header) return true;
    }
  }
  return false;
}

int score(std::string_view header, const schema::FieldDefinition& field, const Messages& messages) {
  if (header.empty()) return kNothing;
  const std::string zh = plain(field.label.zh), en = plain(field.label.en);
  if (header == zh || header == en) return kLabel;
  if (header == plain(field.name)) return kName;
  if (among_words(header, messages, "import.headers." + field.name)) return kWord;
  if (among_words(header, messages, "import.headers.type." + std::string(field.type->name()))) {
    return kWordOfType;
  }
  const auto part_of = [](std::string_view small, std::string_view large) {
    return count_code_points(small) >= 2 && large.find(small) != std::string_view::npos;
  };
  if (part_of(zh, header) || part_of(header, zh)) return kPart;
  return kNothing;
}
}  // namespace

std::vector<std::string> guess_fields(const schema::EntityDefinition& entity,
                                      const identity::Principal& who, const Cells& headers,
                                      const Messages& messages) {
  struct Guess {
    int score;
    std::size_t column;
    const schema::FieldDefinition* field;
  };
  std::vector<Guess> guesses;
  for (std::size_t column = 0; column < headers.size(); ++column) {
    const std::string header = plain(headers[column]);
    for (const auto& field : entity.fields) {
      if (!importable(entity, field, who)) continue;
      const int value = score(header, field, messages);
      if (value > kNothing) guesses.push_back({value, column, &field});
    }
  }
  std::stable_sort(guesses.begin(), guesses.end(),
                   [](const Guess& a, const Guess& b) { return a.score > b.score; });
  std::vector<std::string> fields(headers.size());
  std::set<std::string_view> used;
  for (const auto& guess : guesses) {
    if (fields[guess.column].empty() && used.insert(guess.field->name).second) {
      fields[guess.column] = guess.field->name;
    }
  }
  return fields;
}
}  // namespace hougu::exchange
