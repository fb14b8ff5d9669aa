// What the tests of this folder share.
#pragma once

#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

namespace hougu::attachments {

// A folder that lives as long as the object.
class TempFolder {
 public:
  TempFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "hougu-test-XXXXXX").string();
    path_ = ::mkdtemp(name.data());
  }
  ~TempFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  TempFolder(const TempFolder&) = delete;
  TempFolder& operator=(const TempFolder&) = delete;
  const std::string& path() const { return path_; }
  std::string file(const std::string& name, const std::string& content) const {
    const std::string to = path_ + "/" + name;
    std::ofstream(to, std::ios::binary) << content;
    return to;
  }

 private:
  std::string path_;
};

inline std::string content_of(const std::string& path) {
  std::ostringstream out;
  out << std::ifstream(path, std::ios::binary).rdbuf();
  return out.str();
}

// Tests run in the root of the sources.
inline std::string fixture(const std::string& name) {
  return content_of("server/schema/attachments/testdata/" + name);
}
}  // namespace hougu::attachments
