// A fuzz target without a fuzzer: its seeds, and the same mutilations of them in every run.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <random>
#include <sstream>
#include <string>
#include <vector>

#include "fuzz.h"

namespace {
std::vector<std::string> seeds() {
  std::vector<std::filesystem::path> files;
  for (const auto& entry : std::filesystem::directory_iterator(kFuzzSeeds)) files.push_back(entry);
  std::sort(files.begin(), files.end());
  std::vector<std::string> out;
  for (const auto& file : files) {
    std::ifstream in(file, std::ios::binary);
    std::ostringstream text;
    text << in.rdbuf();
    out.push_back(text.str());
  }
  return out;
}

void run(const std::string& text) {
  LLVMFuzzerTestOneInput(reinterpret_cast<const std::uint8_t*>(text.data()), text.size());
}

TEST(Mutations, NeverCrash) {
  const std::vector<std::string> texts = seeds();
  ASSERT_FALSE(texts.empty());
  std::mt19937 random(20260228);
  const auto pick = [&](std::size_t n) { return static_cast<std::size_t>(random() % n); };
  for (const std::string& text : texts) run(text);
  for (int i = 0; i < 20'000; ++i) {
    std::string text = texts[pick(texts.size())];
    for (std::size_t n = 1 + pick(4); n > 0 && !text.empty(); --n) {
      const std::size_t at = pick(text.size());
      const std::string& other = texts[pick(texts.size())];
      switch (pick(4)) {
        case 0:
          text.erase(at, 1 + pick(5));
          break;
        case 1:
          text[at] = static_cast<char>(pick(256));
          break;
        case 2:
          text.insert(at, other.substr(pick(other.size()), pick(20)));
          break;
        default:
          text.insert(at, text.substr(pick(text.size()), pick(30)));
          break;
      }
    }
    run(text);
  }
}
}  // namespace
