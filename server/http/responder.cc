#include "http/responder.h"

#include "base/log.h"
#include "http/connection.h"

namespace hougu::http {
namespace {

void deliver(const std::weak_ptr<Connection>& weak, std::uint64_t sequence, Response response) {
  if (const auto connection = weak.lock()) return connection->answer(sequence, std::move(response));
  discard(response);
}
}  // namespace

Responder::Responder(std::shared_ptr<ServerCore> core, const std::shared_ptr<Loop>& loop,
                     std::weak_ptr<Connection> connection, std::uint64_t sequence,
                     std::shared_ptr<const Request> request)
    : core_(std::move(core)),
      loop_(loop),
      connection_(std::move(connection)),
      sequence_(sequence),
      request_(std::move(request)) {}

Responder::~Responder() {
  if (answered_.load()) return;
  log(LogLevel::kError, "request was not answered", {{"request", request_->id}});
  fail();
}

void Responder::fail() {
  answer(error_response(500, "internal", core_->options.error_text,
                        request_->header("accept-language"), request_->id));
}

void Responder::answer(Response response) {
  if (answered_.exchange(true)) return discard(response);
  if (!response.body.empty())
    compress(response, *request_, core_->compressors, core_->options.compress_from_bytes);
  const auto loop = loop_.lock();
  if (!loop) return discard(response);
  if (loop->on_this_thread()) return deliver(connection_, sequence_, std::move(response));
  // Only weak references: the task may stay in the queue of a loop that has ended.
  auto shared = std::make_shared<Response>(std::move(response));
  loop->post([connection = connection_, sequence = sequence_, shared] {
    deliver(connection, sequence, std::move(*shared));
  });
}

void Responder::answer_later(const std::shared_ptr<Responder>& self,
                             std::function<Response()> make) {
  const auto loop = self->loop_.lock();
  if (!loop) {
    self->answered_ = true;
    return;
  }
  loop->post([self, make = std::move(make)] {
    try {
      self->answer(make());
    } catch (const std::exception& exception) {
      log(LogLevel::kError, "an answer can't be made", {{"cause", exception.what()}});
      self->fail();
    }
  });
}

void Respond::operator()(Response response) const { responder_->answer(std::move(response)); }

void Respond::later(std::function<Response()> make) const {
  Responder::answer_later(responder_, std::move(make));
}
}  // namespace hougu::http
