// One connection: requests in, answers out in their order. Everything runs on its loop's thread.
//
// Every event (bytes came, an answer is ready, the socket takes more, a worker is done) changes the
// state and calls drive(), the only place that parses and writes.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "http/body_source.h"
#include "http/event_stream.h"
#include "http/request_parser.h"
#include "http/response_head.h"
#include "http/server_core.h"
#include "http/spool.h"

namespace hougu::http {

class Connection final : public SocketUser, public std::enable_shared_from_this<Connection> {
 public:
  Connection(std::shared_ptr<ServerCore> core, std::shared_ptr<LoopState> loop,
             std::unique_ptr<Socket> socket);

  void start();   // joins the loop's connections and reads
  void refuse();  // too many connections: says so and closes
  void drain();   // the server stops: finish what is in flight, then close
  void close();
  void tick();  // deadlines and heartbeats
  // The answer to the request with this number; ignored when the connection is gone.
  void answer(std::uint64_t sequence, Response response);

  void on_read(ReadResult result, std::size_t bytes) override;
  void on_writable() override;

 private:
  enum class State { kOpen, kLingering, kClosed };

  struct Exchange {
    std::shared_ptr<const Request> request;
    Response response;
    bool ready = false;
    bool close = false;  // the last one on this connection
    bool http_1_0 = false;
  };

  struct SourceStep {
    bool first = false;
    BodySource::Start start;
    std::string chunk;
    bool more = false;
    Result<void> result;
  };

  // connection.cc: reading
  void drive();
  void parse_available();
  bool parse_head();
  bool judge_head();
  bool parse_body();
  bool spool_body(bool last);
  void dispatch();
  void fail(Refusal refusal);
  void start_read();
  bool make_room();
  bool must_wait_for_answers() const;
  bool in_message() const { return message_started_ != 0; }
  std::string_view input() const { return {input_.data() + begin_, end_ - begin_}; }

  // connection_time.cc
  struct Deadline {
    std::int64_t at = 0;  // 0: none
    bool tell = false;    // 408 instead of silence
  };
  Deadline deadline() const;

  // connection_write.cc: writing
  void write_available();
  bool flush();
  void queue(std::string_view part);
  void gather();
  Framing framing_of(const Exchange& exchange) const;
  bool close_after(const Exchange& exchange) const;
  void finish();
  void start_source();
  void request_step(bool first);
  void on_step(SourceStep step);
  bool begin_source_body(SourceStep& step);
  bool continue_source();
  void start_events();
  bool continue_events();
  void send_heartbeat();

  const std::shared_ptr<ServerCore> core_;
  const std::shared_ptr<LoopState> loop_;
  const std::unique_ptr<Socket> socket_;
  State state_ = State::kOpen;
  bool driving_ = false, again_ = false;
  bool draining_ = false;
  std::int64_t last_activity_ = 0;  // steady clock, ms; so are the other times
  std::int64_t linger_started_ = 0;

  // reading
  std::vector<char> input_;
  std::size_t begin_ = 0, end_ = 0;  // received and not yet parsed
  RequestParser parser_;
  bool reading_ = false;
  bool at_end_ = false;      // the client sends no more
  bool input_done_ = false;  // no further request is taken
  bool counted_ = false;     // among the open connections
  bool answered_any_ = false;
  std::int64_t message_started_ = 0, body_started_ = 0;
  bool continue_sent_ = false;
  BodyPolicy policy_;
  std::shared_ptr<SpoolWriter> spool_;
  std::shared_ptr<SpooledBody> spooled_;
  bool spooling_ = false;

  // requests in work, oldest first
  std::deque<Exchange> exchanges_;
  std::uint64_t first_sequence_ = 0;

  // writing
  std::string out_;                      // heads and small bodies
  std::vector<Exchange> sending_;        // owners of the large bodies in parts_
  std::vector<std::string_view> parts_;  // what is to be written
  std::size_t part_ = 0;
  bool waiting_writable_ = false;
  bool close_after_write_ = false, linger_ = false;
  std::int64_t write_started_ = 0;
  bool blocked_ = false;       // the socket took no more at some time of this batch
  std::uint64_t written_ = 0;  // since write_started_

  // an answer that comes piece by piece; its exchange stays in front meanwhile
  std::shared_ptr<BodySource> source_;
  std::string chunk_;
  bool source_busy_ = false, source_last_ = false, source_chunked_ = false;
  std::shared_ptr<BufferedEventStream> events_;
  bool events_announced_ = false;
};

std::int64_t steady_ms();
// Removes the file of an answer that nobody will send.
void discard(Response& response);
}  // namespace hougu::http
