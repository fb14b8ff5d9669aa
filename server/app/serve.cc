#include <pthread.h>
#include <unistd.h>
#include <csignal>

#include "app/commands.h"
#include "app/serving.h"
#include "base/log.h"

namespace hougu::app {
namespace {

LogLevel level_from(const std::string& name) {
  if (name == "debug") return LogLevel::kDebug;
  if (name == "warning") return LogLevel::kWarning;
  return name == "error" ? LogLevel::kError : LogLevel::kInfo;
}

// Blocks the signals that end the server, so that only wait() below meets them.
sigset_t block_signals() {
  sigset_t signals;
  sigemptyset(&signals);
  sigaddset(&signals, SIGTERM);
  sigaddset(&signals, SIGINT);
  pthread_sigmask(SIG_BLOCK, &signals, nullptr);
  std::signal(SIGPIPE, SIG_IGN);
  return signals;
}

Result<bool> has_people(Opened& opened) {
  bool found = false;
  HOUGU_CHECK(opened.database->read([&](store::Transaction& tx) {
    return tx.each("SELECT id FROM org_user LIMIT 1", {}, [&](const store::Row&) {
      found = true;
      return false;
    });
  }));
  return found;
}

Result<void> first_people(const CommandLine& line, Opened& opened, bool demo) {
  HOUGU_TRY(const bool people, has_people(opened));
  if (people) return {};
  if (demo) return make_demo(opened, 12'000, 2'000, 5'000, 2026);
  HOUGU_TRY(const auto first, create_first_user(opened));
  if (first.created) {
    print(line.messages.text(line.locale, "cli.first_user",
                             {{"login", first.login}, {"password", first.password}}));
  }
  return {};
}

}  // namespace

int serve(const CommandLine& line, bool demo) {
  const sigset_t signals = block_signals();
  set_log_level(level_from(line.config.text("log_level")));
  auto opened = open(line.config, Purpose::kServe);
  if (!opened.ok()) return failed(line, opened.error());
  if (const auto people = first_people(line, **opened, demo); !people.ok()) {
    return failed(line, people.error());
  }
  auto serving = Serving::start(**opened);
  if (!serving.ok()) return failed(line, serving.error());
  const std::string address = (*serving)->address();
  print(line.messages.text(line.locale, "cli.serving",
                           {{"address", address}, {"data", line.config.text("data")}}));
  if (demo) print(line.messages.text(line.locale, "cli.demo_logins"));
  log(LogLevel::kInfo, "serving", {{"address", address}});
  int signal = 0;
  sigwait(&signals, &signal);
  log(LogLevel::kInfo, "stopping", {{"signal", signal}});
  if (!(*serving)->stop()) {
    log(LogLevel::kError, "requests hang; leaving without them");
    _exit(1);
  }
  serving->reset();
  return 0;
}

}  // namespace hougu::app
