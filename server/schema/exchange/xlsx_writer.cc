#include "schema/exchange/xlsx_writer.h"

#include <xlsxwriter.h>

#include <algorithm>
#include <cmath>

#include "base/text.h"

namespace hougu::exchange {
namespace {
constexpr lxw_row_t kRowsPerSheet = 1'048'576;
constexpr std::size_t kMaxUnits = 32'767;
constexpr std::size_t kMaxSheetName = 31;

// Cut to so many UTF-16 units, in whole characters.
std::string cut(std::string_view text, std::size_t units) {
  std::size_t at = 0;
  std::size_t count = 0;
  while (at < text.size()) {
    std::size_t next = at;
    count += next_code_point(text, next) > 0xffff ? 2 : 1;
    if (count > units) break;
    at = next;
  }
  return std::string(text.substr(0, at));
}

std::string sheet_name_of(std::string_view name) {
  std::string out;
  for (const char c : name) {
    const bool refused = std::string_view("[]:*?/\\'").find(c) != std::string_view::npos;
    out += refused ? ' ' : c;
  }
  out = cut(trimmed(out), kMaxSheetName - 4);
  return out.empty() ? "Sheet" : out;
}
}  // namespace

struct XlsxWriter::State {
  lxw_workbook* book = nullptr;
  lxw_worksheet* sheet = nullptr;
  lxw_format *bold = nullptr, *date = nullptr, *date_time = nullptr;
  std::string name;
  int sheets = 0;
  std::vector<std::string> header;
  lxw_row_t row = 0;
  lxw_col_t column = 0;

  ~State() {
    if (book != nullptr) workbook_close(book);
  }
};

XlsxWriter::XlsxWriter(std::unique_ptr<State> state) : state_(std::move(state)) {}
XlsxWriter::~XlsxWriter() = default;

Result<std::unique_ptr<XlsxWriter>> XlsxWriter::create(const std::string& path,
                                                       const std::string& temp_folder,
                                                       std::string_view sheet_name) {
  auto state = std::make_unique<State>();
  std::string folder = temp_folder;
  lxw_workbook_options options{};
  options.constant_memory = LXW_TRUE;
  options.tmpdir = folder.data();
  state->book = workbook_new_opt(path.c_str(), &options);
  if (state->book == nullptr) return internal("create " + path);
  state->bold = workbook_add_format(state->book);
  format_set_bold(state->bold);
  state->date = workbook_add_format(state->book);
  format_set_num_format(state->date, "yyyy-mm-dd");
  state->date_time = workbook_add_format(state->book);
  format_set_num_format(state->date_time, "yyyy-mm-dd hh:mm:ss");
  state->name = sheet_name_of(sheet_name);
  std::unique_ptr<XlsxWriter> writer(new XlsxWriter(std::move(state)));
  writer->add_sheet();
  return writer;
}

void XlsxWriter::add_sheet() {
  State& s = *state_;
  const std::string name = s.sheets == 0 ? s.name : s.name + " " + std::to_string(s.sheets + 1);
  ++s.sheets;
  s.sheet = workbook_add_worksheet(s.book, name.c_str());
  if (s.sheet == nullptr) s.sheet = workbook_add_worksheet(s.book, nullptr);
  worksheet_set_column(s.sheet, 0, 60, 18, nullptr);
  worksheet_freeze_panes(s.sheet, 1, 0);
  for (lxw_col_t i = 0; i < s.header.size(); ++i) {
    worksheet_write_string(s.sheet, 0, i, cut(s.header[i], kMaxUnits).c_str(), s.bold);
  }
  s.row = 0;
}

void XlsxWriter::header(const std::vector<std::string>& texts) {
  state_->header = texts;
  for (lxw_col_t i = 0; i < texts.size(); ++i) {
    worksheet_write_string(state_->sheet, 0, i, cut(texts[i], kMaxUnits).c_str(), state_->bold);
  }
}

void XlsxWriter::begin_row() {
  if (++state_->row == kRowsPerSheet) {
    add_sheet();
    ++state_->row;
  }
  state_->column = 0;
}

void XlsxWriter::text(std::string_view text) {
  State& s = *state_;
  const lxw_col_t column = s.column++;
  if (!text.empty()) {
    worksheet_write_string(s.sheet, s.row, column, cut(text, kMaxUnits).c_str(), nullptr);
  }
}

void XlsxWriter::number(double value) {
  State& s = *state_;
  if (!std::isfinite(value)) return empty();
  worksheet_write_number(s.sheet, s.row, s.column++, value, nullptr);
}

void XlsxWriter::date(int year, int month, int day) {
  State& s = *state_;
  lxw_datetime value{year, month, day, 0, 0, 0};
  worksheet_write_datetime(s.sheet, s.row, s.column++, &value, s.date);
}

void XlsxWriter::date_time(int year, int month, int day, int hour, int minute, int second) {
  State& s = *state_;
  lxw_datetime value{year, month, day, hour, minute, static_cast<double>(second)};
  worksheet_write_datetime(s.sheet, s.row, s.column++, &value, s.date_time);
}

void XlsxWriter::empty() { ++state_->column; }

Result<void> XlsxWriter::finish() {
  const lxw_error failed = workbook_close(state_->book);
  state_->book = nullptr;
  if (failed == LXW_NO_ERROR) return {};
  if (failed == LXW_ERROR_ZIP_FILE_ADD || failed == LXW_ERROR_ZIP_CLOSE ||
      failed == LXW_ERROR_ZIP_FILE_OPERATION) {
    return Error{ErrorKind::kStorageFull, "storage.full"};
  }
  return internal(std::string("write .xlsx: ") + lxw_strerror(failed));
}
}  // namespace hougu::exchange
