// The route table. One file per resource lists its routes; each line shows the pipeline of a
// request:
//
//   authenticate -> authorise -> decode -> transaction -> verb -> present      (api/dispatch.cc)
//
//   write(Method::kPost, "/ticket/{id}/pause", Access::signed_in(),
//         Body::json({{"pause_reason", Type::kString, kRequired}, {"note", Type::kString}}),
//         "ticket.pause", pause_ticket),
//
// A handler reads `call`, works in call.tx, and returns the Answer or an Error. It runs inside one
// transaction (Kind::kRead: a snapshot on a reader, kWrite: a verb that may run twice, see
// store/database.h) and is answered after the commit. The dispatcher does for every route: session
// or API key, CSRF, rate limit, Idempotency-Key of POSTs (answer kept in the same transaction),
// JSON limits, unknown and mistyped members of a fixed body, localized errors, access log and
// metrics.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "api/services.h"
#include "base/json.h"
#include "http/message.h"

namespace hougu::identity {
struct Context;
}

namespace hougu::api {

using http::Method;

// Who may call. Signed in: a session, or an API key whose scopes allow the method. Rights on
// entities, rows and fields are not said here: Records applies them.
struct Access {
  enum class Level { kPublic, kCustomer, kSignedIn, kSystem };
  Level level = Level::kSignedIn;
  std::string_view right{};  // kSystem: "users.manage"

  static Access anyone() { return {Level::kPublic}; }      // who: kind kCustomer, no rights
  static Access customer() { return {Level::kCustomer}; }  // by {token} of the path
  static Access signed_in() { return {Level::kSignedIn}; }
  static Access system(std::string_view right) { return {Level::kSystem, right}; }
};

enum class Kind {
  kRead,    // Database::read_async
  kWrite,   // Database::write_async
  kDirect,  // no transaction: the handler answers by itself, later and from any thread
};

enum class Type { kAny, kString, kInteger, kNumber, kBoolean, kId, kObject, kArray, kDateTime };
inline constexpr bool kRequired = true;

// A member of a JSON body. A value of another type is 422 "field.type"; null counts as absent.
struct Member {
  std::string_view name;
  Type type = Type::kAny;
  bool required = false;
  std::size_t max_length = 20'000;  // strings: code points
};

struct Body {
  enum class Form { kNone, kJson, kRaw };
  Form form = Form::kNone;
  std::vector<Member> members{};
  bool open = false;  // other members are left to the handler (fields of an entity)
  std::uint64_t max_bytes = 1u << 20;
  std::string_view array_as{};  // kJson: a body that is an array counts as this member
  bool spool = false;           // kRaw: streamed to disk, request.spooled

  static Body none() { return {}; }
  // Exactly these members; any other is 422 "field.unknown".
  static Body json(std::vector<Member> members) { return {Form::kJson, std::move(members)}; }
  // These members are checked, others come through too (records).
  static Body open_json(std::vector<Member> members = {}, std::uint64_t max_bytes = 1u << 20) {
    return {Form::kJson, std::move(members), true, max_bytes};
  }
  // Any content type; call.body is null.
  static Body raw(std::uint64_t max_bytes, bool spool) {
    return {Form::kRaw, {}, true, max_bytes, {}, spool};
  }
};

// At most `tries` per address in `per_ms`; above: 429 "rate.limited" with details.retry_after (s).
struct RateLimit {
  int tries = 0;  // 0: no limit
  Millis per_ms = 60'000;
};

// Values of the {names} of the pattern, percent-decoded.
class PathParams {
 public:
  std::string_view operator[](std::string_view name) const;  // "" when the pattern has no such name
  void add(std::string_view name, std::string_view value) { values_.emplace_back(name, value); }

 private:
  std::vector<std::pair<std::string_view, std::string>> values_;
};

// What a handler of kRead and kWrite gets.
struct Call {
  store::Transaction& tx;
  const http::Request& request;
  const identity::Principal& who;
  const PathParams& params;
  const json::value& body;  // an object for Body::json, null otherwise
  Services& services;
  Millis now;
  Locale locale;  // of the answer's texts

  const json::object& object() const { return body.as_object(); }  // of a Body::json route
  // The path parameter as an id; kNotFound when it isn't one.
  Result<Id> id(std::string_view param = "id") const;
  // For the functions of identity/ that change the organisation.
  identity::Context organisation() const;
  // ?limit= within 1…highest; kMalformed "query.limit".
  Result<int> limit(int otherwise, int highest) const;
  // ?before= as a sequence, 0 when absent; kMalformed "query.cursor".
  Result<std::int64_t> before() const;
};

// What a handler returns; serialised after the commit.
struct Answer {
  int status = 200;
  json::value body;         // null with status 204 or when `response` is set
  http::Headers headers{};  // added to the answer
  // Instead of JSON: files, streams, chunks, PDF. Its status and headers count.
  std::shared_ptr<http::Response> response{};

  static Answer ok(json::value body) { return {200, std::move(body)}; }
  static Answer created(json::value body) { return {201, std::move(body)}; }
  static Answer accepted(json::value body) { return {202, std::move(body)}; }
  static Answer none() { return {204, nullptr}; }
  static Answer raw(http::Response response) {
    return {response.status, nullptr, {}, std::make_shared<http::Response>(std::move(response))};
  }
};
using Handler = std::function<Result<Answer>(Call&)>;

// What a handler of kDirect gets; it keeps the pointer until it has called done() once.
struct DirectCall {
  std::shared_ptr<const http::Request> request;
  identity::Principal who;
  PathParams params;
  json::value body;
  Services& services;
  Millis now;
  Locale locale;
  std::function<void(Result<Answer>)> done;
};
using DirectHandler = std::function<void(std::shared_ptr<DirectCall>)>;

struct Route {
  Method method;
  std::string pattern;  // behind /api/v1 unless it starts with "//": "//healthz" is "/healthz"
  Access access;
  Kind kind;
  Body body;
  std::string_view name;   // "ticket.pause": in metrics, the log and OpenAPI (operationId); unique
  Handler handler{};       // kRead, kWrite
  DirectHandler direct{};  // kDirect
  RateLimit limit{};
  std::vector<std::string_view> query{};  // parameters, for OpenAPI
  // OpenAPI: the schema name of the 200/201 answer ("record" = the entity's own); "" = any object.
  std::string_view answers{};
  // The answer to a request with an Idempotency-Key is kept for repeats; false: it holds a secret,
  // so a repeat is 409 "idempotency.done".
  bool keep_answer = true;
  // OpenAPI documents (its text is the message key "api.<name>" where there is one).
  bool documented = true;
  // A member of the body that is a password: it is checked against the rules and replaced by its
  // hash before the transaction (hashing takes too long for one).
  std::string_view hashes{};

  // route.with_query({"limit"}).limited(5, 60'000): in the lists of routes.
  Route& with_query(std::vector<std::string_view> names) & {
    return query = std::move(names), *this;
  }
  Route with_query(std::vector<std::string_view> names) && {
    query = std::move(names);
    return std::move(*this);
  }
  Route limited(int tries, Millis per_ms) && {
    limit = {tries, per_ms};
    return std::move(*this);
  }
  Route secret() && {
    keep_answer = false;
    return std::move(*this);
  }
  Route hashing(std::string_view member) && {
    hashes = member;
    return std::move(*this);
  }
  Route undocumented() && {
    documented = false;
    return std::move(*this);
  }
};

// Static segments win over {parameters}, whatever the order: "/ticket" over "/{entity}". So a verb
// of one entity is a static last segment ("/ticket/{id}/pause"); "/ticket/{id}/{verb}" would take
// "/ticket/{id}/restore" away from the routes of all entities.
using Routes = std::vector<Route>;

// A route with a transaction, and one without.
Route read(Method method, std::string pattern, Access access, std::string_view name,
           Handler handler);
Route write(Method method, std::string pattern, Access access, Body body, std::string_view name,
            Handler handler);
Route direct(Method method, std::string pattern, Access access, Body body, std::string_view name,
             DirectHandler handler);

// One function per resource file; all_routes() (routes.cc) joins them. A new file adds a line
// there.
Routes all_routes();

}  // namespace hougu::api
