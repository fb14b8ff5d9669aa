// Writes a request's body to a file while it comes in, with its SHA-256.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "base/hash.h"
#include "http/message.h"

namespace hougu::http {

// Used by one thread at a time. The file is removed unless finish() handed it over.
class SpoolWriter {
 public:
  explicit SpoolWriter(std::string path) : path_(std::move(path)) {}
  ~SpoolWriter();
  SpoolWriter(const SpoolWriter&) = delete;
  SpoolWriter& operator=(const SpoolWriter&) = delete;
  // Makes the file at the first call. kStorageFull "storage.full" when nothing fits any more.
  Result<void> write(std::string_view data);
  Result<std::shared_ptr<SpooledBody>> finish();

 private:
  std::string path_;
  int file_ = -1;
  bool handed_over_ = false;
  std::uint64_t size_ = 0;
  Sha256Stream digest_;
};
}  // namespace hougu::http
