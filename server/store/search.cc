#include "store/search.h"

#include <algorithm>

#include "base/text.h"
#include "store/dialect.h"
#include "store/tokens.h"

namespace hougu::store {
namespace {
constexpr std::size_t kMaxTokens = 16'000;  // a tsvector knows positions up to 16,383
constexpr std::size_t kMaxExtras = 256;
constexpr std::size_t kMaxQueryTokens = 64;
constexpr std::size_t kMaxCode = 64;
constexpr int kCommon = 200;  // records that have a word
constexpr std::size_t kLongNumber = 7;
// Stands between two texts, so that no phrase is found across them.
constexpr std::string_view kBoundary = "\u00a6";

bool in_code(const Token& token) {
  return token.join == Token::Join::kCode || token.join == Token::Join::kDigits;
}

// Calls `use(begin, end)` for each run of words that are joined into a code.
template <typename Use>
void for_each_code(const std::vector<Token>& tokens, Use use) {
  for (std::size_t begin = 0; begin < tokens.size();) {
    std::size_t end = begin + 1;
    while (end < tokens.size() && in_code(tokens[end])) ++end;
    use(begin, end);
    begin = end;
  }
}

std::string joined(const std::vector<Token>& tokens, std::size_t begin, std::size_t end) {
  std::string out;
  for (auto i = begin; i < end; ++i) out += tokens[i].text;
  return out;
}

void add_digit_endings(std::string_view word, std::vector<std::string>& extras) {
  const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
  for (std::size_t at = 0; at < word.size();) {
    if (!is_digit(word[at])) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < word.size() && is_digit(word[end])) ++end;
    const auto run = word.substr(at, end - at);
    if (run.size() >= kLongNumber)
      for (const std::size_t length : {4u, 8u, 11u})
        if (run.size() > length || word.size() > run.size())
          extras.emplace_back(run.substr(run.size() - std::min(length, run.size())));
    at = end;
  }
}

void add_extras(const std::vector<Token>& tokens, std::vector<std::string>& extras) {
  for_each_code(tokens, [&](std::size_t begin, std::size_t end) {
    for (auto i = begin; i < end; ++i)
      if (!tokens[i].han) add_digit_endings(tokens[i].text, extras);
    if (end - begin < 2) return;
    auto whole = joined(tokens, begin, end);
    if (whole.size() > kMaxCode) return;
    add_digit_endings(whole, extras);
    extras.push_back(std::move(whole));
  });
}

void append_word(std::string& out, std::string_view word) {
  if (!out.empty()) out += ' ';
  out += word;
}

// Writes the parts of a query in a database's language. Words are letters and digits only, so that
// quoting is enough to keep every operator out.
class QueryWriter {
 public:
  explicit QueryWriter(Dialect dialect) : sqlite_(dialect == Dialect::kSqlite) {}

  std::string phrase(const std::vector<Token>& tokens, std::size_t begin, std::size_t end,
                     bool prefix) const {
    std::string out;
    if (sqlite_) {
      out = "\"";
      for (auto i = begin; i < end; ++i) out += (i > begin ? " " : "") + tokens[i].text;
      return out + (prefix ? "\"*" : "\"");
    }
    for (auto i = begin; i < end; ++i) out += (i > begin ? " <-> '" : "'") + tokens[i].text + "'";
    if (prefix) out += ":*";
    return end - begin > 1 ? "(" + out + ")" : out;
  }
  std::string word(std::string_view text, bool prefix) const {
    Token token;
    token.text = text;
    return phrase({token}, 0, 1, prefix);
  }
  std::string both(const std::string& a, const std::string& b) const {
    return a.empty() ? b : a + (sqlite_ ? " AND " : " & ") + b;
  }
  std::string either(const std::string& a, const std::string& b) const {
    return "(" + a + (sqlite_ ? " OR " : " | ") + b + ")";
  }
  std::string grouped(const std::string& a) const { return "(" + a + ")"; }

 private:
  bool sqlite_;
};

// A database collects every match of a prefix before the first one comes out, so beginnings that
// nearly every record has ("138", "sn2") are looked up as whole words only.
bool may_be_prefix(std::string_view word) {
  const bool digit =
      std::any_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
  const std::size_t shortest = all_digits(word) ? 7 : digit ? 6 : 3;
  return count_code_points(word) >= shortest;
}

// A code of several pieces: they in their order, or written together.
std::string code_query(const QueryWriter& writer, const std::vector<Token>& tokens,
                       std::size_t begin, std::size_t end, bool last) {
  const bool numbers =
      std::any_of(tokens.begin() + static_cast<std::ptrdiff_t>(begin) + 1,
                  tokens.begin() + static_cast<std::ptrdiff_t>(end),
                  [](const Token& token) { return token.join == Token::Join::kDigits; });
  std::string pieces;
  if (numbers) {  // perhaps two numbers, not one with spaces
    for (auto i = begin; i < end; ++i)
      pieces = writer.both(pieces, writer.word(tokens[i].text, false));
    pieces = writer.grouped(pieces);
  } else {
    pieces = writer.phrase(tokens, begin, end, last && may_be_prefix(tokens[end - 1].text));
  }
  const auto whole = joined(tokens, begin, end);
  return whole.size() > kMaxCode
             ? pieces
             : writer.either(pieces, writer.word(whole, last && may_be_prefix(whole)));
}
}  // namespace

std::string search_document(const std::vector<std::string_view>& texts) {
  std::string out;
  std::vector<std::string> extras;
  std::size_t room = kMaxTokens;
  bool after_han = false;
  for (const auto text : texts) {
    const auto tokens = tokens_of(text, room);
    if (tokens.empty()) continue;
    if (after_han && tokens.front().han) append_word(out, kBoundary);
    for (const auto& token : tokens) append_word(out, token.text);
    after_han = tokens.back().han;
    room -= tokens.size();
    if (extras.size() < kMaxExtras) add_extras(tokens, extras);
  }
  std::sort(extras.begin(), extras.end());
  extras.erase(std::unique(extras.begin(), extras.end()), extras.end());
  if (extras.size() > kMaxExtras) extras.resize(kMaxExtras);
  for (const auto& extra : extras) append_word(out, extra);
  return out;
}

std::string search_query(Dialect dialect, std::string_view typed, bool whole) {
  const auto tokens = tokens_of(typed, kMaxQueryTokens);
  const QueryWriter writer(dialect);
  std::string out;
  for_each_code(tokens, [&](std::size_t begin, std::size_t end) {
    const bool last = !whole && end == tokens.size();
    const auto& first = tokens[begin];
    if (end - begin > 1) {
      out = writer.both(out, code_query(writer, tokens, begin, end, last));
    } else if (!first.han) {
      out = writer.both(out, writer.word(first.text, last && may_be_prefix(first.text)));
    } else if (begin == 0 || !tokens[begin - 1].han || first.join != Token::Join::kTouch) {
      auto stop = begin + 1;  // the head of a run of characters
      while (stop < tokens.size() && tokens[stop].han && tokens[stop].join == Token::Join::kTouch)
        ++stop;
      out = writer.both(out, writer.phrase(tokens, begin, stop, false));
    }
  });
  return out;
}

Result<std::string> search_query_for(Transaction& tx, std::string_view table,
                                     std::string_view typed) {
  auto query = search_query(tx.dialect(), typed);
  const auto last = typed.substr(std::min(typed.find_last_of(" \t\n") + 1, typed.size()));
  const auto word = search_query(tx.dialect(), last, true);
  if (word.empty() || word == search_query(tx.dialect(), last)) return query;
  const auto sql = "SELECT count(*) FROM (SELECT 1 FROM " + quoted(table) + " t WHERE " +
                   search_condition(tx.dialect(), table, "t", 1, kCommon) + ") found";
  HOUGU_TRY(const auto found,
            tx.first(sql, {std::string_view(word)}, [](const Row& row) { return row.integer(0); }));
  if (found.value_or(0) >= kCommon) query = search_query(tx.dialect(), typed, true);
  return query;
}
}  // namespace hougu::store
