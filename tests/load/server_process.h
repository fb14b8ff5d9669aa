// A hougu server of our own as a child process on loopback, ended by its id.
#pragma once

#include <sys/types.h>

#include <cstdint>
#include <string>
#include <vector>

namespace hougu::load {

// Runs a program to its end; its exit code, or -1 when it couldn't be started.
int run_program(const std::vector<std::string>& arguments);

class ServerProcess {
 public:
  // Starts `program serve …` on a free port and waits until it answers /readyz; exits this program
  // with a message when it doesn't within 60 s.
  ServerProcess(const std::string& program, std::vector<std::string> arguments);
  ~ServerProcess();  // SIGTERM, then waits
  ServerProcess(const ServerProcess&) = delete;
  ServerProcess& operator=(const ServerProcess&) = delete;

  std::uint16_t port() const { return port_; }
  pid_t pid() const { return pid_; }
  // From fork to the first 200 of /readyz.
  double start_seconds() const { return start_seconds_; }
  double resident_megabytes() const;
  void kill_hard();  // SIGKILL

 private:
  pid_t pid_ = -1;
  std::uint16_t port_ = 0;
  double start_seconds_ = 0;
};

std::uint16_t free_port();
}  // namespace hougu::load
