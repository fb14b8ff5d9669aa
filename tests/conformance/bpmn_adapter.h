// What the public BPMN suites write in their own ways, rewritten to what the product reads: script
// tokens become jobs of the format "token", Java-like conditions become FEEL.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "process/model/compile.h"

namespace hougu::conformance {

inline constexpr const char* kTokenFormat = "token";

std::string read_file(const std::filesystem::path& path);
// All *.bpmn files below a folder, in their order.
std::vector<std::filesystem::path> model_files(const std::filesystem::path& folder);
// `xml` with conditions and known tokens rewritten; as it is when it isn't XML.
std::string adapted(const std::string& xml);
std::string feel_condition(std::string text);
// Reads and compiles: problems of reading the file are among the problems.
process::Compiled deploy(const std::string& xml);
// The path of --json FILE, whether --failures was given, and the folder.
struct Arguments {
  const char* folder = nullptr;
  const char* json = nullptr;
  bool verbose = false;
};
Arguments arguments_of(int count, char** arguments);
// Prints "NAME: P of N passed" and writes the score.
int report(const char* suite, const Arguments& arguments, std::size_t passed, std::size_t total);
}  // namespace hougu::conformance
