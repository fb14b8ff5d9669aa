#include <sys/stat.h>

#include <cstdio>
#include <cstdlib>

#include "base/json.h"
#include "load/groups.h"
#include "load/http_load.h"
#include "load/raw_limits.h"
#include "load/server_process.h"

namespace hougu::load {
namespace {

constexpr int kRuns = 3;
constexpr const char* kPassword = "hougu-demo";

std::string folder_in(const Bench& bench, const std::string& name) {
  const auto folder = bench.folder + "/" + name;
  mkdir(folder.c_str(), 0700);
  return folder;
}

void make_demo(const Bench& bench, std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), {bench.program, "demo"});
  if (const int code = run_program(arguments); code != 0) {
    std::fprintf(stderr, "hougu_load: hougu demo ended with %d\n", code);
    std::exit(1);
  }
}

// What a customer's call leaves: a subject, words, a phone, an address.
std::string ticket_body(std::uint64_t n) {
  char phone[16];
  std::snprintf(phone, sizeof phone, "138%08llu", static_cast<unsigned long long>(n % 100'000'000));
  return json::serialize(
      json::object{{"subject", "空调不制冷,需要上门检修"},
                   {"description", "空调开机有风,但吹出来的是常温风,开了半小时房间温度没有下降。"},
                   {"service_type", "on_site_repair"},
                   {"priority", n % 9 == 0 ? "high" : "normal"},
                   {"channel", "phone"},
                   {"contact_phone", phone},
                   {"serial_number", "QH99" + std::to_string(1'000'000 + n)}});
}

LoadResult create_tickets(std::uint16_t port, const Person& agent, int connections,
                          std::uint64_t from) {
  LoadOptions options;
  options.port = port;
  options.connections = connections;
  options.seconds = 6;
  options.warm_up = 500;
  options.expected_status = 201;
  const auto result = run_load(options, [&](std::uint64_t n) {
    return agent.send("POST", "/api/v1/ticket", ticket_body(from + n));
  });
  if (result.wrong || result.broken)
    std::fprintf(stderr, "hougu_load: %llu wrong, %llu broken: %s\n",
                 static_cast<unsigned long long>(result.wrong),
                 static_cast<unsigned long long>(result.broken), result.first_wrong.c_str());
  return result;
}

void measure_creation(Bench& bench, const std::string& name, const ServerProcess& server,
                      double limit, double target) {
  const auto agent = sign_in(server.port(), "agent", kPassword);
  std::uint64_t from = 0;
  for (const int connections : {64, 16}) {
    std::vector<double> rates, p99;
    for (int run = 0; run < kRuns; ++run, from += 1'000'000) {
      const auto result = create_tickets(server.port(), agent, connections, from);
      rates.push_back(result.per_second);
      p99.push_back(result.p99_ms);
    }
    const bool main = connections == 64;
    const auto suffix = main ? "" : "_16";
    bench.figures.add({"ticket", name + suffix, median(rates), "1/s", main ? limit : 0,
                       main ? target : 0, false});
    bench.figures.add(
        {"ticket", name + suffix + "_p99", median(p99), "ms", 0, main ? 20.0 : 0, true});
  }
}

const std::string& large_data(Bench& bench) {
  if (bench.large_data.empty()) {
    bench.large_data = folder_in(bench, "large");
    std::printf("  making %lld tickets…\n", static_cast<long long>(bench.tickets));
    std::fflush(stdout);
    make_demo(bench, {"--data", bench.large_data, "--tickets", std::to_string(bench.tickets)});
  }
  return bench.large_data;
}

std::string encoded(std::string_view text) {
  std::string out;
  char piece[4];
  for (const char c : text) {
    std::snprintf(piece, sizeof piece, "%%%02X", static_cast<unsigned char>(c));
    out += piece;
  }
  return out;
}

double read_p99(const ServerProcess& server, const Person& person,
                const std::vector<std::string>& targets) {
  std::vector<double> p99;
  for (int run = 0; run < kRuns; ++run) {
    LoadOptions options;
    options.port = server.port();
    options.connections = 4;
    options.requests = 2'000;
    options.seconds = 60;
    options.warm_up = 100;
    const auto result =
        run_load(options, [&](std::uint64_t n) { return person.get(targets[n % targets.size()]); });
    if (result.wrong || result.broken)
      std::fprintf(stderr, "hougu_load: %llu wrong, %llu broken: %s\n",
                   static_cast<unsigned long long>(result.wrong),
                   static_cast<unsigned long long>(result.broken), result.first_wrong.c_str());
    p99.push_back(result.p99_ms);
  }
  return median(p99);
}

std::string list_target(const json::value& where, std::string_view sort) {
  return "/api/v1/ticket?limit=20&sort=" + std::string(sort) +
         "&where=" + encoded(json::serialize(where));
}
}  // namespace

void bench_start(Bench& bench) {
  const auto data = folder_in(bench, "start");
  make_demo(bench, {"--data", data});
  std::vector<double> starts, memory;
  for (int run = 0; run < kRuns + 2; ++run) {
    const ServerProcess server(bench.program, {"--data", data});
    starts.push_back(server.start_seconds());
    memory.push_back(server.resident_megabytes());
  }
  bench.figures.add({"start", "start", median(starts), "s", 0, 0.3, true});
  bench.figures.add({"start", "idle_memory", median(memory), "MB", 0, 60, true});
  struct stat program {};
  stat(bench.program.c_str(), &program);
  bench.figures.add({"start", "binary_size", static_cast<double>(program.st_size) / 1048576.0, "MB",
                     0, 40, true});
}

void bench_ticket(Bench& bench) {
  {
    const double limit = raw_sqlite_tickets(bench.folder, 64, 6);
    const auto data = folder_in(bench, "create");
    make_demo(bench, {"--data", data, "--tickets", "100"});
    const ServerProcess server(bench.program, {"--data", data});
    measure_creation(bench, "ticket_create_sqlite", server, limit, 8'000);
  }
  if (bench.postgres.empty()) {
    std::fprintf(stderr, "hougu_load: HOUGU_TEST_POSTGRES isn't set\n");
    std::exit(1);
  }
  const double limit = raw_postgres_tickets(bench.postgres, 8, 6);
  const auto data = folder_in(bench, "create-postgres");
  make_demo(bench, {"--data", data, "--database", bench.postgres, "--tickets", "100"});
  const ServerProcess server(bench.program, {"--data", data, "--database", bench.postgres});
  measure_creation(bench, "ticket_create_postgres", server, limit, 2'500);
}

void bench_list(Bench& bench) {
  const ServerProcess server(bench.program, {"--data", large_data(bench)});
  const auto root = sign_in(server.port(), "admin", kPassword);
  const auto outlet = sign_in(server.port(), "outlet", kPassword);
  const auto condition = [](std::string_view field, std::string_view op, json::value value) {
    return json::object{{"field", field}, {"op", op}, {"value", std::move(value)}};
  };
  const std::vector<std::string> targets{
      list_target(condition("status", "eq", "closed"), "-created_at"),
      list_target(condition("status", "in", json::array{"assigned", "in_progress"}), "-created_at"),
      list_target(
          json::object{{"and", json::array{condition("priority", "eq", "urgent"),
                                           condition("service_type", "eq", "on_site_repair")}}},
          "-created_at"),
      list_target(condition("status", "eq", "closed"), "created_at")};
  const double as_root = read_p99(server, root, targets);
  const double restricted = read_p99(server, outlet, targets);
  bench.figures.add({"list", "ticket_list_1m_p99", as_root, "ms", 0, 10, true});
  bench.figures.add({"list", "ticket_list_1m_restricted_p99", restricted, "ms"});
  bench.figures.add(
      {"list", "ticket_list_1m_restricted_ratio", restricted / as_root, "x", 0, 1.3, true});
}

void bench_search(Bench& bench) {
  const ServerProcess server(bench.program, {"--data", large_data(bench)});
  const auto root = sign_in(server.port(), "admin", kPassword);
  // Real serials and phones of the data, and words both frequent and rare.
  std::vector<std::string> targets;
  const auto page = request_once(server.port(), root.get("/api/v1/ticket?limit=50"));
  if (const auto value = parse_json(page.body); value.ok() && value->is_object())
    if (const auto* records = find_array(value->as_object(), "records"))
      for (const auto& record : *records)
        for (const auto* field : {"serial_number", "contact_phone", "number"})
          if (const auto text = find_string(record.as_object(), field))
            targets.push_back("/api/v1/ticket?limit=20&search=" + encoded(*text));
  for (const auto* words : {"空调不制冷", "滴水", "E5", "震动很大", "漏水", "屏幕 竖线"})
    targets.push_back("/api/v1/ticket?limit=20&search=" + encoded(words));
  bench.figures.add(
      {"search", "search_1m_p99", read_p99(server, root, targets), "ms", 0, 30, true});
}
}  // namespace hougu::load
