// Event streams, timeouts and stopping, over real sockets.
#include <gtest/gtest.h>

#include <future>
#include <mutex>
#include <thread>

#include "http/client_test_support.h"

namespace hougu::http {
namespace {
using test::ask;
using test::Client;
using test::get;
using test::TestServer;

// Hands the stream of an event request to the test.
class Streams {
 public:
  Handler handler() {
    return [this](std::shared_ptr<const Request>, Respond respond) {
      Response response;
      response.event_stream = [this](std::shared_ptr<EventStream> stream) {
        promise_.set_value(std::move(stream));
      };
      respond(std::move(response));
    };
  }
  std::shared_ptr<EventStream> take() { return promise_.get_future().get(); }

 private:
  std::promise<std::shared_ptr<EventStream>> promise_;
};

TEST(ServerEvents, DeliversEvents) {
  Streams streams;
  TestServer server(streams.handler());
  Client client(server.port());
  client.send(get("/events"));
  auto stream = streams.take();
  EXPECT_TRUE(stream->send("ticket", "7", "{\"a\":1}"));
  EXPECT_TRUE(stream->send("", "", "two\nlines"));
  EXPECT_TRUE(stream->send("bad\nname", "8", "\u7a7a"));
  const auto head = client.read_until("\r\n\r\n");
  EXPECT_NE(head.find("Content-Type: text/event-stream"), std::string::npos);
  EXPECT_EQ(client.read_until("\n\n"), "id: 7\nevent: ticket\ndata: {\"a\":1}\n\n");
  EXPECT_EQ(client.read_until("\n\n"), "data: two\ndata: lines\n\n");
  EXPECT_EQ(client.read_until("\n\n"), "id: 8\nevent: badname\ndata: 空\n\n");
  EXPECT_TRUE(stream->open());
  stream->send("last", "", "x");
  stream->close();
  EXPECT_FALSE(stream->send("late", "", "x"));
  EXPECT_EQ(client.read_to_end(), "event: last\ndata: x\n\n");
}

TEST(ServerEvents, KeepsSilentStreamsAlive) {
  Streams streams;
  ServerOptions options;
  options.event_heartbeat_ms = 20;
  TestServer server(streams.handler(), options);
  Client client(server.port());
  client.send(get("/events"));
  const auto stream = streams.take();
  client.read_until("\r\n\r\n");
  EXPECT_EQ(client.read_until("\n\n"), ":\n\n");
  EXPECT_EQ(client.read_until("\n\n"), ":\n\n");
}

TEST(ServerEvents, DropsSlowClients) {
  Streams streams;
  TestServer server(streams.handler());
  Client client(server.port(), 4096);
  client.send(get("/events"));
  const auto stream = streams.take();
  const std::string data(10'000, 'x');
  int sent = 0;
  while (stream->send("e", "", data)) ASSERT_LT(++sent, 100'000);
  EXPECT_FALSE(stream->open());
  client.read_to_end();
}

TEST(ServerEvents, NoticesThatTheClientLeft) {
  Streams streams;
  TestServer server(streams.handler());
  std::shared_ptr<EventStream> stream;
  {
    Client client(server.port());
    client.send(get("/events"));
    stream = streams.take();
    client.read_until("\r\n\r\n");
  }
  while (server.server->metrics().open_connections > 0) std::this_thread::yield();
  EXPECT_FALSE(stream->open());
  EXPECT_FALSE(stream->send("e", "", "x"));
}

TEST(ServerEvents, EndsWhenTheHandlerLetsGoOrTheServerStops) {
  ServerOptions options;
  options.event_heartbeat_ms = 40;
  TestServer server(
      [](std::shared_ptr<const Request>, Respond respond) {
        Response response;
        response.event_stream = [](std::shared_ptr<EventStream>) {};
        respond(std::move(response));
      },
      options);
  Client client(server.port());
  client.send(get("/events"));
  client.read_to_end();
  Streams streams;
  TestServer stopped(streams.handler());
  Client other(stopped.port());
  other.send(get("/events"));
  const auto stream = streams.take();
  stopped.server->stop(10'000);
  EXPECT_FALSE(stream->open());
  other.read_to_end();
}

ServerOptions impatient() {
  ServerOptions options;
  options.header_timeout_ms = 40;
  options.body_timeout_ms = 60;
  options.idle_timeout_ms = 50;
  return options;
}

void answer_ok(std::shared_ptr<const Request>, Respond respond) {
  Response response;
  response.body = "ok";
  respond(std::move(response));
}

TEST(ServerTime, EndsSlowRequests) {
  TestServer server(answer_ok, impatient());
  EXPECT_EQ(ask(server, "GET / HTTP/1.1\r\nHost:").status, 408);
  EXPECT_EQ(ask(server, "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nab").status, 408);
}

TEST(ServerTime, CountsAHeadFromItsFirstByte) {
  auto options = impatient();
  options.header_timeout_ms = 200;
  options.idle_timeout_ms = 20;
  TestServer server(answer_ok, options);
  Client trickle(server.port());
  trickle.send("GET / HTTP/1.1\r\nX: ");
  int rounds = 0;
  for (; server.server->metrics().refused == 0 && rounds < 200; ++rounds) {
    trickle.send("a");
    Client pace(server.port());  // lives for the idle timeout
    pace.send(get("/"));
    pace.read();
    EXPECT_TRUE(pace.ended());
  }
  EXPECT_LT(rounds, 200);
  EXPECT_EQ(trickle.read().status, 408);
}

TEST(ServerTime, ClosesIdleConnections) {
  TestServer server(answer_ok, impatient());
  Client silent(server.port());
  EXPECT_TRUE(silent.ended());
  Client idle(server.port());
  idle.send(get("/"));
  EXPECT_EQ(idle.read().status, 200);
  EXPECT_TRUE(idle.ended());
}

TEST(ServerTime, EndsSlowReaders) {
  TestServer server(
      [](std::shared_ptr<const Request>, Respond respond) {
        Response response;
        response.chunks = [](std::string& chunk) -> Result<bool> {
          chunk.assign(1 << 16, 'x');
          return true;
        };
        respond(std::move(response));
      },
      impatient());
  Client client(server.port(), 4096);
  client.send(get("/"));
  client.read_until("\r\n\r\n");
  while (server.server->metrics().open_connections > 0) std::this_thread::yield();
}

TEST(ServerTime, WaitsForSlowHandlers) {
  std::promise<Respond> asked;
  TestServer server(
      [&](std::shared_ptr<const Request>, Respond respond) { asked.set_value(std::move(respond)); },
      impatient());
  Client client(server.port());
  client.send(get("/"));
  auto respond = asked.get_future().get();
  Client silent(server.port());
  EXPECT_TRUE(silent.ended());  // the timeouts have passed meanwhile
  answer_ok(nullptr, respond);
  EXPECT_EQ(client.read().body, "ok");
}

TEST(ServerStop, FinishesRequestsInFlight) {
  std::promise<Respond> asked;
  TestServer server([&](std::shared_ptr<const Request>, Respond respond) {
    asked.set_value(std::move(respond));
  });
  Client busy(server.port()), idle(server.port());
  busy.send(get("/"));
  auto respond = asked.get_future().get();
  std::thread stopping([&] { server.server->stop(30'000); });
  EXPECT_TRUE(idle.ended());
  answer_ok(nullptr, respond);
  const auto answer = busy.read();
  EXPECT_EQ(answer.body, "ok");
  EXPECT_EQ(answer.header("connection"), "close");
  EXPECT_TRUE(busy.ended());
  stopping.join();
}

TEST(ServerStop, GivesUpAfterTheGrace) {
  Respond late;
  std::promise<void> asked;
  {
    TestServer server([&](std::shared_ptr<const Request>, Respond respond) {
      late = std::move(respond);
      asked.set_value();
    });
    Client client(server.port());
    client.send(get("/"));
    asked.get_future().get();
    server.server->stop(20);
    EXPECT_TRUE(client.ended());
  }
  late.later([] { return Response{}; });  // long after the server: nothing happens
  answer_ok(nullptr, late);
  late = Respond();
}

TEST(ServerStop, MakesAnAnswerOnTheThreadOfItsConnection) {
  std::atomic<std::thread::id> asked_on, made_on;
  std::thread worker;
  TestServer server([&](std::shared_ptr<const Request>, Respond respond) {
    asked_on = std::this_thread::get_id();
    worker = std::thread([&, respond] {
      respond.later([&] {
        made_on = std::this_thread::get_id();
        Response response;
        response.body = "made";
        return response;
      });
    });
  });
  Client client(server.port());
  client.send(get("/"));
  EXPECT_EQ(client.read().body, "made");
  EXPECT_EQ(made_on.load(), asked_on.load());
  worker.join();
}

TEST(ServerStop, AnAnswerThatCannotBeMadeIsAServerError) {
  TestServer server([&](std::shared_ptr<const Request>, Respond respond) {
    respond.later([]() -> Response { throw std::runtime_error("broken"); });
  });
  Client client(server.port());
  client.send(get("/"));
  EXPECT_EQ(client.read().status, 500);
}

TEST(ServerStop, SurvivesClientsThatLeave) {
  std::vector<Respond> waiting;
  std::mutex mutex;
  TestServer server([&](std::shared_ptr<const Request>, Respond respond) {
    std::lock_guard lock(mutex);
    waiting.push_back(std::move(respond));
  });
  for (int i = 0; i < 50; ++i) {
    Client client(server.port());
    client.send(get("/") + (i % 2 == 0 ? get("/") : "GET /"));
  }
  while (server.server->metrics().requests < 75) std::this_thread::yield();
  std::lock_guard lock(mutex);
  for (auto& respond : waiting) answer_ok(nullptr, respond);
}
}  // namespace
}  // namespace hougu::http
