#include "http/server.h"

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <thread>

#include "base/log.h"
#include "http/connection.h"

namespace hougu::http {
namespace {
constexpr int kRefusalsAtOnce = 64;  // connections beyond the limit that are told so
constexpr int kMaxTickMs = 250;
constexpr int kMinTickMs = 5;

int tick_ms(const ServerOptions& options) {
  const int shortest = std::min({options.header_timeout_ms, options.body_timeout_ms,
                                 options.idle_timeout_ms, options.event_heartbeat_ms});
  return std::clamp(shortest / 4, kMinTickMs, kMaxTickMs);
}

class HttpServer final : public Server {
 public:
  explicit HttpServer(std::shared_ptr<ServerCore> core) : core_(std::move(core)) {
    for (int i = 0; i < std::max(core_->options.threads, 1); ++i) {
      auto state = std::make_shared<LoopState>();
      state->loop = Loop::create();
      state->loop->every(tick_ms(core_->options), [raw = state.get()] {
        const auto all = raw->connections;  // tick() may close, which changes the list
        for (const auto& connection : all) connection->tick();
      });
      loops_.push_back(std::move(state));
    }
  }

  ~HttpServer() override { stop(0); }

  Result<void> open() {
    auto opened = Listener::open(
        loops_[0]->loop, core_->options.address, core_->options.port, [this] { return choose(); },
        [this](const std::shared_ptr<Loop>& loop, std::unique_ptr<Socket> socket) {
          accept(loop, std::move(socket));
        });
    if (!opened.ok()) {
      // Nothing runs yet; there is nothing to stop.
      stopped_ = true;
      return std::move(opened).error();
    }
    listener_ = std::move(opened).value();
    for (std::size_t i = 0; i < loops_.size(); ++i) {
      threads_.emplace_back([loop = loops_[i]->loop, i] {
        name_this_thread("http-" + std::to_string(i));
        loop->run();
      });
    }
    return {};
  }

  std::uint16_t port() const override { return listener_->port(); }

  ServerMetrics metrics() const override {
    ServerMetrics metrics;
    metrics.connections = core_->connections.load(std::memory_order_relaxed);
    metrics.open_connections = static_cast<std::uint64_t>(std::max(core_->open.load(), 0));
    metrics.requests = core_->requests.load(std::memory_order_relaxed);
    metrics.bytes_in = core_->bytes_in.load(std::memory_order_relaxed);
    metrics.bytes_out = core_->bytes_out.load(std::memory_order_relaxed);
    metrics.refused = core_->refused.load(std::memory_order_relaxed);
    return metrics;
  }

  void stop(int grace_ms) override {
    if (stopped_.exchange(true)) return;
    loops_[0]->loop->post([this] { listener_->close(); });
    on_each_connection([](Connection& connection) { connection.drain(); });
    {
      std::unique_lock lock(core_->open_mutex);
      core_->all_closed.wait_for(lock, std::chrono::milliseconds(grace_ms),
                                 [this] { return core_->open.load() == 0; });
    }
    on_each_connection([](Connection& connection) { connection.close(); });
    for (const auto& state : loops_) state->loop->finish();
    for (auto& thread : threads_) thread.join();
    core_->workers.stop();
  }

 private:
  void on_each_connection(void (*visit)(Connection&)) {
    for (const auto& state : loops_) {
      state->loop->post([state = state.get(), visit] {
        state->stopping = true;
        const auto all = state->connections;
        for (const auto& connection : all) visit(*connection);
      });
    }
  }

  std::shared_ptr<Loop> choose() { return loops_[next_++ % loops_.size()]->loop; }

  void accept(const std::shared_ptr<Loop>& loop, std::unique_ptr<Socket> socket) {
    const auto state = *std::find_if(loops_.begin(), loops_.end(), [&](const auto& candidate) {
      return candidate->loop == loop;
    });
    if (state->stopping) return socket->close();
    const int open = core_->open.load();
    const int limit = core_->options.max_connections;
    if (open >= limit + kRefusalsAtOnce) {
      core_->refused.fetch_add(1, std::memory_order_relaxed);
      return socket->close();
    }
    const auto connection = std::make_shared<Connection>(core_, state, std::move(socket));
    if (open < limit) {
      connection->start();
    } else {
      connection->refuse();
    }
  }

  std::shared_ptr<ServerCore> core_;
  std::vector<std::shared_ptr<LoopState>> loops_;
  std::unique_ptr<Listener> listener_;
  std::vector<std::thread> threads_;
  std::size_t next_ = 0;  // the accepting thread only
  std::atomic<bool> stopped_{false};
};
}  // namespace

Result<std::unique_ptr<Server>> Server::start(const ServerOptions& options, Handler handler,
                                              JudgeBody body_policy) {
  HOUGU_TRY(auto proxies, TrustedProxies::parse(options.trusted_proxies));
  if (!options.spool_folder.empty()) {
    std::error_code error;
    std::filesystem::create_directories(options.spool_folder, error);
    if (error) return internal(options.spool_folder + ": " + error.message());
  }
  try {
    auto core = std::make_shared<ServerCore>(options, std::move(handler), std::move(body_policy),
                                             std::move(proxies));
    auto server = std::make_unique<HttpServer>(std::move(core));
    HOUGU_CHECK(server->open());
    return std::unique_ptr<Server>(std::move(server));
  } catch (const std::exception& exception) {  // no threads or no epoll to be had
    return internal(exception.what());
  }
}
}  // namespace hougu::http
