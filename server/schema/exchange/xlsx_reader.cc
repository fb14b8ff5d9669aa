#include "schema/exchange/xlsx_reader.h"

#include <algorithm>
#include <charconv>

namespace hougu::exchange {
namespace {

// "BC12" is column 54 (counted from 0); nullopt when there are no letters.
std::optional<std::size_t> column_of(std::string_view reference) {
  std::size_t column = 0;
  std::size_t letters = 0;
  for (const char c : reference) {
    const char upper = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
    if (upper < 'A' || upper > 'Z') break;
    if (++letters > 3) return kMaxColumns;
    column = column * 26 + static_cast<std::size_t>(upper - 'A') + 1;
  }
  if (letters == 0) return std::nullopt;
  return column - 1;
}

std::size_t unsigned_number(std::string_view text) {
  std::size_t value = 0;
  const auto end = std::from_chars(text.data(), text.data() + text.size(), value);
  return end.ec == std::errc() && end.ptr == text.data() + text.size() ? value : SIZE_MAX;
}

// "2026-03-05T08:30:00" of a cell of type d, as the other dates look.
std::string iso_date(std::string text) {
  std::replace(text.begin(), text.end(), 'T', ' ');
  if (text.ends_with(" 00:00:00")) text.resize(text.size() - 9);
  return text;
}
}  // namespace

class XlsxReader::SheetHandler final : public XmlHandler {
 public:
  SheetHandler(const Workbook& book, std::deque<ReadRow>& rows) : book_(book), rows_(rows) {}

  void start(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "row") return start_row(attributes);
    if (name == "c") return start_cell(attributes);
    if (name == "rPh") reading_ = true;
    collecting_ = in_cell_ && !reading_ && (name == "v" || name == "t");
  }
  void end(std::string_view name) override {
    if (name == "rPh") reading_ = false;
    if (name == "v" || name == "t") collecting_ = false;
    if (name == "c") end_cell();
    if (name == "row") end_row();
  }
  void text(std::string_view text) override {
    if (!collecting_) return;
    if (value_.size() + text.size() > kMaxCellBytes) return fault("import.cell_too_long");
    value_.append(text);
  }

 private:
  void fault(std::string code) {
    error = invalid(std::move(code), {}, {{"row", std::to_string(row_.number)}});
  }
  void start_row(const XmlAttributes& attributes) {
    const auto number = unsigned_number(attributes.find("r").value_or(""));
    row_.number = number == SIZE_MAX ? row_.number + 1 : static_cast<std::int64_t>(number);
    row_.cells.clear();
    column_ = 0;
  }
  void start_cell(const XmlAttributes& attributes) {
    column_ = column_of(attributes.find("r").value_or("")).value_or(column_);
    if (column_ >= kMaxColumns) return fault("import.too_many_columns");
    type_ = attributes.find("t").value_or("n");
    style_ = unsigned_number(attributes.find("s").value_or("0"));
    value_.clear();
    in_cell_ = true;
  }
  void end_cell() {
    in_cell_ = false;
    if (auto text = shown(); !text.empty()) {
      if (row_.cells.size() <= column_) row_.cells.resize(column_ + 1);
      row_.cells[column_] = std::move(text);
    }
    ++column_;
  }
  std::string shown() {
    if (value_.empty()) return {};
    if (type_ == "s") {
      const auto index = unsigned_number(value_);
      if (index >= book_.texts().size()) return fault("import.damaged"), std::string();
      auto text = book_.texts().get(index);
      if (!text.ok()) return error = std::move(text).error(), std::string();
      return std::move(text).value();
    }
    if (type_ == "b") return value_ == "1" || value_ == "true" ? "TRUE" : "FALSE";
    if (type_ == "e") return {};  // #N/A is no value
    if (type_ == "d") return iso_date(value_);
    if (type_ == "n") return shown_number(value_, book_.format(style_), book_.from_1904());
    return unescaped(value_);  // str: a formula's text; inlineStr
  }
  void end_row() {
    const bool any = std::any_of(row_.cells.begin(), row_.cells.end(),
                                 [](const std::string& cell) { return !cell.empty(); });
    if (any) rows_.push_back({row_.number, std::move(row_.cells)});
    row_.cells = {};
  }

  const Workbook& book_;
  std::deque<ReadRow>& rows_;
  ReadRow row_;
  std::size_t column_ = 0, style_ = 0;
  std::string type_, value_;
  bool in_cell_ = false, collecting_ = false, reading_ = false;
};

XlsxReader::XlsxReader(std::unique_ptr<Workbook> book) : book_(std::move(book)) {}
XlsxReader::~XlsxReader() = default;

Result<std::unique_ptr<TableReader>> XlsxReader::open(const std::string& path,
                                                      std::string_view sheet) {
  HOUGU_TRY(auto book, Workbook::open(path));
  const auto& sheets = book->sheets();
  auto chosen = std::find_if(sheets.begin(), sheets.end(), [&](const Sheet& one) {
    return sheet.empty() ? !one.hidden : one.name == sheet;
  });
  if (chosen == sheets.end() && sheet.empty()) chosen = sheets.begin();
  if (chosen == sheets.end()) return invalid("import.no_such_sheet", "sheet");
  const std::string part = chosen->part;
  HOUGU_CHECK(book->load_texts());
  HOUGU_CHECK(book->zip().start(part));
  std::unique_ptr<XlsxReader> reader(new XlsxReader(std::move(book)));
  reader->handler_ = std::make_unique<SheetHandler>(*reader->book_, reader->rows_);
  reader->parser_ = std::make_unique<XmlParser>(*reader->handler_, part);
  return std::unique_ptr<TableReader>(std::move(reader));
}

Result<bool> XlsxReader::next(Cells& cells) {
  while (rows_.empty() && !done_) {
    HOUGU_TRY(const auto piece, book_->zip().next());
    done_ = piece.empty();
    HOUGU_CHECK(parser_->feed(piece, done_));
  }
  if (rows_.empty()) return false;
  row_ = rows_.front().number;
  cells = std::move(rows_.front().cells);
  rows_.pop_front();
  return true;
}
}  // namespace hougu::exchange
