// What a fuzz target is made of: libFuzzer's entry, and the folder of its seeds, which also holds
// every input that was ever found bad. Paths are from the repository's root.
#pragma once

#include <cstddef>
#include <cstdint>

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size);
extern const char* const kFuzzSeeds;
