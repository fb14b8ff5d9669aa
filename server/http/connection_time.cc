// Deadlines and heartbeats of a connection, looked at on every tick of its loop.
#include <chrono>

#include "http/connection.h"

namespace hougu::http {
namespace {
constexpr std::int64_t kLingerMs = 2'000;

// Slow is allowed down to a kilobyte per second; a trickle that only keeps the connection isn't.
std::int64_t allowance(std::int64_t started, int timeout_ms, std::uint64_t bytes) {
  return started + timeout_ms + static_cast<std::int64_t>(bytes);
}
}  // namespace

std::int64_t steady_ms() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

Connection::Deadline Connection::deadline() const {
  const auto& options = core_->options;
  if (state_ == State::kLingering) return {linger_started_ + kLingerMs};
  if (!parts_.empty()) return {allowance(write_started_, options.body_timeout_ms, written_)};
  if (events_ || source_ || spooling_) return {};
  if (!exchanges_.empty()) return {};  // ours to answer
  if (parser_.state() == RequestParser::State::kBody) {
    return {allowance(body_started_, options.body_timeout_ms, parser_.body_bytes()), true};
  }
  if (in_message()) return {message_started_ + options.header_timeout_ms, true};
  return {last_activity_ + (answered_any_ ? options.idle_timeout_ms : options.header_timeout_ms)};
}

void Connection::tick() {
  if (state_ == State::kClosed) return;
  const auto now = steady_ms();
  if (events_ && events_announced_) {
    if (events_.use_count() == 1) events_->close();  // the handler let go of it
    if (parts_.empty() && now - last_activity_ >= core_->options.event_heartbeat_ms)
      send_heartbeat();
    if (state_ == State::kClosed) return;
  }
  const auto limit = deadline();
  if (limit.at == 0 || now < limit.at) return;
  if (!limit.tell) return close();
  fail({408, "http.timeout"});
  drive();
}
}  // namespace hougu::http
