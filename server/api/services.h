// What the handlers of all routes work with. app/ builds it once, before requests are served, and
// it outlives the server; everything in it is thread-safe. A folder that brings a new service adds
// a pointer here (forward declaration, no include) and sets it in app/wiring.cc.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/id.h"
#include "base/messages.h"
#include "identity/principal.h"
#include "schema/records.h"
#include "schema/schema.h"
#include "store/database.h"

namespace hougu::http {
struct ServerMetrics;
}
namespace hougu::identity {
class PasswordWorker;
class RateLimiter;
class Sessions;
class SignIn;
}  // namespace hougu::identity

namespace hougu::attachments {
class Uploads;
}
namespace hougu::exchange {
class ImportRunner;
}

namespace hougu::service {
class Tickets;
class Visits;
class TicketViews;
class Portal;
}  // namespace hougu::service

namespace hougu::api {

class LiveHub;
class Metrics;

// The built web pages, handed in because they are packed into the program one rank above.
struct StaticFile {
  std::string_view content_type, etag, identity, gzip, br;
  bool immutable = false;
};

struct Services {
  store::Database& database;
  schema::Schema& schema;
  schema::Records& records;
  identity::PasswordWorker& passwords;
  identity::Sessions& sessions;
  identity::SignIn& sign_in;
  identity::RateLimiter& limiter;
  const Clock& clock;
  IdSource& ids;
  const Messages& messages;
  LiveHub& live;
  Metrics& metrics;
  service::Tickets* tickets = nullptr;  // the after-sales domain; set by app/wiring.cc
  service::Visits* visits = nullptr;
  service::TicketViews* ticket_views = nullptr;
  service::Portal* portal = nullptr;

  attachments::Uploads* uploads = nullptr;    // files of records
  exchange::ImportRunner* imports = nullptr;  // tables coming in

  std::string data_folder{};  // files/, spool/ and (SQLite) the database lie in it
  std::string
      public_url{};        // "https://service.example.com" without a slash at the end; may be empty
  std::string version{};   // of the program
  bool access_log = true;  // a line in the log for each request
  bool public_metrics = false;  // /metrics for everybody, not just for this machine
  // HMAC key of links for customers; 32 random bytes kept in the database (the same on all nodes).
  std::string secret{};
  std::function<const StaticFile*(std::string_view path)>
      page{};  // "desk/index.html"; nullptr: none
  std::function<std::string_view(std::string_view name)> docs_file{};  // "docs.html", "docs.js"
  std::function<http::ServerMetrics()> http_metrics{};                 // of the running server

  // Routes with Access::kCustomer: the customer behind the {token} of the path, read in the route's
  // transaction; errors are answered (an unknown or expired token is kNotFound).
  std::function<Result<identity::Principal>(store::Transaction&, std::string_view token,
                                            Millis now)>
      customer_of_token{};
  // Entities with verbs of their own: puts "_can", what the person may do now, into the record that
  // GET /{entity}/{id} answers.
  std::map<std::string, std::function<void(const identity::Principal&, schema::Record&)>,
           std::less<>>
      add_permitted{};
};
}  // namespace hougu::api
