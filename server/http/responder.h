// The way back of one answer, from whatever thread it comes.
#pragma once

#include <atomic>
#include <cstdint>
#include <memory>

#include "http/message.h"
#include "http/server_core.h"

namespace hougu::http {

// Outlives the connection and the server if the handler keeps it; the answer is dropped then. When
// the handler lets go of it without answering, it answers 500: the client must not wait for ever.
class Responder {
 public:
  Responder(std::shared_ptr<ServerCore> core, const std::shared_ptr<Loop>& loop,
            std::weak_ptr<Connection> connection, std::uint64_t sequence,
            std::shared_ptr<const Request> request);
  ~Responder();
  Responder(const Responder&) = delete;
  Responder& operator=(const Responder&) = delete;

  void answer(Response response);  // the first call counts
  static void answer_later(const std::shared_ptr<Responder>& self, std::function<Response()> make);
  void fail();  // 500

 private:
  std::shared_ptr<ServerCore> core_;
  std::weak_ptr<Loop> loop_;
  std::weak_ptr<Connection> connection_;
  std::uint64_t sequence_;
  std::shared_ptr<const Request> request_;
  std::atomic<bool> answered_{false};
};
}  // namespace hougu::http
