// The database of one data folder, opened and brought up to date: what every command needs.
#pragma once

#include <memory>
#include <string>

#include "app/config.h"
#include "base/clock.h"
#include "base/id.h"
#include "base/messages.h"
#include "identity/context.h"
#include "schema/schema.h"
#include "store/database.h"

namespace hougu::app {

// The texts of server/app/messages, packed into the program.
Result<Messages> load_messages();
// Language of the command line: LC_ALL, LC_MESSAGES, LANG; Chinese unless they say otherwise.
Locale terminal_locale();

struct Opened {
  const Config config;
  const Messages messages;
  SystemClock clock;
  SystemRandom random;
  IdSource ids{clock, random};
  std::unique_ptr<store::Database> database;
  std::unique_ptr<schema::Schema> schema;
  std::string secret;  // Services::secret

  Opened(Config with, Messages texts) : config(std::move(with)), messages(std::move(texts)) {}
  // The program itself as the one who changes something.
  const identity::Principal system = identity::Principal::system();
  identity::Context context(store::Transaction& tx) { return {tx, system, ids, clock.now()}; }
};
enum class Purpose {
  kServe,    // takes the serving lock
  kCommand,  // beside a running server
};

// Makes the data folder, opens the database, applies migrations, installs the built-in pack into a
// database without entities, and loads the definitions.
Result<std::unique_ptr<Opened>> open(const Config& config, Purpose purpose);
// The database alone, neither migrated nor read.
Result<std::unique_ptr<store::Database>> open_database(const Config& config, Purpose purpose);

// {"zh-CN","en"} of a message.
json::object label(const Messages& messages, std::string_view key);

struct FirstUser {
  bool created = false;
  std::string login, password;
};
// In a database without people: the administrator with a random password, which he has to change.
Result<FirstUser> create_first_user(Opened& opened);

}  // namespace hougu::app
