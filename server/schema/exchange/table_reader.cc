#include "schema/exchange/table_reader.h"

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "schema/exchange/csv_reader.h"
#include "schema/exchange/encoding.h"
#include "schema/exchange/workbook.h"
#include "schema/exchange/xlsx_reader.h"

namespace hougu::exchange {
namespace {

Result<std::string> head_of(const std::string& path) {
  const std::unique_ptr<std::FILE, int (*)(std::FILE*)> file(std::fopen(path.c_str(), "rbe"),
                                                             &std::fclose);
  if (!file) return internal("open " + path + ": " + std::strerror(errno));
  std::string head(64, '\0');
  head.resize(std::fread(head.data(), 1, head.size(), file.get()));
  return head;
}

Error unsupported(std::string code) { return {ErrorKind::kUnsupportedType, std::move(code)}; }

Result<void> inspect_workbook(TableFile& file) {
  HOUGU_TRY(const auto book, Workbook::open(file.path));
  for (const auto& sheet : book->sheets()) {
    if (!sheet.hidden) file.sheets.push_back(sheet.name);
  }
  if (file.sheets.empty()) file.sheets.push_back(book->sheets().front().name);
  return {};
}

Result<void> inspect_text(TableFile& file) {
  HOUGU_TRY(file.encoding, sniff_encoding(file.path));
  HOUGU_TRY(const auto text, TextFile::open(file.path, file.encoding));
  HOUGU_TRY(const auto beginning, text->next());
  // Pictures, PDF and the like "decode" as GB18030 as well, but a table has no control characters.
  for (const char c : beginning) {
    const auto byte = static_cast<unsigned char>(c);
    if (byte < 0x20 && c != '\t' && c != '\n' && c != '\r' && c != '\f' && c != '\x1a') {
      return unsupported("import.not_a_table");
    }
  }
  file.separator = sniff_separator(beginning);
  return {};
}
}  // namespace

Result<TableFile> inspect_table(const std::string& path) {
  HOUGU_TRY(const auto head, head_of(path));
  if (head.empty()) return invalid("import.empty");
  if (head.starts_with("\xd0\xcf\x11\xe0")) return unsupported("import.old_excel");
  TableFile file;
  file.path = path;
  file.xlsx = head.starts_with("PK\x03\x04");
  if (file.xlsx) {
    HOUGU_CHECK(inspect_workbook(file));
  } else {
    HOUGU_CHECK(inspect_text(file));
  }
  return file;
}

Result<std::unique_ptr<TableReader>> open_table(const TableFile& file, std::string_view sheet) {
  if (file.xlsx) return XlsxReader::open(file.path, sheet);
  if (!sheet.empty()) return invalid("import.no_such_sheet", "sheet");
  HOUGU_TRY(auto text, TextFile::open(file.path, file.encoding));
  return std::unique_ptr<TableReader>(std::make_unique<CsvReader>(std::move(text), file.separator));
}
}  // namespace hougu::exchange
