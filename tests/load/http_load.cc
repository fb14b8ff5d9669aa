#include "load/http_load.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>

#include "base/json.h"

namespace hougu::load {
namespace {

using Clock = std::chrono::steady_clock;

int connect_to(std::uint16_t port) {
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address) != 0) {
    close(fd);
    return -1;
  }
  const int on = 1;
  setsockopt(fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  return fd;
}

std::string header_in(std::string_view head, std::string_view lower_case_name) {
  for (std::size_t at = head.find("\r\n"); at != std::string_view::npos;
       at = head.find("\r\n", at + 2)) {
    const auto line = head.substr(at + 2, head.find("\r\n", at + 2) - at - 2);
    const auto colon = line.find(':');
    if (colon != lower_case_name.size()) continue;
    const bool same = std::equal(lower_case_name.begin(), lower_case_name.end(), line.begin(),
                                 [](char a, char b) { return a == (b | 0x20) || a == b; });
    if (!same) continue;
    auto value = line.substr(colon + 1);
    while (!value.empty() && value.front() == ' ') value.remove_prefix(1);
    return std::string(value);
  }
  return {};
}

// Takes one complete answer from the front of `buffer`; false when more is needed. Answers carry a
// Content-Length or no body: the server chunks only exports, which aren't measured here.
bool take_reply(std::string& buffer, Reply& reply) {
  const auto end = buffer.find("\r\n\r\n");
  if (end == std::string::npos) return false;
  reply.head = buffer.substr(0, end + 2);
  const auto length = header_in(reply.head, "content-length");
  const std::size_t size = length.empty() ? 0 : std::strtoull(length.c_str(), nullptr, 10);
  if (buffer.size() < end + 4 + size) return false;
  reply.status = std::atoi(reply.head.c_str() + 9);
  reply.body = buffer.substr(end + 4, size);
  buffer.erase(0, end + 4 + size);
  return true;
}

bool send_all(int fd, std::string_view data) {
  while (!data.empty()) {
    const auto sent = send(fd, data.data(), data.size(), MSG_NOSIGNAL);
    if (sent <= 0) return false;
    data.remove_prefix(static_cast<std::size_t>(sent));
  }
  return true;
}

struct Connection {
  int fd = -1;
  std::string buffer;
  std::uint64_t number = 0;
  Clock::time_point sent;
};

double milliseconds(Clock::duration time) {
  return std::chrono::duration<double, std::milli>(time).count();
}
}  // namespace

std::string Reply::header(std::string_view lower_case_name) const {
  return header_in(head, lower_case_name);
}

Reply request_once(std::uint16_t port, std::string_view request) {
  Reply reply;
  const int fd = connect_to(port);
  if (fd < 0) return reply;
  std::string buffer;
  char chunk[65536];
  if (send_all(fd, request))
    while (!take_reply(buffer, reply)) {
      const auto got = recv(fd, chunk, sizeof chunk, 0);
      if (got <= 0) break;
      buffer.append(chunk, static_cast<std::size_t>(got));
    }
  close(fd);
  return reply;
}

LoadResult run_load(const LoadOptions& options,
                    const std::function<std::string(std::uint64_t)>& request,
                    const std::function<void(std::uint64_t, const Reply&)>& answered) {
  LoadResult result;
  std::vector<double> times;
  std::vector<Connection> connections(static_cast<std::size_t>(options.connections));
  const int poll = epoll_create1(0);
  std::uint64_t next = 0, counted = 0;
  int open = 0;
  const auto total = options.requests ? options.requests + options.warm_up : 0;
  const auto fire = [&](Connection& connection) {
    if (total && next >= total) return false;
    connection.number = next++;
    const auto text = request(connection.number);
    connection.sent = Clock::now();
    return send_all(connection.fd, text);
  };
  for (std::size_t i = 0; i < connections.size(); ++i) {
    connections[i].fd = connect_to(options.port);
    if (connections[i].fd < 0) continue;
    epoll_event event{};
    event.events = EPOLLIN;
    event.data.u64 = i;
    epoll_ctl(poll, EPOLL_CTL_ADD, connections[i].fd, &event);
    ++open;
  }
  auto begin = Clock::now();
  const auto deadline = begin + std::chrono::duration_cast<Clock::duration>(
                                    std::chrono::duration<double>(options.seconds));
  int waiting = 0;
  for (auto& connection : connections)
    if (connection.fd >= 0 && fire(connection)) ++waiting;
  char chunk[65536];
  epoll_event events[128];
  while (waiting > 0) {
    const int ready = epoll_wait(poll, events, 128, 10'000);
    if (ready <= 0) break;  // nothing for ten seconds
    for (int e = 0; e < ready; ++e) {
      auto& connection = connections[events[e].data.u64];
      const auto got = recv(connection.fd, chunk, sizeof chunk, MSG_DONTWAIT);
      if (got <= 0) {
        epoll_ctl(poll, EPOLL_CTL_DEL, connection.fd, nullptr);
        ++result.broken;
        --waiting;
        continue;
      }
      connection.buffer.append(chunk, static_cast<std::size_t>(got));
      Reply reply;
      if (!take_reply(connection.buffer, reply)) continue;
      const auto now = Clock::now();
      if (answered) answered(connection.number, reply);
      if (++counted == options.warm_up) begin = now;
      if (counted > options.warm_up) times.push_back(milliseconds(now - connection.sent));
      if (reply.status != options.expected_status && result.wrong++ == 0)
        result.first_wrong = std::to_string(reply.status) + " " + reply.body.substr(0, 300);
      if (now >= deadline || !fire(connection)) --waiting;
    }
  }
  const double seconds = std::chrono::duration<double>(Clock::now() - begin).count();
  for (auto& connection : connections)
    if (connection.fd >= 0) close(connection.fd);
  close(poll);
  result.answers = times.size();
  if (times.empty()) return result;
  std::sort(times.begin(), times.end());
  const auto at = [&](double share) {
    return times[std::min(times.size() - 1,
                          static_cast<std::size_t>(share * static_cast<double>(times.size())))];
  };
  result.per_second = static_cast<double>(times.size()) / seconds;
  result.p50_ms = at(0.50);
  result.p99_ms = at(0.99);
  result.max_ms = times.back();
  return result;
}

std::string Person::get(std::string_view target) const {
  return "GET " + std::string(target) + " HTTP/1.1\r\nhost: x\r\ncookie: " + cookie + "\r\n\r\n";
}

std::string Person::send(std::string_view method, std::string_view target,
                         std::string_view body) const {
  return std::string(method) + " " + std::string(target) +
         " HTTP/1.1\r\nhost: x\r\ncookie: " + cookie + "\r\nx-csrf-token: " + csrf +
         "\r\ncontent-type: application/json\r\ncontent-length: " + std::to_string(body.size()) +
         "\r\n\r\n" + std::string(body);
}

Person sign_in(std::uint16_t port, std::string_view login, std::string_view password) {
  const auto body = json::serialize(json::object{{"login", login}, {"password", password}});
  const auto reply =
      request_once(port,
                   "POST /api/v1/session HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
                   "content-length: " +
                       std::to_string(body.size()) + "\r\n\r\n" + body);
  Person person;
  const auto set = reply.header("set-cookie");
  person.cookie = set.substr(0, set.find(';'));
  if (const auto value = parse_json(reply.body); value.ok() && value->is_object())
    person.csrf = find_string(value->as_object(), "csrf_token").value_or("");
  if (person.cookie.empty() || person.csrf.empty()) {
    std::fprintf(stderr, "hougu_load: %s can't sign in: %d %s\n", std::string(login).c_str(),
                 reply.status, reply.body.c_str());
    std::exit(1);
  }
  return person;
}
}  // namespace hougu::load
