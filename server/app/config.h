// Settings of the program. One table says them all: flags and environment variables, the TOML file,
// `hougu help config` and docs/configuration.md are made from it.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/messages.h"
#include "base/result.h"

namespace hougu::app {

struct Setting {
  enum class Kind { kText, kInteger, kFlag, kList };
  std::string_view name;  // "public_url": flag --public-url, variable HOUGU_PUBLIC_URL, TOML key
  Kind kind;
  std::string_view fallback;  // as text; lists are separated by commas
  long low = 0, high = 0;     // kInteger
  // Its description is the message key "config.<name>".
};
std::span<const Setting> settings();

// Texts by setting; every one of the table has a valid value. Immutable after load.
class Config {
 public:
  // Flags win over the environment, that over the file. `flags`: those given, by name. The file is
  // flag "config" or HOUGU_CONFIG; a missing one is an error only where it was named. Errors:
  // "config.value" {name, value}, "config.unknown" {name}, "config.file" {file, why}.
  static Result<Config> load(const std::map<std::string, std::string>& flags,
                             const std::function<const char*(const char*)>& environment);

  const std::string& text(std::string_view name) const;
  int integer(std::string_view name) const;
  bool flag(std::string_view name) const;
  std::vector<std::string> list(std::string_view name) const;
  // <data>/name.
  std::string in_data(std::string_view name) const;
  // The setting, or the SQLite file in the data folder.
  std::string database_url() const;

 private:
  std::map<std::string, std::string, std::less<>> values_;
};

// docs/configuration.md in the language of `locale`: a table of all settings.
std::string configuration_text(const Messages& messages, Locale locale);

}  // namespace hougu::app
