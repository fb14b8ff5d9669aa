// What the tests of this folder share: temporary files, and workbooks made part by part.
#pragma once

#include <gtest/gtest.h>
#include <minizip/zip.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>
#include <utility>
#include <vector>

#include "schema/exchange/table_reader.h"

namespace hougu::exchange {

class TempFolder {
 public:
  TempFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "hougu-test-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  const std::string& path() const { return path_; }
  std::string file(const std::string& name, std::string_view content) const {
    const std::string to = path_ + "/" + name;
    std::ofstream(to, std::ios::binary) << content;
    return to;
  }

 private:
  std::string path_;
};

inline std::string content_of(const std::string& path) {
  std::ostringstream out;
  out << std::ifstream(path, std::ios::binary).rdbuf();
  return out.str();
}

using Parts = std::vector<std::pair<std::string, std::string>>;

inline std::string make_zip(const TempFolder& folder, const std::string& name, const Parts& parts) {
  const std::string path = folder.path() + "/" + name;
  zipFile zip = zipOpen64(path.c_str(), APPEND_STATUS_CREATE);
  for (const auto& [entry, content] : parts) {
    zip_fileinfo info{};
    zipOpenNewFileInZip64(zip, entry.c_str(), &info, nullptr, 0, nullptr, 0, nullptr, Z_DEFLATED, 9,
                          1);
    zipWriteInFileInZip(zip, content.data(), static_cast<unsigned>(content.size()));
    zipCloseFileInZip(zip);
  }
  zipClose(zip, nullptr);
  return path;
}

// A workbook of one sheet; `extra` parts replace the ordinary ones of the same name.
inline Parts workbook_parts(const std::string& rows, const Parts& extra = {}) {
  const std::string ns = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
  const std::string rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
  Parts parts{
      {"[Content_Types].xml", "<Types/>"},
      {"_rels/.rels", "<Relationships><Relationship Id=\"rId1\" Type=\"" + rel +
                          "/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"},
      {"xl/workbook.xml", "<workbook " + ns + " xmlns:r=\"" + rel +
                              "\"><workbookPr/><sheets><sheet name=\"设备\" sheetId=\"1\" "
                              "r:id=\"rId1\"/></sheets></workbook>"},
      {"xl/_rels/workbook.xml.rels",
       "<Relationships><Relationship Id=\"rId1\" Type=\"" + rel +
           "/worksheet\" Target=\"worksheets/sheet1.xml\"/><Relationship Id=\"rId2\" Type=\"" +
           rel + "/styles\" Target=\"styles.xml\"/><Relationship Id=\"rId3\" Type=\"" + rel +
           "/sharedStrings\" Target=\"/xl/sharedStrings.xml\"/></Relationships>"},
      {"xl/styles.xml",
       "<styleSheet " + ns +
           "><numFmts><numFmt numFmtId=\"164\" formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;d"
           "&quot;日&quot;\"/><numFmt numFmtId=\"165\" formatCode=\"00000000\"/></numFmts>"
           "<cellStyleXfs><xf numFmtId=\"14\"/></cellStyleXfs>"
           "<cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"22\"/>"
           "<xf numFmtId=\"164\"/><xf numFmtId=\"165\"/><xf numFmtId=\"21\"/></cellXfs>"
           "</styleSheet>"},
      {"xl/sharedStrings.xml",
       "<sst " + ns +
           "><si><t>序列号</t></si><si><r><t>Rich</t></r><r><t xml:space=\"preserve\"> text</t></r>"
           "<rPh><t>reading</t></rPh></si><si><t>line_x000D_\nend</t></si></sst>"},
      {"xl/worksheets/sheet1.xml",
       "<worksheet " + ns + "><sheetData>" + rows + "</sheetData></worksheet>"},
  };
  for (const auto& [name, content] : extra) {
    bool found = false;
    for (auto& part : parts) {
      if (part.first == name) part.second = content, found = true;
    }
    if (!found) parts.emplace_back(name, content);
  }
  return parts;
}

struct ReadTable {
  std::vector<Cells> rows;
  std::vector<std::int64_t> numbers;
  std::string error;  // the code of the error that ended it
};

inline ReadTable read_table(const std::string& path, const std::string& sheet = "") {
  ReadTable out;
  const auto file = inspect_table(path);
  if (!file.ok()) return out.error = file.error().code, out;
  auto reader = open_table(*file, sheet);
  if (!reader.ok()) return out.error = reader.error().code, out;
  Cells cells;
  for (;;) {
    const auto more = (*reader)->next(cells);
    if (!more.ok()) return out.error = more.error().code, out;
    if (!*more) return out;
    out.rows.push_back(cells);
    out.numbers.push_back((*reader)->row());
  }
}
}  // namespace hougu::exchange
