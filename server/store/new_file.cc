#include "store/new_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <filesystem>

namespace hougu::store {

Error file_error(const std::string& path, const std::string& code) {
  const int number = errno;
  const bool full = number == ENOSPC || number == EDQUOT;
  Error error{full ? ErrorKind::kStorageFull : ErrorKind::kUnavailable,
              full ? "storage.full" : code};
  error.cause = path + ": " + std::strerror(number);
  return error;
}

NewFile::NewFile(std::string path, std::string exists_code, int file)
    : path_(std::move(path)),
      partial_(path_ + ".partial"),
      exists_code_(std::move(exists_code)),
      file_(file) {}

NewFile::NewFile(NewFile&& other) noexcept
    : path_(std::move(other.path_)),
      partial_(std::move(other.partial_)),
      exists_code_(std::move(other.exists_code_)),
      file_(std::exchange(other.file_, -1)) {}

NewFile::~NewFile() {
  if (file_ < 0) return;
  ::close(file_);
  ::unlink(partial_.c_str());
}

Result<NewFile> NewFile::create(const std::string& path, const std::string& exists_code) {
  struct stat status {};
  if (::lstat(path.c_str(), &status) == 0) return conflict(exists_code, {{"file", path}});
  // a partial file left by a crash is nobody's
  const int file =
      ::open((path + ".partial").c_str(), O_RDWR | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
  if (file < 0) return file_error(path, "backup.not_writable");
  return NewFile(path, exists_code, file);
}

Result<void> NewFile::write(std::string_view data) {
  while (!data.empty()) {
    const auto done = ::write(file_, data.data(), data.size());
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) return file_error(path_, "backup.not_writable");
    data.remove_prefix(static_cast<std::size_t>(done));
  }
  return {};
}

Result<void> NewFile::publish() {
  if (::fsync(file_) != 0) return file_error(path_, "backup.not_writable");
  if (::renameat2(AT_FDCWD, partial_.c_str(), AT_FDCWD, path_.c_str(), RENAME_NOREPLACE) != 0) {
    if (errno == EEXIST) return conflict(exists_code_, {{"file", path_}});
    return file_error(path_, "backup.not_writable");
  }
  ::close(std::exchange(file_, -1));
  auto folder = std::filesystem::path(path_).parent_path();
  if (folder.empty()) folder = ".";
  const int opened = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (opened >= 0) {  // the name itself shall survive a power cut
    ::fsync(opened);
    ::close(opened);
  }
  return {};
}
}  // namespace hougu::store
