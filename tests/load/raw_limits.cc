#include "load/raw_limits.h"

#include <libpq-fe.h>
#include <sqlite3.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdio>
#include <string>
#include <thread>
#include <vector>

#include "base/id.h"

namespace hougu::load {
namespace {

using Clock = std::chrono::steady_clock;

constexpr const char* kTexts[] = {"空调不制冷",  "空调开机有风,但吹出来的是常温风",
                                  "13812345678", "on_site_repair",
                                  "new",         "normal",
                                  "phone",       "张三"};

const char* kSqliteTables =
    "CREATE TABLE ticket (rid INTEGER PRIMARY KEY, id BLOB NOT NULL, version INTEGER, created_at "
    "INTEGER, number TEXT, subject TEXT, description TEXT, phone TEXT, service_type TEXT, status "
    "TEXT, priority TEXT, channel TEXT, contact TEXT, team BLOB, assignee BLOB, customer BLOB, "
    "asset BLOB);"
    "CREATE UNIQUE INDEX t1 ON ticket(id); CREATE UNIQUE INDEX t2 ON ticket(number);"
    "CREATE INDEX t3 ON ticket(status, created_at); CREATE INDEX t4 ON ticket(team, status, "
    "created_at); CREATE INDEX t5 ON ticket(assignee, status, created_at); CREATE INDEX t6 ON "
    "ticket(customer, created_at); CREATE INDEX t7 ON ticket(asset, created_at); CREATE INDEX t8 "
    "ON ticket(phone, created_at); CREATE INDEX t9 ON ticket(created_at);"
    "CREATE TABLE event (sequence INTEGER PRIMARY KEY, id BLOB, type TEXT, entity TEXT, record "
    "BLOB, at INTEGER, actor BLOB, actor_name TEXT); CREATE INDEX e1 ON event(record, sequence);"
    "CREATE INDEX e2 ON event(at); CREATE INDEX e3 ON event(actor, sequence);"
    "CREATE VIRTUAL TABLE words USING fts5(document, content='', contentless_delete=1, "
    "detail=full);";

double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}
}  // namespace

double raw_sqlite_tickets(const std::string& folder, int group, double seconds) {
  const auto file = folder + "/raw.db";
  sqlite3* db = nullptr;
  sqlite3_open(file.c_str(), &db);
  sqlite3_exec(db, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;", nullptr, nullptr, nullptr);
  if (sqlite3_exec(db, kSqliteTables, nullptr, nullptr, nullptr) != SQLITE_OK) {
    std::fprintf(stderr, "hougu_load: %s\n", sqlite3_errmsg(db));
    sqlite3_close(db);
    return 0;
  }
  sqlite3_stmt *ticket = nullptr, *event = nullptr, *words = nullptr;
  sqlite3_prepare_v2(db,
                     "INSERT INTO ticket(id,version,created_at,number,subject,description,phone,"
                     "service_type,status,priority,channel,contact,team,assignee,customer,asset) "
                     "VALUES(?,1,?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
                     -1, &ticket, nullptr);
  sqlite3_prepare_v2(db,
                     "INSERT INTO event(id,type,entity,record,at,actor,actor_name) "
                     "VALUES(?,'ticket.created','ticket',?,?,?,'x')",
                     -1, &event, nullptr);
  sqlite3_prepare_v2(db, "INSERT INTO words(rowid,document) VALUES(?,?)", -1, &words, nullptr);
  SystemClock clock;
  SystemRandom random;
  IdSource ids(clock, random);
  const auto blob = [](sqlite3_stmt* statement, int n, const Id& id) {
    sqlite3_bind_blob(statement, n, id.bytes.data(), 16, SQLITE_TRANSIENT);
  };
  const auto begin = Clock::now();
  std::int64_t made = 0;
  while (seconds_since(begin) < seconds) {
    sqlite3_exec(db, "BEGIN IMMEDIATE", nullptr, nullptr, nullptr);
    const auto first = made + 1;
    for (int i = 0; i < group; ++i) {
      const auto id = ids.next();
      const auto number = "SD20261121-" + std::to_string(++made);
      blob(ticket, 1, id);
      sqlite3_bind_int64(ticket, 2, clock.now());
      sqlite3_bind_text(ticket, 3, number.c_str(), -1, SQLITE_TRANSIENT);
      for (int t = 0; t < 8; ++t) sqlite3_bind_text(ticket, 4 + t, kTexts[t], -1, SQLITE_STATIC);
      for (int n = 12; n <= 15; ++n) blob(ticket, n, ids.next());
      sqlite3_step(ticket);
      sqlite3_reset(ticket);
      blob(event, 1, ids.next());
      blob(event, 2, id);
      sqlite3_bind_int64(event, 3, clock.now());
      blob(event, 4, id);
      sqlite3_step(event);
      sqlite3_reset(event);
    }
    for (auto rid = first; rid <= made; ++rid) {
      const auto document =
          "空 调 不 制 冷 13812345678 5678 12345678 sd20261121 " + std::to_string(rid) + " 张 三";
      sqlite3_bind_int64(words, 1, rid);
      sqlite3_bind_text(words, 2, document.c_str(), -1, SQLITE_TRANSIENT);
      sqlite3_step(words);
      sqlite3_reset(words);
    }
    sqlite3_exec(db, "COMMIT", nullptr, nullptr, nullptr);
  }
  const double rate = static_cast<double>(made) / seconds_since(begin);
  for (auto* statement : {ticket, event, words}) sqlite3_finalize(statement);
  sqlite3_close(db);
  for (const auto* suffix : {"", "-wal", "-shm"}) unlink((file + suffix).c_str());
  return rate;
}

double raw_postgres_tickets(const std::string& url, int connections, double seconds) {
  const auto run = [](PGconn* connection, const char* sql) {
    auto* result = PQexec(connection, sql);
    const bool ok = PQresultStatus(result) == PGRES_COMMAND_OK;
    if (!ok) std::fprintf(stderr, "hougu_load: %s\n", PQerrorMessage(connection));
    PQclear(result);
    return ok;
  };
  auto* setup = PQconnectdb(url.c_str());
  run(setup, "DROP TABLE IF EXISTS raw_ticket, raw_event");
  run(setup,
      "CREATE TABLE raw_ticket (rid bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, id uuid "
      "UNIQUE, created_at bigint, number text UNIQUE, subject text, description text, phone text, "
      "service_type text, status text, team uuid, assignee uuid, customer uuid, asset uuid, words "
      "tsvector)");
  run(setup, "CREATE INDEX ON raw_ticket(status, created_at)");
  run(setup, "CREATE INDEX ON raw_ticket(team, status, created_at)");
  run(setup, "CREATE INDEX ON raw_ticket(assignee, status, created_at)");
  run(setup, "CREATE INDEX ON raw_ticket(customer, created_at)");
  run(setup, "CREATE INDEX ON raw_ticket(asset, created_at)");
  run(setup, "CREATE INDEX ON raw_ticket(phone, created_at)");
  run(setup, "CREATE INDEX ON raw_ticket(created_at)");
  run(setup, "CREATE INDEX ON raw_ticket USING gin(words)");
  run(setup,
      "CREATE TABLE raw_event (sequence bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, id uuid, "
      "type text, record uuid, at bigint, actor uuid)");
  run(setup, "CREATE INDEX ON raw_event(record, sequence)");
  run(setup, "CREATE INDEX ON raw_event(at)");
  run(setup, "CREATE INDEX ON raw_event(actor, sequence)");
  std::atomic<std::int64_t> made{0};
  SystemClock clock;
  SystemRandom random;
  IdSource ids(clock, random);
  const auto begin = Clock::now();
  const auto work = [&] {
    auto* connection = PQconnectdb(url.c_str());
    auto* prepared = PQprepare(connection, "t",
                               "INSERT INTO raw_ticket(id,created_at,number,subject,description,"
                               "phone,service_type,status,team,assignee,customer,asset,words) "
                               "VALUES($1,$2,$3,$4,$5,$6,'on_site_repair','new',$7,$8,$9,$10,$11)",
                               0, nullptr);
    PQclear(prepared);
    prepared = PQprepare(connection, "e",
                         "INSERT INTO raw_event(id,type,record,at,actor) "
                         "VALUES($1,'ticket.created',$2,$3,$4)",
                         0, nullptr);
    PQclear(prepared);
    PQenterPipelineMode(connection);
    while (seconds_since(begin) < seconds) {
      const auto id = ids.next().text(), team = ids.next().text(), actor = ids.next().text();
      const auto now = std::to_string(clock.now());
      const auto number = "SD20261121-" + std::to_string(++made);
      const char* ticket[] = {id.c_str(),
                              now.c_str(),
                              number.c_str(),
                              kTexts[0],
                              kTexts[1],
                              kTexts[2],
                              team.c_str(),
                              actor.c_str(),
                              actor.c_str(),
                              team.c_str(),
                              "空:1 调:2 不:3 制:4 冷:5 13812345678:6"};
      const char* event[] = {team.c_str(), id.c_str(), now.c_str(), actor.c_str()};
      PQsendQueryParams(connection, "BEGIN", 0, nullptr, nullptr, nullptr, nullptr, 0);
      PQsendQueryPrepared(connection, "t", 11, ticket, nullptr, nullptr, 0);
      PQsendQueryPrepared(connection, "e", 4, event, nullptr, nullptr, 0);
      PQsendQueryParams(connection, "COMMIT", 0, nullptr, nullptr, nullptr, nullptr, 0);
      PQpipelineSync(connection);
      for (int synced = 0; !synced;) {
        auto* result = PQgetResult(connection);
        if (!result) continue;
        synced = PQresultStatus(result) == PGRES_PIPELINE_SYNC;
        if (PQresultStatus(result) == PGRES_FATAL_ERROR)
          std::fprintf(stderr, "hougu_load: %s\n", PQresultErrorMessage(result));
        PQclear(result);
      }
    }
    PQfinish(connection);
  };
  std::vector<std::thread> threads;
  for (int i = 0; i < connections; ++i) threads.emplace_back(work);
  for (auto& thread : threads) thread.join();
  const double rate = static_cast<double>(made.load()) / seconds_since(begin);
  run(setup, "DROP TABLE raw_ticket, raw_event");
  PQfinish(setup);
  return rate;
}
}  // namespace hougu::load
