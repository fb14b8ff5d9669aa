#include "load/server_process.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>

#include "load/http_load.h"

namespace hougu::load {
namespace {

pid_t start(const std::vector<std::string>& arguments, bool quiet) {
  std::vector<char*> argv;
  for (const auto& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
  argv.push_back(nullptr);
  const pid_t pid = fork();
  if (pid != 0) return pid;
  if (quiet) {
    const int null = open("/dev/null", O_WRONLY);
    dup2(null, STDOUT_FILENO);
    dup2(null, STDERR_FILENO);
  }
  execv(argv[0], argv.data());
  _exit(127);
}
}  // namespace

std::uint16_t free_port() {
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  bind(fd, reinterpret_cast<sockaddr*>(&address), size);
  getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size);
  close(fd);
  return ntohs(address.sin_port);
}

int run_program(const std::vector<std::string>& arguments) {
  const pid_t pid = start(arguments, true);
  int status = 0;
  if (pid < 0 || waitpid(pid, &status, 0) < 0) return -1;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

ServerProcess::ServerProcess(const std::string& program, std::vector<std::string> arguments)
    : port_(free_port()) {
  using Clock = std::chrono::steady_clock;
  std::vector<std::string> all{program, "serve", "--listen", "127.0.0.1:" + std::to_string(port_)};
  all.insert(all.end(), arguments.begin(), arguments.end());
  const auto begin = Clock::now();
  pid_ = start(all, true);
  const auto seconds = [&] { return std::chrono::duration<double>(Clock::now() - begin).count(); };
  while (seconds() < 60) {
    int status = 0;
    if (waitpid(pid_, &status, WNOHANG) == pid_) {
      std::fprintf(stderr, "hougu_load: the server ended by itself (status %d)\n", status);
      std::exit(1);
    }
    if (request_once(port_, "GET /readyz HTTP/1.1\r\nhost: x\r\n\r\n").status == 200) {
      start_seconds_ = seconds();
      return;
    }
    usleep(2'000);
  }
  std::fprintf(stderr, "hougu_load: the server wasn't ready within 60 s\n");
  kill(pid_, SIGKILL);
  std::exit(1);
}

ServerProcess::~ServerProcess() {
  if (pid_ <= 0) return;
  kill(pid_, SIGTERM);
  waitpid(pid_, nullptr, 0);
}

void ServerProcess::kill_hard() {
  kill(pid_, SIGKILL);
  waitpid(pid_, nullptr, 0);
  pid_ = -1;
}

double ServerProcess::resident_megabytes() const {
  std::ifstream status("/proc/" + std::to_string(pid_) + "/status");
  std::string line;
  while (std::getline(status, line))
    if (line.starts_with("VmRSS:")) return std::atof(line.c_str() + 6) / 1024.0;
  return 0;
}
}  // namespace hougu::load
