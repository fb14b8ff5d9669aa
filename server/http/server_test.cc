// Requests and answers over real sockets: framing, order, limits, refusals.
#include "http/server.h"

#include <gtest/gtest.h>

#include <atomic>
#include <condition_variable>
#include <mutex>
#include <thread>

#include "base/id.h"
#include "base/json.h"
#include "http/client_test_support.h"

namespace hougu::http {
namespace {
using test::ask;
using test::Client;
using test::get;
using test::TestServer;

// Answers with what it understood.
void echo(std::shared_ptr<const Request> request, Respond respond) {
  Response response;
  response.set("Content-Type", "text/plain");
  response.body = std::string(method_name(request->method)) + " " + request->path + "?" +
                  request->query + " " + request->body;
  respond(std::move(response));
}

// Keeps answers back until the test gives them.
class Desk {
 public:
  Handler handler() {
    return [this](std::shared_ptr<const Request> request, Respond respond) {
      std::lock_guard lock(mutex_);
      waiting_.emplace_back(request->path, std::move(respond));
      changed_.notify_all();
    };
  }
  void wait_for(std::size_t count) {
    std::unique_lock lock(mutex_);
    ASSERT_TRUE(changed_.wait_for(lock, std::chrono::seconds(30),
                                  [&] { return waiting_.size() >= count; }));
  }
  std::size_t count() {
    std::lock_guard lock(mutex_);
    return waiting_.size();
  }
  void answer(std::string_view path) {
    Respond respond;
    {
      std::lock_guard lock(mutex_);
      for (auto& [known, waiting] : waiting_)
        if (known == path) respond = std::move(waiting);
    }
    Response response;
    response.body = path;
    respond(std::move(response));
  }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<std::pair<std::string, Respond>> waiting_;
};

TEST(Server, KeepsTheConnection) {
  TestServer server(echo);
  Client client(server.port());
  for (int i = 0; i < 3; ++i) {
    client.send(get("/a%20b/" + std::to_string(i) + "?q=%E7%A9%BA"));
    const auto answer = client.read();
    EXPECT_EQ(answer.status, 200);
    EXPECT_EQ(answer.body, "GET /a b/" + std::to_string(i) + "?q=%E7%A9%BA ");
    EXPECT_EQ(answer.header("connection"), "");
    EXPECT_EQ(answer.header("x-request-id").size(), 36u);
    EXPECT_EQ(answer.header("date").substr(25), " GMT");
  }
  EXPECT_EQ(server.server->metrics().connections, 1u);
  EXPECT_EQ(server.server->metrics().requests, 3u);
}

TEST(Server, ClosesWhenAsked) {
  TestServer server(echo);
  Client client(server.port());
  client.send(get("/", "Connection: close\r\n"));
  EXPECT_EQ(client.read().header("connection"), "close");
  EXPECT_TRUE(client.ended());
  Client old(server.port());
  old.send("GET / HTTP/1.0\r\n\r\n");
  EXPECT_EQ(old.read().status, 200);
  EXPECT_TRUE(old.ended());
  Client old_kept(server.port());
  old_kept.send("GET /1 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_EQ(old_kept.read().header("connection"), "keep-alive");
  old_kept.send("GET /2 HTTP/1.0\r\n\r\n");
  EXPECT_EQ(old_kept.read().body, "GET /2? ");
}

TEST(Server, ReadsBytesOneByOne) {
  TestServer server(echo);
  Client client(server.port());
  const std::string requests =
      get("/one") + "POST /two HTTP/1.1\r\nHost: h\r\nContent-Length: 5\r\n\r\nhello\r\n" +
      "POST /three HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
      "3\r\nabc\r\n2;x=y\r\nde\r\n0\r\nX-Trailer: t\r\n\r\n" +
      get("/four");
  for (const char c : requests) client.send({&c, 1});
  EXPECT_EQ(client.read().body, "GET /one? ");
  EXPECT_EQ(client.read().body, "POST /two? hello");
  EXPECT_EQ(client.read().body, "POST /three? abcde");
  EXPECT_EQ(client.read().body, "GET /four? ");
}

TEST(Server, AnswersPipelinedRequestsInOrder) {
  Desk desk;
  TestServer server(desk.handler());
  Client client(server.port());
  client.send(get("/1") + get("/2") + get("/3"));
  desk.wait_for(3);
  desk.answer("/3");
  desk.answer("/1");
  EXPECT_EQ(client.read().body, "/1");
  desk.answer("/2");
  EXPECT_EQ(client.read().body, "/2");
  EXPECT_EQ(client.read().body, "/3");
}

TEST(Server, LimitsThePipeline) {
  Desk desk;
  ServerOptions options;
  options.max_pipelined = 4;
  TestServer server(desk.handler(), options);
  Client client(server.port());
  std::string all;
  for (int i = 0; i < 200; ++i) all += get("/" + std::to_string(i));
  client.send(all);
  for (int i = 0; i < 200; ++i) {
    desk.wait_for(static_cast<std::size_t>(std::min(i + 4, 200)));
    EXPECT_LE(desk.count(), static_cast<std::size_t>(i + 4));
    desk.answer("/" + std::to_string(i));
    EXPECT_EQ(client.read().body, "/" + std::to_string(i));
  }
}

TEST(Server, RunsUnsafeRequestsAlone) {
  Desk desk;
  TestServer server(desk.handler());
  Client client(server.port());
  client.send(get("/read") + "POST /write HTTP/1.1\r\nHost: h\r\nContent-Length: 0\r\n\r\n" +
              get("/after"));
  desk.wait_for(1);
  EXPECT_EQ(desk.count(), 1u);
  desk.answer("/read");
  desk.wait_for(2);
  EXPECT_EQ(client.read().body, "/read");
  EXPECT_EQ(desk.count(), 2u);
  desk.answer("/write");
  desk.wait_for(3);
  desk.answer("/after");
  EXPECT_EQ(client.read().body, "/write");
  EXPECT_EQ(client.read().body, "/after");
}

TEST(Server, RefusesWhatIsMalformed) {
  struct Case {
    std::string bytes;
    int status;
  };
  const std::string host = "Host: h\r\n";
  const std::vector<Case> cases = {
      {"\x16\x03\x01\x02\x01 TLS hello\r\n\r\n", 400},
      {"GET\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\n\r\n", 400},  // no Host
      {"GET / HTTP/1.1\r\n" + host + host + "\r\n", 400},
      {"GET / HTTP/1.1\r\nHost : h\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\n" + host + "No colon\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\n" + host + "X: a\nb\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\n" + host + std::string("X: a\0b\r\n\r\n", 10), 400},
      {"GET /\x01 HTTP/1.1\r\n" + host + "\r\n", 400},
      {"GET / HTTP/2.0\r\n" + host + "\r\n", 505},
      {"GET / HTTP/3.1\r\n" + host + "\r\n", 505},
      {"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505},
      {"TRACE / HTTP/1.1\r\n" + host + "\r\n", 501},
      {"BREW /pot HTTP/1.1\r\n" + host + "\r\n", 501},
      {"CONNECT h:80 HTTP/1.1\r\n" + host + "\r\n", 501},
      {"G=T / HTTP/1.1\r\n" + host + "\r\n", 400},
      {"POST / HTTP/1.1\r\n" + host + "Content-Length: -1\r\n\r\n", 400},
      {"POST / HTTP/1.1\r\n" + host + "Content-Length: 1x\r\n\r\n", 400},
      {"POST / HTTP/1.1\r\n" + host + "Content-Length: 99999999999999999999999\r\n\r\n", 400},
      {"POST / HTTP/1.1\r\n" + host + "Content-Length: 1\r\nContent-Length: 2\r\n\r\nab", 400},
      {"POST / HTTP/1.1\r\n" + host +
           "Content-Length: 4\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
       400},
      {"POST / HTTP/1.1\r\n" + host +
           "Transfer-Encoding: chunked\r\nContent-Length: 4\r\n\r\n0\r\n\r\n",
       400},
      {"POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n", 501},
      {"POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: gzip\r\n\r\n", 501},
      {"POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\nxyz\r\n", 400},
      {"POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n3\r\nabcd\r\n0\r\n\r\n",
       400},
      {"POST / HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\nfffffffffffffffff\r\n",
       400},
      {"POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 400},
      {"POST / HTTP/1.1\r\n" + host + "Expect: a-miracle\r\nContent-Length: 1\r\n\r\n", 417},
      {"GET / HTTP/1.1\r\n" + host + "X: " + std::string(20'000, 'a') + "\r\n\r\n", 431},
      {"GET /" + std::string(20'000, 'a') + " HTTP/1.1\r\n" + host + "\r\n", 431},
      {std::string(100'000, 'a'), 431},
  };
  TestServer server(echo);
  for (const auto& bad : cases) {
    Client client(server.port());
    client.send(bad.bytes);
    const auto answer = client.read();
    EXPECT_EQ(answer.status, bad.status) << bad.bytes.substr(0, 120);
    const auto body = parse_json(answer.body);
    ASSERT_TRUE(body.ok()) << bad.bytes.substr(0, 120) << answer.body;
    EXPECT_TRUE(find_string(body->as_object(), "code"));
    EXPECT_EQ(find_string(body->as_object(), "request"), answer.header("x-request-id"));
    EXPECT_EQ(answer.header("connection"), "close");
    EXPECT_TRUE(client.ended()) << bad.bytes.substr(0, 120);
  }
  EXPECT_EQ(server.server->metrics().refused, cases.size());
  EXPECT_EQ(server.server->metrics().requests, 0u);
}

TEST(Server, RefusesPathTricks) {
  TestServer server(echo);
  for (const std::string_view target : {"/../etc/passwd",
                                        "/a/../../b",
                                        "/a/.",
                                        "/%2e%2e/x",
                                        "/a/%2E%2E%2fb",
                                        "/a%2fb",
                                        "/a%5cb",
                                        "/a\\b",
                                        "/a%00b",
                                        "/a%0d%0aSet-Cookie:x",
                                        "/%ff",
                                        "/%c0%af",
                                        "/%zz",
                                        "/%4",
                                        "/%",
                                        "x",
                                        "/?q=%",
                                        "/?q=%ff",
                                        "/?q=%00",
                                        "/#f",
                                        "*"}) {
    const auto answer = ask(server, get(target));
    EXPECT_EQ(answer.status, 400) << target;
    EXPECT_NE(answer.body.find("http."), std::string::npos) << target;
  }
  EXPECT_EQ(ask(server, get("http://elsewhere/x?y")).body, "GET /x?y ");
  EXPECT_EQ(ask(server, get("http://elsewhere")).body, "GET /? ");
  EXPECT_EQ(ask(server, get("/.well-known/a..b/...")).body, "GET /.well-known/a..b/...? ");
  EXPECT_EQ(ask(server, get("/%E7%A9%BA")).body, "GET /空? ");
}

TEST(Server, LimitsBodiesByPolicy) {
  const auto policy = [](const Request& request) {
    return BodyPolicy{request.path == "/large" ? 1000u : 10u, false};
  };
  TestServer server(echo, {}, policy);
  const auto post = [](std::string_view path, std::size_t size) {
    return "POST " + std::string(path) +
           " HTTP/1.1\r\nHost: h\r\nContent-Length: " + std::to_string(size) + "\r\n\r\n" +
           std::string(size, 'x');
  };
  EXPECT_EQ(ask(server, post("/small", 10)).status, 200);
  EXPECT_EQ(ask(server, post("/small", 11)).status, 413);
  EXPECT_EQ(ask(server, post("/large", 1000)).status, 200);
  EXPECT_EQ(ask(server, post("/small", 3'000'000)).status, 413);
  EXPECT_EQ(ask(server,
                "POST /small HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                "5\r\nabcde\r\n6\r\nfghijk\r\n0\r\n\r\n")
                .status,
            413);
}

TEST(Server, SendsContinueWhenTheBodyIsWelcome) {
  const auto policy = [](const Request&) { return BodyPolicy{10, false}; };
  TestServer server(echo, {}, policy);
  Client client(server.port());
  const std::string head = "POST / HTTP/1.1\r\nHost: h\r\nExpect: 100-continue\r\n";
  client.send(get("/first") + head + "Content-Length: 5\r\n\r\n");
  EXPECT_EQ(client.read().body, "GET /first? ");
  EXPECT_EQ(client.read().status, 100);
  client.send("hello");
  EXPECT_EQ(client.read().body, "POST /? hello");
  client.send(head + "Content-Length: 11\r\n\r\n");
  EXPECT_EQ(client.read().status, 413);
}

TEST(Server, AnswersHeadWithoutBody) {
  TestServer server(echo);
  Client client(server.port());
  client.send("HEAD /x HTTP/1.1\r\nHost: h\r\n\r\n" + get("/y"));
  const auto head = client.read(true);
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.header("content-length"), "9");  // "HEAD /x? "
  EXPECT_EQ(client.read().body, "GET /y? ");
}

TEST(Server, TakesSaneRequestIdsOnly) {
  TestServer server(echo);
  EXPECT_EQ(ask(server, get("/", "X-Request-Id: abc-1.2_3\r\n")).header("x-request-id"),
            "abc-1.2_3");
  EXPECT_EQ(ask(server, get("/", "X-Request-Id: <script>\r\n")).header("x-request-id").size(), 36u);
  EXPECT_EQ(ask(server, get("/", "X-Request-Id: " + std::string(65, 'a') + "\r\n"))
                .header("x-request-id")
                .size(),
            36u);
}

TEST(Server, KeepsHeadersFromEndingEarly) {
  TestServer server([](std::shared_ptr<const Request>, Respond respond) {
    Response response;
    response.set("X-Name", "a\r\nSet-Cookie: b=1")
        .set("Content-Length", "999")
        .set("Bad Name", "x");
    response.body = "ok";
    respond(std::move(response));
  });
  const auto answer = ask(server, get("/"));
  EXPECT_EQ(answer.header("x-name"), "a  Set-Cookie: b=1");
  EXPECT_EQ(answer.header("set-cookie"), "");
  EXPECT_EQ(answer.header("content-length"), "2");
  EXPECT_EQ(answer.header("bad name"), "");
}

TEST(Server, AnswersForHandlersThatFail) {
  ServerOptions options;
  options.error_text = [](std::string_view code, std::string_view language) {
    return std::string(language) + ":" + std::string(code);
  };
  TestServer server(
      [](std::shared_ptr<const Request> request, Respond) {
        if (request->path == "/throw") throw std::runtime_error("boom");
      },
      options);
  for (const std::string_view path : {"/throw", "/forget"}) {
    const auto answer = ask(server, get(path, "Accept-Language: en\r\n"));
    EXPECT_EQ(answer.status, 500);
    EXPECT_NE(answer.body.find("\"message\":\"en:internal\""), std::string::npos);
    EXPECT_EQ(answer.body.find("boom"), std::string::npos);
  }
}

TEST(Server, ReadsForwardedAddressesOfTrustedProxiesOnly) {
  const auto handler = [](std::shared_ptr<const Request> request, Respond respond) {
    Response response;
    response.body = request->remote_address + (request->secure ? " secure" : " plain");
    respond(std::move(response));
  };
  const auto headers =
      "X-Forwarded-For: 6.6.6.6, 203.0.113.9, 10.1.2.3\r\nX-Forwarded-Proto: https\r\n";
  TestServer plain(handler);
  EXPECT_EQ(ask(plain, get("/", headers)).body, "127.0.0.1 plain");
  ServerOptions options;
  options.trusted_proxies = {"127.0.0.1", "10.0.0.0/8"};
  TestServer behind(handler, options);
  EXPECT_EQ(ask(behind, get("/", headers)).body, "203.0.113.9 secure");
  EXPECT_EQ(ask(behind, get("/", "X-Forwarded-For: evil\r\n")).body, "127.0.0.1 plain");
  options.trusted_proxies = {"10.0.0.0/33"};
  EXPECT_EQ(Server::start(options, handler, {}).error().code, "http.bad_address");
}

TEST(Server, SaysWhenTheAddressIsTaken) {
  TestServer server(echo);
  ServerOptions options;
  options.port = server.port();
  EXPECT_EQ(Server::start(options, echo, {}).error().code, "http.address_in_use");
  options.address = "not an address";
  EXPECT_EQ(Server::start(options, echo, {}).error().code, "http.bad_address");
}

TEST(Server, ServesManyConnectionsFromManyThreads) {
  ServerOptions options;
  options.threads = 2;
  TestServer server(
      [](std::shared_ptr<const Request> request, Respond respond) {
        std::thread([request, respond] { echo(request, respond); }).detach();
      },
      options);
  std::vector<std::unique_ptr<Client>> clients;
  for (int i = 0; i < 200; ++i) clients.push_back(std::make_unique<Client>(server.port()));
  for (int round = 0; round < 5; ++round) {
    for (std::size_t i = 0; i < clients.size(); ++i) clients[i]->send(get("/" + std::to_string(i)));
    for (std::size_t i = 0; i < clients.size(); ++i)
      ASSERT_EQ(clients[i]->read().body, "GET /" + std::to_string(i) + "? ");
  }
  EXPECT_EQ(server.server->metrics().requests, 1000u);
  EXPECT_EQ(server.server->metrics().open_connections, 200u);
}

TEST(Server, SurvivesMutilatedRequests) {
  TestServer server(echo);
  SeededRandom random(20261121);
  const std::string seed =
      get("/a%20b?c=%E7%A9%BA", "Cookie: a=b\r\nX-Forwarded-For: 1.2.3.4\r\n") +
      "POST /p HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n5;x\r\nhello\r\n0\r\nT: "
      "v\r\n\r\n" +
      "PUT /q HTTP/1.1\r\nHost: h\r\nContent-Length: 4\r\n\r\nbody" + get("/last");
  for (int round = 0; round < 500; ++round) {
    auto bytes = seed;
    for (auto edits = random.below(6); edits > 0; --edits) {
      const auto at = random.below(bytes.size());
      switch (random.below(3)) {
        case 0:
          bytes[at] = static_cast<char>(random.below(256));
          break;
        case 1:
          bytes.erase(at, random.below(20));
          break;
        default:
          bytes.insert(at, bytes.substr(random.below(bytes.size()), random.below(20)));
      }
    }
    Client client(server.port());
    const auto cut = random.below(bytes.size());
    if (client.send(bytes.substr(0, cut))) client.send(bytes.substr(cut));
    client.finish_sending();
    client.read_to_end();
  }
  EXPECT_EQ(ask(server, get("/alive")).body, "GET /alive? ");
}

TEST(Server, RefusesTooManyConnections) {
  ServerOptions options;
  options.max_connections = 2;
  TestServer server(echo, options);
  Client one(server.port()), two(server.port());
  one.send(get("/"));
  two.send(get("/"));
  EXPECT_EQ(one.read().status, 200);
  EXPECT_EQ(two.read().status, 200);
  Client three(server.port());
  const auto answer = three.read();
  EXPECT_EQ(answer.status, 503);
  EXPECT_EQ(answer.header("retry-after"), "2");
  EXPECT_TRUE(three.ended());
  one.send(get("/again"));
  EXPECT_EQ(one.read().status, 200);
}
}  // namespace
}  // namespace hougu::http
