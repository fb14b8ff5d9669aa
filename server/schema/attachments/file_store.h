// Bytes on disk by the hash of their content: <data>/files/ab/cdef…, the same content once, whoever
// brought it how often. Thread-safe; several processes may share the folder.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"

namespace hougu::attachments {

constexpr int kThumbnailSizes[] = {256, 1024};  // pixels of the longer side, at most

class FileStore {
 public:
  // Makes <data_folder>/files; "storage.full", or an internal error with the reason.
  static Result<std::unique_ptr<FileStore>> open(const std::string& data_folder);

  // `sha256` in hex. Says nothing about whether the file is there.
  std::string path(std::string_view sha256) const;
  std::string thumbnail_path(std::string_view sha256, int size) const;
  bool has(std::string_view sha256) const;

  // Takes the file at `from` (same file system; gone afterwards), durable when this returns.
  Result<void> put(const std::string& from, std::string_view sha256);
  Result<void> put_thumbnail(const std::string& from, std::string_view sha256, int size);
  // A new, empty folder for work in progress, next to the files.
  Result<std::string> make_work_folder() const;

  // Hashes of the files in one of the 256 folders that nobody put or put again since `before`.
  std::vector<std::string> settled(unsigned folder, Millis before) const;
  // Removes a file and its thumbnails, unless it was put again since `before`.
  void remove(std::string_view sha256, Millis before);

 private:
  explicit FileStore(std::string root) : root_(std::move(root)) {}
  Result<void> move_in(const std::string& from, const std::string& to) const;

  std::string root_;
  std::mutex mutex_;  // between put() of a file that is there and remove()
};

// The first `limit` bytes of a file; an error when it can't be read.
Result<std::string> read_head(const std::string& path, std::size_t limit);
// SHA-256 in hex and the size.
struct Digest {
  std::string sha256;
  std::uint64_t size = 0;
};
Result<Digest> digest_of(const std::string& path);
}  // namespace hougu::attachments
