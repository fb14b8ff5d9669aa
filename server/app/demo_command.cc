#include "app/commands.h"
#include "app/demo/demo.h"

#include <unistd.h>
#include <cstdio>

namespace hougu::app {

Result<void> make_demo(Opened& opened, long long tickets, long long customers, long long devices,
                       unsigned long long seed) {
  DemoOptions options;
  options.tickets = tickets;
  options.customers = customers;
  options.devices = devices;
  options.seed = seed;
  const bool show = isatty(STDERR_FILENO) != 0;
  options.progress = [show](std::string_view what, std::int64_t done, std::int64_t total) {
    if (show) {
      std::fprintf(stderr, "\r%.*s %lld/%lld   ", static_cast<int>(what.size()), what.data(),
                   static_cast<long long>(done), static_cast<long long>(total));
    }
  };
  const DemoTarget target{*opened.database, *opened.schema, opened.messages, opened.clock.now(),
                          opened.secret};
  const auto done = load_demo(target, options);
  if (show) std::fputc('\n', stderr);
  return done;
}

int demo(const CommandLine& line, long long tickets, long long customers, long long devices,
         unsigned long long seed) {
  auto opened = open(line.config, Purpose::kServe);
  if (!opened.ok()) return failed(line, opened.error());
  const auto done = make_demo(**opened, tickets, customers, devices, seed);
  if (!done.ok()) return failed(line, done.error());
  print(line.messages.text(line.locale, "cli.demo_made", {{"tickets", std::to_string(tickets)}}));
  print(line.messages.text(line.locale, "cli.demo_logins"));
  return 0;
}

}  // namespace hougu::app
