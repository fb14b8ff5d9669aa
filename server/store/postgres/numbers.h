// Human numbers in blocks, reserved on a connection of its own (see next_number() in
// store/events.h).
#pragma once

#include <map>
#include <mutex>

#include "store/postgres/connection.h"

namespace hougu::store::postgres {

class Numbers {
 public:
  Numbers(std::string url, Millis lock_timeout)
      : url_(std::move(url)), lock_timeout_(lock_timeout) {}
  Result<std::int64_t> take(std::string_view name);

 private:
  struct Block {
    std::int64_t next = 0, end = 0;
  };
  Result<Block> reserve(std::string_view name);

  const std::string url_;
  const Millis lock_timeout_;
  std::mutex mutex_;
  std::unique_ptr<Connection> connection_;
  std::map<std::string, Block, std::less<>> blocks_;
};
}  // namespace hougu::store::postgres
