#include "http/body_source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>

#include "http/headers.h"

namespace hougu::http {
namespace {
constexpr std::uint64_t kFileChunk = 256 * 1024;

bool name_is(std::string_view name, std::string_view lower_case) {
  return name.size() == lower_case.size() &&
         std::equal(name.begin(), name.end(), lower_case.begin(),
                    [](char a, char b) { return (a | 0x20) == b; });
}

std::string_view find_header(const Headers& headers, std::string_view lower_case) {
  for (const auto& [name, value] : headers)
    if (name_is(name, lower_case)) return value;
  return {};
}

class FileSource final : public BodySource {
 public:
  FileSource(FileBody body, int status, std::string range)
      : body_(std::move(body)), status_(status), range_(std::move(range)) {}

  ~FileSource() override {
    if (file_ >= 0) ::close(file_);
    if (body_.remove_afterwards) ::unlink(body_.path.c_str());
  }

  Result<Start> start() override {
    file_ = ::open(body_.path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    struct stat info {};
    if (file_ < 0 || ::fstat(file_, &info) != 0) {
      const int code = errno;
      auto error = internal(body_.path + ": " + std::strerror(code));
      if (code == ENOENT) {
        error.kind = ErrorKind::kNotFound;
        error.code = "not_found";
      }
      return error;
    }
    if (!S_ISREG(info.st_mode)) return internal(body_.path + ": not a file");
    const auto size = static_cast<std::uint64_t>(info.st_size);
    Start start{status_, size, {}};
    left_ = size;
    if (status_ == 200) start.headers.emplace_back("Accept-Ranges", "bytes");
    ByteRange part;
    switch (range_.empty() ? RangeResult::kWhole : parse_range(range_, size, part)) {
      case RangeResult::kWhole:
        break;
      case RangeResult::kPart:
        at_ = part.first;
        left_ = part.last - part.first + 1;
        start.status = 206;
        start.headers.emplace_back("Content-Range", "bytes " + std::to_string(part.first) + "-" +
                                                        std::to_string(part.last) + "/" +
                                                        std::to_string(size));
        break;
      case RangeResult::kUnsatisfiable:
        left_ = 0;
        start.status = 416;
        start.headers.emplace_back("Content-Range", "bytes */" + std::to_string(size));
        break;
    }
    start.length = left_;
    return start;
  }

  Result<bool> next(std::string& chunk) override {
    const auto before = chunk.size();
    const auto wanted = static_cast<std::size_t>(std::min(left_, kFileChunk));
    chunk.resize(before + wanted);
    std::size_t got = 0;
    while (got < wanted) {
      const auto read =
          ::pread(file_, chunk.data() + before + got, wanted - got, static_cast<off_t>(at_ + got));
      if (read < 0 && errno == EINTR) continue;
      // The length is promised already: a file that got shorter ends the connection.
      if (read <= 0) return internal(body_.path + ": " + (read < 0 ? std::strerror(errno) : "cut"));
      got += static_cast<std::size_t>(read);
    }
    at_ += got;
    left_ -= got;
    return left_ > 0;
  }

 private:
  FileBody body_;
  int status_;
  std::string range_;
  int file_ = -1;
  std::uint64_t at_ = 0, left_ = 0;
};

class ProducerSource final : public BodySource {
 public:
  ProducerSource(ChunkProducer producer, int status)
      : producer_(std::move(producer)), status_(status) {}

  Result<Start> start() override { return Start{status_, std::nullopt, {}}; }

  Result<bool> next(std::string& chunk) override {
    try {
      return producer_(chunk);
    } catch (const std::exception& exception) {
      return internal(exception.what());
    }
  }

 private:
  ChunkProducer producer_;
  int status_;
};
}  // namespace

std::shared_ptr<BodySource> make_body_source(Response& response, const Request& request) {
  if (!response.file)
    return std::make_shared<ProducerSource>(std::move(response.chunks), response.status);
  std::string range;
  const bool reads = request.method == Method::kGet || request.method == Method::kHead;
  if (reads && response.status == 200) range = request.header("range");
  if (const auto condition = request.header("if-range"); !condition.empty()) {
    const auto etag = find_header(response.headers, "etag");
    const bool same = condition == find_header(response.headers, "last-modified") ||
                      (condition == etag && etag.substr(0, 2) != "W/");
    if (!same) range.clear();
  }
  auto file = std::move(*response.file);
  response.file.reset();
  return std::make_shared<FileSource>(std::move(file), response.status, std::move(range));
}
}  // namespace hougu::http
