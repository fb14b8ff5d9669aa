#include "identity/passwords.h"

#include <argon2.h>

#include <algorithm>
#include <array>

#include "base/hash.h"
#include "base/text.h"

namespace hougu::identity {
namespace {

constexpr std::size_t kSaltBytes = 16, kHashBytes = 32;
constexpr std::size_t kMinCharacters = 10, kMaxBytes = 512;

// Of 10 characters and more; shorter ones are refused anyway. Folded.
constexpr std::array<std::string_view, 44> kCommon{
    "1234567890",   "12345678910",   "123456789a",  "a123456789",   "0123456789",   "9876543210",
    "0987654321",   "1111111111",    "0000000000",  "8888888888",   "6666666666",   "aaaaaaaaaa",
    "1q2w3e4r5t",   "1qaz2wsx3edc",  "qwertyuiop",  "qwerty123456", "qwertyuiop1",  "asdfghjkl123",
    "zxcvbnm123",   "password12",    "password123", "password1234", "password2024", "password2025",
    "password2026", "p@ssw0rd123",   "passw0rd123", "admin12345",   "admin123456",  "administrator",
    "letmein1234",  "welcome123",    "welcome1234", "changeme123",  "iloveyou123",  "woaini1314",
    "woaini520520", "woaini5201314", "5201314520",  "1314520520",   "qq123456789",  "abc1234567",
    "abcd123456",   "hougu12345"};

// Without 0 O 1 l I, which people confuse.
constexpr std::string_view kReadable = "23456789abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ";

Error refused(std::string code, std::string_view field,
              std::map<std::string, std::string> params = {}) {
  return invalid(std::move(code), std::string(field), std::move(params));
}

}  // namespace

Result<std::string> hash_password(std::string_view password, const PasswordCost& cost) {
  std::string salt;
  if (!from_base64url(random_token(kSaltBytes), salt)) return internal("salt");
  const std::size_t size = argon2_encodedlen(cost.passes, cost.memory_kib, cost.lanes, kSaltBytes,
                                             kHashBytes, Argon2_id);
  std::string encoded(size, '\0');
  const int code = argon2id_hash_encoded(cost.passes, cost.memory_kib, cost.lanes, password.data(),
                                         password.size(), salt.data(), salt.size(), kHashBytes,
                                         encoded.data(), encoded.size());
  if (code != ARGON2_OK) return internal(argon2_error_message(code));
  encoded.resize(encoded.find('\0'));
  return encoded;
}

bool verify_password(std::string_view password, const std::string& encoded) {
  return argon2id_verify(encoded.c_str(), password.data(), password.size()) == ARGON2_OK;
}

Result<void> check_password(std::string_view password, std::string_view login,
                            std::string_view field) {
  if (!valid_utf8(password)) return refused("field.characters", field);
  if (password.size() > kMaxBytes) {
    return refused("password.too_long", field, {{"max", std::to_string(kMaxBytes)}});
  }
  if (count_code_points(password) < kMinCharacters) {
    return refused("password.too_short", field, {{"min", std::to_string(kMinCharacters)}});
  }
  const std::string plain = folded(password);
  if (!login.empty() && plain == folded(login)) return refused("password.is_login", field);
  if (std::find(kCommon.begin(), kCommon.end(), plain) != kCommon.end()) {
    return refused("password.common", field);
  }
  return {};
}

std::string random_password() {
  std::string password;
  while (password.size() < 16) {
    std::string bytes;
    if (!from_base64url(random_token(32), bytes)) continue;
    for (const char c : bytes) {
      const std::size_t at = static_cast<unsigned char>(c) & 63;  // 64 > 56: the rest is dropped
      if (at < kReadable.size() && password.size() < 16) password += kReadable[at];
    }
  }
  return password;
}

PasswordWorker::PasswordWorker(int threads, const PasswordCost& cost) : cost_(cost) {
  for (int i = 0; i < std::max(threads, 1); ++i) threads_.emplace_back([this] { run(); });
}

PasswordWorker::~PasswordWorker() {
  {
    const std::lock_guard lock(mutex_);
    stopping_ = true;
  }
  filled_.notify_all();
  for (auto& thread : threads_) thread.join();
}

void PasswordWorker::hash(std::string password, Hashed done) {
  const bool taken = submit(
      [this, password = std::move(password), done] { done(hash_password(password, cost_)); });
  if (!taken) done(Error{ErrorKind::kUnavailable, "server.busy"});
}

void PasswordWorker::verify(std::string password, std::string encoded, Verified done) {
  const bool taken =
      submit([this, password = std::move(password), encoded = std::move(encoded), done] {
        const bool right = verify_password(password, encoded.empty() ? dummy_ : encoded);
        done(right && !encoded.empty());
      });
  if (!taken) done(Error{ErrorKind::kUnavailable, "server.busy"});
}

bool PasswordWorker::submit(std::function<void()> work) {
  {
    const std::lock_guard lock(mutex_);
    if (stopping_ || waiting_.size() >= kMaxWaiting) return false;
    waiting_.push_back(std::move(work));
  }
  filled_.notify_one();
  return true;
}

void PasswordWorker::run() {
  std::call_once(dummy_made_, [this] {
    if (auto hashed = hash_password(random_token(), cost_); hashed.ok()) dummy_ = *hashed;
  });
  for (;;) {
    std::function<void()> work;
    {
      std::unique_lock lock(mutex_);
      filled_.wait(lock, [this] { return stopping_ || !waiting_.empty(); });
      if (stopping_) return;
      work = std::move(waiting_.front());
      waiting_.pop_front();
    }
    work();
  }
}

}  // namespace hougu::identity
