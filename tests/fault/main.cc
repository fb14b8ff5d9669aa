// kill -9 under load, again and again on the same data: no acknowledged write is lost, no verb is
// half applied. Writes build/results/fault.json. HOUGU_FAULT_ROUNDS sets the rounds (default 50 on
// SQLite, a fifth of them on PostgreSQL).
#include <signal.h>
#include <sys/stat.h>
#include <unistd.h>

#include <atomic>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <memory>
#include <set>
#include <string>
#include <thread>
#include <vector>

#include "base/id.h"
#include "base/json.h"
#include "load/http_load.h"
#include "load/server_process.h"

namespace {
using namespace hougu;
using namespace hougu::load;

constexpr int kConnections = 16;

struct Promise {  // what the server said it keeps
  std::string ticket, number;
};

struct Trial {
  std::string program, name;
  std::vector<std::string> arguments;
  int rounds = 50;
  SeededRandom random{20'261'121};
  std::uint64_t serial = 0;
  std::vector<Promise> promises;
  int passed = 0, failed = 0;

  void fail(int round, const std::string& why) {
    ++failed;
    std::fprintf(stderr, "fault/%s round %d: %s\n", name.c_str(), round, why.c_str());
  }
};

// Each request is a verb that writes a customer, a ticket and their events.
std::string body_of(std::uint64_t serial) {
  char phone[16];
  std::snprintf(phone, sizeof phone, "139%08llu",
                static_cast<unsigned long long>(serial % 100'000'000));
  return json::serialize(
      json::object{{"subject", "断电测试 " + std::to_string(serial)},
                   {"description", "第 " + std::to_string(serial) + " 次"},
                   {"new_customer", json::object{{"name", "客户"}, {"phone", phone}}}});
}

// Loads the server until it is killed; returns what it acknowledged.
std::vector<Promise> load_until_killed(Trial& trial, ServerProcess& server) {
  std::vector<Promise> kept;
  const auto agent = sign_in(server.port(), "agent", "hougu-demo");
  const auto wait_us = 50'000 + trial.random.below(300'000);
  std::thread killer([&] {
    usleep(static_cast<useconds_t>(wait_us));
    kill(server.pid(), SIGKILL);
  });
  LoadOptions options;
  options.port = server.port();
  options.connections = kConnections;
  options.seconds = 20;
  options.expected_status = 201;
  const auto first = trial.serial;
  std::uint64_t sent = 0;
  run_load(
      options,
      [&](std::uint64_t n) {
        sent = std::max(sent, n + 1);
        return agent.send("POST", "/api/v1/ticket", body_of(first + n));
      },
      [&](std::uint64_t, const Reply& reply) {
        if (reply.status != 201) return;
        const auto value = parse_json(reply.body);
        if (!value.ok()) return;
        const auto& record = value->as_object();
        kept.push_back({std::string(find_string(record, "id").value_or("")),
                        std::string(find_string(record, "number").value_or(""))});
      });
  killer.join();
  server.kill_hard();
  trial.serial += sent;
  return kept;
}

// Every acknowledged ticket is there, whole: with its number, its customer and its first event.
std::string broken_promise(const ServerProcess& server, const std::vector<Promise>& promises) {
  if (promises.empty()) return {};
  const auto admin = sign_in(server.port(), "admin", "hougu-demo");
  std::string fault;
  LoadOptions options;
  options.port = server.port();
  options.connections = 8;
  options.requests = promises.size();
  options.seconds = 60;
  std::uint64_t seen = 0;
  run_load(
      options, [&](std::uint64_t n) { return admin.get("/api/v1/ticket/" + promises[n].ticket); },
      [&](std::uint64_t n, const Reply& reply) {
        ++seen;
        const auto value = parse_json(reply.body);
        const auto* record = value.ok() ? value->if_object() : nullptr;
        if (reply.status != 200 || !record)
          fault = "lost ticket " + promises[n].number + ": " + std::to_string(reply.status);
        else if (find_string(*record, "number").value_or("") != promises[n].number)
          fault = "another number on " + promises[n].number;
        else if (!find_object(*record, "customer"))
          fault = "a ticket without the customer of its verb: " + promises[n].number;
      });
  if (fault.empty() && seen != promises.size()) fault = "not all tickets could be read again";
  return fault;
}

std::string half_applied(const Trial& trial) {
  std::vector<std::string> check{trial.program, "check"};
  check.insert(check.end(), trial.arguments.begin(), trial.arguments.end());
  const int code = run_program(check);
  return code == 0 ? "" : "hougu check ended with " + std::to_string(code);
}

void run_trial(Trial& trial) {
  std::vector<std::string> demo{trial.program, "demo"};
  demo.insert(demo.end(), trial.arguments.begin(), trial.arguments.end());
  demo.insert(demo.end(), {"--tickets", "50"});
  if (run_program(demo) != 0) return trial.fail(0, "hougu demo failed");
  std::vector<Promise> last;
  std::size_t promised = 0;
  for (int round = 1; round <= trial.rounds; ++round) {
    std::string fault;
    {
      ServerProcess server(trial.program, trial.arguments);
      fault = broken_promise(server, last);
      if (fault.empty()) last = load_until_killed(trial, server);
    }
    promised += last.size();
    trial.promises.insert(trial.promises.end(), last.begin(), last.end());
    if (fault.empty() && round % 10 == 0) fault = half_applied(trial);
    if (fault.empty())
      ++trial.passed;
    else
      trial.fail(round, fault);
  }
  // At the end everything that was ever promised.
  ServerProcess server(trial.program, trial.arguments);
  const auto fault = broken_promise(server, trial.promises);
  if (!fault.empty()) trial.fail(trial.rounds + 1, fault);
  if (promised < static_cast<std::size_t>(trial.rounds))
    trial.fail(trial.rounds + 1, "hardly anything was acknowledged: the test proved nothing");
  std::printf("fault/%s: %d rounds, %zu acknowledged tickets, %d passed, %d failed\n",
              trial.name.c_str(), trial.rounds, promised, trial.passed, trial.failed);
}
}  // namespace

int main(int, char** argv) {
  const std::string self = argv[0];
  const auto slash = self.rfind('/');
  const auto folder = slash == std::string::npos ? std::string(".") : self.substr(0, slash);
  const char* temporary = std::getenv("TMPDIR");
  const auto scratch = std::string(temporary ? temporary : "/tmp");
  const char* rounds = std::getenv("HOUGU_FAULT_ROUNDS");
  const int wanted = rounds ? std::atoi(rounds) : 50;

  Trial sqlite;
  sqlite.program = folder + "/hougu";
  sqlite.name = "sqlite";
  sqlite.arguments = {"--data", scratch + "/fault-sqlite"};
  sqlite.rounds = wanted;
  run_trial(sqlite);

  Trial postgres;
  postgres.program = sqlite.program;
  postgres.name = "postgres";
  if (const char* url = std::getenv("HOUGU_TEST_POSTGRES")) {
    postgres.arguments = {"--data", scratch + "/fault-postgres", "--database", url};
    postgres.rounds = std::max(1, wanted / 5);
    run_trial(postgres);
  } else {
    postgres.fail(0, "HOUGU_TEST_POSTGRES isn't set: start one with tools/postgres");
  }
  const int passed = sqlite.passed + postgres.passed, failed = sqlite.failed + postgres.failed;
  mkdir("build/results", 0755);
  std::ofstream("build/results/fault.json") << "{\"suite\":\"fault\",\"passed\":" << passed
                                            << ",\"failed\":" << failed << ",\"skipped\":0}\n";
  return failed == 0 ? 0 : 1;
}
