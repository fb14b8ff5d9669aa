#include "http/connection.h"

#include <algorithm>
#include <cassert>
#include <cstring>

#include "base/log.h"
#include "http/responder.h"

namespace hougu::http {
namespace {
constexpr std::size_t kSmallInput = 4 * 1024;
constexpr std::size_t kLargeInput = 64 * 1024;  // while a body comes in
constexpr std::size_t kSpoolChunk = 256 * 1024;
constexpr std::size_t kMaxRequestId = 64;

bool is_safe(Method method) {
  return method == Method::kGet || method == Method::kHead || method == Method::kOptions;
}

bool acceptable_id(std::string_view id) {
  return !id.empty() && id.size() <= kMaxRequestId && std::all_of(id.begin(), id.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' ||
           c == '_' || c == '.';
  });
}
}  // namespace

Connection::Connection(std::shared_ptr<ServerCore> core, std::shared_ptr<LoopState> loop,
                       std::unique_ptr<Socket> socket)
    : core_(std::move(core)),
      loop_(std::move(loop)),
      socket_(std::move(socket)),
      last_activity_(steady_ms()),
      input_(kSmallInput),
      parser_(core_->options.max_header_bytes) {}

void Connection::start() {
  loop_->connections.push_back(shared_from_this());
  counted_ = true;
  core_->open.fetch_add(1);
  core_->connections.fetch_add(1, std::memory_order_relaxed);
  drive();
}

void Connection::refuse() {
  start();
  if (state_ == State::kOpen) fail({503, "http.too_many_connections"});
  drive();
}

void Connection::drain() {
  draining_ = true;
  if (events_) events_->close();
  const bool head_incomplete = parser_.state() == RequestParser::State::kHead;
  if (exchanges_.empty() && parts_.empty() && !spooling_ && head_incomplete) return close();
  if (head_incomplete) {
    input_done_ = true;
    message_started_ = 0;
  }
  drive();
}

void Connection::close() {
  if (state_ == State::kClosed) return;
  const auto self = shared_from_this();  // the list may hold the last reference
  state_ = State::kClosed;
  socket_->close();
  if (events_) events_->abandon();
  events_.reset();
  source_.reset();
  spool_.reset();
  for (auto& exchange : exchanges_) discard(exchange.response);
  exchanges_.clear();
  parts_.clear();
  sending_.clear();
  if (!counted_) return;
  auto& all = loop_->connections;
  const auto it = std::find(all.begin(), all.end(), self);
  if (it != all.end()) {
    std::swap(*it, all.back());
    all.pop_back();
  }
  std::lock_guard lock(core_->open_mutex);
  if (core_->open.fetch_sub(1) == 1) core_->all_closed.notify_all();
}

void Connection::on_read(ReadResult result, std::size_t bytes) {
  reading_ = false;
  if (state_ == State::kClosed) return;
  if (result == ReadResult::kFailed) return close();
  core_->bytes_in.fetch_add(bytes, std::memory_order_relaxed);
  if (result == ReadResult::kEnd) {
    at_end_ = true;
    if (state_ == State::kLingering || events_) return close();
  }
  if (state_ == State::kLingering || events_) {  // nothing that comes now is a request
    begin_ = end_ = 0;
    return start_read();
  }
  end_ += bytes;
  drive();
}

void Connection::drive() {
  again_ = true;
  if (driving_ || state_ == State::kClosed) return;
  const auto self = shared_from_this();
  driving_ = true;
  while (again_ && state_ == State::kOpen) {
    again_ = false;
    parse_available();
    const auto in_work = exchanges_.size();
    const bool blocked = !parts_.empty();
    write_available();
    // Room in the pipeline, or the turn of a request that had to wait.
    if (exchanges_.size() != in_work || (blocked && parts_.empty())) again_ = true;
  }
  driving_ = false;
  if (state_ == State::kClosed) return;
  const bool idle = exchanges_.empty() && parts_.empty() && !spooling_;
  if (state_ == State::kOpen && idle && (at_end_ || (draining_ && !in_message()))) return close();
  start_read();
}

// An unsafe request runs alone, so that a pipeline means what the same requests one by one mean.
bool Connection::must_wait_for_answers() const {
  if (exchanges_.size() >= static_cast<std::size_t>(core_->options.max_pipelined)) return true;
  return std::any_of(exchanges_.begin(), exchanges_.end(), [](const Exchange& exchange) {
    return !exchange.request || !is_safe(exchange.request->method);
  });
}

void Connection::parse_available() {
  while (state_ == State::kOpen && !input_done_ && !spooling_) {
    switch (parser_.state()) {
      case RequestParser::State::kHead:
        if (!parse_head()) return;
        break;
      case RequestParser::State::kBody:
        if (!exchanges_.empty() || !parse_body()) return;
        break;
      case RequestParser::State::kDone: {
        const bool alone = !is_safe(parser_.request().method) || parser_.body_bytes() > 0;
        if (alone && !exchanges_.empty()) return;
        if (spool_ && !spooled_) {
          spool_body(true);
          return;
        }
        dispatch();
        break;
      }
      case RequestParser::State::kFailed:
        return;
    }
  }
}

bool Connection::parse_head() {
  if (must_wait_for_answers()) return false;
  if (!in_message()) {
    // Line breaks left over from the message before (RFC 9112 2.2).
    while (begin_ < end_ && (input_[begin_] == '\r' || input_[begin_] == '\n')) ++begin_;
    if (begin_ == end_) return false;
    message_started_ = steady_ms();
  }
  if (begin_ == end_) return false;
  begin_ += parser_.parse(input());
  if (parser_.state() == RequestParser::State::kFailed) {
    fail(parser_.refusal());
    return false;
  }
  if (parser_.state() == RequestParser::State::kHead) return false;
  return judge_head();
}

bool Connection::judge_head() {
  auto& request = parser_.request();
  const auto id = request.header("x-request-id");
  request.id = acceptable_id(id) ? std::string(id) : core_->ids.next().text();
  core_->proxies.apply(request, socket_->peer());
  if (parser_.state() != RequestParser::State::kBody) return true;
  body_started_ = steady_ms();
  continue_sent_ = false;
  try {
    policy_ = core_->body_policy ? core_->body_policy(request) : BodyPolicy{};
  } catch (const std::exception& exception) {
    log(LogLevel::kError, "exception in body policy",
        {{"request", request.id}, {"cause", exception.what()}});
    fail({500, "internal"});
    return false;
  }
  if (parser_.content_length().value_or(0) > policy_.max_bytes) {
    fail({413, "http.body_too_large"});
    return false;
  }
  if (policy_.spool) {
    spool_ = std::make_shared<SpoolWriter>(core_->options.spool_folder + "/upload-" +
                                           core_->ids.next().text());
  } else {
    parser_.body().reserve(std::min<std::uint64_t>(parser_.content_length().value_or(0), 1u << 20));
  }
  return true;
}

bool Connection::parse_body() {
  if (begin_ == end_) {
    if (!parser_.expects_continue() || continue_sent_ || parser_.body_bytes() > 0) return false;
    if (!parts_.empty()) return false;  // the answer before it comes first
    continue_sent_ = true;
    queue("HTTP/1.1 100 Continue\r\n\r\n");
    flush();
    return false;
  }
  begin_ += parser_.parse(input());
  if (parser_.state() == RequestParser::State::kFailed) {
    fail(parser_.refusal());
    return false;
  }
  if (parser_.body_bytes() > policy_.max_bytes) {
    fail({413, "http.body_too_large"});
    return false;
  }
  if (parser_.state() == RequestParser::State::kDone) return true;
  if (spool_ && parser_.body().size() >= kSpoolChunk) return spool_body(false);
  return false;
}

bool Connection::spool_body(bool last) {
  spooling_ = true;
  auto data = std::make_shared<std::string>(std::move(parser_.body()));
  parser_.body().clear();
  core_->workers.run([weak = weak_from_this(), loop = std::weak_ptr<Loop>(loop_->loop),
                      spool = spool_, data, last] {
    auto written = spool->write(*data);
    auto done = std::make_shared<Result<std::shared_ptr<SpooledBody>>>(nullptr);
    if (!written.ok()) {
      *done = std::move(written).error();
    } else if (last) {
      *done = spool->finish();
    }
    const auto target = loop.lock();
    if (!target) return;
    target->post([weak, done] {
      const auto self = weak.lock();
      if (!self || self->state_ != State::kOpen) return;
      self->spooling_ = false;
      if (done->ok()) {
        self->spooled_ = std::move(**done);
      } else {
        log(LogLevel::kError, "cannot spool a body", {{"cause", done->error().cause}});
        const bool full = done->error().kind == ErrorKind::kStorageFull;
        self->fail(full ? Refusal{507, "storage.full"} : Refusal{500, "internal"});
      }
      self->drive();
    });
  });
  return false;
}

void Connection::dispatch() {
  auto request = std::make_shared<Request>(std::move(parser_.request()));
  request->body = std::move(parser_.body());
  request->spooled = std::move(spooled_);
  spool_.reset();
  spooled_.reset();
  const bool close_after_it = !parser_.keep_alive();
  const auto sequence = first_sequence_ + exchanges_.size();
  Exchange& exchange = exchanges_.emplace_back();
  exchange.request = request;
  exchange.close = close_after_it;
  exchange.http_1_0 = parser_.http_1_0();
  if (close_after_it || draining_) input_done_ = true;
  parser_.reset();
  message_started_ = 0;
  core_->requests.fetch_add(1, std::memory_order_relaxed);

  auto responder =
      std::make_shared<Responder>(core_, loop_->loop, weak_from_this(), sequence, request);
  try {
    core_->handler(std::move(request), Respond(responder));
  } catch (const std::exception& exception) {
    log(LogLevel::kError, "exception in handler", {{"cause", exception.what()}});
    responder->fail();
  }
}

void Connection::fail(Refusal refusal) {
  core_->refused.fetch_add(1, std::memory_order_relaxed);
  auto request = std::make_shared<Request>(std::move(parser_.request()));
  if (request->id.empty()) request->id = core_->ids.next().text();
  log(LogLevel::kDebug, "request refused",
      {{"request", request->id},
       {"code", json::string_view(refusal.code.data(), refusal.code.size())},
       {"remote", socket_->peer()}});
  Exchange& exchange = exchanges_.emplace_back();
  exchange.response = error_response(refusal.status, refusal.code, core_->options.error_text,
                                     request->header("accept-language"), request->id);
  exchange.request = std::move(request);
  exchange.ready = exchange.close = true;
  input_done_ = linger_ = true;
  message_started_ = 0;
  spool_.reset();
}

void Connection::answer(std::uint64_t sequence, Response response) {
  const auto index = sequence - first_sequence_;
  if (state_ != State::kOpen || index >= exchanges_.size()) return discard(response);
  exchanges_[index].response = std::move(response);
  exchanges_[index].ready = true;
  drive();
}

bool Connection::make_room() {
  assert(!reading_);
  if (begin_ == end_) {
    begin_ = end_ = 0;
    if (input_.size() > kLargeInput / 2 && !in_message()) {
      input_.resize(kSmallInput);
      input_.shrink_to_fit();
    }
  }
  const bool body = parser_.state() == RequestParser::State::kBody;
  if (body && input_.size() < kLargeInput &&
      parser_.content_length().value_or(kLargeInput) > kSmallInput)
    input_.resize(kLargeInput);
  if (end_ < input_.size()) return true;
  if (begin_ > 0) {
    std::memmove(input_.data(), input_.data() + begin_, end_ - begin_);
    end_ -= begin_;
    begin_ = 0;
    return true;
  }
  const auto most = std::max<std::size_t>(core_->options.max_header_bytes + 1024, kLargeInput);
  if (input_.size() >= most) return false;
  input_.resize(std::min(input_.size() * 2, most));
  return true;
}

void Connection::start_read() {
  if (reading_ || at_end_ || state_ == State::kClosed) return;
  if (!make_room()) {
    // Full of what waits for its turn: the reading goes on then. A full buffer that the parser
    // can't use at all is a line without an end.
    const bool waits = spooling_ || input_done_ || !exchanges_.empty() || !parts_.empty();
    if (waits) return;
    fail({431, "http.headers_too_large"});
    return drive();
  }
  reading_ = true;
  socket_->read(std::span(input_.data() + end_, input_.size() - end_), shared_from_this());
}
}  // namespace hougu::http
