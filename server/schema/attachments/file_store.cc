#include "schema/attachments/file_store.h"

#include <dirent.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <filesystem>

#include "base/hash.h"
#include "base/text.h"

namespace hougu::attachments {
namespace fs = std::filesystem;
namespace {

Error disk_error(const std::string& what, int code) {
  if (code == ENOSPC || code == EDQUOT) {
    Error full{ErrorKind::kStorageFull, "storage.full"};
    full.cause = what + ": " + std::strerror(code);
    return full;
  }
  return internal(what + ": " + std::strerror(code));
}

class Descriptor {
 public:
  Descriptor(const std::string& path, int flags) : fd_(::open(path.c_str(), flags | O_CLOEXEC)) {}
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }
  bool ok() const { return fd_ >= 0; }

 private:
  int fd_;
};

Result<void> sync_path(const std::string& path, int flags) {
  const Descriptor file(path, flags);
  if (!file.ok() || ::fsync(file.get()) != 0) return disk_error("sync " + path, errno);
  return {};
}

Millis changed_at(const std::string& path) {
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0) return -1;
  return static_cast<Millis>(info.st_mtim.tv_sec) * 1000 + info.st_mtim.tv_nsec / 1'000'000;
}

Result<void> read_all(const std::string& path, const std::function<bool(std::string_view)>& piece) {
  const Descriptor file(path, O_RDONLY);
  if (!file.ok()) return disk_error("open " + path, errno);
  std::array<char, 64 * 1024> buffer;
  for (;;) {
    const ssize_t count = ::read(file.get(), buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return disk_error("read " + path, errno);
    if (count == 0 || !piece({buffer.data(), static_cast<std::size_t>(count)})) return {};
  }
}
}  // namespace

Result<std::unique_ptr<FileStore>> FileStore::open(const std::string& data_folder) {
  std::string root = data_folder + "/files";
  std::error_code error;
  fs::create_directories(root, error);
  if (error) return disk_error("create " + root, error.value());
  return std::unique_ptr<FileStore>(new FileStore(std::move(root)));
}

std::string FileStore::path(std::string_view sha256) const {
  assert(sha256.size() == 64 && sha256.find_first_not_of("0123456789abcdef") == sha256.npos);
  return root_ + '/' + std::string(sha256.substr(0, 2)) + '/' + std::string(sha256.substr(2));
}

std::string FileStore::thumbnail_path(std::string_view sha256, int size) const {
  return path(sha256) + '.' + std::to_string(size);
}

bool FileStore::has(std::string_view sha256) const {
  return ::access(path(sha256).c_str(), R_OK) == 0;
}

Result<void> FileStore::move_in(const std::string& from, const std::string& to) const {
  const std::string folder = to.substr(0, to.rfind('/'));
  if (::mkdir(folder.c_str(), 0750) == 0) {
    HOUGU_CHECK(sync_path(root_, O_RDONLY | O_DIRECTORY));
  } else if (errno != EEXIST) {
    return disk_error("create " + folder, errno);
  }
  if (::chmod(from.c_str(), 0640) != 0) return disk_error("chmod " + from, errno);
  HOUGU_CHECK(sync_path(from, O_RDONLY));
  if (::rename(from.c_str(), to.c_str()) != 0) return disk_error("rename to " + to, errno);
  return sync_path(folder, O_RDONLY | O_DIRECTORY);
}

Result<void> FileStore::put(const std::string& from, std::string_view sha256) {
  const std::string to = path(sha256);
  const std::lock_guard lock(mutex_);
  // Touching it first keeps a sweep that already looked at it from taking it away.
  if (::utimensat(AT_FDCWD, to.c_str(), nullptr, 0) == 0) {
    ::unlink(from.c_str());
    return {};
  }
  return move_in(from, to);
}

Result<void> FileStore::put_thumbnail(const std::string& from, std::string_view sha256, int size) {
  return move_in(from, thumbnail_path(sha256, size));
}

Result<std::string> FileStore::make_work_folder() const {
  std::string name = root_ + "/work-XXXXXX";
  if (::mkdtemp(name.data()) == nullptr) return disk_error("create " + name, errno);
  return name;
}

std::vector<std::string> FileStore::settled(unsigned folder, Millis before) const {
  constexpr std::string_view kDigits = "0123456789abcdef";
  const std::string prefix{kDigits[folder >> 4 & 15], kDigits[folder & 15]};
  std::vector<std::string> out;
  DIR* dir = ::opendir((root_ + '/' + prefix).c_str());
  if (dir == nullptr) return out;
  while (const dirent* entry = ::readdir(dir)) {
    const std::string_view name = entry->d_name;
    if (name.size() != 62) continue;  // thumbnails go with their file
    const Millis changed = changed_at(root_ + '/' + prefix + '/' + std::string(name));
    if (changed >= 0 && changed < before) out.push_back(prefix + std::string(name));
  }
  ::closedir(dir);
  return out;
}

void FileStore::remove(std::string_view sha256, Millis before) {
  const std::lock_guard lock(mutex_);
  const Millis changed = changed_at(path(sha256));
  if (changed < 0 || changed >= before) return;
  ::unlink(path(sha256).c_str());
  for (const int size : kThumbnailSizes) ::unlink(thumbnail_path(sha256, size).c_str());
}

Result<std::string> read_head(const std::string& path, std::size_t limit) {
  std::string head;
  HOUGU_CHECK(read_all(path, [&](std::string_view piece) {
    head.append(piece.substr(0, limit - head.size()));
    return head.size() < limit;
  }));
  return head;
}

Result<Digest> digest_of(const std::string& path) {
  Sha256Stream stream;
  Digest digest;
  HOUGU_CHECK(read_all(path, [&](std::string_view piece) {
    stream.update(piece);
    digest.size += piece.size();
    return true;
  }));
  digest.sha256 = hex(stream.finish());
  return digest;
}
}  // namespace hougu::attachments
