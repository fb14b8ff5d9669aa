// The sockets of one thread. Asio stays behind this; connections see bytes and callbacks only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace hougu::http {

// Called on the loop's thread. A pending call keeps its user alive.
class SocketUser {
 public:
  virtual ~SocketUser() = default;
  enum class ReadResult { kData, kEnd, kFailed };
  virtual void on_read(ReadResult result, std::size_t bytes) = 0;
  virtual void on_writable() = 0;
};

// One TCP connection, used on its loop's thread only.
class Socket {
 public:
  virtual ~Socket() = default;
  virtual const std::string& peer() const = 0;  // the address as text, without the port
  // One read at a time; `buffer` stays until on_read().
  virtual void read(std::span<char> buffer, std::shared_ptr<SocketUser> user) = 0;
  // Writes what fits, never waits: bytes taken, 0 when none fits now, -1 when the connection broke.
  virtual std::ptrdiff_t write(std::span<const std::string_view> parts) = 0;
  // Calls on_writable() once.
  virtual void wait_writable(std::shared_ptr<SocketUser> user) = 0;
  virtual void finish_writing() = 0;  // FIN
  // Pending calls come with kFailed.
  virtual void close() = 0;
};

class Loop {
 public:
  static std::shared_ptr<Loop> create();
  virtual ~Loop() = default;
  // Runs until finish() was called and nothing is pending.
  virtual void run() = 0;
  virtual void finish() = 0;                          // any thread
  virtual void post(std::function<void()> task) = 0;  // any thread
  virtual bool on_this_thread() const = 0;
  // Calls `task` every `interval_ms` until finish(). Once, before run().
  virtual void every(int interval_ms, std::function<void()> task) = 0;
};

class Listener {
 public:
  // Which loop gets the next connection.
  using Choose = std::function<std::shared_ptr<Loop>()>;
  // On the loop that was chosen, in its thread.
  using Accept = std::function<void(const std::shared_ptr<Loop>&, std::unique_ptr<Socket>)>;

  // Accepts on `loop`. Errors as Server::start().
  static Result<std::unique_ptr<Listener>> open(std::shared_ptr<Loop> loop,
                                                const std::string& address, std::uint16_t port,
                                                Choose choose, Accept accept);
  virtual ~Listener() = default;
  virtual std::uint16_t port() const = 0;
  virtual void close() = 0;  // on the loop's thread
};
}  // namespace hougu::http
