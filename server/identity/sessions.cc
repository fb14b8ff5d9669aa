#include "identity/sessions.h"

#include <algorithm>

#include "base/hash.h"
#include "base/text.h"
#include "identity/api_keys.h"
#include "identity/roles.h"
#include "identity/units.h"

namespace hougu::identity {
namespace {

constexpr std::size_t kMaxKnown = 10'000;
constexpr Millis kNoteEvery = 5 * 60'000LL;
constexpr std::size_t kMaxCredential = 200;

Error signed_out() { return {ErrorKind::kUnauthenticated, "session.required"}; }

bool fresh(const Identity& identity, Millis now) {
  if (identity.expires_at && now >= *identity.expires_at) return false;
  if (!identity.principal.session) return true;
  return now - identity.seen_at < kMaxIdle && now - identity.created_at < kMaxSession;
}

std::string shortened(std::string_view text, std::size_t bytes) {
  std::string kept(text.substr(0, bytes));
  while (!kept.empty() && !valid_utf8(kept)) kept.pop_back();
  return kept;
}

}  // namespace

std::string csrf_token(std::string_view secret, const Id& session) {
  return base64url(hmac_sha256(secret, "csrf:" + session.text()));
}

Sessions::Sessions(store::Database& database, const Clock& clock, IdSource& ids, std::string secret)
    : database_(database), clock_(clock), ids_(ids), secret_(std::move(secret)) {
  subscription_ = database_.on_events([this](const store::CommittedEvent& event) {
    if (event.type != "session.signed_in") changed(event.entity, event.record);
  });
}

Sessions::~Sessions() { subscription_.reset(); }

KnownIdentity Sessions::cached(std::string_view credential) {
  if (credential.empty() || credential.size() > kMaxCredential) return nullptr;
  const Millis now = clock_.now();
  KnownIdentity identity;
  {
    const std::string key = sha256(credential);
    const std::shared_lock lock(mutex_);
    const auto at = known_.find(key);
    if (at == known_.end()) return nullptr;
    identity = at->second;
  }
  if (!fresh(*identity, now)) return nullptr;
  note_use(*identity, now);
  return identity;
}

void Sessions::authenticate(std::string credential,
                            std::function<void(Result<KnownIdentity>)> done) {
  if (auto identity = cached(credential)) return done(std::move(identity));
  if (credential.empty() || credential.size() > kMaxCredential) return done(signed_out());
  const auto shared = std::make_shared<std::pair<std::string, KnownIdentity>>();
  shared->first = std::move(credential);
  const std::uint64_t generation = generation_;
  const Millis now = clock_.now();
  database_.read_async(
      [this, shared, now](store::Transaction& tx) -> Result<void> {
        HOUGU_TRY(shared->second, read(tx, shared->first, now));
        return {};
      },
      [this, shared, now, generation, done = std::move(done)](Result<void> result) {
        if (!result.ok()) return done(std::move(result).error());
        keep(sha256(shared->first), shared->second, generation);
        note_use(*shared->second, now);
        done(std::move(shared->second));
      });
}

Result<KnownIdentity> Sessions::read(store::Transaction& tx, std::string_view credential,
                                     Millis now) {
  const std::string hash = sha256_hex(credential);
  auto identity = is_api_key(credential) ? read_key(tx, hash, now) : read_session(tx, hash, now);
  if (!identity.ok()) return std::move(identity).error();
  return KnownIdentity(std::move(*identity));
}

Result<std::shared_ptr<Identity>> Sessions::read_session(store::Transaction& tx,
                                                         const std::string& hash, Millis now) {
  auto identity = std::make_shared<Identity>();
  Id user;
  HOUGU_TRY(const auto found, tx.first("SELECT id, person, created_at, last_seen_at FROM session "
                                       "WHERE token_hash = $1",
                                       {hash}, [&](const store::Row& row) {
                                         identity->principal.session = row.id(0);
                                         user = row.id(1);
                                         identity->created_at = row.integer(2);
                                         identity->seen_at = row.integer(3);
                                         identity->noted_at = row.integer(3);
                                         return true;
                                       }));
  if (!found || !fresh(*identity, now)) return signed_out();
  identity->principal.kind = store::ActorKind::kUser;
  identity->csrf_token = csrf_token(secret_, *identity->principal.session);
  HOUGU_CHECK(fill_person(tx, *identity, user));
  return identity;
}

Result<std::shared_ptr<Identity>> Sessions::read_key(store::Transaction& tx,
                                                     const std::string& hash, Millis now) {
  auto identity = std::make_shared<Identity>();
  Id user;
  std::string name, scopes_text;
  HOUGU_TRY(const auto found,
            tx.first("SELECT id, person, name, scopes, created_at, expires_at FROM api_key "
                     "WHERE key_hash = $1",
                     {hash}, [&](const store::Row& row) {
                       identity->principal.api_key = row.id(0);
                       user = row.id(1);
                       name = row.text(2);
                       scopes_text = row.text(3);
                       identity->created_at = row.integer(4);
                       identity->expires_at = row.optional_integer(5);
                       return true;
                     }));
  if (!found || !fresh(*identity, now)) return signed_out();
  HOUGU_CHECK(fill_person(tx, *identity, user));
  Principal& principal = identity->principal;
  const auto scopes = scopes_from(scopes_text);
  principal.kind = store::ActorKind::kApiKey;
  principal.name += " (" + name + ")";
  principal.read_only = std::none_of(scopes.begin(), scopes.end(), [](const std::string& scope) {
    return scope == "write" || scope.ends_with(":write");
  });
  principal.access = principal.access->narrowed(scopes);
  identity->must_change_password = false;
  return identity;
}

Result<void> Sessions::fill_person(store::Transaction& tx, Identity& identity, const Id& user) {
  Principal& principal = identity.principal;
  std::string roles_text;
  HOUGU_TRY(const auto found,
            tx.first("SELECT name, roles, locale, must_change_password FROM org_user "
                     "WHERE id = $1 AND active = $2",
                     {user, true}, [&](const store::Row& row) {
                       principal.name = row.text(0);
                       roles_text = row.text(1);
                       if (!row.is_null(2)) identity.locale = locale_from(row.text(2));
                       identity.must_change_password = row.boolean(3);
                       return true;
                     }));
  if (!found) return signed_out();
  principal.id = user;
  principal.locale = identity.locale.value_or(Locale::kChinese);
  HOUGU_TRY(const auto roles, parse_json(roles_text));
  for (const auto& role : roles.as_array()) principal.roles.emplace_back(role.as_string());
  HOUGU_CHECK(tx.each("SELECT unit FROM org_membership WHERE person = $1", {user},
                      [&](const store::Row& row) {
                        principal.teams.push_back(row.id(0));
                        return true;
                      }));
  HOUGU_TRY(principal.departments, units_and_below(tx, principal.teams));
  HOUGU_TRY(principal.access, access_of(tx, principal.roles));
  return {};
}

// Holders of the same roles share one Access.
Result<std::shared_ptr<const Access>> Sessions::access_of(store::Transaction& tx,
                                                          const std::vector<std::string>& roles) {
  std::vector<std::string> sorted = roles;
  std::sort(sorted.begin(), sorted.end());
  std::string key;
  for (const auto& role : sorted) key += role + ",";
  const std::uint64_t generation = generation_;
  {
    const std::shared_lock lock(mutex_);
    if (const auto at = access_.find(key); at != access_.end()) return at->second;
  }
  HOUGU_TRY(auto access, read_access(tx, sorted));
  const std::unique_lock lock(mutex_);
  if (generation == generation_) access_.insert_or_assign(key, access);
  return access;
}

void Sessions::keep(const Key& key, KnownIdentity identity, std::uint64_t generation) {
  const std::unique_lock lock(mutex_);
  if (generation != generation_) return;  // something changed since it was read
  if (known_.size() >= kMaxKnown) {
    const Millis now = clock_.now();
    std::erase_if(known_, [&](const auto& entry) { return !fresh(*entry.second, now); });
    if (known_.size() >= kMaxKnown) known_.erase(known_.begin());
  }
  known_.insert_or_assign(key, std::move(identity));
}

void Sessions::changed(std::string_view entity, const Id& record) {
  if (entity == "user" || entity == "session" || entity == "api_key") {
    const std::unique_lock lock(mutex_);
    ++generation_;
    std::erase_if(known_, [&](const auto& entry) {
      const Principal& principal = entry.second->principal;
      return principal.id == record || principal.session == record || principal.api_key == record;
    });
  } else if (entity == "role" || entity == "unit") {
    const std::unique_lock lock(mutex_);
    ++generation_;
    known_.clear();
    access_.clear();
  }
}

// The time of use reaches the database every few minutes only.
void Sessions::note_use(const Identity& identity, Millis now) {
  if (!identity.principal.session) return;
  identity.seen_at = now;
  Millis noted = identity.noted_at;
  if (now - noted < kNoteEvery || !identity.noted_at.compare_exchange_strong(noted, now)) return;
  database_.write_async(
      [session = *identity.principal.session, user = identity.principal.id,
       now](store::Transaction& tx) -> Result<void> {
        HOUGU_CHECK(
            tx.execute("UPDATE session SET last_seen_at = $2 WHERE id = $1", {session, now}));
        return tx.execute("UPDATE org_user SET last_seen_at = $2 WHERE id = $1", {user, now});
      },
      [](const Result<void>&) {});
}

Result<NewSession> start_session(const Context& context, const Id& user, std::string_view address,
                                 std::string_view agent) {
  HOUGU_CHECK(context.tx.execute("DELETE FROM session WHERE last_seen_at < $1 OR created_at < $2",
                                 {context.now - kMaxIdle, context.now - kMaxSession}));
  NewSession session{context.ids.next(), random_token()};
  const std::string hash = sha256_hex(session.token);
  const std::string kept_agent = shortened(agent, 200), kept_address = shortened(address, 64);
  HOUGU_CHECK(context.tx.execute(
      "INSERT INTO session (id, token_hash, person, created_at, last_seen_at, address, agent) "
      "VALUES ($1, $2, $3, $4, $4, $5, $6)",
      {session.id, hash, user, context.now, kept_address, kept_agent}));
  HOUGU_CHECK(context.tx.execute("UPDATE org_user SET last_seen_at = $2 WHERE id = $1",
                                 {user, context.now}));
  HOUGU_CHECK(leave_event(context, "session", "signed_in", session.id, 0, {},
                          {{"user", user.text()}, {"address", kept_address}}));
  return session;
}

Result<void> end_session(const Context& context, const Id& session) {
  HOUGU_CHECK(context.tx.execute("DELETE FROM session WHERE id = $1", {session}));
  return leave_event(context, "session", "signed_out", session, 0);
}

Result<void> end_sessions(const Context& context, const Id& user, const std::optional<Id>& keep) {
  HOUGU_TRY(const auto ended,
            context.tx.execute_counted("DELETE FROM session WHERE person = $1 AND id <> $2",
                                       {user, keep.value_or(Id{})}));
  if (ended == 0) return {};
  return leave_event(context, "user", "sessions_ended", user, 0, {}, {{"sessions", ended}});
}

}  // namespace hougu::identity
