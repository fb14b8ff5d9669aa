#include "app/opened.h"

#include <cstdlib>
#include <filesystem>

#include "app/builtin_pack.h"
#include "app/migrations.h"
#include "app/web_assets.h"
#include "identity/organisation.h"
#include "identity/passwords.h"
#include "identity/roles.h"

namespace hougu::app {
namespace {

Result<void> make_folder(const std::string& folder) {
  std::error_code code;
  std::filesystem::create_directories(folder, code);
  if (!code) return {};
  return invalid("data.folder", {}, {{"folder", folder}, {"why", code.message()}});
}

// The role that everything hangs on, and the secret of this installation.
Result<void> lay_foundation(Opened& opened) {
  return opened.database->write([&](store::Transaction& tx) -> Result<void> {
    HOUGU_TRY(opened.secret, identity::instance_secret(tx));
    const auto role = identity::read_role(tx, identity::kAdministrator);
    if (role.ok()) return {};
    return identity::create_administrator_role(opened.context(tx),
                                               label(opened.messages, "role.administrator"));
  });
}

}  // namespace

Result<Messages> load_messages() {
  const auto* chinese = find_resource("app/messages/zh-CN.json");
  const auto* english = find_resource("app/messages/en.json");
  if (chinese == nullptr || english == nullptr) return internal("the program lacks its messages");
  return Messages::parse(chinese->bytes, english->bytes);
}

Locale terminal_locale() {
  for (const char* name : {"LC_ALL", "LC_MESSAGES", "LANG"}) {
    const char* value = std::getenv(name);
    if (value == nullptr || *value == '\0') continue;
    const std::string_view tag(value);
    return tag.starts_with("zh") ? Locale::kChinese : Locale::kEnglish;
  }
  return Locale::kEnglish;
}

Result<std::unique_ptr<store::Database>> open_database(const Config& config, Purpose purpose) {
  HOUGU_CHECK(make_folder(config.text("data")));
  store::Options options;
  options.url = config.database_url();
  options.readers = config.integer("database_readers");
  options.writers = config.integer("database_writers");
  options.serving = purpose == Purpose::kServe;
  return store::Database::open(options);
}

Result<std::unique_ptr<Opened>> open(const Config& config, Purpose purpose) {
  HOUGU_TRY(auto messages, load_messages());
  auto opened = std::make_unique<Opened>(config, std::move(messages));
  HOUGU_TRY(opened->database, open_database(config, purpose));
  HOUGU_CHECK(store::migrate(*opened->database, all_migrations()));
  HOUGU_CHECK(lay_foundation(*opened));
  opened->schema = std::make_unique<schema::Schema>(*opened->database, opened->clock, opened->ids);
  HOUGU_CHECK(opened->schema->load());
  if (opened->schema->catalog()->entities().empty()) HOUGU_CHECK(install_builtin_pack(*opened));
  return opened;
}

Result<FirstUser> create_first_user(Opened& opened) {
  FirstUser first{false, "admin", identity::random_password()};
  bool empty = false;
  HOUGU_CHECK(opened.database->read([&](store::Transaction& tx) -> Result<void> {
    HOUGU_TRY(const auto somebody, tx.first("SELECT id FROM org_user LIMIT 1", {},
                                            [](const store::Row& row) { return row.id(0); }));
    empty = !somebody;
    return {};
  }));
  if (!empty) return first;
  HOUGU_TRY(const auto hash, identity::hash_password(first.password));
  HOUGU_CHECK(opened.database->write([&](store::Transaction& tx) -> Result<void> {
    identity::FirstPerson person;
    const std::string company = opened.messages.text(Locale::kChinese, "first_start.company");
    person.company = company;
    person.login = first.login;
    person.password_hash = hash;
    HOUGU_TRY(const auto start, identity::first_start(opened.context(tx), person));
    first.created = start.created;
    return {};
  }));
  return first;
}

json::object label(const Messages& messages, std::string_view key) {
  return {{"zh-CN", messages.text(Locale::kChinese, key)},
          {"en", messages.text(Locale::kEnglish, key)}};
}

}  // namespace hougu::app
