#include "schema/attachments/sniff.h"

#include <gtest/gtest.h>

#include "base/text.h"
#include "schema/attachments/attachments_test_support.h"

namespace hougu::attachments {
namespace {
using std::string_literals::operator""s;

TEST(Sniff, RecognisesContentWhateverItIsCalled) {
  EXPECT_EQ(sniff_type(fixture("plain.jpg")), "image/jpeg");
  EXPECT_EQ(sniff_type(fixture("plain.png")), "image/png");
  EXPECT_EQ(sniff_type(fixture("plain.gif")), "image/gif");
  EXPECT_EQ(sniff_type(fixture("plain.webp")), "image/webp");
  EXPECT_EQ(sniff_type(fixture("plain.heic")), "image/heic");
  EXPECT_EQ(sniff_type(fixture("plain.avif")), "image/avif");
  EXPECT_EQ(sniff_type("%PDF-1.7\n\xb5\xb5"), "application/pdf");
  EXPECT_EQ(sniff_type("\0\0\0\x18"
                       "ftypisom\0\0\0\0"s),
            "video/mp4");
  EXPECT_EQ(sniff_type("\0\0\0\x18"
                       "ftypqt  \0\0\0\0"s),
            "video/quicktime");
  EXPECT_EQ(sniff_type("RIFF\1\0\0\0WAVE"s), "audio/wav");
  EXPECT_EQ(sniff_type("#!AMR\n"), "audio/amr");
  EXPECT_EQ(sniff_type("PK\3\4....photos/a.jpg"), "application/zip");
  EXPECT_EQ(sniff_type("PK\3\4....[Content_Types].xml....xl/workbook.xml"),
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet");
  EXPECT_EQ(sniff_type("PK\3\4....[Content_Types].xml....word/document.xml"),
            "application/vnd.openxmlformats-officedocument.wordprocessingml.document");
}

TEST(Sniff, ActiveContentIsOnlyText) {
  EXPECT_EQ(sniff_type("<html><script>alert(1)</script>"), "text/plain");
  EXPECT_EQ(sniff_type("<?xml version='1.0'?><svg onload='alert(1)'/>"), "text/plain");
  EXPECT_EQ(sniff_type("GIF89 but not quite"), "text/plain");
  EXPECT_FALSE(may_be_inline("text/plain"));
  EXPECT_FALSE(may_be_inline("image/svg+xml"));
  EXPECT_FALSE(may_be_inline("image/tiff"));
  EXPECT_TRUE(may_be_inline("application/pdf"));
}

TEST(Sniff, ReadsTextThatIsCutWithinACharacter) {
  const std::string text = "压缩机不启动";
  EXPECT_EQ(sniff_type(text.substr(0, text.size() - 1)), "text/plain");
  EXPECT_EQ(sniff_type("\xff\xfe\x41"), "application/octet-stream");
  EXPECT_EQ(sniff_type("a\0b"s), "application/octet-stream");
  EXPECT_EQ(sniff_type(""), "application/octet-stream");
}

TEST(FileName, KeepsOrdinaryNames) {
  EXPECT_EQ(clean_file_name("压缩机 照片.jpg", "image/jpeg"), "压缩机 照片.jpg");
  EXPECT_EQ(clean_file_name("IMG_0001.JPEG", "image/jpeg"), "IMG_0001.JPEG");
  EXPECT_EQ(clean_file_name("䶮先生.pdf", "application/pdf"), "䶮先生.pdf");
}

TEST(FileName, TakesTricksAway) {
  EXPECT_EQ(clean_file_name("../../etc/passwd", "text/plain"), "passwd");
  EXPECT_EQ(clean_file_name("C:\\Windows\\evil.txt", "text/plain"), "evil.txt");
  EXPECT_EQ(clean_file_name("..", "text/plain"), "file");
  EXPECT_EQ(clean_file_name("/", "text/plain"), "file");
  EXPECT_EQ(clean_file_name("a\r\nSet-Cookie: x=1", "text/plain"), "aSet-Cookie_ x=1");
  EXPECT_EQ(clean_file_name("nul\0l.txt"s, "text/plain"), "null.txt");
  // U+202E makes "exe.jpg" out of "gpj.exe" on the screen.
  EXPECT_EQ(clean_file_name("photo\u202egpj.exe", "text/plain"), "photogpj.exe");
  EXPECT_EQ(clean_file_name("a\u2066\u200fb\ufeff.txt", "text/plain"), "ab.txt");
  EXPECT_EQ(clean_file_name("what<is>\"this\"?|*.txt", "text/plain"), "what_is__this____.txt");
  EXPECT_EQ(clean_file_name("CON.txt", "text/plain"), "_CON.txt");
  EXPECT_EQ(clean_file_name("\xff\xfe broken", "text/plain"), "file");
  EXPECT_EQ(clean_file_name(".htaccess", "text/plain"), "htaccess");
}

TEST(FileName, FitsTheContent) {
  EXPECT_EQ(clean_file_name("photo.html", "image/jpeg"), "photo.jpg");
  EXPECT_EQ(clean_file_name("photo.jpg.exe", "image/png"), "photo.jpg.png");
  EXPECT_EQ(clean_file_name("IMG_1.HEIC", "image/jpeg"), "IMG_1.jpg");
  EXPECT_EQ(clean_file_name("", "image/png"), "file.png");
}

TEST(FileName, IsBounded) {
  std::string longest;
  for (int i = 0; i < 5000; ++i) longest += "维";
  const std::string name = clean_file_name(longest + ".pdf", "application/pdf");
  EXPECT_LE(name.size(), 240u);
  EXPECT_LE(count_code_points(name), 120u);
  EXPECT_TRUE(valid_utf8(name));
  EXPECT_TRUE(name.ends_with(".pdf"));
  EXPECT_LE(clean_file_name("." + std::string(9000, 'x'), "text/plain").size(), 240u);
}
}  // namespace
}  // namespace hougu::attachments
