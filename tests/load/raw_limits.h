// What the databases themselves can do with the rows of one ticket: the raw limit beside our
// figure.
#pragma once

#include <string>

namespace hougu::load {
// Rows like a ticket and its event through the sqlite3 C API: WAL, synchronous=FULL, `group`
// tickets per commit, the same number of indexes. Tickets per second.
double raw_sqlite_tickets(const std::string& folder, int group, double seconds);
// The same through libpq with `connections` connections, pipelined, one transaction per ticket.
double raw_postgres_tickets(const std::string& url, int connections, double seconds);
}  // namespace hougu::load
