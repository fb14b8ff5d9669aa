// Every text that the program can say exists in both languages.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <set>

#include "api/present.h"
#include "api/routes.h"
#include "app/config.h"
#include "app/opened.h"
#include "app/web_assets.h"
#include "identity/principal.h"

namespace hougu::app {
namespace {

json::object texts(std::string_view language) {
  const auto* file = find_resource("app/messages/" + std::string(language) + ".json");
  EXPECT_NE(file, nullptr);
  return file ? parse_json(file->bytes)->as_object() : json::object();
}

std::set<std::string> placeholders(std::string_view text) {
  std::set<std::string> names;
  for (auto open = text.find('{'); open != std::string_view::npos;
       open = text.find('{', open + 1)) {
    names.emplace(text.substr(open, text.find('}', open) - open));
  }
  return names;
}

bool is_code(std::string_view text) {
  return text.find('.') != std::string_view::npos && text.front() != '.' && text.back() != '.' &&
         std::all_of(text.begin(), text.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || c == '_' || c == '.'; });
}

// String literals that look like codes in lines that make errors.
void collect_codes(const std::filesystem::path& path, std::set<std::string>& codes) {
  constexpr std::string_view kMakers[] = {"invalid(",   "conflict(",   "forbidden(",
                                          "not_found(", "ErrorKind::", "complain(",
                                          "fault(",     "refused(",    "too_many_requests("};
  std::ifstream file(path);
  std::string line;
  while (std::getline(file, line)) {
    const bool maker = std::any_of(std::begin(kMakers), std::end(kMakers),
                                   [&](auto word) { return line.find(word) != std::string::npos; });
    if (maker) {
      for (auto open = line.find('"'); open != std::string::npos;) {
        const auto close = line.find('"', open + 1);
        if (close == std::string::npos) break;
        const std::string text = line.substr(open + 1, close - open - 1);
        if (!text.empty() && is_code(text)) codes.insert(text);
        open = line.find('"', close + 1);
      }
    }
  }
}

TEST(MessageFiles, BothLanguagesSayTheSameThings) {
  const auto chinese = texts("zh-CN"), english = texts("en");
  for (const auto& [key, text] : chinese) {
    const json::value* other = english.if_contains(key);
    ASSERT_NE(other, nullptr) << key << " is missing in English";
    EXPECT_EQ(placeholders(text.as_string()), placeholders(other->as_string())) << key;
  }
  EXPECT_EQ(chinese.size(), english.size());
}

TEST(MessageFiles, EveryErrorCodeOfTheSourcesHasItsText) {
  const auto messages = load_messages();
  ASSERT_TRUE(messages.ok());
  std::set<std::string> codes;
  for (const std::string folder :
       {"store", "http", "identity", "schema", "service", "api", "app"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator("server/" + folder)) {
      const auto name = entry.path().filename().string();
      if (!name.ends_with(".cc") || name.find("_test") != std::string::npos) continue;
      collect_codes(entry.path(), codes);
    }
  }
  EXPECT_GT(codes.size(), 150u);
  // Rights and places, which stand in such lines too.
  for (const auto& right : identity::all_system_rights()) codes.erase(right);
  codes.erase("view.name");
  for (const std::string& code : codes) {
    EXPECT_TRUE(messages->has("error." + code)) << "error." << code << " has no text";
  }
}

TEST(MessageFiles, EveryKindOfErrorHasAText) {
  const auto messages = load_messages();
  ASSERT_TRUE(messages.ok());
  for (int kind = 0; kind <= static_cast<int>(ErrorKind::kStorageFull); ++kind) {
    const int status = api::status_of(static_cast<ErrorKind>(kind));
    EXPECT_TRUE(messages->has("error.status_" + std::to_string(status))) << status;
  }
}

TEST(MessageFiles, EverySettingIsExplained) {
  const auto messages = load_messages();
  ASSERT_TRUE(messages.ok());
  for (const auto& setting : settings()) {
    EXPECT_TRUE(messages->has("config." + std::string(setting.name))) << setting.name;
  }
}

TEST(Routes, NamesAreUniqueAndDescribed) {
  const auto messages = load_messages();
  ASSERT_TRUE(messages.ok());
  std::set<std::string> names;
  for (const auto& route : api::all_routes()) {
    const std::string name(route.name);
    EXPECT_TRUE(names.insert(name).second) << name;
    if (route.documented) {
      EXPECT_TRUE(messages->has("api." + name)) << "api." << name << " has no text";
    }
    EXPECT_EQ(static_cast<bool>(route.direct), route.kind == api::Kind::kDirect) << name;
    EXPECT_EQ(static_cast<bool>(route.handler), route.kind != api::Kind::kDirect) << name;
  }
}

}  // namespace
}  // namespace hougu::app
