#include <gtest/gtest.h>

#include "schema/exchange/csv_reader.h"
#include "schema/exchange/exchange_test_support.h"

namespace hougu::exchange {
namespace {
using std::string_literals::operator""s;
using Rows = std::vector<Cells>;

Rows read(const std::string& content) {
  const TempFolder folder;
  const auto table = read_table(folder.file("t.csv", content));
  EXPECT_EQ(table.error, "");
  return table.rows;
}

std::string failure(const std::string& content) {
  const TempFolder folder;
  return read_table(folder.file("t.csv", content)).error;
}

TEST(Csv, ReadsWhatSpreadsheetsWrite) {
  EXPECT_EQ(read("a,b\n1,2\n"), (Rows{{"a", "b"}, {"1", "2"}}));
  EXPECT_EQ(read("a,b\r\n1,2"), (Rows{{"a", "b"}, {"1", "2"}}));
  EXPECT_EQ(read("a,b\r1,2\r"), (Rows{{"a", "b"}, {"1", "2"}}));
  EXPECT_EQ(read("\"a,1\",\"say \"\"hi\"\"\",\"two\nlines\"\n"),
            (Rows{{"a,1", "say \"hi\"", "two\nlines"}}));
  EXPECT_EQ(read("a;b\n1,5;2\n"), (Rows{{"a", "b"}, {"1,5", "2"}}));
  EXPECT_EQ(read("a\tb\n\"x\ty\"\tz"), (Rows{{"a", "b"}, {"x\ty", "z"}}));
  EXPECT_EQ(read("a,b,\n"), (Rows{{"a", "b", ""}}));
  EXPECT_EQ(read("5\" pipe,x\n"), (Rows{{"5\" pipe", "x"}}));
  EXPECT_EQ(read("\"\",x\n"), (Rows{{"", "x"}}));
  EXPECT_EQ(read("000123,13812345678,123456789012345678901\n"),
            (Rows{{"000123", "13812345678", "123456789012345678901"}}));
}

TEST(Csv, SkipsEmptyRowsAndCountsLines) {
  const TempFolder folder;
  const auto table =
      read_table(folder.file("t.csv", "\n\na,b\r\n,,\r\n\"x\r\ny\",1\r\n\r\nlast,2"));
  EXPECT_EQ(table.rows, (Rows{{"a", "b"}, {"x\r\ny", "1"}, {"last", "2"}}));
  EXPECT_EQ(table.numbers, (std::vector<std::int64_t>{3, 5, 8}));
}

TEST(Csv, RefusesBrokenQuoting) {
  EXPECT_EQ(failure("a,b\n\"never closed,1\n2,3\n"), "import.csv_quote");
  EXPECT_EQ(failure("\"a\"b,c\n"), "import.csv_quote");
  EXPECT_EQ(failure("\"a\" ,c\n"), "import.csv_quote");
}

TEST(Csv, BoundsCellsAndColumns) {
  EXPECT_EQ(failure("a," + std::string(kMaxCellBytes + 1, 'x')), "import.cell_too_long");
  EXPECT_EQ(failure("\"" + std::string(kMaxCellBytes + 1, '"') + "\""), "import.csv_quote");
  EXPECT_EQ(failure("a," + std::string(kMaxColumns, ',')), "import.too_many_columns");
}

TEST(Csv, SniffsTheEncoding) {
  const Rows rows{{"姓名", "电话"}, {"䶮先生", "138"}};
  const std::string utf8 = "姓名,电话\n䶮先生,138\n";
  EXPECT_EQ(read(utf8), rows);
  EXPECT_EQ(read("\xef\xbb\xbf" + utf8), rows);
  // GB 18030-2005 and later have U+4DAE as FE 9F.
  const std::string gb18030 = "\xd0\xd5\xc3\xfb,\xb5\xe7\xbb\xb0\n\xfe\x9f\xcf\xc8\xc9\xfa,138\n";
  EXPECT_EQ(read(gb18030), rows);
  std::string little = "\xff\xfe", big = "\xfe\xff", bare;
  for (const char16_t unit : u"姓名,电话\n䶮先生,138\n") {
    if (unit == 0) break;
    const char low = static_cast<char>(unit & 0xff), high = static_cast<char>(unit >> 8);
    little.append({low, high});
    big.append({high, low});
    bare.append({low, high});
  }
  EXPECT_EQ(read(little), rows);
  EXPECT_EQ(read(big), rows);
  EXPECT_EQ(read(bare), rows);
}

TEST(Csv, ReadsRareCharactersOfFourBytes) {
  const TempFolder folder;
  std::string content = "\xd0\xd5\xc3\xfb\n";  // the header makes it GB18030, not UTF-8
  content += "\x95\x32\x82\x36\n";             // U+20000
  const auto table = read_table(folder.file("t.csv", content));
  EXPECT_EQ(table.rows, (Rows{{"姓名"}, {"\U00020000"}}));
}

TEST(Csv, DecodesAcrossTheBordersOfPieces) {
  for (const std::size_t pad : {65'534u, 65'535u, 65'536u}) {
    std::string gb18030 = std::string(pad, 'x') + ",\xd0\xd5\xc3\xfb\n";
    EXPECT_EQ(read(gb18030)[0][1], "姓名") << pad;
    EXPECT_EQ(read(std::string(pad, 'x') + ",姓名\n")[0][1], "姓名") << pad;
  }
}

TEST(Csv, RefusesWhatIsNoText) {
  EXPECT_EQ(failure("\xd0\xd5\xc3\xfb,\xff\xff\xff\n"), "import.encoding");
  EXPECT_EQ(failure("\xff\xfe\x61\x00\x62"s), "import.encoding");  // half a character
  EXPECT_EQ(failure("%PDF-1.7\n\x01\x02"), "import.not_a_table");
  EXPECT_EQ(failure("\x89PNG\r\n\x1a\n\0\0"s), "import.not_a_table");
  EXPECT_EQ(failure(""), "import.empty");
  EXPECT_EQ(failure("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "import.old_excel");
}
}  // namespace
}  // namespace hougu::exchange
