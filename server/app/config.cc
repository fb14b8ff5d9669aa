#include "app/config.h"

#include <fmt/format.h>

#include <toml++/toml.h>
#include <charconv>
#include <filesystem>
#include <fstream>

#include "base/text.h"

namespace hougu::app {
namespace {

using Kind = Setting::Kind;
constexpr Setting kSettings[] = {
    {"data", Kind::kText, "data"},
    {"database", Kind::kText, ""},
    {"listen", Kind::kText, "127.0.0.1:8080"},
    {"public_url", Kind::kText, ""},
    {"trusted_proxies", Kind::kList, ""},
    {"threads", Kind::kInteger, "1", 1, 64},
    {"max_connections", Kind::kInteger, "4096", 1, 100'000},
    {"database_readers", Kind::kInteger, "2", 1, 64},
    {"database_writers", Kind::kInteger, "8", 1, 64},
    {"password_threads", Kind::kInteger, "1", 1, 16},
    {"stop_seconds", Kind::kInteger, "20", 0, 3'600},
    {"log_level", Kind::kText, "info"},
    {"access_log", Kind::kFlag, "true"},
    {"public_metrics", Kind::kFlag, "false"},
};

constexpr std::string_view kTrue[] = {"true", "1", "yes", "on"};
constexpr std::string_view kFalse[] = {"false", "0", "no", "off"};

Error bad_value(std::string_view name, std::string_view value) {
  return invalid("config.value", std::string(name),
                 {{"name", std::string(name)}, {"value", std::string(value)}});
}

const Setting* setting_of(std::string_view name) {
  const auto at = std::find_if(std::begin(kSettings), std::end(kSettings),
                               [&](const Setting& setting) { return setting.name == name; });
  return at == std::end(kSettings) ? nullptr : at;
}

template <std::size_t kCount>
bool among(const std::string_view (&words)[kCount], std::string_view word) {
  return std::find(std::begin(words), std::end(words), word) != std::end(words);
}

std::optional<long> integer_in(std::string_view text) {
  long value = 0;
  const auto [end, code] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (code != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

Result<std::string> checked(const Setting& setting, std::string value) {
  if (setting.kind == Kind::kFlag) {
    const std::string word = folded(trimmed(value));
    if (among(kTrue, word)) return std::string("true");
    if (among(kFalse, word)) return std::string("false");
    return bad_value(setting.name, value);
  }
  if (setting.kind == Kind::kInteger) {
    const auto number = integer_in(trimmed(value));
    if (!number || *number < setting.low || *number > setting.high) {
      return bad_value(setting.name, value);
    }
  }
  if (setting.name == "log_level" && value != "debug" && value != "info" && value != "warning" &&
      value != "error") {
    return bad_value(setting.name, value);
  }
  while (setting.name == "public_url" && value.ends_with('/')) value.pop_back();
  return value;
}

std::string variable_of(std::string_view name) {
  std::string variable = "HOUGU_";
  for (const char c : name) variable += c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  return variable;
}

std::string flag_of(std::string_view name) {
  std::string flag = "--";
  for (const char c : name) flag += c == '_' ? '-' : c;
  return flag;
}

std::optional<std::string> toml_text(const toml::node& node) {
  if (const auto text = node.value_exact<std::string>()) return *text;
  if (const auto number = node.value_exact<std::int64_t>()) return std::to_string(*number);
  if (const auto truth = node.value_exact<bool>()) return std::string(*truth ? "true" : "false");
  const toml::array* list = node.as_array();
  if (list == nullptr) return std::nullopt;
  std::string joined;
  for (const auto& element : *list) {
    const auto text = element.value_exact<std::string>();
    if (!text) return std::nullopt;
    joined += (joined.empty() ? "" : ",") + *text;
  }
  return joined;
}

using Values = std::map<std::string, std::string, std::less<>>;

Result<void> read_file(const std::string& path, Values& values) {
  const auto unreadable = [&](std::string why) {
    return invalid("config.file", {}, {{"file", path}, {"why", std::move(why)}});
  };
  try {
    const toml::table table = toml::parse_file(path);
    for (const auto& [key, node] : table) {
      const std::string name(key.str());
      const Setting* setting = setting_of(name);
      if (setting == nullptr) return invalid("config.unknown", name, {{"name", name}});
      const auto text = toml_text(node);
      if (!text) return bad_value(name, "?");
      HOUGU_TRY(values[name], checked(*setting, *text));
    }
  } catch (const toml::parse_error& error) {
    return unreadable(fmt::format("{}:{} {}", error.source().begin.line,
                                  error.source().begin.column, error.description()));
  } catch (const std::exception& error) {
    return unreadable(error.what());
  }
  return {};
}

}  // namespace

std::span<const Setting> settings() { return kSettings; }

Result<Config> Config::load(const std::map<std::string, std::string>& flags,
                            const std::function<const char*(const char*)>& environment) {
  Config config;
  for (const Setting& setting : kSettings) {
    config.values_.emplace(setting.name, setting.fallback);
  }
  std::string file;
  if (const char* named = environment("HOUGU_CONFIG")) file = named;
  if (const auto flag = flags.find("config"); flag != flags.end()) file = flag->second;
  if (!file.empty()) HOUGU_CHECK(read_file(file, config.values_));
  for (const Setting& setting : kSettings) {
    const char* value = environment(variable_of(setting.name).c_str());
    if (value == nullptr) continue;
    HOUGU_TRY(config.values_[std::string(setting.name)], checked(setting, value));
  }
  for (const auto& [name, value] : flags) {
    const Setting* setting = setting_of(name);
    if (name == "config") continue;
    if (setting == nullptr) return invalid("config.unknown", name, {{"name", name}});
    HOUGU_TRY(config.values_[name], checked(*setting, value));
  }
  return config;
}

const std::string& Config::text(std::string_view name) const {
  const auto at = values_.find(name);
  assert(at != values_.end() && "no such setting");
  return at->second;
}

int Config::integer(std::string_view name) const {
  return static_cast<int>(integer_in(trimmed(text(name))).value_or(0));
}

bool Config::flag(std::string_view name) const { return text(name) == "true"; }

std::vector<std::string> Config::list(std::string_view name) const {
  std::vector<std::string> parts;
  for (const auto part : split(text(name), ',')) {
    if (!trimmed(part).empty()) parts.emplace_back(trimmed(part));
  }
  return parts;
}

std::string Config::in_data(std::string_view name) const {
  return (std::filesystem::path(text("data")) / name).string();
}

std::string Config::database_url() const {
  const std::string& url = text("database");
  return url.empty() ? "sqlite:" + in_data("hougu.db") : url;
}

std::string configuration_text(const Messages& messages, Locale locale) {
  const auto word = [&](std::string_view key) { return messages.text(locale, key); };
  std::string text = fmt::format("# {}\n\n{}\n\n", word("config.title"), word("config.intro"));
  text += fmt::format("| {} | {} | {} | {} |\n|---|---|---|---|\n", word("config.setting"),
                      word("config.flag"), word("config.fallback"), word("config.meaning"));
  for (const Setting& setting : kSettings) {
    const std::string fallback =
        setting.fallback.empty() ? std::string() : fmt::format("`{}`", setting.fallback);
    text += fmt::format("| `{}` | `{}`, `{}` | {} | {} |\n", setting.name, flag_of(setting.name),
                        variable_of(setting.name), fallback,
                        word("config." + std::string(setting.name)));
  }
  return text;
}

}  // namespace hougu::app
