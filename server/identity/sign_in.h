// Signing in with login and password. The order keeps slow hashing out of transactions: read the
// person and the failed tries, verify on a thread of its own, then one verb that either starts the
// session or counts the failure. An unknown login takes the same time and gets the same answer.
#pragma once

#include <functional>
#include <string>

#include "identity/passwords.h"
#include "identity/sessions.h"

namespace hougu::identity {

// Five failures of a login from one address lock it there for 30 s, doubled with each further one
// up to an hour; fifty from anywhere lock it for a minute. An hour without failures forgives all.
struct Lockout {
  int per_address = 5, per_login = 50;
  Millis first_ms = 30'000, login_ms = 60'000, longest_ms = 3'600'000, forgive_ms = 3'600'000;
};

// Thread-safe.
class SignIn {
 public:
  SignIn(store::Database& database, PasswordWorker& passwords, Sessions& sessions,
         const Clock& clock, IdSource& ids, const Lockout& lockout = {});

  struct Attempt {
    std::string login, password, address, agent;
  };
  // Errors: 401 "session.wrong_password", 429 "session.locked" with details.retry_after. `done` is
  // called once, from any thread.
  void sign_in(Attempt attempt, std::function<void(Result<NewSession>)> done);

  // Ends the person's other sessions. Errors: kInvalid "password.wrong_old" (field "old"),
  // "password.same", and those of check_password() (field "new").
  void change_password(const Principal& who, std::string old_password, std::string new_password,
                       std::function<void(Result<void>)> done);

 private:
  struct Try;
  void verify(const std::shared_ptr<Try>& attempt);
  void finish(const std::shared_ptr<Try>& attempt, bool right);
  Result<void> read_person(store::Transaction& tx, Try& attempt);
  Result<void> note_failure(store::Transaction& tx, const Try& attempt);
  Result<void> start(store::Transaction& tx, Try& attempt);
  void hash_new(const Principal& who, std::string password, std::function<void(Result<void>)> done);

  store::Database& database_;
  PasswordWorker& passwords_;
  Sessions& sessions_;
  const Clock& clock_;
  IdSource& ids_;
  Lockout lockout_;
};
}  // namespace hougu::identity
