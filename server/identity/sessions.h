// Who stands behind a session cookie or an API key. A token is 256 random bits; the database keeps
// its SHA-256 only. What was read once stays in a bounded cache, so that authentication costs no
// query; a change of users, roles, units, sessions or keys on any node drops what it concerns.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>

#include "identity/context.h"

namespace hougu::identity {

// Immutable but for the times of use.
struct Identity {
  Principal principal;
  std::string csrf_token;  // HMAC of the session's id; empty for API keys
  bool must_change_password = false;
  std::optional<Locale> locale;  // the person's own choice
  Millis created_at = 0;
  std::optional<Millis> expires_at;         // API keys
  mutable std::atomic<Millis> seen_at{0};   // sessions: the idle time counts from here
  mutable std::atomic<Millis> noted_at{0};  // when seen_at was last written to the database
};
using KnownIdentity = std::shared_ptr<const Identity>;

inline constexpr Millis kMaxIdle = 12 * 3'600'000LL;
inline constexpr Millis kMaxSession = 30 * 24 * 3'600'000LL;

// Thread-safe; outlives every request and is destroyed before the database.
class Sessions {
 public:
  Sessions(store::Database& database, const Clock& clock, IdSource& ids, std::string secret);
  ~Sessions();

  // Without a query; nullptr when the credential isn't known here (yet) or has expired.
  // `credential`: the session's token, or an API key ("hk_…").
  KnownIdentity cached(std::string_view credential);
  // Reads it. kUnauthenticated "session.required" (unknown, expired, ended, person inactive).
  // `done` is called once, at once when it is cached, otherwise on a database thread.
  void authenticate(std::string credential, std::function<void(Result<KnownIdentity>)> done);

  // Something of the organisation was changed: "user", "unit", "role", "session", "api_key".
  void changed(std::string_view entity, const Id& record);

 private:
  using Key = std::string;  // SHA-256 of the credential
  Result<KnownIdentity> read(store::Transaction& tx, std::string_view credential, Millis now);
  Result<std::shared_ptr<Identity>> read_session(store::Transaction& tx, const std::string& hash,
                                                 Millis now);
  Result<std::shared_ptr<Identity>> read_key(store::Transaction& tx, const std::string& hash,
                                             Millis now);
  Result<void> fill_person(store::Transaction& tx, Identity& identity, const Id& user);
  Result<std::shared_ptr<const Access>> access_of(store::Transaction& tx,
                                                  const std::vector<std::string>& roles);
  void keep(const Key& key, KnownIdentity identity, std::uint64_t generation);
  void note_use(const Identity& identity, Millis now);

  store::Database& database_;
  const Clock& clock_;
  IdSource& ids_;
  std::string secret_;
  std::shared_mutex mutex_;  // guards the maps
  std::unordered_map<Key, KnownIdentity> known_;
  std::map<std::string, std::shared_ptr<const Access>> access_;
  std::atomic<std::uint64_t> generation_{0};  // of what the cache was read from
  std::shared_ptr<void> subscription_;
};

struct NewSession {
  Id id;
  std::string token;  // for the cookie; nobody can read it again
};
Result<NewSession> start_session(const Context& context, const Id& user, std::string_view address,
                                 std::string_view agent);
// Ends one session, or all of a person but `keep`.
Result<void> end_session(const Context& context, const Id& session);
Result<void> end_sessions(const Context& context, const Id& user, const std::optional<Id>& keep);

std::string csrf_token(std::string_view secret, const Id& session);

}  // namespace hougu::identity
