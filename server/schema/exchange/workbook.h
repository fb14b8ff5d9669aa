// What an .xlsx says about its sheets before their rows: names, parts, number formats.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "schema/exchange/number_formats.h"
#include "schema/exchange/shared_strings.h"
#include "schema/exchange/zip_file.h"

namespace hougu::exchange {

struct Sheet {
  std::string name, part;  // "xl/worksheets/sheet1.xml"
  bool hidden = false;
};

class Workbook {
 public:
  // Errors: those of ZipFile, and "import.damaged" {what: part}.
  static Result<std::unique_ptr<Workbook>> open(const std::string& path);

  const std::vector<Sheet>& sheets() const { return sheets_; }
  bool from_1904() const { return from_1904_; }
  // By the style number of a cell.
  NumberFormat format(std::size_t style) const {
    return style < styles_.size() ? styles_[style] : NumberFormat{};
  }
  // Reads the texts; call it before rows are read.
  Result<void> load_texts();
  const SharedStrings& texts() const { return texts_; }
  ZipFile& zip() { return *zip_; }

 private:
  Result<void> read_structure();

  std::unique_ptr<ZipFile> zip_;
  std::vector<Sheet> sheets_;
  std::vector<NumberFormat> styles_;
  std::string texts_part_;
  SharedStrings texts_;
  bool from_1904_ = false;
};
}  // namespace hougu::exchange
