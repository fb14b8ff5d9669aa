// A table file read row by row in constant memory, whatever its format. Cells come as text: numbers
// as plain decimals without exponent, dates as "2026-03-05" or "2026-03-05 08:30:00", booleans as
// TRUE/FALSE. Valid UTF-8 always. Used by one thread at a time.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace hougu::exchange {

constexpr std::size_t kMaxColumns = 500;
constexpr std::size_t kMaxCellBytes = 128 * 1024;

using Cells = std::vector<std::string>;

class TableReader {
 public:
  virtual ~TableReader() = default;
  // The next row that has any text; false at the end. Errors are of the file as a whole, with the
  // row in params["row"] where it is known; after one the reader is done.
  virtual Result<bool> next(Cells& cells) = 0;
  // Of the last row, as a person counts in the spreadsheet: the first is 1.
  virtual std::int64_t row() const = 0;
};

struct TableFile {
  std::string path;
  bool xlsx = false;
  std::vector<std::string> sheets;  // visible ones, in order; empty for CSV
  std::string encoding;             // of CSV: "UTF-8", "UTF-16LE", "UTF-16BE", "GB18030"; else ""
  char separator = ',';             // of CSV: , ; or tab
};

// Says what the file is, from its content alone. Errors: kUnsupportedType "import.old_excel" (.xls
// or a password), "import.not_a_table"; kInvalid "import.damaged" {what}, "import.too_large"
// {what}.
Result<TableFile> inspect_table(const std::string& path);

// `sheet` "" means the first. kInvalid "import.no_such_sheet".
Result<std::unique_ptr<TableReader>> open_table(const TableFile& file, std::string_view sheet);
}  // namespace hougu::exchange
