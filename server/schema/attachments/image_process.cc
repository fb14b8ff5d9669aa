#include "schema/attachments/image_process.h"

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>

#include "base/json.h"
#include "schema/attachments/image_worker.h"

extern char** environ;

namespace hougu::attachments {
namespace {

constexpr std::size_t kLongestAnswer = 4096;

struct Child {
  pid_t pid = -1;
  int out = -1;
  ~Child() {
    if (out >= 0) ::close(out);
    if (pid < 0) return;
    ::kill(pid, SIGKILL);
    while (::waitpid(pid, nullptr, 0) < 0 && errno == EINTR) {
    }
  }
};

Result<void> start(const std::string& program, const std::string& type, const std::string& input,
                   const std::string& folder, Child& child) {
  std::array<int, 2> pipe{};
  if (::pipe2(pipe.data(), O_CLOEXEC) != 0)
    return internal(std::string("pipe: ") + ::strerror(errno));
  child.out = pipe[0];
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
  posix_spawn_file_actions_adddup2(&actions, pipe[1], 1);
  posix_spawn_file_actions_addopen(&actions, 2, "/dev/null", O_WRONLY, 0);
  std::array<std::string, 5> words{program, std::string(kImageWorkerCommand), type, input, folder};
  std::array<char*, 6> argv{};
  for (std::size_t i = 0; i < words.size(); ++i) argv[i] = words[i].data();
  const int failed =
      ::posix_spawn(&child.pid, program.c_str(), &actions, nullptr, argv.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  ::close(pipe[1]);
  if (failed != 0) {
    child.pid = -1;
    return internal(std::string("start the image worker: ") + ::strerror(failed));
  }
  return {};
}

// Reads until the end of the pipe; false when the time is up.
bool read_answer(int fd, int timeout_ms, std::string& answer) {
  using Time = std::chrono::steady_clock;
  const auto end = Time::now() + std::chrono::milliseconds(timeout_ms);
  std::array<char, 1024> buffer;
  for (;;) {
    const auto left =
        std::chrono::duration_cast<std::chrono::milliseconds>(end - Time::now()).count();
    if (left <= 0) return false;
    pollfd wait{fd, POLLIN, 0};
    const int ready = ::poll(&wait, 1, static_cast<int>(left));
    if (ready < 0 && errno == EINTR) continue;
    if (ready <= 0) return false;
    const ssize_t count = ::read(fd, buffer.data(), buffer.size());
    if (count < 0 && errno == EINTR) continue;
    if (count <= 0) return true;
    if (answer.size() < kLongestAnswer)
      answer.append(buffer.data(), static_cast<std::size_t>(count));
  }
}

Error refused(const json::object& answer) {
  const auto code = find_string(answer, "error").value_or("image.damaged");
  const auto cause = find_string(answer, "cause").value_or("");
  if (code == "internal") return internal(std::string(cause));
  Error error = invalid(std::string(code));
  if (const auto pixels = find_string(answer, "pixels")) error.params["pixels"] = *pixels;
  error.cause = cause;
  return error;
}
}  // namespace

Result<PreparedImage> prepare_image(const std::string& program, const std::string& type,
                                    const std::string& input, const std::string& folder,
                                    int timeout_ms) {
  Child child;
  HOUGU_CHECK(start(program, type, input, folder, child));
  std::string text;
  if (!read_answer(child.out, timeout_ms, text)) return invalid("image.too_slow");
  // A worker that was killed for its memory or time says nothing.
  const auto answer = parse_json(text);
  if (!answer.ok() || !answer->is_object()) return invalid("image.damaged");
  const json::object& object = answer->as_object();
  const auto saved = find_string(object, "type");
  const auto width = find_integer(object, "width");
  const auto height = find_integer(object, "height");
  if (!saved || !width || !height) return refused(object);
  return PreparedImage{std::string(*saved), *width, *height};
}
}  // namespace hougu::attachments
