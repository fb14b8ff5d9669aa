// Runs the image worker on one file, with a limit on the time it may take.
#pragma once

#include <cstdint>
#include <string>

#include "base/result.h"

namespace hougu::attachments {

struct PreparedImage {
  std::string type;  // of <folder>/original; may differ from what came in (HEIC becomes JPEG)
  std::int64_t width = 0, height = 0;
};

// `program` is this executable ("/proc/self/exe" in the server). Blocks for the time of the work.
// Errors: kInvalid "image.damaged", "image.too_large" {pixels}, "image.too_slow".
Result<PreparedImage> prepare_image(const std::string& program, const std::string& type,
                                    const std::string& input, const std::string& folder,
                                    int timeout_ms = 40'000);
}  // namespace hougu::attachments
