// Reading the parts of a .zip with limits that a zip bomb runs into: number of entries, bytes that
// really come out (never what headers say), and how much larger they are than what went in.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace hougu::exchange {

struct ZipLimits {
  std::size_t max_entries = 4096;
  std::uint64_t max_total_bytes = std::uint64_t{1} << 30;
  // Beyond `free_bytes` of output, at most this many bytes come out of one that went in. Real
  // sheets reach 40.
  std::uint64_t max_ratio = 200;
  std::uint64_t free_bytes = 16u << 20;
};

class ZipFile {
 public:
  // Errors: kInvalid "import.damaged", "import.too_large".
  static Result<std::unique_ptr<ZipFile>> open(const std::string& path,
                                               const ZipLimits& limits = {});
  ~ZipFile();

  bool has(std::string_view name) const;

  // Begins to read an entry (one at a time); "import.damaged" {what: name} when it isn't there.
  Result<void> start(const std::string& name);
  // The next bytes, valid until the next call; empty at the end, after the checksum was right.
  Result<std::string_view> next();

  // A whole small entry.
  Result<std::string> read(const std::string& name, std::size_t max_bytes);

 private:
  struct State;
  explicit ZipFile(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};
}  // namespace hougu::exchange
