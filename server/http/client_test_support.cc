#include "http/client_test_support.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <libdeflate.h>
#include <netinet/tcp.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cstdlib>
#include <filesystem>

namespace hougu::http::test {
namespace {
constexpr int kPatienceSeconds = 30;  // only a hanging server lets it pass
}

std::string Answer::header(std::string_view lower_case_name) const {
  for (const auto& [name, value] : headers)
    if (name == lower_case_name) return value;
  return {};
}

Client::Client(std::uint16_t port, int receive_buffer)
    : socket_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
  const timeval patience{kPatienceSeconds, 0};
  ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  ::setsockopt(socket_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  const int on = 1;
  ::setsockopt(socket_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (receive_buffer > 0)
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVBUF, &receive_buffer, sizeof receive_buffer);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (::connect(socket_, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0)
    ADD_FAILURE() << "cannot connect";
}

Client::~Client() { ::close(socket_); }

bool Client::send(std::string_view bytes) {
  while (!bytes.empty()) {
    const auto sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    bytes.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

void Client::finish_sending() { ::shutdown(socket_, SHUT_WR); }

bool Client::fill() {
  char bytes[65536];
  const auto got = ::recv(socket_, bytes, sizeof bytes, 0);
  if (got < 0 && (errno == EAGAIN || errno == EWOULDBLOCK)) ADD_FAILURE() << "the server hangs";
  if (got <= 0) return false;
  buffer_.append(bytes, static_cast<std::size_t>(got));
  return true;
}

std::string Client::read_until(std::string_view mark) {
  for (;;) {
    const auto at = buffer_.find(mark);
    if (at != std::string::npos) {
      const auto out = buffer_.substr(0, at + mark.size());
      buffer_.erase(0, at + mark.size());
      return out;
    }
    if (!fill()) return std::exchange(buffer_, {});
  }
}

std::string Client::read_to_end() {
  while (fill()) {
  }
  return std::exchange(buffer_, {});
}

bool Client::ended() { return buffer_.empty() && !fill(); }

Answer Client::read(bool head_only) {
  Answer answer;
  answer.head = read_until("\r\n\r\n");
  if (answer.head.size() < 12 || answer.head.substr(answer.head.size() - 4) != "\r\n\r\n")
    return {};
  std::string_view rest = answer.head;
  rest.remove_prefix(rest.find("\r\n") + 2);
  while (rest.size() > 2) {
    const auto line = rest.substr(0, rest.find("\r\n"));
    rest.remove_prefix(line.size() + 2);
    const auto colon = line.find(": ");
    std::string name(line.substr(0, colon));
    for (auto& c : name) c = static_cast<char>(std::tolower(c));
    answer.headers.emplace_back(name, line.substr(colon + 2));
  }
  answer.status = std::atoi(answer.head.c_str() + 9);
  if (head_only || answer.status == 204 || answer.status == 304 || answer.status < 200)
    return answer;
  if (answer.header("transfer-encoding") == "chunked") {
    for (;;) {
      const auto line = read_until("\r\n");
      const auto size = std::strtoul(line.c_str(), nullptr, 16);
      while (buffer_.size() < size + 2)
        if (!fill()) return {};
      answer.body.append(buffer_, 0, size);
      buffer_.erase(0, size + 2);
      if (size == 0) return answer;
    }
  }
  const auto size = std::strtoul(answer.header("content-length").c_str(), nullptr, 10);
  while (buffer_.size() < size)
    if (!fill()) return {};
  answer.body = buffer_.substr(0, size);
  buffer_.erase(0, size);
  return answer;
}

TestServer::TestServer(Handler handler, ServerOptions options,
                       std::function<BodyPolicy(const Request&)> policy) {
  options.port = 0;
  auto started = Server::start(options, std::move(handler), std::move(policy));
  if (!started.ok()) {
    ADD_FAILURE() << started.error().code << " " << started.error().cause;
    std::abort();
  }
  server = std::move(started).value();
}

Answer ask(const TestServer& server, std::string_view bytes) {
  Client client(server.port());
  client.send(bytes);
  return client.read();
}

std::string get(std::string_view target, std::string_view more_headers) {
  return "GET " + std::string(target) + " HTTP/1.1\r\nHost: h\r\n" + std::string(more_headers) +
         "\r\n";
}

std::string gunzip(std::string_view data) {
  auto* decompressor = libdeflate_alloc_decompressor();
  std::string out(16 << 20, '\0');
  std::size_t size = 0;
  const auto result = libdeflate_gzip_decompress(decompressor, data.data(), data.size(), out.data(),
                                                 out.size(), &size);
  libdeflate_free_decompressor(decompressor);
  out.resize(result == LIBDEFLATE_SUCCESS ? size : 0);
  return out;
}

Folder::Folder() {
  std::string name = std::filesystem::temp_directory_path() / "hougu-http-XXXXXX";
  path = ::mkdtemp(name.data());
}

Folder::~Folder() { std::filesystem::remove_all(path); }

std::size_t Folder::files() const {
  const std::filesystem::directory_iterator it(path);
  return static_cast<std::size_t>(std::distance(begin(it), end(it)));
}
}  // namespace hougu::http::test
