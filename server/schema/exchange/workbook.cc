#include "schema/exchange/workbook.h"

#include <charconv>
#include <map>

#include "base/text.h"
#include "schema/exchange/xml_parser.h"

namespace hougu::exchange {
namespace {

constexpr std::size_t kMaxPart = 8u << 20;  // workbook, relations, styles
constexpr std::size_t kMaxSheets = 500;
constexpr std::size_t kMaxStyles = 100'000;

int number(std::optional<std::string_view> text) {
  int value = 0;
  if (text) std::from_chars(text->data(), text->data() + text->size(), value);
  return value;
}

bool truth(std::optional<std::string_view> text) {
  return text && (*text == "1" || *text == "true");
}

// "xl/workbook.xml" + "worksheets/sheet1.xml", or "/xl/worksheets/sheet1.xml". Only ever compared
// with names of entries; nothing is written under it.
std::string joined(const std::string& base, std::string_view target) {
  if (target.starts_with('/')) return std::string(target.substr(1));
  std::vector<std::string_view> parts;
  const auto folder = base.substr(0, base.rfind('/') + 1);
  for (const std::string_view whole : {std::string_view(folder), target}) {
    for (const auto part : split(whole, '/')) {
      if (part == ".." && !parts.empty()) {
        parts.pop_back();
      } else if (!part.empty() && part != "." && part != "..") {
        parts.push_back(part);
      }
    }
  }
  std::string out;
  for (const auto part : parts) {
    if (!out.empty()) out += '/';
    out += part;
  }
  return out;
}

struct Relation {
  std::string type, target;
};

class RelationsHandler final : public XmlHandler {
 public:
  std::map<std::string, Relation, std::less<>> relations;
  void start(std::string_view name, const XmlAttributes& attributes) override {
    if (name != "Relationship" || relations.size() > 10'000) return;
    const auto id = attributes.find("Id");
    const auto type = attributes.find("Type");
    const auto target = attributes.find("Target");
    if (id && type && target) {
      const auto last = type->substr(type->rfind('/') + 1);
      relations.emplace(*id, Relation{std::string(last), std::string(*target)});
    }
  }
  void end(std::string_view) override {}
  void text(std::string_view) override {}
};

struct SheetEntry {
  std::string name, relation;
  bool hidden = false;
};

class WorkbookHandler final : public XmlHandler {
 public:
  std::vector<SheetEntry> sheets;
  bool from_1904 = false;
  void start(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "workbookPr") from_1904 = truth(attributes.find("date1904"));
    if (name != "sheet" || sheets.size() >= kMaxSheets) return;
    const auto relation = attributes.find("id");  // r:id; a sheet's own number is "sheetId"
    if (!relation) return;
    const auto state = attributes.find("state").value_or("visible");
    sheets.push_back({std::string(attributes.find("name").value_or("")), std::string(*relation),
                      state != "visible"});
  }
  void end(std::string_view) override {}
  void text(std::string_view) override {}
};

class StylesHandler final : public XmlHandler {
 public:
  std::vector<NumberFormat> styles;
  void start(std::string_view name, const XmlAttributes& attributes) override {
    if (name == "numFmt") {
      codes_[number(attributes.find("numFmtId"))] =
          format_of_code(attributes.find("formatCode").value_or(""));
    } else if (name == "cellXfs") {
      in_cells_ = true;
    } else if (name == "xf" && in_cells_ && styles.size() < kMaxStyles) {
      const int id = number(attributes.find("numFmtId"));
      const auto own = codes_.find(id);
      styles.push_back(own != codes_.end() ? own->second : built_in_format(id));
    }
  }
  void end(std::string_view name) override {
    if (name == "cellXfs") in_cells_ = false;
  }
  void text(std::string_view) override {}

 private:
  std::map<int, NumberFormat> codes_;
  bool in_cells_ = false;
};

Result<void> parse_part(ZipFile& zip, const std::string& part, XmlHandler& handler) {
  HOUGU_TRY(const std::string text, zip.read(part, kMaxPart));
  XmlParser parser(handler, part);
  return parser.feed(text, true);
}
}  // namespace

Result<std::unique_ptr<Workbook>> Workbook::open(const std::string& path) {
  auto book = std::make_unique<Workbook>();
  HOUGU_TRY(book->zip_, ZipFile::open(path));
  HOUGU_CHECK(book->read_structure());
  return book;
}

Result<void> Workbook::read_structure() {
  std::string main = "xl/workbook.xml";
  if (zip_->has("_rels/.rels")) {
    RelationsHandler package;
    HOUGU_CHECK(parse_part(*zip_, "_rels/.rels", package));
    for (const auto& [id, relation] : package.relations) {
      if (relation.type == "officeDocument") main = joined("", relation.target);
    }
  }
  WorkbookHandler workbook;
  HOUGU_CHECK(parse_part(*zip_, main, workbook));
  from_1904_ = workbook.from_1904;
  const auto slash = main.rfind('/') + 1;
  RelationsHandler parts;
  HOUGU_CHECK(
      parse_part(*zip_, main.substr(0, slash) + "_rels/" + main.substr(slash) + ".rels", parts));
  for (const auto& sheet : workbook.sheets) {
    const auto it = parts.relations.find(sheet.relation);
    if (it == parts.relations.end() || it->second.type != "worksheet") continue;  // charts
    sheets_.push_back({sheet.name, joined(main, it->second.target), sheet.hidden});
  }
  if (sheets_.empty()) return invalid("import.damaged", {}, {{"what", main}});
  for (const auto& [id, relation] : parts.relations) {
    if (relation.type == "sharedStrings") texts_part_ = joined(main, relation.target);
    if (relation.type != "styles") continue;
    StylesHandler styles;
    HOUGU_CHECK(parse_part(*zip_, joined(main, relation.target), styles));
    styles_ = std::move(styles.styles);
  }
  return {};
}

Result<void> Workbook::load_texts() {
  if (texts_part_.empty() || !zip_->has(texts_part_)) return {};
  return texts_.load(*zip_, texts_part_);
}
}  // namespace hougu::exchange
