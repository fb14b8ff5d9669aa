#include "http/multipart.h"

#include <gtest/gtest.h>

#include <fstream>

#include "http/client_test_support.h"

namespace hougu::http {
namespace {

std::shared_ptr<Request> request_with(std::string body, std::string boundary = "B") {
  auto request = std::make_shared<Request>();
  request->headers.emplace_back("content-type", "multipart/form-data; boundary=" + boundary);
  request->body = std::move(body);
  return request;
}

const std::string kForm =
    "--B\r\nContent-Disposition: form-data; name=\"note\"\r\n\r\n水泵\r\n"
    "--B\r\nContent-Disposition: form-data; name=\"file\"; filename=\"照片 %221%22;x.jpg\"\r\n"
    "Content-Type: image/jpeg\r\n\r\n\xff\xd8\r\n--Cogus\r\n\r\n"
    "--B\r\nContent-Disposition: form-data; name=\"empty\"\r\n\r\n\r\n"
    "--B--\r\nepilogue";

void expect_form(const Multipart& form) {
  ASSERT_EQ(form.parts().size(), 3u);
  EXPECT_EQ(form.find("note")->data, "水泵");
  EXPECT_FALSE(form.find("note")->is_file);
  const auto* file = form.find("file");
  EXPECT_TRUE(file->is_file);
  EXPECT_EQ(file->file_name, "照片 \"1\";x.jpg");
  EXPECT_EQ(file->content_type, "image/jpeg");
  EXPECT_EQ(file->data, "\xff\xd8\r\n--Cogus\r\n");
  EXPECT_EQ(form.find("empty")->data, "");
  EXPECT_EQ(form.find("absent"), nullptr);
}

TEST(Multipart, ReadsParts) {
  auto form = Multipart::parse(request_with(kForm));
  ASSERT_TRUE(form.ok());
  expect_form(*form);
  auto quoted = Multipart::parse(request_with("preamble\r\n" + kForm, "\"B\""));
  ASSERT_TRUE(quoted.ok());
  expect_form(*quoted);
}

TEST(Multipart, ReadsSpooledBodies) {
  test::Folder folder;
  const auto path = folder.path + "/body";
  std::ofstream(path, std::ios::binary) << kForm;
  auto request = request_with("");
  request->spooled = std::make_shared<SpooledBody>(path, kForm.size(), "");
  auto form = Multipart::parse(std::move(request));
  ASSERT_TRUE(form.ok());
  expect_form(*form);
}

TEST(Multipart, ReadsExtendedFileNames) {
  auto form = Multipart::parse(
      request_with("--B\r\ncontent-disposition: Form-Data; name=f; filename=\"_\"; "
                   "filename*=UTF-8''%E7%A9%BA.txt\r\n\r\nx\r\n--B--"));
  ASSERT_TRUE(form.ok());
  EXPECT_EQ(form->find("f")->file_name, "空.txt");
}

TEST(Multipart, RefusesWhatIsBroken) {
  const std::string head = "--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\n";
  for (const auto& body :
       {std::string(), std::string("--"), std::string("--B"), std::string("--B\r\n"), head,
        head + "x", head + "x\r\n--B", head + "x\r\n--Bx\r\n", std::string("--B\r\n\r\nx\r\n--B--"),
        std::string("--B\r\nContent-Disposition: form-data\r\n\r\nx\r\n--B--"),
        std::string("--B\r\nContent-Disposition: form-data; name=\"a\r\n\r\nx\r\n--B--"),
        std::string("--B\r\nContent-Disposition: form-data; name=\"\xff\"\r\n\r\nx\r\n--B--"),
        "--B\r\nX: " + std::string(5000, 'a') + "\r\n" + head.substr(5) + "x\r\n--B--"}) {
    auto form = Multipart::parse(request_with(body));
    ASSERT_FALSE(form.ok()) << body;
    EXPECT_EQ(form.error().code, "multipart.malformed") << body;
  }
}

TEST(Multipart, KeepsItsLimits) {
  MultipartLimits limits;
  limits.max_parts = 2;
  EXPECT_EQ(Multipart::parse(request_with(kForm), limits).error().code, "multipart.too_many_parts");
  limits = {};
  limits.max_field_bytes = 3;
  EXPECT_EQ(Multipart::parse(request_with(kForm), limits).error().code,
            "multipart.field_too_large");
  auto json = std::make_shared<Request>();
  json->headers.emplace_back("content-type", "application/json");
  EXPECT_EQ(Multipart::parse(json).error().code, "multipart.not_multipart");
  EXPECT_EQ(Multipart::parse(request_with(kForm, "")).error().code, "multipart.not_multipart");
}
}  // namespace
}  // namespace hougu::http
