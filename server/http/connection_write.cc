// The writing half of a connection.
#include <unistd.h>

#include <charconv>
#include <ctime>

#include "base/log.h"
#include "http/connection.h"

namespace hougu::http {
namespace {
constexpr std::size_t kCopiedBody = 8 * 1024;   // smaller ones go next to their head
constexpr std::size_t kKeptOutput = 64 * 1024;  // larger buffers aren't kept for the next answer
constexpr std::size_t kMaxGathered = 32;        // answers in one write

bool comes_in_pieces(const Response& response) {
  return response.file || response.chunks || response.event_stream;
}

const std::string& date_of(LoopState& loop) {
  const auto now = static_cast<std::int64_t>(std::time(nullptr));
  if (now != loop.date_second) {
    loop.date_second = now;
    loop.date = http_date(now);
  }
  return loop.date;
}

void append_chunk_size(std::string& out, std::size_t size) {
  char digits[20];
  const auto end = std::to_chars(digits, digits + sizeof digits, size, 16).ptr;
  out.append(digits, static_cast<std::size_t>(end - digits));
  out += "\r\n";
}
}  // namespace

void discard(Response& response) {
  if (response.file && response.file->remove_afterwards) ::unlink(response.file->path.c_str());
  response.file.reset();
}

void Connection::on_writable() {
  waiting_writable_ = false;
  if (state_ == State::kOpen) drive();
}

// Starts a batch of output when there is none.
void Connection::queue(std::string_view part) {
  if (part.empty()) return;
  if (parts_.empty()) {
    write_started_ = steady_ms();
    blocked_ = false;
  }
  parts_.push_back(part);
}

bool Connection::flush() {
  while (part_ < parts_.size()) {
    const auto count = socket_->write(std::span(parts_).subspan(part_));
    if (count < 0) {
      close();
      return false;
    }
    if (count == 0) {
      if (!blocked_) {  // from here on the client decides the pace; what the kernel buffered is
                        // ours
        blocked_ = true;
        write_started_ = steady_ms();
        written_ = 0;
      }
      if (!waiting_writable_) socket_->wait_writable(shared_from_this());
      waiting_writable_ = true;
      return false;
    }
    written_ += static_cast<std::uint64_t>(count);
    core_->bytes_out.fetch_add(static_cast<std::uint64_t>(count), std::memory_order_relaxed);
    auto left = static_cast<std::size_t>(count);
    while (left > 0 && left >= parts_[part_].size()) left -= parts_[part_++].size();
    if (left > 0) parts_[part_].remove_prefix(left);
  }
  if (part_ > 0) last_activity_ = write_started_;
  parts_.clear();
  part_ = 0;
  sending_.clear();
  if (out_.capacity() > kKeptOutput) std::string().swap(out_);
  return true;
}

void Connection::write_available() {
  while (state_ == State::kOpen) {
    if (events_ && events_->overflowed()) return close();
    if (!flush()) return;
    if (close_after_write_) return finish();
    if (events_) {
      if (!continue_events()) return;
    } else if (source_) {
      if (!continue_source()) return;
    } else if (exchanges_.empty() || !exchanges_.front().ready) {
      return;
    } else if (exchanges_.front().response.event_stream) {
      start_events();
    } else if (comes_in_pieces(exchanges_.front().response)) {
      start_source();
    } else {
      gather();
    }
  }
}

bool Connection::close_after(const Exchange& exchange) const {
  return exchange.close || (draining_ && exchanges_.size() == 1);
}

Framing Connection::framing_of(const Exchange& exchange) const {
  Framing framing;
  framing.close = close_after(exchange);
  framing.http_1_0 = exchange.http_1_0;
  framing.date = date_of(*loop_);
  framing.request_id = exchange.request->id;
  return framing;
}

// Puts the answers that are ready into one write.
void Connection::gather() {
  struct Piece {
    std::size_t offset, size;  // in out_
    std::string_view body;
  };
  std::array<Piece, kMaxGathered> pieces{};
  std::size_t count = 0, mark = 0;
  out_.clear();
  while (count < kMaxGathered && !close_after_write_ && !exchanges_.empty()) {
    auto& exchange = exchanges_.front();
    auto& response = exchange.response;
    if (!exchange.ready || comes_in_pieces(response)) break;
    auto body =
        response.static_body.data() ? response.static_body : std::string_view(response.body);
    if (has_no_body(response.status)) body = {};
    auto framing = framing_of(exchange);
    framing.length = body.size();
    append_head(out_, response, framing);
    close_after_write_ = framing.close;
    answered_any_ = true;
    if (exchange.request->method == Method::kHead) body = {};
    if (body.size() <= kCopiedBody) {
      out_ += body;
    } else {
      pieces[count++] = {mark, out_.size() - mark, body};
      mark = out_.size();
      const bool owned = !response.static_body.data();
      sending_.push_back(std::move(exchange));
      if (owned) pieces[count - 1].body = sending_.back().response.body;
    }
    exchanges_.pop_front();
    ++first_sequence_;
  }
  const std::string_view text = out_;
  for (std::size_t i = 0; i < count; ++i) {
    queue(text.substr(pieces[i].offset, pieces[i].size));
    queue(pieces[i].body);
  }
  queue(text.substr(mark));
}

// Everything is written and nothing more will come from here.
void Connection::finish() {
  if (at_end_ || (!linger_ && begin_ == end_)) return close();
  // Closing with unread bytes would reset the connection and could take the answer away from the
  // client; so it gets a moment to read it.
  state_ = State::kLingering;
  linger_started_ = steady_ms();
  begin_ = end_ = 0;
  socket_->finish_writing();
}

void Connection::start_source() {
  auto& exchange = exchanges_.front();
  source_ = make_body_source(exchange.response, *exchange.request);
  source_last_ = source_chunked_ = false;
  request_step(true);
}

void Connection::request_step(bool first) {
  source_busy_ = true;
  const bool head_only = exchanges_.front().request->method == Method::kHead;
  core_->workers.run([weak = weak_from_this(), loop = std::weak_ptr<Loop>(loop_->loop),
                      source = source_, first, head_only] {
    auto step = std::make_shared<SourceStep>();
    step->first = first;
    if (first) {
      auto start = source->start();
      if (start.ok()) {
        step->start = std::move(start).value();
      } else {
        step->result = std::move(start).error();
      }
    }
    if (step->result.ok() && !head_only) {
      auto more = source->next(step->chunk);
      if (more.ok()) {
        step->more = *more;
      } else {
        step->result = std::move(more).error();
      }
    }
    const auto target = loop.lock();
    if (!target) return;
    target->post([weak, step] {
      if (const auto self = weak.lock()) self->on_step(std::move(*step));
    });
  });
}

// The head, once the first piece is there; false when an error is answered instead.
bool Connection::begin_source_body(SourceStep& step) {
  auto& exchange = exchanges_.front();
  auto& response = exchange.response;
  const bool unsatisfiable = step.start.status == 416;
  if (!step.result.ok() || unsatisfiable) {
    const auto& request = *exchange.request;
    const int status = unsatisfiable ? 416 : status_of(step.result.error().kind);
    const std::string code = unsatisfiable ? "http.range" : step.result.error().code;
    if (status == 500)
      log(LogLevel::kError, "cannot send a body",
          {{"request", request.id}, {"cause", step.result.error().cause}});
    response = error_response(status, code, core_->options.error_text,
                              request.header("accept-language"), request.id);
    for (auto& header : step.start.headers) response.headers.push_back(std::move(header));
    source_.reset();
    return false;
  }
  response.status = step.start.status;
  for (auto& header : step.start.headers) response.headers.push_back(std::move(header));
  auto framing = framing_of(exchange);
  framing.length = step.start.length;
  source_chunked_ = framing.chunked = !step.start.length && !exchange.http_1_0;
  if (!step.start.length && exchange.http_1_0) exchange.close = framing.close = true;
  exchange.close = framing.close;
  append_head(out_, response, framing);
  answered_any_ = true;
  return true;
}

void Connection::on_step(SourceStep step) {
  if (state_ != State::kOpen || !source_) return;
  source_busy_ = false;
  out_.clear();
  if (step.first) {
    if (!begin_source_body(step)) return drive();
  } else if (!step.result.ok()) {
    // The head is out: breaking the connection is the only way to say that the rest is missing.
    log(LogLevel::kError, "a body broke off",
        {{"request", exchanges_.front().request->id},
         {"code", step.result.error().code},
         {"cause", step.result.error().cause}});
    return close();
  }
  chunk_ = std::move(step.chunk);
  source_last_ = !step.more;
  const bool head_only = exchanges_.front().request->method == Method::kHead;
  const auto head = out_.size();
  if (source_chunked_ && !chunk_.empty()) append_chunk_size(out_, chunk_.size());
  const auto before = out_.size();
  if (source_chunked_ && !chunk_.empty()) out_ += "\r\n";
  if (source_chunked_ && source_last_ && !head_only) out_ += "0\r\n\r\n";
  const std::string_view text = out_;
  queue(text.substr(0, head));
  queue(text.substr(head, before - head));
  queue(chunk_);
  queue(text.substr(before));
  drive();
}

// The piece before is written. False: wait for the next one.
bool Connection::continue_source() {
  if (source_busy_) return false;
  if (!source_last_) {
    request_step(false);
    return false;
  }
  source_.reset();
  std::string().swap(chunk_);
  close_after_write_ = exchanges_.front().close || draining_;
  exchanges_.pop_front();
  ++first_sequence_;
  return true;
}

void Connection::start_events() {
  auto& exchange = exchanges_.front();
  exchange.close = true;
  exchange.response.set("Content-Type", "text/event-stream; charset=utf-8");
  exchange.response.set("Cache-Control", "no-cache");
  exchange.response.set("X-Accel-Buffering", "no");  // proxies must pass events on at once
  out_.clear();
  append_head(out_, exchange.response, framing_of(exchange));
  queue(out_);
  answered_any_ = true;
  if (exchange.request->method == Method::kHead) {
    close_after_write_ = true;
    exchanges_.pop_front();
    ++first_sequence_;
    return;
  }
  input_done_ = true;
  events_announced_ = false;
  events_ = std::make_shared<BufferedEventStream>(
      [weak = weak_from_this(), loop = std::weak_ptr<Loop>(loop_->loop)] {
        const auto target = loop.lock();
        if (!target) return;
        target->post([weak] {
          if (const auto self = weak.lock()) self->drive();
        });
      });
}

// Everything buffered before is written. False: wait for events.
bool Connection::continue_events() {
  if (!events_announced_) {
    events_announced_ = true;
    const auto announce = std::move(exchanges_.front().response.event_stream);
    if (draining_) events_->close();
    try {
      announce(events_);
    } catch (const std::exception& exception) {
      log(LogLevel::kError, "exception in event stream", {{"cause", exception.what()}});
      events_->close();
    }
  }
  const bool was_open = events_->open();  // what is sent before close() goes out
  out_.clear();
  events_->take(out_);
  if (!out_.empty()) {
    queue(out_);
    return true;
  }
  if (was_open) return false;
  events_.reset();
  exchanges_.pop_front();
  ++first_sequence_;
  close_after_write_ = true;
  return true;
}

void Connection::send_heartbeat() {
  out_ = ":\n\n";
  queue(out_);
  drive();
}
}  // namespace hougu::http
