#include "schema/exchange/shared_strings.h"

#include <stdlib.h>
#include <unistd.h>

#include <cerrno>
#include <charconv>
#include <cstring>
#include <filesystem>

#include "base/text.h"
#include "schema/exchange/table_reader.h"
#include "schema/exchange/xml_parser.h"

namespace hougu::exchange {
namespace {
constexpr std::size_t kInMemory = 16u << 20;
constexpr std::size_t kMaxTexts = 5'000'000;
}  // namespace

std::string unescaped(std::string_view text) {
  if (text.find("_x") == std::string_view::npos) return std::string(text);
  std::string out;
  for (std::size_t i = 0; i < text.size();) {
    const bool escape =
        text.size() - i >= 7 && text[i] == '_' && text[i + 1] == 'x' && text[i + 6] == '_';
    unsigned code = 0;
    const char* const digits = text.data() + i + 2;
    if (escape && std::from_chars(digits, digits + 4, code, 16).ptr == digits + 4 &&
        (code < 0xd800 || code > 0xdfff) && code != 0) {
      append_code_point(out, code);
      i += 7;
    } else {
      out += text[i++];
    }
  }
  return out;
}

// <si> holds one text, in one <t> or in several runs; readings (<rPh>) aren't part of it.
class SharedStringsHandler final : public XmlHandler {
 public:
  explicit SharedStringsHandler(SharedStrings& strings) : strings_(strings) {}
  void start(std::string_view name, const XmlAttributes&) override {
    if (name == "si") text_.clear();
    if (name == "rPh") reading_ = true;
    in_text_ = name == "t" && !reading_;
  }
  void end(std::string_view name) override {
    if (name == "rPh") reading_ = false;
    if (name == "t") in_text_ = false;
    if (name != "si") return;
    if (auto added = strings_.add(text_); !added.ok()) error = std::move(added).error();
  }
  void text(std::string_view text) override {
    if (in_text_ && text_.size() < kMaxCellBytes) text_.append(text);
  }

 private:
  SharedStrings& strings_;
  std::string text_;
  bool in_text_ = false, reading_ = false;
};

SharedStrings::~SharedStrings() {
  if (file_ >= 0) ::close(file_);
}

Result<void> SharedStrings::load(ZipFile& zip, const std::string& part) {
  SharedStringsHandler handler(*this);
  XmlParser parser(handler, part);
  HOUGU_CHECK(zip.start(part));
  for (;;) {
    HOUGU_TRY(const auto piece, zip.next());
    HOUGU_CHECK(parser.feed(piece, piece.empty()));
    if (piece.empty()) return {};
  }
}

Result<void> SharedStrings::add(std::string_view text) {
  if (ends_.size() >= kMaxTexts) {
    return invalid("import.too_large", {}, {{"what", "sharedStrings"}});
  }
  buffer_.append(unescaped(text));
  ends_.push_back(in_file_ + buffer_.size());
  return buffer_.size() < kInMemory ? Result<void>() : spill();
}

Result<void> SharedStrings::spill() {
  if (file_ < 0) {
    std::string name = (std::filesystem::temp_directory_path() / "hougu-texts-XXXXXX").string();
    file_ = ::mkstemp(name.data());
    if (file_ < 0) return internal(std::string("temporary file: ") + std::strerror(errno));
    ::unlink(name.c_str());
  }
  for (std::size_t at = 0; at < buffer_.size();) {
    const ssize_t count = ::write(file_, buffer_.data() + at, buffer_.size() - at);
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return Error{ErrorKind::kStorageFull, "storage.full"};
    at += static_cast<std::size_t>(count);
  }
  in_file_ += buffer_.size();
  buffer_.clear();
  return {};
}

Result<std::string> SharedStrings::get(std::size_t index) const {
  const std::uint64_t from = index == 0 ? 0 : ends_[index - 1];
  const std::uint64_t size = ends_[index] - from;
  if (from >= in_file_) return buffer_.substr(from - in_file_, size);
  std::string text(size, '\0');
  for (std::size_t at = 0; at < size;) {
    const ssize_t count =
        ::pread(file_, text.data() + at, size - at, static_cast<off_t>(from + at));
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return internal("temporary file of texts can't be read");
    at += static_cast<std::size_t>(count);
  }
  return text;
}
}  // namespace hougu::exchange
