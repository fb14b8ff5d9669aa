#include <unistd.h>

#include <cstdio>
#include <iostream>

#include "app/commands.h"
#include "identity/passwords.h"
#include "identity/roles.h"
#include "identity/users.h"

namespace hougu::app {
namespace {

// From standard input, so that it shows up neither in the shell's history nor in the process list.
Result<std::string> read_password(const CommandLine& line, std::string_view login) {
  if (isatty(STDIN_FILENO) != 0) {
    std::fputs(line.messages.text(line.locale, "cli.password").c_str(), stderr);
  }
  std::string password;
  if (!std::getline(std::cin, password)) return invalid("password.input");
  HOUGU_CHECK(identity::check_password(password, login));
  return password;
}

Result<void> add(const CommandLine& line, const std::string& login, const std::string& name,
                 const std::vector<std::string>& roles) {
  HOUGU_TRY(const auto password, read_password(line, login));
  HOUGU_TRY(const auto hash, identity::hash_password(password));
  HOUGU_TRY(const auto opened, open(line.config, Purpose::kCommand));
  json::array role_names;
  for (const auto& role : roles) role_names.push_back(json::value(role));
  return opened->database->write([&](store::Transaction& tx) -> Result<void> {
    HOUGU_CHECK(identity::create_user(
        opened->context(tx),
        {{"login", login}, {"name", name.empty() ? login : name}, {"roles", role_names}}, hash));
    return {};
  });
}

Result<void> change_password(const CommandLine& line, const std::string& login) {
  HOUGU_TRY(const auto opened, open(line.config, Purpose::kCommand));
  std::optional<Id> user;
  HOUGU_CHECK(opened->database->read([&](store::Transaction& tx) -> Result<void> {
    HOUGU_TRY(user, identity::user_by_login(tx, login));
    return {};
  }));
  if (!user) {
    Error error = not_found("user.not_found");
    error.params = {{"login", login}};
    return error;
  }
  HOUGU_TRY(const auto password, read_password(line, login));
  HOUGU_TRY(const auto hash, identity::hash_password(password));
  return opened->database->write([&](store::Transaction& tx) {
    return identity::set_password(opened->context(tx), *user, hash, false, std::nullopt);
  });
}

std::string user_line(const json::object& user) {
  std::string roles;
  for (const auto& role : user.at("roles").as_array()) {
    roles += (roles.empty() ? "" : ",") + std::string(role.as_string());
  }
  return std::string(user.at("login").as_string()) + "\t" +
         std::string(user.at("name").as_string()) + "\t" + roles + "\t" +
         (user.at("active").as_bool() ? "active" : "inactive");
}

Result<void> list(const CommandLine& line) {
  HOUGU_TRY(const auto opened, open(line.config, Purpose::kCommand));
  return opened->database->read([](store::Transaction& tx) -> Result<void> {
    identity::UserQuery query;
    query.limit = 200;
    do {
      HOUGU_TRY(const auto page, identity::list_users(tx, query));
      for (const auto& user : page.users) print(user_line(user.as_object()));
      query.after = page.next;
    } while (!query.after.empty());
    return {};
  });
}

int finish(const CommandLine& line, const Result<void>& result, std::string_view done,
           const std::string& login) {
  if (!result.ok()) return failed(line, result.error());
  if (!done.empty()) print(line.messages.text(line.locale, done, {{"login", login}}));
  return 0;
}

}  // namespace

int user_add(const CommandLine& line, const std::string& login, const std::string& name,
             const std::vector<std::string>& roles) {
  return finish(line, add(line, login, name, roles), "cli.user_added", login);
}

int user_passwd(const CommandLine& line, const std::string& login) {
  return finish(line, change_password(line, login), "cli.password_changed", login);
}

int user_list(const CommandLine& line) { return finish(line, list(line), "", ""); }

}  // namespace hougu::app
