#include "http/spool.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "base/text.h"

namespace hougu::http {
namespace {

Error file_error(const std::string& path) {
  const int code = errno;
  if (code == ENOSPC || code == EDQUOT || code == EFBIG) {
    Error error{ErrorKind::kStorageFull, "storage.full"};
    error.cause = path + ": " + std::strerror(code);
    return error;
  }
  return internal(path + ": " + std::strerror(code));
}
}  // namespace

SpoolWriter::~SpoolWriter() {
  if (file_ < 0) return;
  ::close(file_);
  if (!handed_over_) ::unlink(path_.c_str());
}

Result<void> SpoolWriter::write(std::string_view data) {
  if (file_ < 0) {
    file_ = ::open(path_.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file_ < 0) return file_error(path_);
  }
  digest_.update(data);
  while (!data.empty()) {
    const auto written = ::write(file_, data.data(), data.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return file_error(path_);
    data.remove_prefix(static_cast<std::size_t>(written));
    size_ += static_cast<std::uint64_t>(written);
  }
  return {};
}

Result<std::shared_ptr<SpooledBody>> SpoolWriter::finish() {
  HOUGU_CHECK(write({}));  // an empty body has a file too
  handed_over_ = true;
  return std::make_shared<SpooledBody>(path_, size_, hex(digest_.finish()));
}
}  // namespace hougu::http
