// What both databases accept as text. Inside store/ only.
#pragma once

#include <cstdint>
#include <cstring>
#include <string_view>

#include "base/text.h"

namespace hougu::store {

// UTF-8 without zero bytes; quick for plain ASCII.
inline bool storable_text(std::string_view text) {
  std::size_t i = 0;
  for (; i + 8 <= text.size(); i += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + i, 8);
    // a byte with its top bit set, or a zero byte (the classic carry trick)
    if (((word | (word - 0x0101010101010101u)) & 0x8080808080808080u) != 0) break;
  }
  const auto rest = text.substr(i);
  if (rest.empty()) return true;
  return std::memchr(rest.data(), 0, rest.size()) == nullptr && valid_utf8(rest);
}
}  // namespace hougu::store
