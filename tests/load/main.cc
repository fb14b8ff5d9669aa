// bin/bench: starts servers of its own on loopback, measures them, prints medians of at least three
// runs. Groups: ticket (creation), list, search, start, feel.
#include <sys/stat.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <vector>

#include "load/figures.h"
#include "load/groups.h"

namespace {
using hougu::load::Bench;

constexpr struct {
  const char* name;
  void (*run)(Bench&);
  const char* what;
} kGroups[] = {
    {"start", hougu::load::bench_start, "start, idle memory, size of the program"},
    {"ticket", hougu::load::bench_ticket, "tickets created through the API, beside the raw limit"},
    {"list", hougu::load::bench_list, "lists over 1,000,000 tickets, root and restricted"},
    {"search", hougu::load::bench_search, "search over 1,000,000 tickets"},
    {"feel", hougu::load::bench_feel, "expressions beside the npm interpreter, a decision table"},
};

int help() {
  std::printf("hougu_load [GROUP…] [--json FILE]\nGroups:\n");
  for (const auto& group : kGroups) std::printf("  %-8s %s\n", group.name, group.what);
  std::printf("Environment: HOUGU_BENCH_TICKETS (default 1000000), HOUGU_TEST_POSTGRES, TMPDIR.\n");
  return 0;
}
}  // namespace

int main(int argc, char** argv) {
  Bench bench;
  std::vector<std::string> wanted;
  std::string json;
  for (int i = 1; i < argc; ++i) {
    const std::string argument = argv[i];
    if (argument == "--help" || argument == "-h") return help();
    if (argument == "--json" && i + 1 < argc) {
      json = argv[++i];
    } else if (std::any_of(std::begin(kGroups), std::end(kGroups),
                           [&](const auto& group) { return argument == group.name; })) {
      wanted.push_back(argument);
    } else {
      std::fprintf(stderr, "hougu_load: no group is called %s; try --help\n", argv[i]);
      return 2;
    }
  }
  const std::string self = argv[0];
  const auto slash = self.rfind('/');
  bench.program = (slash == std::string::npos ? "." : self.substr(0, slash)) + "/hougu";
  if (const char* folder = std::getenv("TMPDIR")) bench.folder = folder;
  if (const char* url = std::getenv("HOUGU_TEST_POSTGRES")) bench.postgres = url;
  if (const char* count = std::getenv("HOUGU_BENCH_TICKETS")) bench.tickets = std::atoll(count);
  for (const auto& group : kGroups)
    if (wanted.empty() || std::find(wanted.begin(), wanted.end(), group.name) != wanted.end()) {
      std::printf("%s: %s\n", group.name, group.what);
      std::fflush(stdout);
      group.run(bench);
    }
  bench.figures.print();
  if (!json.empty() && !bench.figures.write_json(json)) {
    std::fprintf(stderr, "hougu_load: can't write %s\n", json.c_str());
    return 1;
  }
  return 0;
}
