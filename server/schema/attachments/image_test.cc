#include <gtest/gtest.h>

#include "base/hash.h"
#include "schema/attachments/attachments_test_support.h"
#include "schema/attachments/file_store.h"
#include "schema/attachments/image_process.h"
#include "schema/attachments/sniff.h"

namespace hougu::attachments {
namespace {

using std::string_literals::operator""s;

// The seconds of the fixture's latitude, 4242/100, as EXIF holds them.
const std::string kSeconds = "\x92\x10\0\0\x64\0\0\0"s;

constexpr const char* kThisProgram = "/proc/self/exe";

Result<PreparedImage> prepared(const TempFolder& folder, const std::string& content,
                               const std::string& type, int timeout_ms = 40'000) {
  return prepare_image(kThisProgram, type, folder.file("input", content), folder.path(),
                       timeout_ms);
}

TEST(Image, TurnsUprightAndForgetsWhereAndByWhom) {
  const TempFolder folder;
  const std::string input = fixture("turned_with_position.jpg");
  ASSERT_NE(input.find("SECRETPHONE"), std::string::npos);
  ASSERT_NE(input.find(kSeconds), std::string::npos);
  const auto image = prepared(folder, input, "image/jpeg");
  ASSERT_TRUE(image.ok()) << image.error().code << image.error().cause;
  EXPECT_EQ(image->type, "image/jpeg");
  EXPECT_EQ(image->width, 40);
  EXPECT_EQ(image->height, 60);
  for (const std::string name : {"original", "256", "1024"}) {
    const std::string bytes = content_of(folder.path() + "/" + name);
    ASSERT_FALSE(bytes.empty()) << name;
    for (const std::string& trace : {"SECRETPHONE"s, "secret comment"s, kSeconds}) {
      EXPECT_EQ(bytes.find(trace), std::string::npos) << name << " has " << trace;
    }
  }
  EXPECT_EQ(sniff_type(content_of(folder.path() + "/256")), "image/webp");
}

TEST(Image, ReadsWhatPhonesMake) {
  const std::pair<const char*, const char*> kinds[] = {
      {"png", "image/png"}, {"jpg", "image/jpeg"},  {"webp", "image/webp"},
      {"gif", "image/gif"}, {"heic", "image/heic"}, {"avif", "image/avif"},
  };
  for (const auto& [extension, type] : kinds) {
    const TempFolder folder;
    const auto image = prepared(folder, fixture(std::string("plain.") + extension), type);
    ASSERT_TRUE(image.ok()) << extension << image.error().code << image.error().cause;
    EXPECT_EQ(image->width, 60) << extension;
    EXPECT_EQ(image->height, 40) << extension;
    EXPECT_EQ(sniff_type(content_of(folder.path() + "/original")), image->type);
    const bool converted =
        std::string_view(type) == "image/heic" || std::string_view(type) == "image/avif";
    EXPECT_EQ(image->type, converted ? "image/jpeg" : type);
  }
}

TEST(Image, KeepsAnAnimationAndShowsItsFirstFrame) {
  const TempFolder folder;
  const auto image = prepared(folder, fixture("two.gif"), "image/gif");
  ASSERT_TRUE(image.ok()) << image.error().code << image.error().cause;
  EXPECT_EQ(image->width, 60);
  EXPECT_EQ(image->height, 40);
  EXPECT_GT(content_of(folder.path() + "/original").size(), fixture("plain.gif").size());
}

TEST(Image, RefusesBombsDamageAndLies) {
  const TempFolder folder;
  const auto code = [&](const std::string& content, const std::string& type) {
    const auto image = prepared(folder, content, type);
    return image.ok() ? std::string("ok") : image.error().code;
  };
  EXPECT_EQ(code(fixture("bomb.png"), "image/png"), "image.too_large");
  const std::string jpeg = fixture("plain.jpg");
  EXPECT_EQ(code(jpeg.substr(0, jpeg.size() / 2), "image/jpeg"), "image.damaged");
  EXPECT_EQ(code("\xff\xd8\xff garbage", "image/jpeg"), "image.damaged");
  EXPECT_EQ(code(fixture("plain.png").substr(0, 60), "image/png"), "image.damaged");
  EXPECT_EQ(code(fixture("plain.heic").substr(0, 300), "image/heic"), "image.damaged");
  EXPECT_EQ(code(fixture("plain.png"), "image/webp"), "image.damaged");
  EXPECT_EQ(code("<svg/>", "image/svg+xml"), "image.damaged");
}

TEST(Image, IsStoppedWhenItTakesTooLong) {
  const TempFolder folder;
  const auto image = prepared(folder, fixture("plain.jpg"), "image/jpeg", 0);
  ASSERT_FALSE(image.ok());
  EXPECT_EQ(image.error().code, "image.too_slow");
}

TEST(FileStore, KeepsTheSameContentOnce) {
  const TempFolder folder;
  auto files = FileStore::open(folder.path());
  ASSERT_TRUE(files.ok());
  FileStore& store = **files;
  const std::string sha256 = sha256_hex("content");
  ASSERT_TRUE(store.put(folder.file("a", "content"), sha256).ok());
  ASSERT_TRUE(store.put(folder.file("b", "content"), sha256).ok());
  EXPECT_EQ(content_of(store.path(sha256)), "content");
  EXPECT_FALSE(std::filesystem::exists(folder.path() + "/a"));
  EXPECT_FALSE(std::filesystem::exists(folder.path() + "/b"));
  EXPECT_NE(store.path(sha256).find("/files/" + sha256.substr(0, 2) + "/"), std::string::npos);
}

TEST(FileStore, RemovesOnlyWhatHasSettled) {
  const TempFolder folder;
  auto files = FileStore::open(folder.path());
  ASSERT_TRUE(files.ok());
  FileStore& store = **files;
  const std::string sha256 = sha256_hex("content");
  ASSERT_TRUE(store.put(folder.file("a", "content"), sha256).ok());
  ASSERT_TRUE(store.put_thumbnail(folder.file("t", "small"), sha256, 256).ok());
  const auto number = static_cast<unsigned>(std::stoul(sha256.substr(0, 2), nullptr, 16));
  const Millis now = SystemClock().now();
  EXPECT_TRUE(store.settled(number, now - 60'000).empty());
  store.remove(sha256, now - 60'000);
  EXPECT_TRUE(store.has(sha256));
  EXPECT_EQ(store.settled(number, now + 60'000), std::vector<std::string>{sha256});
  store.remove(sha256, now + 60'000);
  EXPECT_FALSE(store.has(sha256));
  EXPECT_FALSE(std::filesystem::exists(store.thumbnail_path(sha256, 256)));
}
}  // namespace
}  // namespace hougu::attachments
