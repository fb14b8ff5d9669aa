#include "service/assets/labels.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>

namespace hougu::service {
namespace {

const LabelTexts kTexts{"海川家电有限公司", "400-800-1234", "扫码报修 / Scan for service",
                        "序列号"};

class LabelPdf {
 public:
  LabelPdf(LabelFormat format, const std::vector<DeviceLabel>& labels) {
    std::string name = (std::filesystem::temp_directory_path() / "hougu-test-XXXXXX").string();
    folder_ = ::mkdtemp(name.data());
    const auto pdf = labels_pdf(format, labels, kTexts);
    EXPECT_TRUE(pdf.ok());
    std::ofstream(folder_ + "/l.pdf", std::ios::binary) << *pdf;
  }
  ~LabelPdf() { std::filesystem::remove_all(folder_); }
  LabelPdf(const LabelPdf&) = delete;
  LabelPdf& operator=(const LabelPdf&) = delete;

  static std::string run(const std::string& command) {
    std::string out;
    std::FILE* pipe = ::popen(command.c_str(), "r");
    std::array<char, 4096> buffer;
    while (const auto count = std::fread(buffer.data(), 1, buffer.size(), pipe)) {
      out.append(buffer.data(), count);
    }
    EXPECT_EQ(::pclose(pipe), 0) << command;
    return out;
  }
  std::string text() const { return run("pdftotext -layout " + folder_ + "/l.pdf -"); }
  std::string info() const { return run("pdfinfo " + folder_ + "/l.pdf"); }
  // What a scanner reads from the printed pages, a line per code; of one column of the page,
  // because the reader misses some when there are too many.
  std::string codes(int column = 0, int columns = 1) const {
    const int width = columns == 1 ? 0 : 2480 / columns;
    const std::string crop = width == 0 ? ""
                                        : " -x " + std::to_string(column * width) + " -y 0 -W " +
                                              std::to_string(width) + " -H 3508";
    run("pdftoppm -r 300 -gray -png" + crop + " " + folder_ + "/l.pdf " + folder_ + "/page");
    return run("zbarimg --quiet --raw -Sdisable -Sqrcode.enable " + folder_ + "/page*.png 2>" +
               folder_ + "/log");
  }
  // Boxes of the words, in points.
  std::string boxes() const { return run("pdftotext -bbox " + folder_ + "/l.pdf -"); }

 private:
  std::string folder_;
};

DeviceLabel label(int number) {
  return {"https://service.example.com/s/q7Jd0Zr1mXk3T9vLwB5y" + std::to_string(1000 + number),
          "变频空调", "KFR-35GW/A1", "SN2026" + std::to_string(100000 + number)};
}

TEST(Labels, SheetHoldsEveryDeviceAndItsCode) {
  std::vector<DeviceLabel> labels;
  for (int i = 0; i < 27; ++i) labels.push_back(label(i));
  const LabelPdf pdf(LabelFormat::kA4, labels);
  const std::string info = pdf.info();
  EXPECT_NE(info.find("Pages:           2"), std::string::npos) << info;
  EXPECT_NE(info.find("A4"), std::string::npos) << info;
  const std::string text = pdf.text();
  const std::string codes = pdf.codes(0, 3) + pdf.codes(1, 3) + pdf.codes(2, 3);
  for (const auto& one : labels) {
    EXPECT_NE(text.find(one.serial_number), std::string::npos) << one.serial_number;
    EXPECT_NE(codes.find(one.url + "\n"), std::string::npos) << one.url;
  }
  for (const std::string shown :
       {"变频空调", "KFR-35GW/A1", "海川家电有限公司", "400-800-1234", "扫码报修"}) {
    EXPECT_NE(text.find(shown), std::string::npos) << shown;
  }
}

TEST(Labels, SmallLabelIsOnePageEach) {
  const LabelPdf pdf(LabelFormat::k60x40, {label(1), label(2), label(3)});
  const std::string info = pdf.info();
  EXPECT_NE(info.find("Pages:           3"), std::string::npos) << info;
  EXPECT_NE(info.find("170.079 x 113.386 pts"), std::string::npos) << info;
  EXPECT_EQ(pdf.codes(), label(1).url + "\n" + label(2).url + "\n" + label(3).url + "\n");
}

TEST(Labels, LongTextsStayInside) {
  DeviceLabel longest = label(1);
  longest.product = longest.model = std::string();
  for (int i = 0; i < 60; ++i) longest.product += "全直流变频";
  longest.model = std::string(200, 'W');
  longest.serial_number = std::string(64, 'W');
  const LabelPdf pdf(LabelFormat::k60x40, {longest});
  const std::string boxes = pdf.boxes();
  std::size_t words = 0, serial_letters = 0;
  for (std::size_t at = boxes.find("<word"); at != std::string::npos;
       at = boxes.find("<word", at + 1)) {
    double left = 0, top = 0, right = 0, bottom = 0;
    std::array<char, 512> word{};
    ASSERT_EQ(std::sscanf(boxes.c_str() + at,
                          "<word xMin=\"%lf\" yMin=\"%lf\" xMax=\"%lf\" yMax=\"%lf\">%511[^<]",
                          &left, &top, &right, &bottom, word.data()),
              5);
    ++words;
    EXPECT_GE(left, 0);
    EXPECT_GE(top, 0);
    EXPECT_LE(right, 170.08) << word.data();
    EXPECT_LE(bottom, 113.39) << word.data();
    const std::string_view text = word.data();
    EXPECT_NE(text, "-");
    if (text.find_first_not_of('W') == std::string_view::npos) serial_letters += text.size();
  }
  EXPECT_GT(words, 5u);
  EXPECT_GE(serial_letters, 64u) << "the serial number must be whole";
  EXPECT_EQ(pdf.codes(), longest.url + "\n");
}

TEST(Labels, SaysWhatIsWrong) {
  EXPECT_EQ(labels_pdf(LabelFormat::kA4, {}, kTexts).error().code, "label.none");
  EXPECT_EQ(
      labels_pdf(LabelFormat::kA4, std::vector<DeviceLabel>(kMaxLabels + 1), kTexts).error().code,
      "label.too_many");
  DeviceLabel long_url = label(1);
  long_url.url += std::string(400, 'x');
  EXPECT_EQ(labels_pdf(LabelFormat::kA4, {long_url}, kTexts).error().code, "label.url_too_long");
}
}  // namespace
}  // namespace hougu::service
