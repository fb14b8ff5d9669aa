#include <filesystem>
#include <fstream>
#include <sstream>

#include "schema/pack.h"

namespace hougu::schema {
namespace {

namespace fs = std::filesystem;

constexpr std::uintmax_t kLargestFile = 4u << 20;
constexpr std::size_t kMostFiles = 2'000;

Error unreadable(const fs::path& path, std::string cause) {
  auto error = invalid("pack.unreadable", {}, {{"path", path.string()}});
  error.cause = std::move(cause);
  return error;
}

Result<std::string> content_of(const fs::path& path) {
  std::ifstream in(path, std::ios::binary);
  std::ostringstream out;
  out << in.rdbuf();
  if (!in) return unreadable(path, "read failed");
  return std::move(out).str();
}

bool holds_a_pack(const fs::path& folder) { return fs::exists(folder / "pack.json"); }
}  // namespace

Result<PackFiles> read_pack_folder(const std::string& folder) {
  PackFiles files;
  std::error_code failed;
  const fs::path root(folder);
  if (!fs::is_directory(root, failed)) return unreadable(root, "no such folder");
  for (auto it = fs::recursive_directory_iterator(root, failed);
       !failed && it != fs::recursive_directory_iterator(); it.increment(failed)) {
    if (it->is_symlink(failed) || !it->is_regular_file(failed) || it->path().extension() != ".json")
      continue;
    if (it->file_size(failed) > kLargestFile || files.size() >= kMostFiles)
      return unreadable(it->path(), "too large");
    HOUGU_TRY(files[it->path().lexically_relative(root).generic_string()], content_of(it->path()));
  }
  if (failed) return unreadable(root, failed.message());
  return files;
}

Result<void> write_pack_folder(const std::string& folder, const PackFiles& files) {
  std::error_code failed;
  const fs::path root(folder);
  fs::create_directories(root, failed);
  if (failed) return unreadable(root, failed.message());
  if (!fs::is_empty(root, failed) && !holds_a_pack(root))
    return conflict("pack.folder_not_empty", {{"path", folder}});
  for (const auto& [path, text] : files) {
    const auto target = root / path;
    fs::create_directories(target.parent_path(), failed);
    std::ofstream out(target, std::ios::binary | std::ios::trunc);
    out << text;
    out.close();
    if (failed || !out) return unreadable(target, "write failed");
  }
  return {};
}
}  // namespace hougu::schema
