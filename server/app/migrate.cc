#include "app/commands.h"
#include "app/migrations.h"

namespace hougu::app {

int migrate(const CommandLine& line) {
  auto database = open_database(line.config, Purpose::kServe);
  if (!database.ok()) return failed(line, database.error());
  const auto before = store::schema_number(**database);
  if (!before.ok()) return failed(line, before.error());
  const auto done = store::migrate(**database, all_migrations());
  if (!done.ok()) return failed(line, done.error());
  const auto after = store::schema_number(**database);
  if (!after.ok()) return failed(line, after.error());
  print(line.messages.text(line.locale, "cli.migrated",
                           {{"from", std::to_string(*before)}, {"to", std::to_string(*after)}}));
  return 0;
}

}  // namespace hougu::app
