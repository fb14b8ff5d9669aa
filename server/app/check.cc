#include "schema/check.h"

#include "app/commands.h"

namespace hougu::app {
namespace {

Result<std::vector<schema::Finding>> findings(const CommandLine& line) {
  HOUGU_TRY(const auto opened, open(line.config, Purpose::kCommand));
  std::vector<schema::Finding> found;
  HOUGU_CHECK(opened->database->read([&](store::Transaction& tx) -> Result<void> {
    HOUGU_TRY(found, schema::check_database(tx));
    return {};
  }));
  return found;
}

}  // namespace

int check(const CommandLine& line) {
  const auto found = findings(line);
  if (!found.ok()) return failed(line, found.error());
  if (found->empty()) {
    print(line.messages.text(line.locale, "cli.check_good"));
    return 0;
  }
  print(line.messages.text(line.locale, "cli.check_findings",
                           {{"count", std::to_string(found->size())}}));
  for (const auto& finding : *found) {
    print("  " +
          line.messages.text(line.locale, finding.code,
                             {{"place", finding.place}, {"count", std::to_string(finding.count)}}));
  }
  return 1;
}

}  // namespace hougu::app
