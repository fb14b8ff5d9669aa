// A file that appears under its name only when it is complete and on the disk. Inside store/ only.
#pragma once

#include <string>

#include "base/result.h"

namespace hougu::store {

class NewFile {
 public:
  // Reserves "<path>.partial", readable by the owner alone; kConflict `exists_code` when `path` is
  // there already.
  static Result<NewFile> create(const std::string& path, const std::string& exists_code);
  NewFile(NewFile&& other) noexcept;
  NewFile& operator=(NewFile&&) = delete;
  ~NewFile();  // removes what wasn't published

  const std::string& partial() const { return partial_; }
  int descriptor() const { return file_; }
  Result<void> write(std::string_view data);
  // Syncs and takes the name; fails if somebody else took it meanwhile.
  Result<void> publish();

 private:
  NewFile(std::string path, std::string exists_code, int file);
  std::string path_, partial_, exists_code_;
  int file_;
};

// kStorageFull for a full disk, else kUnavailable `code`; `cause` from errno.
Error file_error(const std::string& path, const std::string& code);
}  // namespace hougu::store
