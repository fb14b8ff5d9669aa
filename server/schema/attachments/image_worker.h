// The child process that decodes one picture: `hougu image-worker TYPE INPUT FOLDER`. It gives up
// what it doesn't need first (memory, time, file sizes), so a hostile picture can hurt nothing but
// itself. Writes FOLDER/original (turned upright, sRGB, without any metadata), FOLDER/256 and
// FOLDER/1024 (WebP) and prints one line of JSON: {"type","width","height"} or {"error": code}.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/result.h"

namespace hougu::attachments {

// Pixels of all frames together. The largest phone sensors give 50 million in their normal modes.
constexpr std::int64_t kMaxPixels = 64'000'000;

constexpr std::string_view kImageWorkerCommand = "image-worker";

// Call it first thing in main() when argv[1] is kImageWorkerCommand; exits the process.
[[noreturn]] void run_image_worker(int argc, char** argv);
}  // namespace hougu::attachments
