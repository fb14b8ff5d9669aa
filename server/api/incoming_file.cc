#include "api/incoming_file.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "http/multipart.h"
#include "http/url.h"

namespace hougu::api {
namespace {

constexpr std::size_t kLongestName = 2000;  // bytes, still percent-encoded

Result<std::string> write_file(const Services& services, std::string_view content) {
  std::string path = spool_folder(services) + "/file-XXXXXX";
  const int file = ::mkostemp(path.data(), O_CLOEXEC);
  if (file < 0) return internal("create " + path + ": " + std::strerror(errno));
  bool failed = false;
  while (!content.empty() && !failed) {
    const ssize_t count = ::write(file, content.data(), content.size());
    if (count < 0 && errno == EINTR) continue;
    failed = count <= 0;
    if (!failed) content.remove_prefix(static_cast<std::size_t>(count));
  }
  ::close(file);
  if (!failed) return path;
  ::unlink(path.c_str());
  return Error{ErrorKind::kStorageFull, "storage.full"};
}

Result<IncomingFile> file_of_form(const DirectCall& call) {
  HOUGU_TRY(const auto form, http::Multipart::parse(call.request));
  for (const auto& part : form.parts()) {
    if (!part.is_file) continue;
    HOUGU_TRY(auto path, write_file(call.services, part.data));
    return IncomingFile{std::move(path), part.file_name};
  }
  return Error{ErrorKind::kMalformed, "file.missing"};
}
}  // namespace

std::string spool_folder(const Services& services) { return services.data_folder + "/spool"; }

Result<IncomingFile> incoming_file(const DirectCall& call) {
  const http::Request& request = *call.request;
  if (request.header("content-type").starts_with("multipart/")) return file_of_form(call);
  const auto header = request.header("x-file-name").substr(0, kLongestName);
  std::string name = http::percent_decode(header, false).value_or("");
  if (!request.spooled) {
    HOUGU_TRY(auto path, write_file(call.services, request.body));
    return IncomingFile{std::move(path), std::move(name)};
  }
  request.spooled->keep();
  return IncomingFile{request.spooled->path(), std::move(name)};
}
}  // namespace hougu::api
