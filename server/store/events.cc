#include "store/events.h"

namespace hougu::store {
namespace {
constexpr std::size_t kMaxAnnouncedData = 2048;

Param text_or_null(std::string_view text) {
  if (text.empty()) return nullptr;
  return text;
}

constexpr std::string_view kColumns =
    "sequence, id, type, entity, record, version, at, actor_kind, actor, actor_name, reason, "
    "changes, data";

StoredEvent read_event(const Row& row) {
  StoredEvent event;
  event.sequence = row.integer(0);
  event.id = row.id(1);
  event.type = row.text(2);
  event.entity = row.text(3);
  event.record = row.id(4);
  event.version = row.integer(5);
  event.at = row.integer(6);
  event.actor_kind = static_cast<ActorKind>(row.integer(7));
  event.actor = row.id(8);
  event.actor_name = row.text(9);
  event.reason = row.text(10);
  event.changes = row.text(11);
  event.data = row.text(12);
  return event;
}

Result<std::vector<StoredEvent>> select(Transaction& tx, const std::string& conditions,
                                        std::vector<Param> params, std::int64_t before, int limit) {
  std::string sql = "SELECT ";
  sql.append(kColumns).append(" FROM event WHERE ").append(conditions);
  const auto add = [&](std::string_view text, std::int64_t value) {
    params.emplace_back(value);
    sql.append(text).append(std::to_string(params.size()));
  };
  if (before > 0) add(" AND sequence < $", before);
  sql += " ORDER BY sequence DESC";
  add(" LIMIT $", limit);
  std::vector<StoredEvent> events;
  HOUGU_CHECK(tx.each(sql, std::span<const Param>(params), [&](const Row& row) {
    events.push_back(read_event(row));
    return true;
  }));
  return events;
}
}  // namespace

Result<void> append_event(Transaction& tx, const Event& event) {
  CommittedEvent announced;
  announced.type = event.type;
  announced.entity = event.entity;
  announced.record = event.record;
  announced.actor = event.actor;
  announced.version = event.version;
  if (event.data.size() <= kMaxAnnouncedData) announced.data_json = event.data;
  const std::array<Param, 12> params{event.id,
                                     event.type,
                                     event.entity,
                                     event.record,
                                     event.version,
                                     event.at,
                                     static_cast<std::int64_t>(event.actor_kind),
                                     event.actor,
                                     event.actor_name,
                                     text_or_null(event.reason),
                                     text_or_null(event.changes),
                                     text_or_null(event.data)};
  return tx.insert_event(
      "INSERT INTO event (id, type, entity, record, version, at, actor_kind, actor, actor_name, "
      "reason, changes, data) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)",
      params, std::move(announced));
}

Result<std::vector<StoredEvent>> events_of(Transaction& tx, std::string_view entity,
                                           const Id& record, std::int64_t before, int limit) {
  return select(tx, "record = $1 AND entity = $2", {record, entity}, before, limit);
}

Result<std::vector<StoredEvent>> events_matching(Transaction& tx, const EventFilter& filter,
                                                 std::int64_t before, int limit) {
  std::string conditions = "1 = 1";
  std::vector<Param> params;
  const auto add = [&](std::string_view text, Param value) {
    params.push_back(value);
    conditions.append(text).append(std::to_string(params.size()));
  };
  if (filter.actor) add(" AND actor = $", *filter.actor);
  if (!filter.entity.empty()) add(" AND entity = $", std::string_view(filter.entity));
  if (!filter.type.empty()) add(" AND type = $", std::string_view(filter.type));
  if (filter.from) add(" AND at >= $", *filter.from);
  if (filter.to) add(" AND at < $", *filter.to);
  return select(tx, conditions, std::move(params), before, limit);
}

Result<void> append_outbox(Transaction& tx, const OutboxMessage& message) {
  return tx.execute(
      "INSERT INTO outbox (id, channel, payload, idempotency_key, not_before) VALUES ($1, $2, $3, "
      "$4, $5)",
      {message.id, message.channel, message.payload, message.idempotency_key, message.not_before});
}

Result<std::int64_t> next_number(Transaction& tx, std::string_view name) {
  return tx.take_number(name);
}

Result<std::optional<std::string>> claim_idempotency(Transaction& tx, std::string_view scope,
                                                     std::string_view key,
                                                     std::string_view request_hash, Millis now) {
  // PostgreSQL: a key claimed by a transaction that committed meanwhile is a serialization failure;
  // the verb runs again and sees it.
  HOUGU_TRY(const auto claimed,
            tx.execute_counted("INSERT INTO idempotency (scope, key, request_hash, created_at) "
                               "VALUES ($1, $2, $3, $4) ON CONFLICT (scope, key) DO NOTHING",
                               {scope, key, request_hash, now}));
  if (claimed == 1) return std::optional<std::string>{};
  struct Stored {
    std::string hash, answer;
  };
  HOUGU_TRY(auto stored,
            tx.first("SELECT request_hash, answer FROM idempotency WHERE scope = $1 AND key = $2",
                     {scope, key}, [](const Row& row) {
                       return Stored{std::string(row.text(0)), std::string(row.text(1))};
                     }));
  if (!stored) return internal("an idempotency key is neither new nor stored");
  if (stored->hash != request_hash) return conflict("idempotency.reused");
  return std::optional(std::move(stored->answer));
}

Result<void> store_idempotent_answer(Transaction& tx, std::string_view scope, std::string_view key,
                                     std::string_view answer_json) {
  return tx.execute("UPDATE idempotency SET answer = $3 WHERE scope = $1 AND key = $2",
                    {scope, key, answer_json});
}

Result<std::int64_t> forget_idempotency(Transaction& tx, Millis before) {
  return tx.execute_counted(
      "DELETE FROM idempotency WHERE (scope, key) IN (SELECT scope, key FROM idempotency WHERE "
      "created_at < $1 ORDER BY created_at LIMIT 10000)",
      {before});
}
}  // namespace hougu::store
