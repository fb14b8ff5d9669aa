// Bodies of answers and uploads, over real sockets.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <thread>

#include "base/hash.h"
#include "http/client_test_support.h"

namespace hougu::http {
namespace {
using test::Answer;
using test::ask;
using test::Client;
using test::Folder;
using test::get;
using test::gunzip;
using test::TestServer;

void write_file(const std::string& path, const std::string& text) {
  std::ofstream(path, std::ios::binary) << text;
}

std::string pattern(std::size_t size) {
  std::string text;
  while (text.size() < size) text += std::to_string(text.size()) + ",";
  text.resize(size);
  return text;
}

TEST(ServerBody, CompressesLargeText) {
  const auto text = pattern(100'000);
  TestServer server([&](std::shared_ptr<const Request> request, Respond respond) {
    Response response;
    response.set("Content-Type",
                 request->path == "/text" ? "application/json; charset=utf-8" : "image/png");
    response.set("ETag", "\"1\"");
    response.body = request->query == "short" ? "short" : text;
    respond(std::move(response));
  });
  const auto packed = ask(server, get("/text", "Accept-Encoding: br, gzip;q=0.5\r\n"));
  EXPECT_EQ(packed.header("content-encoding"), "gzip");
  EXPECT_EQ(packed.header("vary"), "Accept-Encoding");
  EXPECT_EQ(packed.header("etag"), "W/\"1\"");
  EXPECT_LT(packed.body.size(), text.size() / 2);
  EXPECT_EQ(gunzip(packed.body), text);
  const auto plain = ask(server, get("/text", "Accept-Encoding: gzip;q=0\r\n"));
  EXPECT_EQ(plain.header("content-encoding"), "");
  EXPECT_EQ(plain.header("vary"), "Accept-Encoding");
  EXPECT_EQ(plain.body, text);
  EXPECT_EQ(ask(server, get("/image", "Accept-Encoding: gzip\r\n")).body, text);
  EXPECT_EQ(ask(server, get("/text?short", "Accept-Encoding: gzip\r\n")).body, "short");
}

TEST(ServerBody, SendsStaticAndLargeBodies) {
  const auto text = pattern(5'000'000);
  TestServer server([&](std::shared_ptr<const Request> request, Respond respond) {
    Response response;
    if (request->path == "/static") {
      response.static_body = text;
    } else if (request->path == "/empty") {
      response.status = 204;
      response.body = "never sent";
    } else {
      response.body = text;
    }
    respond(std::move(response));
  });
  Client client(server.port());
  client.send(get("/static") + get("/copy") + get("/empty") + get("/static"));
  EXPECT_EQ(client.read().body, text);
  EXPECT_EQ(client.read().body, text);
  const auto empty = client.read();
  EXPECT_EQ(empty.status, 204);
  EXPECT_EQ(empty.header("content-length"), "");
  EXPECT_EQ(client.read().body, text);
}

TEST(ServerBody, SendsFilesAndRanges) {
  Folder folder;
  const auto text = pattern(700'000);
  const auto path = folder.path + "/file";
  write_file(path, text);
  TestServer server([&](std::shared_ptr<const Request> request, Respond respond) {
    Response response;
    response.file = FileBody{request->path == "/gone" ? folder.path + "/none" : path};
    response.set("ETag", "\"e\"");
    respond(std::move(response));
  });
  Client client(server.port());
  const auto range = [&](const std::string& headers) {
    client.send(get("/", headers));
    return client.read();
  };
  const auto whole = range("");
  EXPECT_EQ(whole.status, 200);
  EXPECT_EQ(whole.header("accept-ranges"), "bytes");
  EXPECT_EQ(whole.body, text);
  const auto part = range("Range: bytes=1000-400999\r\n");
  EXPECT_EQ(part.status, 206);
  EXPECT_EQ(part.header("content-range"), "bytes 1000-400999/700000");
  EXPECT_EQ(part.body, text.substr(1000, 400'000));
  EXPECT_EQ(range("Range: bytes=-5\r\n").body, text.substr(text.size() - 5));
  EXPECT_EQ(range("Range: bytes=699999-\r\n").body, text.substr(699'999));
  const auto beyond = range("Range: bytes=700000-\r\n");
  EXPECT_EQ(beyond.status, 416);
  EXPECT_EQ(beyond.header("content-range"), "bytes */700000");
  EXPECT_EQ(range("Range: bytes=0-1,5-6\r\n").body, text);
  EXPECT_EQ(range("Range: bytes=0-1\r\nIf-Range: \"e\"\r\n").body, text.substr(0, 2));
  EXPECT_EQ(range("Range: bytes=0-1\r\nIf-Range: \"old\"\r\n").status, 200);
  client.send("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n" + get("/gone"));
  EXPECT_EQ(client.read(true).header("content-length"), "700000");
  EXPECT_EQ(client.read().status, 404);
}

TEST(ServerBody, RemovesFilesAfterwards) {
  Folder folder;
  TestServer server([&](std::shared_ptr<const Request>, Respond respond) {
    write_file(folder.path + "/once", "text");
    Response response;
    response.file = FileBody{folder.path + "/once", true};
    respond(std::move(response));
  });
  Client client(server.port());
  client.send(get("/", "Connection: close\r\n"));
  EXPECT_EQ(client.read().body, "text");
  EXPECT_TRUE(client.ended());
  server.server->stop(10'000);
  EXPECT_EQ(folder.files(), 0u);
}

TEST(ServerBody, SendsChunksOfAProducer) {
  std::thread::id socket_thread, producer_thread;
  TestServer server([&](std::shared_ptr<const Request> request, Respond respond) {
    socket_thread = std::this_thread::get_id();
    Response response;
    response.chunks = [&, count = 0,
                       path = request->path](std::string& chunk) mutable -> Result<bool> {
      producer_thread = std::this_thread::get_id();
      if (path == "/broken" && count == 2) return internal("broken on purpose");
      if (path == "/refused") return forbidden();
      chunk = count == 1 ? "" : "part " + std::to_string(count) + "\n";
      return ++count < 4;
    };
    respond(std::move(response));
  });
  Client client(server.port());
  client.send(get("/whole") + "HEAD /whole HTTP/1.1\r\nHost: h\r\n\r\n" + get("/refused"));
  EXPECT_EQ(client.read().body, "part 0\npart 2\npart 3\n");
  EXPECT_EQ(client.read(true).header("transfer-encoding"), "chunked");
  EXPECT_EQ(client.read().status, 403);
  EXPECT_NE(socket_thread, producer_thread);
  client.send(get("/broken"));
  const auto rest = client.read_to_end();
  EXPECT_NE(rest.find("part 0"), std::string::npos);
  EXPECT_EQ(rest.find("\r\n0\r\n"), std::string::npos);  // no false end
  EXPECT_EQ(ask(server, "GET /whole HTTP/1.0\r\n\r\n").status, 200);
}

TEST(ServerBody, WaitsForTheReaderOfChunks) {
  std::atomic<int> produced{0};
  TestServer server([&](std::shared_ptr<const Request>, Respond respond) {
    Response response;
    response.chunks = [&](std::string& chunk) -> Result<bool> {
      chunk.assign(1 << 18, 'x');
      return ++produced < 200;
    };
    respond(std::move(response));
  });
  Client client(server.port(), 4096);
  client.send(get("/", "Connection: close\r\n"));
  client.read_until("\r\n\r\n");
  EXPECT_LT(produced.load(), 100);  // as many as the sockets' buffers take
  EXPECT_GT(client.read_to_end().size(), 200u << 18);
}

TEST(ServerBody, SpoolsBodiesWithTheirDigest) {
  Folder folder;
  ServerOptions options;
  options.spool_folder = folder.path + "/spool";
  std::shared_ptr<SpooledBody> kept;
  TestServer server(
      [&](std::shared_ptr<const Request> request, Respond respond) {
        Response response;
        if (request->spooled) {
          response.body =
              request->spooled->sha256() + " " + std::to_string(request->spooled->size());
          if (request->path == "/keep") kept = request->spooled;
        }
        respond(std::move(response));
      },
      options,
      [](const Request&) {
        return BodyPolicy{10'000'000, true};
      });
  const auto text = pattern(3'000'000);
  Client client(server.port());
  const auto head =
      "POST /keep HTTP/1.1\r\nHost: h\r\nContent-Length: " + std::to_string(text.size()) +
      "\r\n\r\n";
  client.send(head + text + get("/next"));
  EXPECT_EQ(client.read().body, sha256_hex(text) + " 3000000");
  EXPECT_EQ(client.read().status, 200);
  std::ifstream file(kept->path(), std::ios::binary);
  EXPECT_EQ(std::string(std::istreambuf_iterator<char>(file), {}), text);
  kept.reset();
  // Chunked, empty-bodied, over the limit, and broken off in the middle.
  EXPECT_EQ(ask(server,
                "POST / HTTP/1.1\r\nHost: h\r\nTransfer-Encoding: chunked\r\n\r\n"
                "3\r\nabc\r\n0\r\n\r\n")
                .body,
            sha256_hex("abc") + " 3");
  EXPECT_EQ(ask(server, "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 10000001\r\n\r\n").status,
            413);
  Client cut(server.port());
  cut.send(head + text.substr(0, 2'000'000));
  cut.finish_sending();
  EXPECT_TRUE(cut.ended());
  server.server->stop(10'000);
  server.server.reset();
  EXPECT_TRUE(std::filesystem::is_empty(options.spool_folder));
}

TEST(ServerBody, SaysWhenTheDiskIsFull) {
  Folder folder;
  ServerOptions options;
  options.spool_folder = folder.path;
  TestServer server([](std::shared_ptr<const Request>, Respond respond) { respond({}); }, options,
                    [](const Request&) {
                      return BodyPolicy{10'000'000, true};
                    });
  // A limit on the size of files stands in for a disk: the same write fails.
  rlimit before{};
  ::getrlimit(RLIMIT_FSIZE, &before);
  auto small = before;
  small.rlim_cur = 300'000;
  auto* old_handler = std::signal(SIGXFSZ, SIG_IGN);
  ::setrlimit(RLIMIT_FSIZE, &small);
  const auto answer = ask(
      server, "POST / HTTP/1.1\r\nHost: h\r\nContent-Length: 2000000\r\n\r\n" + pattern(2'000'000));
  ::setrlimit(RLIMIT_FSIZE, &before);
  std::signal(SIGXFSZ, old_handler);
  EXPECT_EQ(answer.status, 507);
  EXPECT_NE(answer.body.find("storage.full"), std::string::npos);
  server.server->stop(10'000);
  server.server.reset();
  EXPECT_EQ(folder.files(), 0u);
}

}  // namespace
}  // namespace hougu::http
