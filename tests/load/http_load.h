// A small HTTP/1.1 client for measuring: loopback only, keep-alive, one thread, epoll, so that the
// generator itself costs little of the machine that it measures.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace hougu::load {

struct Reply {
  int status = 0;  // 0: no answer
  std::string head, body;
  std::string header(std::string_view lower_case_name) const;
};
// One request on a connection of its own.
Reply request_once(std::uint16_t port, std::string_view request);

struct LoadOptions {
  std::uint16_t port = 0;
  int connections = 64;
  std::uint64_t requests = 0;  // stop after so many (0: by time alone)
  double seconds = 10;         // stop after so long
  std::uint64_t warm_up = 0;   // first answers that don't count
  int expected_status = 200;
};
struct LoadResult {
  std::uint64_t answers = 0, wrong = 0,
                broken = 0;  // wrong: another status; broken: connection lost
  double per_second = 0, p50_ms = 0, p99_ms = 0, max_ms = 0;
  std::string first_wrong;  // the first answer of another status
};
// `request(n)` makes the n-th request, complete with head and body. `answered(n, reply)` hears of
// each answer when given.
LoadResult run_load(const LoadOptions& options,
                    const std::function<std::string(std::uint64_t)>& request,
                    const std::function<void(std::uint64_t, const Reply&)>& answered = {});

// A signed-in person: the head lines that his requests carry.
struct Person {
  std::string cookie, csrf;
  std::string get(std::string_view target) const;
  std::string send(std::string_view method, std::string_view target, std::string_view body) const;
};
// Exits with a message when the sign-in fails.
Person sign_in(std::uint16_t port, std::string_view login, std::string_view password);
}  // namespace hougu::load
