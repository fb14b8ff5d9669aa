// A plain blocking socket for tests: sends any bytes, reads answers with their framing.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "http/server.h"

namespace hougu::http::test {

struct Answer {
  int status = 0;
  std::string head;
  Headers headers;  // names in lower case
  std::string body;
  std::string header(std::string_view lower_case_name) const;
};

class Client {
 public:
  explicit Client(std::uint16_t port, int receive_buffer = 0);
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  bool send(std::string_view bytes);  // false when the connection broke
  void finish_sending();
  // The next answer; status 0 when the connection ended before it was complete. `head_only` for
  // answers to HEAD.
  Answer read(bool head_only = false);
  std::string read_until(std::string_view mark);  // up to and with `mark`, or to the end
  std::string read_to_end();
  bool ended();  // waits for the server to close; false when bytes come instead

 private:
  bool fill();
  int socket_;
  std::string buffer_;
};

// A server on a free port with settings for tests, stopped at the end.
class TestServer {
 public:
  explicit TestServer(Handler handler, ServerOptions options = {},
                      std::function<BodyPolicy(const Request&)> policy = {});
  std::uint16_t port() const { return server->port(); }
  std::unique_ptr<Server> server;
};

// Sends one request on a new connection and gives the answer.
Answer ask(const TestServer& server, std::string_view bytes);
std::string get(std::string_view target, std::string_view more_headers = {});
std::string gunzip(std::string_view data);  // "" when malformed

// A folder for one test, removed afterwards.
class Folder {
 public:
  Folder();
  ~Folder();
  std::string path;
  std::size_t files() const;
};
}  // namespace hougu::http::test
