#include <gtest/gtest.h>

#include "schema/exchange/exchange_test_support.h"
#include "schema/exchange/number_formats.h"
#include "schema/exchange/zip_file.h"

namespace hougu::exchange {
namespace {
using Rows = std::vector<Cells>;

ReadTable read(const std::string& rows, const Parts& extra = {}) {
  const TempFolder folder;
  return read_table(make_zip(folder, "t.xlsx", workbook_parts(rows, extra)));
}

TEST(Xlsx, ReadsEveryKindOfCell) {
  const auto table = read(
      "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" t=\"s\"><v>1</v></c>"
      "<c r=\"C1\" t=\"s\"><v>2</v></c></row>"
      "<row r=\"4\"><c r=\"A4\" "
      "t=\"inlineStr\"><is><t>in</t><rPh><t>x</t></rPh><t>line</t></is></c>"
      "<c r=\"C4\" t=\"str\"><f>A1&amp;B1</f><v>formula</v></c><c r=\"D4\" t=\"b\"><v>1</v></c>"
      "<c r=\"E4\" t=\"e\"><v>#N/A</v></c><c r=\"F4\"><v>12.50</v></c><c><v>7</v></c></row>"
      "<row r=\"5\"><c r=\"A5\" s=\"1\"/></row>");
  EXPECT_EQ(table.error, "");
  EXPECT_EQ(table.rows, (Rows{{"序列号", "Rich text", "line\r\nend"},
                              {"inline", "", "formula", "TRUE", "", "12.5", "7"}}));
  EXPECT_EQ(table.numbers, (std::vector<std::int64_t>{1, 4}));
}

TEST(Xlsx, ReadsDatesByTheirFormats) {
  const std::string rows =
      "<row r=\"1\"><c r=\"A1\" s=\"1\"><v>46086</v></c><c r=\"B1\" s=\"2\"><v>46086.354166666664"
      "</v></c><c r=\"C1\" s=\"3\"><v>46086</v></c><c r=\"D1\" s=\"5\"><v>0.5</v></c>"
      "<c r=\"E1\" t=\"d\"><v>2026-03-05T08:30:00</v></c><c r=\"F1\"><v>46086</v></c></row>";
  EXPECT_EQ(read(rows).rows[0], (Cells{"2026-03-05", "2026-03-05 08:30:00", "2026-03-05",
                                       "12:00:00", "2026-03-05 08:30:00", "46086"}));
  const Parts of_1904{{"xl/workbook.xml",
                       "<workbook xmlns:r=\"r\"><workbookPr date1904=\"1\"/><sheets><sheet "
                       "name=\"a\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"}};
  EXPECT_EQ(read("<row><c s=\"1\"><v>44624</v></c></row>", of_1904).rows[0], (Cells{"2026-03-05"}));
}

TEST(Xlsx, KeepsLongDigitsAsDigits) {
  const auto table = read(
      "<row><c><v>13812345678</v></c><c><v>1.3812345678E10</v></c>"
      "<c><v>123456789012345678</v></c><c s=\"4\"><v>42</v></c><c><v>0.1</v></c>"
      "<c><v>1E-7</v></c><c><v>0.30000000000000004</v></c><c><v>-2.5E3</v></c></row>");
  EXPECT_EQ(table.rows[0], (Cells{"13812345678", "13812345678", "123456789012345678", "00000042",
                                  "0.1", "0.0000001", "0.3", "-2500"}));
}

TEST(NumberFormats, TellDatesFromNumbers) {
  using Kind = NumberFormat::Kind;
  EXPECT_EQ(format_of_code("yyyy-mm-dd").kind, Kind::kDate);
  EXPECT_EQ(format_of_code("[$-804]yyyy\"年\"m\"月\";@").kind, Kind::kDate);
  EXPECT_EQ(format_of_code("m/d/yy h:mm").kind, Kind::kDateTime);
  EXPECT_EQ(format_of_code("[h]:mm:ss").kind, Kind::kTime);
  EXPECT_EQ(format_of_code("0.00").kind, Kind::kPlain);
  EXPECT_EQ(format_of_code("#,##0.00\"days\"").kind, Kind::kPlain);
  EXPECT_EQ(format_of_code("[Red]0.00").kind, Kind::kPlain);
  EXPECT_EQ(format_of_code("General").kind, Kind::kPlain);
  EXPECT_EQ(format_of_code("\"unterminated").kind, Kind::kPlain);
  EXPECT_EQ(format_of_code("[").kind, Kind::kPlain);
  EXPECT_EQ(format_of_code("0000").digits, 4);
}

TEST(NumberFormats, KnowTheMissingDayOf1900) {
  using Kind = NumberFormat::Kind;
  EXPECT_EQ(serial_date(1, Kind::kDate, false), "1900-01-01");
  EXPECT_EQ(serial_date(59, Kind::kDate, false), "1900-02-28");
  EXPECT_EQ(serial_date(61, Kind::kDate, false), "1900-03-01");
  EXPECT_EQ(serial_date(25569, Kind::kDate, false), "1970-01-01");
  EXPECT_EQ(serial_date(0, Kind::kDate, true), "1904-01-01");
  EXPECT_EQ(serial_date(46086.9999999, Kind::kDateTime, false), "2026-03-06");
  EXPECT_EQ(serial_date(-1, Kind::kDate, false), "");
  EXPECT_EQ(serial_date(1e18, Kind::kDate, false), "");
}

TEST(Xlsx, ChoosesTheSheet) {
  const TempFolder folder;
  const std::string rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  const auto path = make_zip(
      folder, "t.xlsx",
      workbook_parts(
          "<row><c><v>1</v></c></row>",
          {{"xl/workbook.xml",
            "<workbook xmlns:r=\"r\"><sheets><sheet name=\"hidden\" state=\"hidden\" "
            "r:id=\"rId9\"/><sheet name=\"first\" r:id=\"rId1\"/><sheet name=\"second\" "
            "r:id=\"rId2\"/></sheets></workbook>"},
           {"xl/_rels/workbook.xml.rels",
            "<Relationships><Relationship Id=\"rId9\" Type=\"" + rel +
                "/worksheet\" Target=\"worksheets/h.xml\"/><Relationship Id=\"rId1\" Type=\"" +
                rel +
                "/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"" +
                rel + "/worksheet\" Target=\"../xl/./worksheets/two.xml\"/></Relationships>"},
           {"xl/worksheets/two.xml",
            "<worksheet><sheetData><row><c><v>2</v></c></row></sheetData></worksheet>"}}));
  EXPECT_EQ(inspect_table(path)->sheets, (std::vector<std::string>{"first", "second"}));
  EXPECT_EQ(read_table(path).rows, (Rows{{"1"}}));
  EXPECT_EQ(read_table(path, "second").rows, (Rows{{"2"}}));
  EXPECT_EQ(read_table(path, "none").error, "import.no_such_sheet");
}

TEST(Xlsx, RefusesDamage) {
  const TempFolder folder;
  const auto path = make_zip(folder, "t.xlsx", workbook_parts("<row><c><v>1</v></c></row>"));
  const std::string whole = content_of(path);
  EXPECT_EQ(read_table(folder.file("cut.xlsx", whole.substr(0, whole.size() / 2))).error,
            "import.damaged");
  for (std::size_t at = 30; at < whole.size(); at += 97) {  // never a crash, whatever is broken
    std::string broken = whole;
    broken[at] = static_cast<char>(broken[at] ^ 0x5a);
    read_table(folder.file("broken.xlsx", broken));
  }
  EXPECT_EQ(read_table(make_zip(folder, "a.xlsx", {{"readme.txt", "hello"}})).error,
            "import.damaged");
  EXPECT_EQ(read("<row><c><v>1</row>").error, "import.damaged");
  EXPECT_EQ(read("<row><c t=\"s\"><v>99</v></c></row>").error, "import.damaged");
  EXPECT_EQ(read("<row><c t=\"s\"><v>-1</v></c></row>").error, "import.damaged");
  EXPECT_EQ(read("<row><c r=\"ZZZZ1\"><v>1</v></c></row>").error, "import.too_many_columns");
}

TEST(Xlsx, RefusesDocumentTypesAndDepth) {
  const std::string laughs =
      "<?xml version=\"1.0\"?><!DOCTYPE x [<!ENTITY a \"ha\"><!ENTITY b \"&a;&a;&a;\">]>"
      "<worksheet><sheetData><row><c t=\"str\"><v>&b;</v></c></row></sheetData></worksheet>";
  EXPECT_EQ(read("", {{"xl/worksheets/sheet1.xml", laughs}}).error, "import.damaged");
  const std::string outside =
      "<!DOCTYPE x [<!ENTITY a SYSTEM \"file:///etc/passwd\">]><sst><si><t>&a;</t></si></sst>";
  EXPECT_EQ(read("", {{"xl/sharedStrings.xml", outside}}).error, "import.damaged");
  std::string deep;
  for (int i = 0; i < 100'000; ++i) deep += "<a>";
  EXPECT_EQ(read("", {{"xl/worksheets/sheet1.xml", deep}}).error, "import.damaged");
}

TEST(Xlsx, RefusesZipBombs) {
  const std::string blanks(64u << 20, ' ');
  EXPECT_EQ(read(blanks).error, "import.too_large");
  EXPECT_EQ(read("", {{"xl/sharedStrings.xml", "<sst>" + blanks + "</sst>"}}).error,
            "import.too_large");
  EXPECT_EQ(read("", {{"xl/styles.xml", "<styleSheet>" + blanks + "</styleSheet>"}}).error,
            "import.too_large");
}

TEST(ZipFile, BoundsEntriesAndNeverTrustsNames) {
  const TempFolder folder;
  Parts many;
  for (int i = 0; i < 50; ++i) many.emplace_back("f" + std::to_string(i), "x");
  ZipLimits limits;
  limits.max_entries = 20;
  EXPECT_EQ(ZipFile::open(make_zip(folder, "many.zip", many), limits).error().code,
            "import.too_large");
  // Entries are only ever looked up by the names that a workbook uses; nothing is unpacked.
  const auto path = make_zip(folder, "path.zip", {{"../../evil.txt", "x"}, {"/etc/evil", "y"}});
  auto zip = ZipFile::open(path);
  ASSERT_TRUE(zip.ok());
  EXPECT_FALSE((*zip)->has("evil.txt"));
  EXPECT_EQ((*zip)->start("evil.txt").error().code, "import.damaged");
  EXPECT_FALSE(std::filesystem::exists(folder.path() + "/../../evil.txt"));
}
}  // namespace
}  // namespace hougu::exchange
