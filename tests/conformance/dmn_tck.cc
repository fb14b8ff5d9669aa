// bin/conformance dmn-tck DIR: runs test cases in the layout of the public DMN TCK.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <pugixml.hpp>
#include <sstream>

#include "base/json.h"
#include "conformance/suites.h"
#include "dmn/engine.h"
#include "dmn/xml.h"

namespace hougu::conformance {
namespace {
namespace fs = std::filesystem;
using dmn::child;
using dmn::children;
using feel::Kind;
using feel::Value;

struct Score {
  std::size_t passed = 0;
  std::size_t total = 0;
  std::size_t passed_values = 0;
  std::size_t total_values = 0;
};

bool is_nil(const pugi::xml_node& node) {
  for (const pugi::xml_attribute& attribute : node.attributes()) {
    const std::string_view name = attribute.name();
    if (name == "nil" || name.ends_with(":nil"))
      return std::string_view(attribute.value()) == "true";
  }
  return false;
}

std::string type_of(const pugi::xml_node& node) {
  for (const pugi::xml_attribute& attribute : node.attributes()) {
    const std::string_view name = attribute.name();
    if (name != "type" && !name.ends_with(":type")) continue;
    const std::string_view value = attribute.value();
    return std::string(value.substr(value.find(':') + 1));
  }
  return {};
}

std::string content(const pugi::xml_node& node) {
  std::string out;
  for (const pugi::xml_node& part : node.children()) out += part.value();
  return out;
}

Value typed(const std::string& text, const std::string& type) {
  if (type == "boolean") return Value::boolean(text == "true" || text == "1");
  if (type == "decimal" || type == "double" || type == "integer" || type == "int" ||
      type == "long" || type == "float") {
    return Value::number(feel::Number::parse(text));
  }
  if (type == "date") {
    const auto days = feel::parse_date(text);
    return days ? Value::date(*days) : Value();
  }
  if (type == "time") {
    const auto time = feel::parse_time(text);
    return time ? Value(*time) : Value();
  }
  if (type == "dateTime") {
    const auto moment = feel::parse_date_time(text);
    return moment ? Value(*moment) : Value();
  }
  if (type == "duration" || type == "yearMonthDuration" || type == "dayTimeDuration") {
    if (const auto months = feel::parse_year_month(text)) return Value::year_month(*months);
    const auto nanos = feel::parse_day_time(text);
    return nanos ? Value::day_time(*nanos) : Value();
  }
  return Value::string(text);
}

// <value>, <list> or <component>s below `node`.
Value read_value(const pugi::xml_node& node) {
  const auto components = children(node, "component");
  if (!components.empty()) {
    std::vector<feel::ContextEntry> entries;
    for (const pugi::xml_node& component : components) {
      entries.push_back({component.attribute("name").value(), read_value(component)});
    }
    return Value::context(std::move(entries));
  }
  if (const pugi::xml_node list = child(node, "list"); list) {
    if (is_nil(list)) return {};
    std::vector<Value> items;
    for (const pugi::xml_node& item : children(list, "item")) items.push_back(read_value(item));
    return Value::list(std::move(items));
  }
  const pugi::xml_node value = child(node, "value");
  if (!value || is_nil(value)) return {};
  return typed(content(value), type_of(value));
}

// Numbers within 1e-8, lists in order, contexts by keys, the rest as typed values.
bool alike(const Value& expected, const Value& got) {
  if (expected.is(Kind::kNumber) && got.is(Kind::kNumber)) {
    const double a = expected.number().to_double();
    const double b = got.number().to_double();
    return std::abs(a - b) < 1e-8 || compare(expected.number(), got.number()) == 0;
  }
  if (expected.is(Kind::kList) && got.is(Kind::kList)) {
    return std::equal(expected.list().begin(), expected.list().end(), got.list().begin(),
                      got.list().end(), alike);
  }
  if (expected.is(Kind::kContext) && got.is(Kind::kContext)) {
    if (expected.context().entries.size() != got.context().entries.size()) return false;
    for (const feel::ContextEntry& entry : expected.context().entries) {
      const Value* other = got.context().find(entry.key);
      if (other == nullptr || !alike(entry.value, *other)) return false;
    }
    return true;
  }
  const bool zero_a = (expected.is(Kind::kDayTime) && expected.nanos() == 0) ||
                      (expected.is(Kind::kYearMonth) && expected.months() == 0);
  const bool zero_b = (got.is(Kind::kDayTime) && got.nanos() == 0) ||
                      (got.is(Kind::kYearMonth) && got.months() == 0);
  if (zero_a && zero_b) return true;  // P0D and P0M are written the same way by some
  return equal(expected, got).value_or(false);
}

Value select(const Value& value, const std::string& name) {
  if (!value.is(Kind::kContext)) return value;
  const Value* found = value.context().find(name);
  return found != nullptr ? *found : value;
}

std::string read_file(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  return out.str();
}

class Directory {
 public:
  Directory(const fs::path& path, bool verbose) : path_(path), verbose_(verbose) {
    std::vector<fs::path> files;
    for (const auto& entry : fs::directory_iterator(path)) files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    for (const fs::path& file : files) {
      if (file.extension() == ".dmn") {
        auto model = dmn::Model::read(read_file(file));
        if (model.ok()) {
          models_.emplace_back(file.filename().string(), *model);
        } else {
          std::printf("  %s: %s\n", file.filename().c_str(), model.error().code.c_str());
        }
      } else if (file.extension() == ".xml") {
        tests_.push_back(file);
      }
    }
  }

  Score run() {
    for (const fs::path& file : tests_) {
      pugi::xml_document document;
      // " " is a text that may be expected.
      document.load_file(file.c_str(), pugi::parse_default | pugi::parse_ws_pcdata_single);
      const pugi::xml_node root = document.document_element();
      if (dmn::local_name(root) != "testCases") continue;
      const auto engine = engine_of(content(child(root, "modelName")));
      for (const pugi::xml_node& test : children(root, "testCase")) run_case(engine, test);
    }
    return score_;
  }

 private:
  dmn::EnginePtr engine_of(const std::string& file) {
    std::vector<dmn::ModelPtr> others;
    dmn::ModelPtr main;
    for (const auto& [name, model] : models_) {
      if (name == file) {
        main = model;
      } else {
        others.push_back(model);
      }
    }
    if (!main && models_.size() == 1) main = models_[0].second;
    if (!main) return nullptr;
    auto engine = dmn::Engine::compile(main, others);
    if (engine.ok()) return *engine;
    std::string detail;
    for (const auto& [key, value] : engine.error().params) detail += " " + value;
    std::printf("  %s: %s%s\n", file.c_str(), engine.error().code.c_str(), detail.c_str());
    return nullptr;
  }

  void run_case(const dmn::EnginePtr& engine, const pugi::xml_node& test) {
    std::vector<feel::ContextEntry> inputs;
    for (const pugi::xml_node& node : children(test, "inputNode")) {
      inputs.push_back({node.attribute("name").value(), read_value(node)});
    }
    const Value given = Value::context(std::move(inputs));
    const std::string_view type = test.attribute("type").value();
    bool good = true;
    bool nothing = true;
    for (const pugi::xml_node& node : children(test, "resultNode")) {
      const std::string name = node.attribute("name").value();
      const Value expected = read_value(child(node, "expected"));
      nothing = nothing && expected.is_null();
      std::vector<feel::Diagnostic> reasons;
      feel::Evaluation run(&reasons);
      Value got;
      bool answered = false;
      if (engine) {
        auto result = type == "decisionService"
                          ? engine->serve(test.attribute("invocableName").value(), given, run)
                          : engine->decide(name, given, run);
        answered = result.ok();
        if (result.ok()) got = *std::move(result);
        if (type == "decisionService" && !alike(expected, got)) got = select(got, name);
      }
      if (answered && alike(expected, got)) continue;
      good = false;
      if (verbose_) report(test, name, expected, got, answered, reasons);
    }
    ++score_.total;
    if (good) ++score_.passed;
    if (nothing) return;
    ++score_.total_values;
    if (good) ++score_.passed_values;
  }

  void report(const pugi::xml_node& test, const std::string& name, const Value& expected,
              const Value& got, bool answered, const std::vector<feel::Diagnostic>& reasons) const {
    std::printf("  %s %s (%s): expected %s, got %s", path_.filename().c_str(),
                test.attribute("id").value(), name.c_str(), to_text(expected).c_str(),
                answered ? to_text(got).c_str() : "no answer");
    for (const feel::Diagnostic& reason : reasons) {
      std::printf(" [%s@%u %s]", reason.code.c_str(), reason.position, reason.detail.c_str());
    }
    std::printf("\n");
  }

  fs::path path_;
  bool verbose_;
  std::vector<std::pair<std::string, dmn::ModelPtr>> models_{};
  std::vector<fs::path> tests_{};
  Score score_{};
};

bool write_json(const char* path, const Score& score) {
  json::object out;
  out["suite"] = "dmn-tck";
  out["passed"] = score.passed;
  out["total"] = score.total;
  out["passed_non_null"] = score.passed_values;
  out["total_non_null"] = score.total_values;
  std::ofstream file(path);
  file << json::serialize(out) << "\n";
  return file.good();
}
}  // namespace

int run_dmn_tck(int count, char** arguments) {
  const char* folder = nullptr;
  const char* json = nullptr;
  bool verbose = false;
  for (int i = 0; i < count; ++i) {
    if (std::strcmp(arguments[i], "--json") == 0 && i + 1 < count) {
      json = arguments[++i];
    } else if (std::strcmp(arguments[i], "--failures") == 0) {
      verbose = true;
    } else {
      folder = arguments[i];
    }
  }
  if (folder == nullptr || !fs::is_directory(folder)) {
    std::fprintf(stderr, "dmn-tck: give the folder of the test cases\n");
    return 2;
  }
  std::vector<fs::path> directories;
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (!entry.is_regular_file() || entry.path().extension() != ".xml") continue;
    directories.push_back(entry.path().parent_path());
  }
  std::sort(directories.begin(), directories.end());
  directories.erase(std::unique(directories.begin(), directories.end()), directories.end());
  Score sum;
  for (const fs::path& directory : directories) {
    const Score score = Directory(directory, verbose).run();
    if (score.total == 0) continue;
    std::printf("%-64s %zu of %zu\n", fs::relative(directory, folder).c_str(), score.passed,
                score.total);
    sum.passed += score.passed;
    sum.total += score.total;
    sum.passed_values += score.passed_values;
    sum.total_values += score.total_values;
  }
  std::printf("dmn-tck: %zu of %zu passed (non-null %zu of %zu)\n", sum.passed, sum.total,
              sum.passed_values, sum.total_values);
  if (json != nullptr && !write_json(json, sum)) return 2;
  return 0;
}
}  // namespace hougu::conformance
