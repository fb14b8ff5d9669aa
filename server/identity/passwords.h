// Passwords: Argon2id (RFC 9106) in its encoded form "$argon2id$v=19$m=…$salt$hash". One hashing
// takes tens of milliseconds and 19 MiB, so it runs on threads of its own, never inside a
// transaction, and only a bounded number waits.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "base/result.h"

namespace hougu::identity {

// OWASP's recommendation of 2024 for Argon2id: 19 MiB, 2 passes, 1 lane. Encoded hashes carry their
// own cost, so older ones stay valid when this changes.
struct PasswordCost {
  std::uint32_t memory_kib = 19'456, passes = 2, lanes = 1;
};

Result<std::string> hash_password(std::string_view password, const PasswordCost& cost = {});
// False for a malformed hash too.
bool verify_password(std::string_view password, const std::string& encoded);

// At least 10 characters, not the login name, not one of the passwords that everybody tries first.
// Errors: "password.too_short" {min}, "password.too_long" {max}, "password.is_login",
// "password.common"; all with the field `field`.
Result<void> check_password(std::string_view password, std::string_view login,
                            std::string_view field = "password");

// A password for a new person to change: 16 characters without look-alikes.
std::string random_password();

// Hashes on its own threads. Thread-safe; the destructor finishes what is running and drops the
// rest.
class PasswordWorker {
 public:
  explicit PasswordWorker(int threads = 1, const PasswordCost& cost = {});
  ~PasswordWorker();
  PasswordWorker(const PasswordWorker&) = delete;
  PasswordWorker& operator=(const PasswordWorker&) = delete;

  using Hashed = std::function<void(Result<std::string>)>;
  using Verified = std::function<void(Result<bool>)>;
  // `done` runs on a worker thread; kUnavailable "server.busy" at once when too many wait.
  void hash(std::string password, Hashed done);
  // An empty `encoded` (no such person) takes as long as a wrong password does, and is false.
  void verify(std::string password, std::string encoded, Verified done);

 private:
  static constexpr std::size_t kMaxWaiting = 64;
  bool submit(std::function<void()> work);
  void run();

  PasswordCost cost_;
  std::once_flag dummy_made_;
  std::string dummy_;  // hash of nobody's password; made by the first thread, off the start's path
  std::mutex mutex_;
  std::condition_variable filled_;
  std::deque<std::function<void()>> waiting_;
  bool stopping_ = false;
  std::vector<std::thread> threads_;
};
}  // namespace hougu::identity
