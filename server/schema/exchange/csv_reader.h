// CSV as spreadsheets write it (RFC 4180): quoted fields may hold separators, quotes (doubled) and
// line ends; lines end with LF, CRLF or CR. Strict: a quote in the middle of an unquoted field is
// text, anything behind a closing quote and a file that ends within quotes are errors.
#pragma once

#include <memory>
#include <string>

#include "schema/exchange/encoding.h"
#include "schema/exchange/table_reader.h"

namespace hougu::exchange {

// The separator that the first line has most of, outside quotes: , ; or tab.
char sniff_separator(std::string_view head);

class CsvReader final : public TableReader {
 public:
  CsvReader(std::unique_ptr<TextFile> file, char separator)
      : file_(std::move(file)), separator_(separator) {}

  // Errors: "import.csv_quote" {row}, "import.cell_too_long" {row}, "import.too_many_columns"
  // {row}, "import.encoding".
  Result<bool> next(Cells& cells) override;
  // The line on which the row begins.
  std::int64_t row() const override { return row_; }

 private:
  enum class Place { kFieldStart, kPlain, kQuoted, kQuoteInQuoted };
  Result<bool> character();  // false at the end of the file
  Result<bool> take(char c, Cells& cells);
  Result<void> append(char c);
  Result<void> end_field(Cells& cells);
  void count_line(char c);
  Error fault(std::string code) const;

  std::unique_ptr<TextFile> file_;
  char separator_;
  std::string_view piece_;
  std::size_t at_ = 0;
  char now_ = '\0';
  Place place_ = Place::kFieldStart;
  std::string field_;
  bool skip_line_feed_ = false, done_ = false;
  std::int64_t row_ = 0, line_ = 1;
  char last_ = '\0';
};
}  // namespace hougu::exchange
