#include "base/log.h"

#include <unistd.h>

#include <atomic>
#include <cerrno>
#include <exception>

#include "base/clock.h"

namespace hougu {
namespace {
// The one process-wide setting: log() is called where no object could be handed down.
std::atomic<LogLevel> lowest_level{LogLevel::kInfo};

std::string_view level_name(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug:
      return "debug";
    case LogLevel::kInfo:
      return "info";
    case LogLevel::kWarning:
      return "warning";
    case LogLevel::kError:
      return "error";
  }
  return "error";
}

void write_line(std::string_view line) {
  while (!line.empty()) {
    const auto written = ::write(STDERR_FILENO, line.data(), line.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return;  // nowhere left to complain
    line.remove_prefix(static_cast<std::size_t>(written));
  }
}
}  // namespace

void set_log_level(LogLevel level) { lowest_level.store(level, std::memory_order_relaxed); }

void log(LogLevel level, std::string_view message, json::object fields) {
  if (level < lowest_level.load(std::memory_order_relaxed)) return;
  try {
    std::string line = "{\"at\":\"" + format_utc(SystemClock{}.now()) + "\",\"level\":\"";
    line += level_name(level);
    line += "\",\"message\":";
    line += json::serialize(json::string_view(message.data(), message.size()));
    if (!fields.empty()) {
      line += ',';
      line.append(json::serialize(fields), 1);  // without its '{'
    } else {
      line += '}';
    }
    line += '\n';
    write_line(line);
  } catch (const std::exception&) {  // out of memory: losing the line beats losing the server
  }
}
}  // namespace hougu
