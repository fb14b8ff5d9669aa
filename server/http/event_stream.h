// The sending side of server-sent events: a bounded buffer between any thread and the connection.
#pragma once

#include <atomic>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>

#include "http/message.h"

namespace hougu::http {

class BufferedEventStream final : public EventStream {
 public:
  static constexpr std::size_t kMaxBuffered = 1u << 20;

  // `wake` makes the connection call take(), soon, on its own thread.
  explicit BufferedEventStream(std::function<void()> wake) : wake_(std::move(wake)) {}

  bool send(std::string_view event, std::string_view id, std::string_view data) override;
  bool open() const override { return open_.load(); }
  void close() override;

  // For the connection: moves what is buffered behind `out`. It stays counted until it is written,
  // which the connection says by calling again.
  void take(std::string& out);
  void abandon() { open_.store(false); }  // the client is gone
  bool overflowed() const { return overflowed_.load(); }

 private:
  std::function<void()> wake_;
  std::atomic<bool> open_{true}, overflowed_{false};
  std::mutex mutex_;
  std::string buffer_;
  std::size_t in_flight_ = 0;
  bool woken_ = false;
};

// Appends "id:", "event:" and "data:" lines; line breaks in `data` make several data lines, those
// in `event` and `id` are left out.
void append_event(std::string& out, std::string_view event, std::string_view id,
                  std::string_view data);
}  // namespace hougu::http
