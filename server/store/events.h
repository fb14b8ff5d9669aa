// The event table is the history: a verb leaves one event per record it changed, with who, when,
// why and each field's old and new value. A record's first event has no changes: its first values
// follow from the later ones. Nobody updates or deletes events.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/json.h"
#include "store/database.h"

namespace hougu::store {

enum class ActorKind { kSystem = 0, kUser = 1, kApiKey = 2, kCustomer = 3 };

struct Event {
  Id id;
  std::string_view type;    // "ticket.assigned"
  std::string_view entity;  // "ticket"
  Id record;
  std::int64_t version = 0;
  Millis at = 0;
  ActorKind actor_kind = ActorKind::kSystem;
  Id actor;                     // user, API key, or nil
  std::string_view actor_name;  // kept as it was then
  std::string_view reason{};    // what the person gave as the reason
  std::string_view changes{};   // JSON array [{"field","old","new"}] or empty
  std::string_view data{};      // JSON object of the verb's own facts or empty
};

// Inserts the event and announces it.
Result<void> append_event(Transaction& tx, const Event& event);

struct StoredEvent {
  std::int64_t sequence = 0;
  Id id, record, actor;
  std::string type, entity, actor_name, reason, changes, data;
  std::int64_t version = 0;
  Millis at = 0;
  ActorKind actor_kind = ActorKind::kSystem;
};
// Newest first; `before` is a sequence to continue from (exclusive), 0 for the start.
Result<std::vector<StoredEvent>> events_of(Transaction& tx, std::string_view entity,
                                           const Id& record, std::int64_t before, int limit);
struct EventFilter {
  std::optional<Id> actor;
  std::string entity, type;
  std::optional<Millis> from, to;
};
// The audit log, newest first.
Result<std::vector<StoredEvent>> events_matching(Transaction& tx, const EventFilter& filter,
                                                 std::int64_t before, int limit);

// A message for the outside world, written in the verb's transaction, delivered after the commit at
// least once; the receiver recognises repeats by `idempotency_key`.
struct OutboxMessage {
  Id id;
  std::string_view channel;  // "webhook", "email", …
  std::string_view payload;  // JSON
  std::string_view idempotency_key;
  Millis not_before = 0;
};
Result<void> append_outbox(Transaction& tx, const OutboxMessage& message);

// Human numbers. SQLite: gapless inside the verb. PostgreSQL: taken from per-process blocks
// reserved in a short transaction of their own, so that creators don't wait for each other's
// commit: unique, growing per node, with gaps after a restart. `name` e.g. "ticket:20261121".
Result<std::int64_t> next_number(Transaction& tx, std::string_view name);

// Replayed requests: claims `key` for `scope` (the caller); returns the stored answer if the key
// was used before with the same request hash (empty if the verb stored none); another hash is
// kConflict "idempotency.reused".
Result<std::optional<std::string>> claim_idempotency(Transaction& tx, std::string_view scope,
                                                     std::string_view key,
                                                     std::string_view request_hash, Millis now);
Result<void> store_idempotent_answer(Transaction& tx, std::string_view scope, std::string_view key,
                                     std::string_view answer_json);
// Forgets keys claimed before `before`; returns how many (at most 10,000 in one call).
Result<std::int64_t> forget_idempotency(Transaction& tx, Millis before);
}  // namespace hougu::store
