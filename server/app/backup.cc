#include "store/backup.h"

#include "app/commands.h"

namespace hougu::app {

int backup(const CommandLine& line, const std::string& file) {
  auto database = open_database(line.config, Purpose::kCommand);
  if (!database.ok()) return failed(line, database.error());
  if (const auto done = (*database)->backup(file); !done.ok()) return failed(line, done.error());
  print(line.messages.text(line.locale, "cli.backed_up", {{"file", file}}));
  return 0;
}

int restore(const CommandLine& line, const std::string& file) {
  const auto done = store::restore(line.config.database_url(), file);
  if (!done.ok()) return failed(line, done.error());
  print(line.messages.text(line.locale, "cli.restored", {{"file", file}}));
  return 0;
}

}  // namespace hougu::app
