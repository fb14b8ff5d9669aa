#include "store/postgres/numbers.h"

namespace hougu::store::postgres {
namespace {
constexpr std::int64_t kBlock = 50;
constexpr std::size_t kMaxNames = 10'000;  // names carry dates; old ones are never asked again
}  // namespace

Result<std::int64_t> Numbers::take(std::string_view name) {
  const std::lock_guard lock(mutex_);
  if (const auto found = blocks_.find(name);
      found != blocks_.end() && found->second.next < found->second.end)
    return found->second.next++;
  HOUGU_TRY(auto block, reserve(name));
  if (blocks_.size() >= kMaxNames) blocks_.clear();
  const auto number = block.next++;
  blocks_.insert_or_assign(std::string(name), block);
  return number;
}

Result<Numbers::Block> Numbers::reserve(std::string_view name) {
  if (!connection_ || !connection_->alive()) {
    HOUGU_TRY(connection_, Connection::open(url_, lock_timeout_));
  }
  const std::array<Param, 2> params{name, kBlock};
  std::int64_t last = 0;
  HOUGU_CHECK(connection_->query(
      "INSERT INTO sequence (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = "
      "sequence.value + $2 RETURNING value",
      params, [&](const Row& row) {
        last = row.integer(0);
        return true;
      }));
  return Block{last - kBlock + 1, last + 1};
}
}  // namespace hougu::store::postgres
