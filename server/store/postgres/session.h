// A connected libpq session and the meaning of its errors.
#pragma once

#include <libpq-fe.h>

#include <memory>
#include <string>
#include <string_view>

#include "store/database.h"

namespace hougu::store::postgres {

struct FreeSession {
  void operator()(PGconn* session) const { PQfinish(session); }
};
struct FreeResult {
  void operator()(PGresult* result) const { PQclear(result); }
};
using Session = std::unique_ptr<PGconn, FreeSession>;
using ResultSet = std::unique_ptr<PGresult, FreeResult>;

// Connected to a server that takes writes, with UTF-8 and a limit for waiting on locks (0: none).
Result<Session> connect(const std::string& url, Millis lock_timeout);
inline bool is_lost(const Session& session) { return PQstatus(session.get()) == CONNECTION_BAD; }

// The error of a failed result (contract in store/database.h). `retry` is set for serialization
// failures, deadlocks and plans that a change of a table made unusable.
Error error_of(const PGresult* result, std::string_view sql);
// The server ended the session with this message, before doing anything more.
bool is_fatal(const PGresult* result);
Error unreachable(std::string cause);

// Runs one command at once, outside of pipeline mode; any number of statements without parameters.
Result<ResultSet> run(const Session& session, const std::string& sql);
}  // namespace hougu::store::postgres
