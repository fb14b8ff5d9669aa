// Counts what this thread takes from the heap, in the whole test program.
#pragma once

#include <cstddef>

namespace hougu::feel {
std::size_t allocations();
}  // namespace hougu::feel
