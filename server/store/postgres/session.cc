#include "store/postgres/session.h"

#include <cstring>
#include <unordered_map>

#include "base/log.h"

namespace hougu::store::postgres {
namespace {

void ignore_notice(void*, const PGresult*) {}

std::string field(const PGresult* result, int code) {
  const char* text = PQresultErrorField(result, code);
  return text == nullptr ? "" : text;
}

Error plain_error(std::string_view state, const PGresult* result) {
  // SQLSTATE, appendix A of PostgreSQL's manual
  if (state == "23505")
    return conflict("record.duplicate", {{"index", field(result, PG_DIAG_CONSTRAINT_NAME)}});
  if (state == "23503") return conflict("record.referenced");
  if (state == "22021" || state == "22P05") return invalid("text.not_utf8");
  if (state == "54000") return {ErrorKind::kTooLarge, "value.too_large"};
  if (state == "53100") return {ErrorKind::kStorageFull, "storage.full"};
  if (state == "55P03" || state == "57014" || state == "40001" || state == "40P01")
    return {ErrorKind::kUnavailable, "database.busy"};
  const auto group = state.substr(0, 2);
  if (group == "08" || group == "53" || group == "57" || group == "58")
    return {ErrorKind::kUnavailable, "database.failed"};
  return {ErrorKind::kInternal, "internal"};
}
}  // namespace

Error unreachable(std::string cause) {
  Error error{ErrorKind::kUnavailable, "database.unreachable"};
  error.cause = std::move(cause);
  return error;
}

bool is_fatal(const PGresult* result) {
  const char* severity = PQresultErrorField(result, PG_DIAG_SEVERITY_NONLOCALIZED);
  return severity != nullptr &&
         (std::strcmp(severity, "FATAL") == 0 || std::strcmp(severity, "PANIC") == 0);
}

Error error_of(const PGresult* result, std::string_view sql) {
  const auto state = field(result, PG_DIAG_SQLSTATE);
  auto error = plain_error(state, result);
  const bool stale_plan =
      state == "0A000" && field(result, PG_DIAG_SOURCE_FUNCTION) == "RevalidateCachedQuery";
  error.retry = state == "40001" || state == "40P01" || stale_plan;
  error.cause = "PostgreSQL " + state + ": " + PQresultErrorMessage(result);
  error.cause.append(" in: ").append(sql.substr(0, 300));
  return error;
}

Result<Session> connect(const std::string& url, Millis lock_timeout) {
  // What stands in the URL (expanded from dbname) comes later and wins.
  const char* keys[] = {"target_session_attrs", "connect_timeout",
                        "keepalives_idle",      "keepalives_interval",
                        "keepalives_count",     "tcp_user_timeout",
                        "application_name",     "dbname",
                        "client_encoding",      nullptr};
  const char* values[] = {"read-write", "5",     "30",        "5",    "3",
                          "20000",      "hougu", url.c_str(), "UTF8", nullptr};
  Session session(PQconnectdbParams(keys, values, 1));
  if (!session || is_lost(session))
    return unreachable(session ? PQerrorMessage(session.get()) : "out of memory");
  PQsetNoticeReceiver(session.get(), ignore_notice, nullptr);
  if (PQserverVersion(session.get()) < 130000)
    return unreachable("PostgreSQL 13 or later is needed");
  const char* encoding = PQparameterStatus(session.get(), "server_encoding");
  if (encoding == nullptr || std::strcmp(encoding, "UTF8") != 0)
    return unreachable("the database's encoding isn't UTF8");
  HOUGU_CHECK(run(session, "SET timezone='UTC'; SET jit=off; SET lock_timeout=" +
                               std::to_string(lock_timeout)));
  return session;
}

Result<ResultSet> run(const Session& session, const std::string& sql) {
  ResultSet result(PQexec(session.get(), sql.c_str()));
  const auto status = result ? PQresultStatus(result.get()) : PGRES_FATAL_ERROR;
  if (status == PGRES_FATAL_ERROR || status == PGRES_BAD_RESPONSE) {
    if (is_lost(session) || !result) return unreachable(PQerrorMessage(session.get()));
    return error_of(result.get(), sql);
  }
  return result;
}
}  // namespace hougu::store::postgres
