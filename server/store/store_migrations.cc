#include "store/migrations.h"

namespace hougu::store {
namespace {
// SQLite's indexes end with the integer key of the row by themselves.
constexpr std::string_view kEvents = R"(
CREATE TABLE event (
  sequence {serial},
  id {id} NOT NULL,
  type {text} NOT NULL,
  entity {text} NOT NULL,
  record {id} NOT NULL,
  version {int} NOT NULL,
  at {int} NOT NULL,
  actor_kind {int} NOT NULL,
  actor {id} NOT NULL,
  actor_name {text} NOT NULL,
  reason {text},
  changes {text},
  data {text}
);
CREATE INDEX event_record ON event (record); --sqlite
CREATE INDEX event_record ON event (record, sequence); --postgres
CREATE INDEX event_at ON event (at);
CREATE INDEX event_actor ON event (actor); --sqlite
CREATE INDEX event_actor ON event (actor, sequence); --postgres
)";

constexpr std::string_view kOutbox = R"(
CREATE TABLE outbox (
  sequence {serial},
  id {id} NOT NULL UNIQUE,
  channel {text} NOT NULL,
  payload {text} NOT NULL,
  idempotency_key {text} NOT NULL,
  not_before {int} NOT NULL,
  attempts {int} NOT NULL DEFAULT 0,
  last_error {text}
);
CREATE INDEX outbox_due ON outbox (not_before);
)";

constexpr std::string_view kSettings = R"(
CREATE TABLE setting (name {text} PRIMARY KEY NOT NULL, value {json} NOT NULL);
CREATE TABLE sequence (name {text} PRIMARY KEY NOT NULL, value {int} NOT NULL);
CREATE TABLE idempotency (
  scope {text} NOT NULL,
  key {text} NOT NULL,
  request_hash {text} NOT NULL,
  answer {text},
  created_at {int} NOT NULL,
  PRIMARY KEY (scope, key)
);
CREATE INDEX idempotency_created ON idempotency (created_at);
)";

constexpr Migration kMigrations[] = {
    {1, "store_events", kEvents},
    {2, "store_outbox", kOutbox},
    {3, "store_settings", kSettings},
};
}  // namespace

std::span<const Migration> store_migrations() { return kMigrations; }
}  // namespace hougu::store
