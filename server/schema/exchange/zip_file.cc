#include "schema/exchange/zip_file.h"

#include <minizip/unzip.h>
#include <sys/stat.h>

#include <array>
#include <map>

namespace hougu::exchange {
namespace {
Error damaged(std::string_view what) {
  return invalid("import.damaged", {}, {{"what", std::string(what)}});
}
Error too_large(std::string_view what) {
  return invalid("import.too_large", {}, {{"what", std::string(what)}});
}
}  // namespace

struct ZipFile::State {
  unzFile zip = nullptr;
  ZipLimits limits;
  std::map<std::string, unz64_file_pos, std::less<>> entries;
  std::string current;
  bool reading = false;
  std::uint64_t came_out = 0;
  std::uint64_t file_bytes = 0;  // nothing that is read can have come from more than these
  std::array<char, 64 * 1024> buffer;

  ~State() {
    if (reading) unzCloseCurrentFile(zip);
    if (zip != nullptr) unzClose(zip);
  }

  Result<void> list_entries() {
    unz_global_info64 info{};
    if (unzGetGlobalInfo64(zip, &info) != UNZ_OK) return damaged("zip");
    if (info.number_entry > limits.max_entries) return too_large("zip");
    int status = unzGoToFirstFile(zip);
    for (std::size_t count = 0; status == UNZ_OK; ++count) {
      if (count > limits.max_entries) return too_large("zip");
      std::array<char, 512> name{};
      unz_file_info64 entry{};
      unz64_file_pos position{};
      if (unzGetCurrentFileInfo64(zip, &entry, name.data(), name.size() - 1, nullptr, 0, nullptr,
                                  0) != UNZ_OK ||
          unzGetFilePos64(zip, &position) != UNZ_OK) {
        return damaged("zip");
      }
      if (entry.size_filename < name.size()) entries.emplace(name.data(), position);
      status = unzGoToNextFile(zip);
    }
    if (status != UNZ_END_OF_LIST_OF_FILE) return damaged("zip");
    return {};
  }

  Result<void> check_limits() const {
    const bool bomb = came_out > limits.free_bytes && came_out / limits.max_ratio > file_bytes;
    if (bomb || came_out > limits.max_total_bytes) return too_large(current);
    return {};
  }
};

ZipFile::ZipFile(std::unique_ptr<State> state) : state_(std::move(state)) {}
ZipFile::~ZipFile() = default;

Result<std::unique_ptr<ZipFile>> ZipFile::open(const std::string& path, const ZipLimits& limits) {
  auto state = std::make_unique<State>();
  state->limits = limits;
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0) return damaged("zip");
  state->file_bytes = static_cast<std::uint64_t>(info.st_size);
  state->zip = unzOpen64(path.c_str());
  if (state->zip == nullptr) return damaged("zip");
  HOUGU_CHECK(state->list_entries());
  return std::unique_ptr<ZipFile>(new ZipFile(std::move(state)));
}

bool ZipFile::has(std::string_view name) const { return state_->entries.contains(name); }

Result<void> ZipFile::start(const std::string& name) {
  State& s = *state_;
  if (s.reading) unzCloseCurrentFile(s.zip);
  s.reading = false;
  s.current = name;
  const auto it = s.entries.find(name);
  if (it == s.entries.end()) return damaged(name);
  if (unzGoToFilePos64(s.zip, &it->second) != UNZ_OK || unzOpenCurrentFile(s.zip) != UNZ_OK) {
    return damaged(name);
  }
  s.reading = true;
  return {};
}

Result<std::string_view> ZipFile::next() {
  State& s = *state_;
  if (!s.reading) return std::string_view();
  const int count =
      unzReadCurrentFile(s.zip, s.buffer.data(), static_cast<unsigned>(s.buffer.size()));
  if (count < 0) return damaged(s.current);
  s.came_out += static_cast<std::uint64_t>(count);
  HOUGU_CHECK(s.check_limits());
  if (count == 0) {
    s.reading = false;
    if (unzCloseCurrentFile(s.zip) != UNZ_OK) return damaged(s.current);  // wrong checksum
  }
  return std::string_view(s.buffer.data(), static_cast<std::size_t>(count));
}

Result<std::string> ZipFile::read(const std::string& name, std::size_t max_bytes) {
  HOUGU_CHECK(start(name));
  std::string out;
  for (;;) {
    HOUGU_TRY(const auto piece, next());
    if (piece.empty()) return out;
    if (out.size() + piece.size() > max_bytes) return too_large(name);
    out.append(piece);
  }
}
}  // namespace hougu::exchange
