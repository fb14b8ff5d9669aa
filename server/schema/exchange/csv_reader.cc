#include "schema/exchange/csv_reader.h"

#include <algorithm>

namespace hougu::exchange {

char sniff_separator(std::string_view head) {
  constexpr std::string_view kCandidates = ",;\t";
  std::size_t counts[3] = {0, 0, 0};
  bool quoted = false;
  bool any = false;
  for (const char c : head) {
    if (c == '"') quoted = !quoted;
    if (!quoted && (c == '\n' || c == '\r')) {
      if (any) break;
      continue;  // empty lines before the header
    }
    any = true;
    const auto kind = kCandidates.find(c);
    if (!quoted && kind != std::string_view::npos) ++counts[kind];
  }
  return kCandidates[static_cast<std::size_t>(std::max_element(counts, counts + 3) - counts)];
}

Error CsvReader::fault(std::string code) const {
  return invalid(std::move(code), {}, {{"row", std::to_string(row_)}});
}

Result<bool> CsvReader::character() {
  while (at_ == piece_.size()) {
    HOUGU_TRY(piece_, file_->next());
    at_ = 0;
    if (piece_.empty()) return false;
  }
  now_ = piece_[at_++];
  return true;
}

Result<void> CsvReader::append(char c) {
  if (field_.size() >= kMaxCellBytes) return fault("import.cell_too_long");
  field_ += c;
  return {};
}

Result<void> CsvReader::end_field(Cells& cells) {
  if (cells.size() >= kMaxColumns) return fault("import.too_many_columns");
  cells.push_back(std::move(field_));
  field_.clear();
  place_ = Place::kFieldStart;
  return {};
}

void CsvReader::count_line(char c) {
  if (c == '\r' || (c == '\n' && last_ != '\r')) ++line_;
  last_ = c;
}

// One character; true when it ended the row.
Result<bool> CsvReader::take(char c, Cells& cells) {
  if (place_ == Place::kQuoted) {
    if (c == '"') {
      place_ = Place::kQuoteInQuoted;
    } else {
      HOUGU_CHECK(append(c));
    }
    return false;
  }
  if (c == separator_) {
    HOUGU_CHECK(end_field(cells));
    return false;
  }
  if (c == '\n' || c == '\r') {
    HOUGU_CHECK(end_field(cells));
    skip_line_feed_ = c == '\r';
    return true;
  }
  if (c == '"' && place_ == Place::kFieldStart) {
    place_ = Place::kQuoted;
    return false;
  }
  if (place_ == Place::kQuoteInQuoted) {
    if (c != '"') return fault("import.csv_quote");
    place_ = Place::kQuoted;
  } else {
    place_ = Place::kPlain;
  }
  HOUGU_CHECK(append(c));
  return false;
}

Result<bool> CsvReader::next(Cells& cells) {
  while (!done_) {
    cells.clear();
    row_ = line_;
    bool ended = false;
    while (!ended) {
      HOUGU_TRY(const bool more, character());
      if (!more) {
        done_ = true;
        if (place_ == Place::kQuoted) return fault("import.csv_quote");
        if (cells.empty() && field_.empty() && place_ == Place::kFieldStart) return false;
        HOUGU_CHECK(end_field(cells));
        break;
      }
      const bool second_half = skip_line_feed_ && now_ == '\n';
      skip_line_feed_ = false;
      count_line(now_);
      if (second_half) {
        row_ = line_;
        continue;
      }
      HOUGU_TRY(ended, take(now_, cells));
    }
    const bool any = std::any_of(cells.begin(), cells.end(),
                                 [](const std::string& cell) { return !cell.empty(); });
    if (any) return true;
  }
  return false;
}
}  // namespace hougu::exchange
