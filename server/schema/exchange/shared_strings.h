// The texts that cells of a workbook refer to by number. The first 16 MB stay in memory, the rest
// goes to a temporary file without a name.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "schema/exchange/zip_file.h"

namespace hougu::exchange {

class SharedStrings {
 public:
  SharedStrings() = default;
  ~SharedStrings();
  SharedStrings(const SharedStrings&) = delete;
  SharedStrings& operator=(const SharedStrings&) = delete;

  // Reads xl/sharedStrings.xml (or whatever `part` is). "import.too_large" beyond 5 million texts.
  Result<void> load(ZipFile& zip, const std::string& part);
  std::size_t size() const { return ends_.size(); }
  // `index` < size().
  Result<std::string> get(std::size_t index) const;

 private:
  Result<void> add(std::string_view text);
  Result<void> spill();

  std::vector<std::uint64_t> ends_;  // of each text in the sequence of all
  std::string buffer_;               // the texts behind what is in the file
  std::uint64_t in_file_ = 0;
  int file_ = -1;
  friend class SharedStringsHandler;
};

// _x000D_ and the like in texts of a workbook (ECMA-376 part 1, 22.9.2.19).
std::string unescaped(std::string_view text);
}  // namespace hougu::exchange
