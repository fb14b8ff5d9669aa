// Events, numbers, idempotency and migrations on both databases.
#include "store/events.h"

#include <gmock/gmock.h>

#include <condition_variable>
#include <set>
#include <thread>

#include "store/store_test_support.h"

namespace hougu::store::test {
namespace {

using ::testing::ElementsAre;

// Collects events and waits for a number of them.
class Listener {
 public:
  explicit Listener(Database& database)
      : subscription_(database.on_events([this](const CommittedEvent& event) {
          const std::lock_guard lock(mutex_);
          events_.push_back(event);
          changed_.notify_all();
        })) {}
  std::vector<CommittedEvent> wait_for(std::size_t count) {
    std::unique_lock lock(mutex_);
    const bool enough =
        changed_.wait_for(lock, std::chrono::seconds(20), [&] { return events_.size() >= count; });
    EXPECT_TRUE(enough) << "heard of " << events_.size() << " events";
    return events_;
  }
  void end() { subscription_.reset(); }

 private:
  std::mutex mutex_;
  std::condition_variable changed_;
  std::vector<CommittedEvent> events_;
  std::shared_ptr<void> subscription_;
};

class Events : public StoreTest {
 protected:
  void SetUp() override {
    StoreTest::SetUp();
    if (HasFatalFailure()) return;
    const auto applied = migrate(*db_, store_migrations());
    ASSERT_TRUE(applied.ok()) << applied.error().cause;
  }
  static Event event(std::uint32_t n, std::string_view type) {
    Event made;
    made.id = make_id(1000 + n);
    made.type = type;
    made.entity = "ticket";
    made.record = make_id(n);
    made.version = n;
    made.at = 1000 * n;
    made.actor_kind = ActorKind::kUser;
    made.actor = make_id(500 + n % 2);
    made.actor_name = "张三";
    return made;
  }
  Result<void> append(const Event& made) {
    return db_->write([&](Transaction& tx) { return append_event(tx, made); });
  }
};
INSTANTIATE_TEST_SUITE_P(Databases, Events, ::testing::Values(Dialect::kSqlite, Dialect::kPostgres),
                         [](const auto& of) {
                           return of.param == Dialect::kSqlite ? "sqlite" : "postgres";
                         });

TEST_P(Events, AreKeptInOrderAndReadBack) {
  auto first = event(1, "ticket.created");
  first.data = R"({"a":1})";
  first.changes = R"([{"field":"status","old":null,"new":"open"}])";
  first.reason = "因为";
  ASSERT_EQ(code_of(append(first)), "ok");
  auto second = event(1, "ticket.closed");
  second.version = 2;
  ASSERT_EQ(code_of(append(second)), "ok");
  ASSERT_EQ(code_of(append(event(2, "ticket.created"))), "ok");
  ASSERT_EQ(code_of(db_->read([&](Transaction& tx) -> Result<void> {
              HOUGU_TRY(const auto all, events_of(tx, "ticket", make_id(1), 0, 10));
              EXPECT_EQ(all.size(), 2u);
              if (all.size() != 2) return {};
              EXPECT_EQ(all[0].type, "ticket.closed");
              EXPECT_EQ(all[0].reason, "");
              EXPECT_EQ(all[1].id, first.id);
              EXPECT_EQ(all[1].reason, "因为");
              EXPECT_EQ(all[1].changes, first.changes);
              EXPECT_EQ(all[1].data, first.data);
              EXPECT_EQ(all[1].actor_name, "张三");
              EXPECT_EQ(all[1].actor_kind, ActorKind::kUser);
              EXPECT_GT(all[0].sequence, all[1].sequence);
              HOUGU_TRY(const auto older, events_of(tx, "ticket", make_id(1), all[0].sequence, 10));
              EXPECT_EQ(older.size(), 1u);
              HOUGU_TRY(const auto others, events_of(tx, "visit", make_id(1), 0, 10));
              EXPECT_TRUE(others.empty());
              return {};
            })),
            "ok");
}

TEST_P(Events, AreFilteredForTheAuditLog) {
  for (std::uint32_t n = 1; n <= 6; ++n)
    ASSERT_EQ(code_of(append(event(n, n < 4 ? "ticket.created" : "ticket.closed"))), "ok");
  const auto versions = [&](const EventFilter& filter, int limit = 10) {
    std::vector<std::int64_t> out;
    EXPECT_EQ(code_of(db_->read([&](Transaction& tx) -> Result<void> {
                HOUGU_TRY(const auto events, events_matching(tx, filter, 0, limit));
                for (const auto& found : events) out.push_back(found.version);
                return {};
              })),
              "ok");
    return out;
  };
  EXPECT_THAT(versions({}), ElementsAre(6, 5, 4, 3, 2, 1));
  EXPECT_THAT(versions({}, 2), ElementsAre(6, 5));
  EventFilter filter;
  filter.actor = make_id(501);
  EXPECT_THAT(versions(filter), ElementsAre(5, 3, 1));
  filter.type = "ticket.created";
  EXPECT_THAT(versions(filter), ElementsAre(3, 1));
  filter = {};
  filter.from = 2000;
  filter.to = 4000;
  filter.entity = "ticket";
  EXPECT_THAT(versions(filter), ElementsAre(3, 2));
}

TEST_P(Events, ListenersHearOfCommitsOnly) {
  Listener listener(*db_);
  auto with_data = event(1, "ticket.created");
  with_data.data = R"({"k":"值"})";
  ASSERT_EQ(code_of(append(with_data)), "ok");
  EXPECT_EQ(code_of(db_->write([&](Transaction& tx) -> Result<void> {
              HOUGU_CHECK(append_event(tx, event(2, "ticket.never")));
              return conflict("undo");
            })),
            "undo");
  auto long_data = event(3, "ticket.closed");
  const std::string data = "{\"x\":\"" + std::string(3000, 'x') + "\"}";
  long_data.data = data;
  ASSERT_EQ(code_of(append(long_data)), "ok");
  const auto heard = listener.wait_for(2);
  ASSERT_EQ(heard.size(), 2u);
  EXPECT_EQ(heard[0].type, "ticket.created");
  EXPECT_EQ(heard[0].entity, "ticket");
  EXPECT_EQ(heard[0].record, make_id(1));
  EXPECT_EQ(heard[0].actor, make_id(501));
  EXPECT_EQ(heard[0].version, 1);
  EXPECT_EQ(heard[0].data_json, R"({"k":"值"})");
  EXPECT_EQ(heard[0].sequence, number("SELECT min(sequence) FROM event"));
  EXPECT_EQ(heard[1].sequence, number("SELECT max(sequence) FROM event"));
  EXPECT_EQ(heard[1].data_json, "");
  listener.end();
  ASSERT_EQ(code_of(append(event(4, "ticket.unheard"))), "ok");
  Listener last(*db_);
  ASSERT_EQ(code_of(append(event(5, "ticket.heard"))), "ok");
  EXPECT_EQ(last.wait_for(1)[0].type, "ticket.heard");
  EXPECT_EQ(listener.wait_for(2).size(), 2u);
}

TEST_P(Events, ManyVerbsEachHaveTheirSequence) {
  Listener listener(*db_);
  std::vector<std::thread> threads;
  for (std::uint32_t t = 0; t < 16; ++t)
    threads.emplace_back([&, t] {
      for (std::uint32_t i = 0; i < 10; ++i)
        EXPECT_EQ(code_of(db_->write([&](Transaction& tx) -> Result<void> {
                    HOUGU_CHECK(append_event(tx, event(t * 10 + i, "ticket.created")));
                    return append_event(tx, event(t * 10 + i, "ticket.assigned"));
                  })),
                  "ok");
    });
  for (auto& thread : threads) thread.join();
  std::map<std::int64_t, std::string> heard;
  for (const auto& each : listener.wait_for(320))
    heard[each.sequence] = each.type + each.record.text();
  EXPECT_EQ(heard.size(), 320u);
  ASSERT_EQ(code_of(db_->read([&](Transaction& tx) {
              return tx.each("SELECT sequence, type, record FROM event", {}, [&](const Row& row) {
                EXPECT_EQ(heard[row.integer(0)], std::string(row.text(1)) + row.id(2).text());
                return true;
              });
            })),
            "ok");
}

TEST_P(Events, BroadcastsReachListenersWithoutATransaction) {
  Listener listener(*db_);
  CommittedEvent presence;
  presence.type = "presence";
  presence.record = make_id(3);
  db_->broadcast(presence);
  const auto heard = listener.wait_for(1);
  EXPECT_EQ(heard[0].type, "presence");
  EXPECT_EQ(heard[0].record, make_id(3));
}

TEST_P(Events, ReachTheListenersOfEveryNodeOnce) {
  if (GetParam() == Dialect::kSqlite) return;  // one process serves a file
  const auto other = open();
  Listener here(*db_), there(*other);
  constexpr std::uint32_t kEach = 100;
  for (std::uint32_t n = 1; n <= kEach; ++n) {
    auto made = event(n, "ticket.here");
    const std::string data = "{\"x\":\"" + std::string(1900, 'y') + "\"}";
    made.data = data;
    ASSERT_EQ(code_of(append(made)), "ok");
    ASSERT_EQ(code_of(other->write(
                  [&](Transaction& tx) { return append_event(tx, event(n, "ticket.there")); })),
              "ok");
  }
  CommittedEvent last;
  last.type = "last";
  db_->broadcast(last);
  other->broadcast(last);
  for (auto* listener : {&here, &there}) {
    std::set<std::int64_t> sequences;
    std::size_t data = 0;
    const auto heard = listener->wait_for(2 * kEach + 2);
    EXPECT_EQ(heard.size(), 2 * kEach + 2);
    std::map<std::string, std::int64_t> order;
    for (const auto& each : heard) {
      if (each.type == "last") continue;
      EXPECT_GT(each.sequence, order[each.type]);
      order[each.type] = each.sequence;
      sequences.insert(each.sequence);
      data += each.data_json.size();
    }
    EXPECT_EQ(sequences.size(), 2 * kEach);
    EXPECT_EQ(data, kEach * (1900 + 8));
  }
}

TEST_P(Events, NumbersAreUniqueAndGrow) {
  std::mutex mutex;
  std::set<std::int64_t> taken;
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t)
    threads.emplace_back([&, t] {
      std::int64_t last = 0;
      for (int i = 0; i < 20; ++i) {
        std::int64_t mine = 0;
        const auto result = db_->write([&](Transaction& tx) -> Result<void> {
          HOUGU_TRY(mine, next_number(tx, "ticket:20261121"));
          if ((t + i) % 5 == 0) return conflict("undo");
          return {};
        });
        if (!result.ok()) continue;
        EXPECT_GT(mine, last);
        last = mine;
        const std::lock_guard lock(mutex);
        EXPECT_TRUE(taken.insert(mine).second) << mine;
      }
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(taken.size(), 128u);
  if (GetParam() == Dialect::kSqlite) {
    EXPECT_EQ(*taken.rbegin(), 128);  // gapless
  }
  std::int64_t other = 0;
  ASSERT_EQ(code_of(db_->write([&](Transaction& tx) -> Result<void> {
              HOUGU_TRY(other, next_number(tx, "ticket:20261122"));
              return {};
            })),
            "ok");
  EXPECT_EQ(other, 1);
}

TEST_P(Events, NodesNeverTakeTheSameNumber) {
  auto with = options();
  with.serving = false;
  const auto other = open(with);
  std::set<std::int64_t> taken;
  for (int i = 0; i < 60; ++i)
    for (auto* database : {db_.get(), other.get()})
      ASSERT_EQ(code_of(database->write([&](Transaction& tx) -> Result<void> {
                  HOUGU_TRY(const auto mine, next_number(tx, "n"));
                  EXPECT_TRUE(taken.insert(mine).second);
                  return {};
                })),
                "ok");
}

TEST_P(Events, ARepeatedRequestGetsItsFirstAnswer) {
  const auto request = [&](std::string_view key, std::string_view hash) {
    std::string outcome;
    const auto result = db_->write([&](Transaction& tx) -> Result<void> {
      outcome = "worked";
      HOUGU_TRY(const auto before, claim_idempotency(tx, "user:1", key, hash, 5));
      if (before) {
        outcome = *before;
        return {};
      }
      return store_idempotent_answer(tx, "user:1", key, R"({"id":1})");
    });
    return result.ok() ? outcome : result.error().code;
  };
  EXPECT_EQ(request("a", "h"), "worked");
  EXPECT_EQ(request("a", "h"), R"({"id":1})");
  EXPECT_EQ(request("a", "other"), "idempotency.reused");
  EXPECT_EQ(request("b", "h"), "worked");
  std::atomic<int> worked = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t)
    threads.emplace_back([&] {
      const auto outcome = request("same", "h");
      if (outcome == "worked")
        ++worked;
      else
        EXPECT_EQ(outcome, R"({"id":1})");
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(worked, 1);
  ASSERT_EQ(code_of(db_->write([&](Transaction& tx) -> Result<void> {
              HOUGU_TRY(const auto none, forget_idempotency(tx, 5));
              EXPECT_EQ(none, 0);
              HOUGU_TRY(const auto all, forget_idempotency(tx, 6));
              EXPECT_EQ(all, 3);
              return {};
            })),
            "ok");
  EXPECT_EQ(request("a", "other"), "worked");
}

TEST_P(Events, OutboxMessagesAreKeptWithTheVerb) {
  OutboxMessage message;
  message.id = make_id(1);
  message.channel = "email";
  message.payload = R"({"to":"a@example.com"})";
  message.idempotency_key = "k";
  message.not_before = 7;
  EXPECT_EQ(code_of(db_->write([&](Transaction& tx) -> Result<void> {
              HOUGU_CHECK(append_outbox(tx, message));
              return conflict("undo");
            })),
            "undo");
  EXPECT_EQ(number("SELECT count(*) FROM outbox"), 0);
  ASSERT_EQ(code_of(db_->write([&](Transaction& tx) { return append_outbox(tx, message); })), "ok");
  EXPECT_EQ(number("SELECT count(*) FROM outbox WHERE channel = 'email' AND not_before = 7"), 1);
}

class Migrations : public StoreTest {};
INSTANTIATE_TEST_SUITE_P(Databases, Migrations,
                         ::testing::Values(Dialect::kSqlite, Dialect::kPostgres),
                         [](const auto& of) {
                           return of.param == Dialect::kSqlite ? "sqlite" : "postgres";
                         });

constexpr Migration kFirst{1, "first",
                           "CREATE TABLE a (n {serial}, id {id}, x {real}, t {text} DEFAULT "
                           "'{other}', b {bool}, j {json}, i {int});\n"
                           "CREATE TABLE only_sqlite (a {int}); --sqlite\n"
                           "CREATE TABLE only_postgres (a {int}); --postgres"};
constexpr Migration kSecond{2, "second",
                            "CREATE TABLE b (n {serial}); INSERT INTO a (i) VALUES (1)"};

TEST_P(Migrations, AreAppliedOnce) {
  EXPECT_EQ(*schema_number(*db_), 0);
  const std::vector<Migration> one{kFirst}, two{kFirst, kSecond};
  EXPECT_EQ(*migrate(*db_, one), 1);
  EXPECT_EQ(*migrate(*db_, one), 0);
  EXPECT_EQ(*schema_number(*db_), 1);
  EXPECT_EQ(*migrate(*db_, two), 1);
  EXPECT_EQ(*migrate(*db_, two), 0);
  EXPECT_EQ(*schema_number(*db_), 2);
  EXPECT_EQ(number("SELECT count(*) FROM a WHERE n = 1 AND t = '{other}'"), 1);
  const bool sqlite = GetParam() == Dialect::kSqlite;
  EXPECT_EQ(code_of(run("INSERT INTO only_sqlite VALUES (1)")), sqlite ? "ok" : "internal");
  EXPECT_EQ(code_of(run("INSERT INTO only_postgres VALUES (1)")), sqlite ? "internal" : "ok");
}

TEST_P(Migrations, ChangedOrUnknownStepsAreRefused) {
  ASSERT_EQ(*migrate(*db_, std::vector<Migration>{kFirst, kSecond}), 2);
  const auto older = migrate(*db_, std::vector<Migration>{kFirst});
  EXPECT_EQ(older.ok() ? "ok" : older.error().code, "database.newer");
  auto edited = kSecond;
  edited.sql = "CREATE TABLE b (n {serial})";
  const auto changed = migrate(*db_, std::vector<Migration>{kFirst, edited});
  EXPECT_EQ(changed.ok() ? "ok" : changed.error().code, "migration.changed");
  EXPECT_EQ(changed.ok() ? "" : changed.error().params.at("number"), "2");
}

TEST_P(Migrations, AFailingStepLeavesNothing) {
  const Migration broken{2, "broken", "CREATE TABLE half (a {int}); CREATE TABLE a (n {int})"};
  EXPECT_FALSE(migrate(*db_, std::vector<Migration>{kFirst, broken}).ok());
  EXPECT_EQ(*schema_number(*db_), 1);
  EXPECT_EQ(code_of(run("INSERT INTO half VALUES (1)")), "internal");
  EXPECT_EQ(*migrate(*db_, std::vector<Migration>{kFirst, kSecond}), 1);
}

TEST_P(Migrations, NodesThatStartTogetherApplyEachStepOnce) {
  auto with = options();
  with.serving = false;
  std::vector<std::unique_ptr<Database>> nodes;
  for (int i = 0; i < 4; ++i) nodes.push_back(open(with));
  std::atomic<int> applied = 0;
  std::vector<std::thread> threads;
  for (auto& node : nodes)
    threads.emplace_back([&] {
      const auto result = migrate(*node, std::vector<Migration>{kFirst, kSecond});
      if (result.ok())
        applied += *result;
      else
        ADD_FAILURE() << result.error().code << " " << result.error().cause;
    });
  for (auto& thread : threads) thread.join();
  EXPECT_EQ(applied, 2);
  EXPECT_EQ(number("SELECT count(*) FROM a"), 1);
}
}  // namespace
}  // namespace hougu::store::test
