#include "http/loop.h"

#include <sys/socket.h>
#include <sys/uio.h>

#include <algorithm>
#include <array>
#include <atomic>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <cerrno>
#include <thread>

#include "base/log.h"

namespace hougu::http {
namespace {
namespace asio = boost::asio;
using asio::ip::tcp;
using ErrorCode = boost::system::error_code;

constexpr int kBacklog = 1024;
constexpr auto kAcceptPause = std::chrono::milliseconds(100);

// IPv4 that came through an IPv6 socket is shown as IPv4.
std::string address_text(const asio::ip::address& address) {
  if (address.is_v6() && address.to_v6().is_v4_mapped())
    return asio::ip::make_address_v4(asio::ip::v4_mapped, address.to_v6()).to_string();
  return address.to_string();
}

class AsioSocket final : public Socket {
 public:
  explicit AsioSocket(tcp::socket socket) : socket_(std::move(socket)) {
    ErrorCode error;
    const auto remote = socket_.remote_endpoint(error);
    if (!error) peer_ = address_text(remote.address());
    socket_.set_option(tcp::no_delay(true), error);
    socket_.native_non_blocking(true, error);
  }

  const std::string& peer() const override { return peer_; }

  void read(std::span<char> buffer, std::shared_ptr<SocketUser> user) override {
    socket_.async_read_some(asio::buffer(buffer.data(), buffer.size()), [user = std::move(user)](
                                                                            ErrorCode error,
                                                                            std::size_t bytes) {
      using R = SocketUser::ReadResult;
      user->on_read(!error ? R::kData : error == asio::error::eof ? R::kEnd : R::kFailed, bytes);
    });
  }

  std::ptrdiff_t write(std::span<const std::string_view> parts) override {
    std::array<iovec, 64> vectors{};
    const auto count = std::min(parts.size(), vectors.size());
    for (std::size_t i = 0; i < count; ++i)
      vectors[i] = {const_cast<char*>(parts[i].data()), parts[i].size()};
    msghdr message{};
    message.msg_iov = vectors.data();
    message.msg_iovlen = count;
    for (;;) {
      const auto written = ::sendmsg(socket_.native_handle(), &message, MSG_NOSIGNAL);
      if (written >= 0) return written;
      if (errno == EINTR) continue;
      return errno == EAGAIN || errno == EWOULDBLOCK ? 0 : -1;
    }
  }

  void wait_writable(std::shared_ptr<SocketUser> user) override {
    socket_.async_wait(tcp::socket::wait_write,
                       [user = std::move(user)](ErrorCode) { user->on_writable(); });
  }

  void finish_writing() override {
    ErrorCode error;
    socket_.shutdown(tcp::socket::shutdown_send, error);
  }

  void close() override {
    ErrorCode error;
    socket_.close(error);
  }

 private:
  tcp::socket socket_;
  std::string peer_;
};

class AsioLoop final : public Loop {
 public:
  AsioLoop() : timer_(context_), work_(asio::make_work_guard(context_)) {}

  asio::io_context& context() { return context_; }

  void run() override {
    thread_.store(std::this_thread::get_id());
    for (;;) {
      try {
        context_.run();
        return;
      } catch (const std::exception& exception) {  // out of memory in a callback
        log(LogLevel::kError, "exception in socket thread", {{"cause", exception.what()}});
      }
    }
  }

  void finish() override {
    asio::post(context_, [this] {
      finished_ = true;
      timer_.cancel();
      work_.reset();
    });
  }

  void post(std::function<void()> task) override { asio::post(context_, std::move(task)); }
  bool on_this_thread() const override { return thread_.load() == std::this_thread::get_id(); }

  void every(int interval_ms, std::function<void()> task) override {
    interval_ = std::chrono::milliseconds(interval_ms);
    task_ = std::move(task);
    wait_for_tick();
  }

 private:
  void wait_for_tick() {
    timer_.expires_after(interval_);
    timer_.async_wait([this](ErrorCode error) {
      if (error || finished_) return;
      task_();
      wait_for_tick();
    });
  }

  asio::io_context context_{1};  // one thread runs it
  asio::steady_timer timer_;
  asio::executor_work_guard<asio::io_context::executor_type> work_;
  std::atomic<std::thread::id> thread_{};
  std::chrono::milliseconds interval_{};
  std::function<void()> task_;
  bool finished_ = false;
};

class AsioListener final : public Listener {
 public:
  AsioListener(std::shared_ptr<AsioLoop> loop, Choose choose, Accept accept)
      : loop_(std::move(loop)),
        acceptor_(loop_->context()),
        pause_(loop_->context()),
        choose_(std::move(choose)),
        accept_(std::move(accept)) {}

  ErrorCode bind(const tcp::endpoint& endpoint) {
    ErrorCode error;
    if (acceptor_.open(endpoint.protocol(), error)) return error;
    if (acceptor_.set_option(tcp::acceptor::reuse_address(true), error)) return error;
    if (acceptor_.bind(endpoint, error)) return error;
    if (acceptor_.listen(kBacklog, error)) return error;
    port_ = acceptor_.local_endpoint(error).port();
    return error;
  }

  void start() {
    asio::post(loop_->context(), [this] { accept_next(); });
  }

  std::uint16_t port() const override { return port_; }

  void close() override {
    ErrorCode error;
    acceptor_.close(error);
    pause_.cancel();
  }

 private:
  void accept_next() {
    if (!acceptor_.is_open()) return;
    auto loop = choose_();
    auto& context = static_cast<AsioLoop&>(*loop).context();
    acceptor_.async_accept(context, [this, loop](ErrorCode error, tcp::socket socket) {
      if (!acceptor_.is_open() || error == asio::error::operation_aborted) return;
      if (!error) {
        hand_over(loop, std::move(socket));
      } else if (error == asio::error::no_descriptors || error == asio::error::no_memory ||
                 error.value() == ENFILE) {
        log(LogLevel::kError, "cannot accept connections", {{"cause", error.message()}});
        pause_.expires_after(kAcceptPause);
        pause_.async_wait([this](ErrorCode) { accept_next(); });
        return;
      }
      accept_next();
    });
  }

  void hand_over(const std::shared_ptr<Loop>& loop, tcp::socket socket) {
    auto shared =
        std::make_shared<std::unique_ptr<Socket>>(std::make_unique<AsioSocket>(std::move(socket)));
    if (loop->on_this_thread()) return accept_(loop, std::move(*shared));
    // The loop isn't captured: a task may outlive it in its own queue.
    loop->post([accept = accept_, weak = std::weak_ptr<Loop>(loop), shared] {
      if (auto target = weak.lock()) accept(target, std::move(*shared));
    });
  }

  std::shared_ptr<AsioLoop> loop_;
  tcp::acceptor acceptor_;
  asio::steady_timer pause_;
  Choose choose_;
  Accept accept_;
  std::uint16_t port_ = 0;
};
}  // namespace

std::shared_ptr<Loop> Loop::create() { return std::make_shared<AsioLoop>(); }

Result<std::unique_ptr<Listener>> Listener::open(std::shared_ptr<Loop> loop,
                                                 const std::string& address, std::uint16_t port,
                                                 Choose choose, Accept accept) {
  ErrorCode error;
  const auto parsed = asio::ip::make_address(address, error);
  if (error) return invalid("http.bad_address", {}, {{"address", address}});
  auto listener = std::make_unique<AsioListener>(std::static_pointer_cast<AsioLoop>(loop),
                                                 std::move(choose), std::move(accept));
  error = listener->bind({parsed, port});
  if (error == asio::error::address_in_use || error == asio::error::access_denied) {
    return Error{ErrorKind::kUnavailable,
                 error == asio::error::address_in_use ? "http.address_in_use" : "http.not_allowed",
                 {},
                 {{"address", address}, {"port", std::to_string(port)}}};
  }
  if (error) return internal("listen on " + address + ": " + error.message());
  listener->start();
  return std::unique_ptr<Listener>(std::move(listener));
}
}  // namespace hougu::http
