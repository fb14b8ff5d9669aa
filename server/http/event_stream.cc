#include "http/event_stream.h"

namespace hougu::http {
namespace {

void append_field(std::string& out, std::string_view name, std::string_view value) {
  if (value.empty()) return;
  out += name;
  for (const char c : value)
    if (c != '\r' && c != '\n' && c != '\0') out += c;
  out += '\n';
}
}  // namespace

void append_event(std::string& out, std::string_view event, std::string_view id,
                  std::string_view data) {
  append_field(out, "id: ", id);
  append_field(out, "event: ", event);
  for (;;) {
    const auto end = data.find_first_of("\r\n");
    out += "data: ";
    out += data.substr(0, end);
    out += '\n';
    if (end == std::string_view::npos) break;
    data.remove_prefix(end + (data.substr(end, 2) == "\r\n" ? 2 : 1));
  }
  out += '\n';
}

bool BufferedEventStream::send(std::string_view event, std::string_view id, std::string_view data) {
  bool wake = false;
  bool fits = true;
  {
    std::lock_guard lock(mutex_);
    if (!open_.load()) return false;
    fits = buffer_.size() + in_flight_ + data.size() + event.size() + id.size() <= kMaxBuffered;
    if (fits) {
      append_event(buffer_, event, id, data);
    } else {
      overflowed_.store(true);
      open_.store(false);
    }
    wake = !woken_;
    woken_ = true;
  }
  if (wake) wake_();
  return fits;
}

void BufferedEventStream::close() {
  if (open_.exchange(false)) wake_();
}

void BufferedEventStream::take(std::string& out) {
  std::lock_guard lock(mutex_);
  woken_ = false;
  in_flight_ = buffer_.size();
  out += buffer_;
  buffer_.clear();
}
}  // namespace hougu::http
