#include "schema/exchange/encoding.h"

#include <unicode/ucnv.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "base/text.h"

namespace hougu::exchange {
namespace {

constexpr std::size_t kPiece = 64 * 1024;

using File = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

Result<File> open_file(const std::string& path) {
  File file(std::fopen(path.c_str(), "rbe"), &std::fclose);
  if (!file) return internal("open " + path + ": " + std::strerror(errno));
  return file;
}

Result<std::size_t> read_piece(std::FILE* file, char* to, std::size_t size) {
  const std::size_t count = std::fread(to, 1, size, file);
  if (count < size && std::ferror(file)) return internal("the table file can't be read");
  return count;
}

// Checks UTF-8 across the borders of pieces.
class Utf8Check {
 public:
  void add(std::string_view piece) {
    if (!valid_) return;
    rest_.append(piece);
    const std::size_t whole = rest_.size() - incomplete_tail();
    valid_ = valid_utf8(std::string_view(rest_).substr(0, whole));
    rest_.erase(0, whole);
  }
  bool valid() const { return valid_ && rest_.empty(); }

 private:
  // Bytes of a character at the end that more bytes could complete.
  std::size_t incomplete_tail() const {
    for (std::size_t back = 1; back <= 3 && back <= rest_.size(); ++back) {
      const auto byte = static_cast<unsigned char>(rest_[rest_.size() - back]);
      if ((byte & 0xc0) == 0x80) continue;
      const std::size_t length = byte >= 0xf0 ? 4 : byte >= 0xe0 ? 3 : byte >= 0xc0 ? 2 : 1;
      return length > back ? back : 0;
    }
    return 0;
  }
  std::string rest_;
  bool valid_ = true;
};

// Which of the two halves of ASCII characters in UTF-16 are zero.
std::string utf16_of(std::string_view head) {
  std::size_t even = 0, odd = 0;
  for (std::size_t i = 0; i + 1 < head.size(); i += 2) {
    even += head[i] == '\0';
    odd += head[i + 1] == '\0';
  }
  if (odd > 0 && even == 0) return "UTF-16LE";
  if (even > 0 && odd == 0) return "UTF-16BE";
  return {};
}

std::string by_mark(std::string_view head) {
  if (head.starts_with("\xef\xbb\xbf")) return "UTF-8";
  if (head.starts_with("\xff\xfe")) return "UTF-16LE";
  if (head.starts_with("\xfe\xff")) return "UTF-16BE";
  return {};
}
}  // namespace

Result<std::string> sniff_encoding(const std::string& path) {
  HOUGU_TRY(const File file, open_file(path));
  std::string piece(kPiece, '\0');
  Utf8Check check;
  bool first = true;
  for (;;) {
    HOUGU_TRY(const auto count, read_piece(file.get(), piece.data(), kPiece));
    const std::string_view read(piece.data(), count);
    if (first) {
      if (auto marked = by_mark(read); !marked.empty()) return marked;
      if (auto wide = utf16_of(read); !wide.empty()) return wide;
      first = false;
    }
    check.add(read);
    if (count < kPiece) return std::string(check.valid() ? "UTF-8" : "GB18030");
  }
}

struct TextFile::State {
  File file{nullptr, &std::fclose};
  std::string encoding;
  UConverter* from = nullptr;
  UConverter* to = nullptr;
  std::array<char, kPiece> in;
  std::array<char, 3 * kPiece> out;
  std::array<UChar, kPiece> pivot;
  UChar* pivot_source = nullptr;
  UChar* pivot_target = nullptr;
  const char* source = nullptr;
  const char* source_end = nullptr;
  bool at_end = false, started = false, finished = false;

  ~State() {
    if (from != nullptr) ucnv_close(from);
    if (to != nullptr) ucnv_close(to);
  }
};

TextFile::TextFile(std::unique_ptr<State> state) : state_(std::move(state)) {}
TextFile::~TextFile() = default;

Result<std::unique_ptr<TextFile>> TextFile::open(const std::string& path,
                                                 const std::string& encoding) {
  auto state = std::make_unique<State>();
  HOUGU_TRY(state->file, open_file(path));
  state->encoding = encoding;
  UErrorCode status = U_ZERO_ERROR;
  state->from = ucnv_open(encoding.c_str(), &status);
  state->to = ucnv_open("UTF-8", &status);
  if (U_SUCCESS(status)) {
    ucnv_setToUCallBack(state->from, UCNV_TO_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
    ucnv_setFromUCallBack(state->to, UCNV_FROM_U_CALLBACK_STOP, nullptr, nullptr, nullptr, &status);
  }
  if (U_FAILURE(status)) return internal("converter for " + encoding);
  return std::unique_ptr<TextFile>(new TextFile(std::move(state)));
}

Result<std::string_view> TextFile::next() {
  State& s = *state_;
  constexpr std::string_view kMark = "\xef\xbb\xbf";
  while (!s.finished) {
    if (s.source == s.source_end && !s.at_end) {
      HOUGU_TRY(const auto count, read_piece(s.file.get(), s.in.data(), s.in.size()));
      s.source = s.in.data();
      s.source_end = s.source + count;
      s.at_end = count < s.in.size();
    }
    const bool fresh = !s.started;
    if (fresh) s.pivot_source = s.pivot_target = s.pivot.data();
    UErrorCode status = U_ZERO_ERROR;
    char* target = s.out.data();
    ucnv_convertEx(s.to, s.from, &target, s.out.data() + s.out.size(), &s.source, s.source_end,
                   s.pivot.data(), &s.pivot_source, &s.pivot_target,
                   s.pivot.data() + s.pivot.size(), fresh, s.at_end, &status);
    s.started = true;
    if (U_FAILURE(status) && status != U_BUFFER_OVERFLOW_ERROR) {
      s.finished = true;
      return invalid("import.encoding", {}, {{"encoding", s.encoding}});
    }
    s.finished = s.at_end && status != U_BUFFER_OVERFLOW_ERROR;
    std::string_view text(s.out.data(), static_cast<std::size_t>(target - s.out.data()));
    if (fresh && text.starts_with(kMark)) text.remove_prefix(kMark.size());
    if (!text.empty()) return text;
  }
  return std::string_view();
}
}  // namespace hougu::exchange
