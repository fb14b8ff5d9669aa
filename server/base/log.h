// JSON lines on standard error: {"at","level","message",...}. Thread-safe, one write per line.
#pragma once

#include <string_view>

#include "base/json.h"

namespace hougu {
enum class LogLevel { kDebug, kInfo, kWarning, kError };
void set_log_level(LogLevel level);
// `message` is a constant phrase; what varies goes into `fields` ("request", "user", "ms", …).
// Never log passwords, tokens, or customers' personal data.
void log(LogLevel level, std::string_view message, json::object fields = {});
}  // namespace hougu
