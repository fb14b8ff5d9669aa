// Text files of unknown encoding, read as UTF-8.
#pragma once

#include <cstdio>
#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"

namespace hougu::exchange {

// By byte order mark; else UTF-16 when every other byte of ASCII text is zero; else UTF-8 when the
// whole file is valid; else GB18030, which every Chinese Excel writes. Reads the file once.
Result<std::string> sniff_encoding(const std::string& path);

// Pieces of a file as UTF-8, without the byte order mark. Text that isn't of the encoding is an
// error, never a question mark in somebody's name.
class TextFile {
 public:
  // `encoding` as sniff_encoding() names it.
  static Result<std::unique_ptr<TextFile>> open(const std::string& path,
                                                const std::string& encoding);
  ~TextFile();
  // The next piece, in whole characters; empty at the end. "import.encoding" {encoding}.
  Result<std::string_view> next();

 private:
  struct State;
  explicit TextFile(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};
}  // namespace hougu::exchange
