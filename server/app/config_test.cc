#include "app/config.h"

#include <gtest/gtest.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "app/opened.h"

namespace hougu::app {
namespace {

using Texts = std::map<std::string, std::string>;

Result<Config> load(const Texts& flags, const Texts& environment = {}) {
  return Config::load(flags, [&](const char* name) -> const char* {
    const auto at = environment.find(name);
    return at == environment.end() ? nullptr : at->second.c_str();
  });
}

class TomlFile {
 public:
  explicit TomlFile(const std::string& text) {
    auto pattern = (std::filesystem::temp_directory_path() / "hougu-config-XXXXXX").string();
    folder_ = ::mkdtemp(pattern.data());
    std::ofstream(path()) << text;
  }
  ~TomlFile() { std::filesystem::remove_all(folder_); }
  std::string path() const { return folder_ + "/hougu.toml"; }

 private:
  std::string folder_;
};

TEST(Config, EverySettingHasAValidDefault) {
  const auto config = load({});
  ASSERT_TRUE(config.ok());
  EXPECT_EQ(config->text("listen"), "127.0.0.1:8080");
  EXPECT_EQ(config->database_url(), "sqlite:data/hougu.db");
  EXPECT_TRUE(config->flag("access_log"));
  EXPECT_TRUE(config->list("trusted_proxies").empty());
}

TEST(Config, FlagsWinOverTheEnvironmentAndThatOverTheFile) {
  const TomlFile file(
      "listen = '10.0.0.1:1'\ndata = '/file'\nthreads = 3\naccess_log = false\n"
      "trusted_proxies = ['10.0.0.0/8', '127.0.0.1']\n");
  const auto config = load({{"listen", "10.0.0.3:3"}, {"config", file.path()}},
                           {{"HOUGU_LISTEN", "10.0.0.2:2"}, {"HOUGU_DATA", "/environment"}});
  ASSERT_TRUE(config.ok()) << config.error().code;
  EXPECT_EQ(config->text("listen"), "10.0.0.3:3");
  EXPECT_EQ(config->text("data"), "/environment");
  EXPECT_EQ(config->integer("threads"), 3);
  EXPECT_FALSE(config->flag("access_log"));
  EXPECT_EQ(config->list("trusted_proxies"), (std::vector<std::string>{"10.0.0.0/8", "127.0.0.1"}));
}

TEST(Config, WrongValuesAreRefusedByName) {
  const std::pair<Texts, std::string> cases[] = {
      {{{"threads", "0"}}, "config.value"},          {{{"threads", "many"}}, "config.value"},
      {{{"threads", "3x"}}, "config.value"},         {{{"access_log", "perhaps"}}, "config.value"},
      {{{"log_level", "loud"}}, "config.value"},     {{{"no_such", "1"}}, "config.unknown"},
      {{{"config", "/no/such/file"}}, "config.file"}};
  for (const auto& [flags, code] : cases) {
    const auto config = load(flags);
    ASSERT_FALSE(config.ok()) << flags.begin()->first;
    EXPECT_EQ(config.error().code, code);
  }
}

TEST(Config, FaultsOfTheFileAreTold) {
  const std::pair<std::string, std::string> cases[] = {{"listen = ", "config.file"},
                                                       {"colour = 'red'", "config.unknown"},
                                                       {"threads = 'x'", "config.value"},
                                                       {"listen = { a = 1 }", "config.value"}};
  for (const auto& [text, code] : cases) {
    const TomlFile file(text);
    const auto config = load({{"config", file.path()}});
    ASSERT_FALSE(config.ok()) << text;
    EXPECT_EQ(config.error().code, code) << text;
  }
}

TEST(Config, AnAddressHasNoSlashAtItsEnd) {
  EXPECT_EQ(load({{"public_url", "https://example.com//"}})->text("public_url"),
            "https://example.com");
}

// Made by: LC_ALL=C hougu help config > docs/configuration.md
TEST(Config, TheGuideSaysWhatTheProgramSays) {
  const auto messages = load_messages();
  ASSERT_TRUE(messages.ok());
  std::ifstream file("docs/configuration.md");
  std::stringstream guide;
  guide << file.rdbuf();
  EXPECT_EQ(guide.str(), configuration_text(*messages, Locale::kEnglish) + "\n");
}

}  // namespace
}  // namespace hougu::app
