// Rows of one sheet of a workbook (ECMA-376 part 1, 18.3).
#pragma once

#include <deque>
#include <memory>

#include "schema/exchange/table_reader.h"
#include "schema/exchange/workbook.h"
#include "schema/exchange/xml_parser.h"

namespace hougu::exchange {

class XlsxReader final : public TableReader {
 public:
  // "import.no_such_sheet"; "" is the first visible one.
  static Result<std::unique_ptr<TableReader>> open(const std::string& path, std::string_view sheet);
  // Errors: "import.damaged", "import.too_large", "import.cell_too_long" and
  // "import.too_many_columns" {row}.
  Result<bool> next(Cells& cells) override;
  std::int64_t row() const override { return row_; }

 private:
  class SheetHandler;
  struct ReadRow {
    std::int64_t number = 0;
    Cells cells;
  };
  explicit XlsxReader(std::unique_ptr<Workbook> book);

  std::unique_ptr<Workbook> book_;
  std::deque<ReadRow> rows_;  // of the piece of the file read last
  std::unique_ptr<SheetHandler> handler_;
  std::unique_ptr<XmlParser> parser_;
  bool done_ = false;
  std::int64_t row_ = 0;

 public:
  ~XlsxReader() override;
};
}  // namespace hougu::exchange
