// The list functions that live in aggregate.cc.
#pragma once

#include "feel/builtins/builtin.h"

namespace hougu::feel {
Value list_min(const Call& call);
Value list_max(const Call& call);
Value list_sum(const Call& call);
Value list_mean(const Call& call);
Value list_product(const Call& call);
Value list_median(const Call& call);
Value list_stddev(const Call& call);
Value list_mode(const Call& call);
Value list_sort(const Call& call);
// Stable; `precedes` may be inconsistent or fail (nullopt ends the sort, false is returned).
template <typename Precedes>
bool merge_sort(std::vector<Value>& items, Precedes precedes) {
  std::vector<Value> room(items.size());
  for (std::size_t width = 1; width < items.size(); width *= 2) {
    for (std::size_t low = 0; low < items.size(); low += 2 * width) {
      const std::size_t middle = std::min(low + width, items.size());
      const std::size_t high = std::min(low + 2 * width, items.size());
      std::size_t left = low;
      std::size_t right = middle;
      for (std::size_t out = low; out < high; ++out) {
        bool take_right = left == middle;
        if (!take_right && right < high) {
          const std::optional<bool> swapped = precedes(items[right], items[left]);
          if (!swapped) return false;
          take_right = *swapped;
        }
        room[out] = items[take_right ? right++ : left++];
      }
    }
    items.swap(room);
  }
  return true;
}
}  // namespace hougu::feel
