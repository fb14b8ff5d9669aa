#include "identity/sign_in.h"

#include <algorithm>

#include "base/hash.h"
#include "identity/rate_limiter.h"
#include "identity/users.h"

namespace hougu::identity {
namespace {

Error wrong_password() { return {ErrorKind::kUnauthenticated, "session.wrong_password"}; }

// People type passwords into the login field: what was tried is kept as a digest only.
std::string subject_of(std::string_view login, std::string_view address) {
  return sha256_hex(std::string(login) + "\n" + std::string(address));
}

struct Failures {
  std::int64_t count = 0;
  Millis last_at = 0, locked_until = 0;
};

Result<Failures> failures_of(store::Transaction& tx, const std::string& subject) {
  HOUGU_TRY(const auto found,
            tx.first("SELECT failures, last_at, locked_until FROM login_attempt WHERE subject = $1",
                     {subject}, [](const store::Row& row) {
                       return Failures{row.integer(0), row.integer(1), row.integer(2)};
                     }));
  return found.value_or(Failures{});
}

Result<void> store_failures(store::Transaction& tx, const std::string& subject,
                            const Failures& failures) {
  return tx.execute(
      "INSERT INTO login_attempt (subject, failures, last_at, locked_until) "
      "VALUES ($1, $2, $3, $4) ON CONFLICT (subject) DO UPDATE SET failures = excluded.failures, "
      "last_at = excluded.last_at, locked_until = excluded.locked_until",
      {subject, failures.count, failures.last_at, failures.locked_until});
}

Principal principal_of(const Id& user, std::string name) {
  Principal principal;
  principal.kind = store::ActorKind::kUser;
  principal.id = user;
  principal.name = std::move(name);
  return principal;
}

}  // namespace

struct SignIn::Try {
  Attempt attempt;
  std::function<void(Result<NewSession>)> done;
  std::string login;  // folded
  std::string by_address, by_login;
  Millis now = 0;
  Id user;
  std::string name, hash;  // empty: no such person, or no password
  Millis locked_until = 0;
  NewSession session;
};

SignIn::SignIn(store::Database& database, PasswordWorker& passwords, Sessions& sessions,
               const Clock& clock, IdSource& ids, const Lockout& lockout)
    : database_(database),
      passwords_(passwords),
      sessions_(sessions),
      clock_(clock),
      ids_(ids),
      lockout_(lockout) {}

void SignIn::sign_in(Attempt attempt, std::function<void(Result<NewSession>)> done) {
  auto one = std::make_shared<Try>();
  one->attempt = std::move(attempt);
  one->done = std::move(done);
  one->login = folded_login(one->attempt.login);
  one->by_address = subject_of(one->login, one->attempt.address);
  one->by_login = subject_of(one->login, "*");
  one->now = clock_.now();
  database_.read_async(
      [this, one](store::Transaction& tx) { return read_person(tx, *one); },
      [this, one](Result<void> result) {
        if (!result.ok()) return one->done(std::move(result).error());
        if (one->locked_until > one->now) {
          return one->done(too_many_requests("session.locked", one->locked_until - one->now));
        }
        verify(one);
      });
}

Result<void> SignIn::read_person(store::Transaction& tx, Try& one) {
  HOUGU_TRY(const auto here, failures_of(tx, one.by_address));
  HOUGU_TRY(const auto anywhere, failures_of(tx, one.by_login));
  one.locked_until = std::max(here.locked_until, anywhere.locked_until);
  HOUGU_TRY(const auto found,
            tx.first("SELECT id, name, password FROM org_user WHERE login = $1 AND active = $2",
                     {one.login, true}, [&](const store::Row& row) {
                       one.user = row.id(0);
                       one.name = row.text(1);
                       one.hash = row.is_null(2) ? "" : std::string(row.text(2));
                       return true;
                     }));
  static_cast<void>(found);  // an empty hash is verified like a wrong one
  return {};
}

void SignIn::verify(const std::shared_ptr<Try>& one) {
  passwords_.verify(one->attempt.password, one->hash, [this, one](Result<bool> right) {
    if (!right.ok()) return one->done(std::move(right).error());
    finish(one, *right);
  });
}

void SignIn::finish(const std::shared_ptr<Try>& one, bool right) {
  database_.write_async(
      [this, one, right](store::Transaction& tx) -> Result<void> {
        if (!right) return note_failure(tx, *one);
        return start(tx, *one);
      },
      [one, right](Result<void> result) {
        if (!result.ok()) return one->done(std::move(result).error());
        if (!right) return one->done(wrong_password());
        one->done(std::move(one->session));
      });
}

Result<void> SignIn::note_failure(store::Transaction& tx, const Try& one) {
  HOUGU_CHECK(tx.execute("DELETE FROM login_attempt WHERE last_at < $1",
                         {one.now - 24 * lockout_.forgive_ms}));
  bool locked = false;
  for (const bool here : {true, false}) {
    const std::string& subject = here ? one.by_address : one.by_login;
    const int limit = here ? lockout_.per_address : lockout_.per_login;
    HOUGU_TRY(auto failures, failures_of(tx, subject));
    if (one.now - failures.last_at > lockout_.forgive_ms) failures.count = 0;
    ++failures.count;
    failures.last_at = one.now;
    failures.locked_until = 0;
    if (failures.count >= limit) {
      const auto doublings = std::min<std::int64_t>(failures.count - limit, 20);
      const Millis wait = here ? lockout_.first_ms << doublings : lockout_.login_ms;
      failures.locked_until = one.now + std::min(wait, lockout_.longest_ms);
      locked = true;
    }
    HOUGU_CHECK(store_failures(tx, subject, failures));
  }
  if (!locked) return {};
  const Principal nobody = principal_of(one.user, one.name);
  return leave_event({tx, nobody, ids_, one.now}, "session", "locked", one.user, 0, {},
                     {{"address", one.attempt.address}});
}

Result<void> SignIn::start(store::Transaction& tx, Try& one) {
  // The person may have been changed while the password was verified.
  HOUGU_TRY(const auto same,
            tx.first("SELECT id FROM org_user WHERE id = $1 AND active = $2 AND password = $3",
                     {one.user, true, one.hash}, [](const store::Row&) { return true; }));
  if (!same) return wrong_password();
  HOUGU_CHECK(tx.execute("DELETE FROM login_attempt WHERE subject = $1 OR subject = $2",
                         {one.by_address, one.by_login}));
  const Principal person = principal_of(one.user, one.name);
  HOUGU_TRY(one.session, start_session({tx, person, ids_, one.now, &sessions_}, one.user,
                                       one.attempt.address, one.attempt.agent));
  return {};
}

void SignIn::change_password(const Principal& who, std::string old_password,
                             std::string new_password, std::function<void(Result<void>)> done) {
  struct Person {
    std::string login, hash;
  };
  auto person = std::make_shared<Person>();
  const Id user = who.id;
  auto verified = [this, who, old_password, new_password, done](Result<bool> right) {
    if (!right.ok()) return done(std::move(right).error());
    if (!*right) return done(invalid("password.wrong_old", "old"));
    if (old_password == new_password) return done(invalid("password.same", "new"));
    hash_new(who, new_password, done);
  };
  database_.read_async(
      [person, user](store::Transaction& tx) -> Result<void> {
        HOUGU_TRY(const auto found, tx.first("SELECT login, password FROM org_user WHERE id = $1",
                                             {user}, [&](const store::Row& row) {
                                               person->login = row.text(0);
                                               person->hash =
                                                   row.is_null(1) ? "" : std::string(row.text(1));
                                               return true;
                                             }));
        if (!found) return not_found();
        return {};
      },
      [this, person, old_password, new_password, verified, done](Result<void> result) {
        if (result.ok()) result = check_password(new_password, person->login, "new");
        if (!result.ok()) return done(std::move(result).error());
        passwords_.verify(old_password, person->hash, verified);
      });
}

void SignIn::hash_new(const Principal& who, std::string password,
                      std::function<void(Result<void>)> done) {
  passwords_.hash(std::move(password), [this, who, done](Result<std::string> hash) {
    if (!hash.ok()) return done(std::move(hash).error());
    database_.write_async(
        [this, who, hash = std::move(*hash)](store::Transaction& tx) {
          return set_password({tx, who, ids_, clock_.now(), &sessions_}, who.id, hash, false,
                              who.session);
        },
        done);
  });
}

}  // namespace hougu::identity
