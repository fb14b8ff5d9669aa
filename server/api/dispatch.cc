#include "api/dispatch.h"

#include <algorithm>
#include <atomic>
#include <chrono>

#include "api/decode.h"
#include "api/metrics.h"
#include "api/present.h"
#include "base/hash.h"
#include "base/log.h"
#include "base/text.h"
#include "identity/passwords.h"
#include "identity/rate_limiter.h"
#include "identity/sessions.h"
#include "store/events.h"

namespace hougu::api {
namespace {

// Credentials that aren't known yet cost a query; so many a minute may come from one address.
constexpr int kUnknownCredentials = 600;

bool is_write(http::Method method) {
  return method != http::Method::kGet && method != http::Method::kHead &&
         method != http::Method::kOptions;
}

std::string_view bearer(const http::Request& request) {
  const std::string_view header = request.header("authorization");
  constexpr std::string_view kScheme = "Bearer ";
  return header.starts_with(kScheme) ? trimmed(header.substr(kScheme.size())) : std::string_view();
}

identity::Principal anonymous(Locale locale) {
  identity::Principal nobody;
  nobody.kind = store::ActorKind::kCustomer;
  nobody.locale = locale;
  return nobody;
}

Error internal_error(const char* what) { return internal(what); }

}  // namespace

struct Dispatcher::Exchange {
  std::shared_ptr<const http::Request> request;
  http::Respond answer;
  std::chrono::steady_clock::time_point begun = std::chrono::steady_clock::now();
  int index = -1;
  const Route* route = nullptr;
  PathParams params;
  identity::KnownIdentity identity;  // signed in
  identity::Principal nobody;        // otherwise
  json::value body;
  Locale locale = Locale::kChinese;
  Millis now = 0;
  std::string idempotency_key, idempotency_scope, idempotency_hash;
  Answer result;
  bool replayed = false;
  std::atomic<bool> answered{false};

  const identity::Principal& who() const { return identity ? identity->principal : nobody; }
};

Dispatcher::Dispatcher(Services& services, Routes routes)
    : services_(services), routes_(std::move(routes)) {
  for (std::size_t i = 0; i < routes_.size(); ++i) {
    const Route& route = routes_[i];
    metric_of_.push_back(services_.metrics.add_route(route.name));
    trees_[static_cast<std::size_t>(route.method)].add(route.method, path_of(route),
                                                       static_cast<int>(i));
  }
  metric_of_.push_back(services_.metrics.add_route("unknown"));
}

std::string Dispatcher::path_of(const Route& route) {
  if (route.pattern.starts_with("//")) return route.pattern.substr(1);
  return std::string(kBasePath) + route.pattern;
}

const Route* Dispatcher::find(http::Method method, std::string_view path, PathParams* params_out,
                              int& index_out) const {
  const http::Method wanted = method == http::Method::kHead ? http::Method::kGet : method;
  const auto match = trees_[static_cast<std::size_t>(wanted)].match(wanted, path);
  if (match.outcome != http::RouteMatch::Outcome::kFound) return nullptr;
  index_out = match.route;
  const Route& route = routes_[static_cast<std::size_t>(match.route)];
  if (params_out != nullptr) {
    for (std::size_t i = 0; i < match.parameters.size(); ++i) {
      const auto [name, value] = match.parameters.at(i);
      params_out->add(name, value);
    }
  }
  return &route;
}

std::string Dispatcher::allowed_methods(std::string_view path) const {
  std::string allow;
  for (const auto method : {http::Method::kGet, http::Method::kPost, http::Method::kPut,
                            http::Method::kPatch, http::Method::kDelete}) {
    int unused = 0;
    if (!find(method, path, nullptr, unused)) continue;
    if (!allow.empty()) allow += ", ";
    allow += http::method_name(method);
  }
  return allow;
}

http::BodyPolicy Dispatcher::body_policy(const http::Request& request) const {
  int unused = 0;
  const Route* route = find(request.method, request.path, nullptr, unused);
  if (route == nullptr || route->body.form == Body::Form::kNone) return {64 * 1024, false};
  return {route->body.max_bytes, route->body.spool};
}

void Dispatcher::handle(std::shared_ptr<const http::Request> request,
                        http::Respond respond_to) const {
  auto exchange = std::make_shared<Exchange>();
  ++in_flight_;
  exchange->request = std::move(request);
  exchange->answer = std::move(respond_to);
  exchange->now = services_.clock.now();
  exchange->locale = locale_from(exchange->request->header("accept-language"));
  const http::Request& asked = *exchange->request;
  exchange->route = find(asked.method, asked.path, &exchange->params, exchange->index);
  if (exchange->route == nullptr) {
    const std::string allow = allowed_methods(asked.path);
    auto response = plain_error(allow.empty() ? 404 : 405,
                                allow.empty() ? "path_unknown" : "method_not_allowed",
                                services_.messages, exchange->locale, asked.id);
    if (!allow.empty()) response.set("allow", allow);
    note(*exchange, response.status);
    exchange->answer(std::move(response));
    --in_flight_;
    return;
  }
  const RateLimit& limit = exchange->route->limit;
  if (limit.tries > 0) {
    const std::string subject = std::string(exchange->route->name) + " " + asked.remote_address;
    const auto allowed = services_.limiter.take(subject, limit.tries, limit.per_ms, exchange->now);
    if (!allowed.ok()) return finish(exchange, allowed.error());
  }
  authenticate(exchange);
}

void Dispatcher::authenticate(const Shared& exchange) const {
  const Access::Level level = exchange->route->access.level;
  if (level == Access::Level::kPublic || level == Access::Level::kCustomer) {
    exchange->nobody = anonymous(exchange->locale);
    return decode(exchange);
  }
  std::string credential(bearer(*exchange->request));
  if (credential.empty()) credential = exchange->request->cookie(kSessionCookie).value_or("");
  exchange->identity = services_.sessions.cached(credential);
  if (exchange->identity) return authorise(exchange);
  if (credential.empty()) {
    return finish(exchange, Error{ErrorKind::kUnauthenticated, "session.required"});
  }
  const auto allowed = services_.limiter.take("credential " + exchange->request->remote_address,
                                              kUnknownCredentials, 60'000, exchange->now);
  if (!allowed.ok()) return finish(exchange, allowed.error());
  services_.sessions.authenticate(std::move(credential),
                                  [this, exchange](Result<identity::KnownIdentity> known) {
                                    if (!known.ok()) return finish(exchange, known.error());
                                    exchange->identity = std::move(*known);
                                    authorise(exchange);
                                  });
}

void Dispatcher::authorise(const Shared& exchange) const {
  const identity::Identity& identity = *exchange->identity;
  const http::Request& request = *exchange->request;
  const Route& route = *exchange->route;
  if (identity.locale) exchange->locale = *identity.locale;
  if (is_write(request.method)) {
    if (identity.principal.read_only) return finish(exchange, forbidden("api_key.scope"));
    if (identity.principal.session &&
        !equal_constant_time(request.header("x-csrf-token"), identity.csrf_token)) {
      return finish(exchange, forbidden("session.csrf"));
    }
  }
  if (identity.must_change_password && !route.name.starts_with("session.")) {
    return finish(exchange, forbidden("session.must_change_password"));
  }
  if (route.access.level == Access::Level::kSystem &&
      !identity.principal.access->system(route.access.right)) {
    return finish(exchange, forbidden());
  }
  decode(exchange);
}

void Dispatcher::decode(const Shared& exchange) const {
  const http::Request& request = *exchange->request;
  auto body = decode_body(exchange->route->body, request);
  if (!body.ok()) return finish(exchange, std::move(body).error());
  exchange->body = std::move(*body);
  const std::string_view key = request.header("idempotency-key");
  if (!key.empty() && request.method == http::Method::kPost &&
      exchange->route->kind == Kind::kWrite) {
    const bool plain =
        std::all_of(key.begin(), key.end(), [](char c) { return c > 32 && c < 127; });
    if (!plain || key.size() > 100) {
      return finish(exchange, Error{ErrorKind::kMalformed, "idempotency.malformed"});
    }
    const Id& who = exchange->who().id;
    exchange->idempotency_key = key;
    exchange->idempotency_scope =
        who.is_nil() ? "address " + request.remote_address : "person " + who.text();
    exchange->idempotency_hash =
        sha256_hex(request.path + "\n" + request.query + "\n" +
                   (request.spooled ? request.spooled->sha256() : request.body));
  }
  if (!exchange->route->hashes.empty()) return hash_password(exchange);
  run(exchange);
}

void Dispatcher::hash_password(const Shared& exchange) const {
  json::object& body = exchange->body.as_object();
  const std::string_view member = exchange->route->hashes;
  const auto password = find_string(body, member);
  if (!password) return run(exchange);
  const auto allowed =
      identity::check_password(*password, find_string(body, "login").value_or(""), member);
  if (!allowed.ok()) return finish(exchange, allowed.error());
  services_.passwords.hash(std::string(*password), [this, exchange](Result<std::string> hash) {
    if (!hash.ok()) return finish(exchange, std::move(hash).error());
    exchange->body.as_object()[exchange->route->hashes] = *hash;
    run(exchange);
  });
}

void Dispatcher::run(const Shared& exchange) const {
  if (exchange->route->kind == Kind::kDirect) return run_direct(exchange);
  auto verb = [this, exchange](store::Transaction& tx) { return run_verb(*exchange, tx); };
  if (exchange->route->kind == Kind::kRead) {
    return services_.database.read_async(std::move(verb), [this, exchange](Result<void> done) {
      finish(exchange, result_of(*exchange, done));
    });
  }
  // SQLite has one thread that writes: its time is for verbs, not for texts of answers.
  services_.database.write_async(std::move(verb), [this, exchange](Result<void> done) {
    exchange->answer.later([this, exchange, done = std::move(done)] {
      return present(*exchange, result_of(*exchange, done));
    });
    --in_flight_;
  });
}

Result<Answer> Dispatcher::result_of(Exchange& exchange, const Result<void>& done) {
  if (!done.ok()) return done.error();
  return std::move(exchange.result);
}

void Dispatcher::run_direct(const Shared& exchange) const {
  auto call = std::make_shared<DirectCall>(
      DirectCall{exchange->request, exchange->who(), exchange->params, std::move(exchange->body),
                 services_, exchange->now, exchange->locale,
                 [this, exchange](Result<Answer> result) { finish(exchange, std::move(result)); }});
  try {
    exchange->route->direct(call);
  } catch (const std::exception& thrown) {
    call->done(internal_error(thrown.what()));
  }
}

// May run again when the database asks for it: everything is set anew.
Result<void> Dispatcher::run_verb(Exchange& exchange, store::Transaction& tx) const {
  exchange.replayed = false;
  if (exchange.idempotency_key.empty()) return call_handler(exchange, tx);
  HOUGU_TRY(const auto earlier,
            store::claim_idempotency(tx, exchange.idempotency_scope, exchange.idempotency_key,
                                     exchange.idempotency_hash, exchange.now));
  if (earlier && earlier->empty() && !exchange.route->keep_answer) {
    return conflict("idempotency.done");
  }
  if (!earlier || earlier->empty()) {
    HOUGU_CHECK(call_handler(exchange, tx));
    if (!exchange.route->keep_answer) return {};
    const std::string kept = json::serialize(
        json::object{{"status", exchange.result.status}, {"body", exchange.result.body}});
    return store::store_idempotent_answer(tx, exchange.idempotency_scope, exchange.idempotency_key,
                                          kept);
  }
  HOUGU_TRY(auto answer, parse_json(*earlier, {64, 16u << 20}));
  if (!answer.is_object()) return internal("a stored answer isn't an object");
  exchange.result =
      Answer{static_cast<int>(answer.at("status").to_number<std::int64_t>()), answer.at("body")};
  exchange.replayed = true;
  return {};
}

Result<void> Dispatcher::call_handler(Exchange& exchange, store::Transaction& tx) const {
  const auto with = [&](const identity::Principal& who) -> Result<void> {
    Call call{tx,           *exchange.request, who, exchange.params, exchange.body, services_,
              exchange.now, exchange.locale};
    HOUGU_TRY(exchange.result, exchange.route->handler(call));
    return {};
  };
  try {
    if (exchange.route->access.level != Access::Level::kCustomer) return with(exchange.who());
    if (!services_.customer_of_token) return not_found();
    HOUGU_TRY(auto customer,
              services_.customer_of_token(tx, exchange.params["token"], exchange.now));
    customer.locale = exchange.locale;
    return with(customer);
  } catch (const std::exception& thrown) {
    return internal_error(thrown.what());
  }
}

void Dispatcher::finish(const Shared& exchange, Result<Answer> result) const {
  if (exchange->answered.exchange(true)) return;  // a direct handler that answered, then threw
  exchange->answer(present(*exchange, std::move(result)));
  --in_flight_;
}

http::Response Dispatcher::present(const Exchange& exchange, Result<Answer> result) const {
  auto response = response_to(exchange, std::move(result));
  note(exchange, response.status);
  return response;
}

http::Response Dispatcher::response_to(const Exchange& exchange, Result<Answer> result) const {
  if (result.ok()) {
    if (exchange.replayed) result->headers.emplace_back("idempotency-replayed", "true");
    return answer_response(std::move(*result));
  }
  // A unique rule may be broken at the commit only.
  const Error error = services_.records.explained(std::move(result).error());
  if (status_of(error.kind) >= 500) {
    log(error.kind == ErrorKind::kInternal ? LogLevel::kError : LogLevel::kWarning,
        "a request failed",
        {{"request", exchange.request->id}, {"code", error.code}, {"cause", error.cause}});
  }
  return error_response(error, services_.messages, exchange.locale, exchange.request->id);
}

// In the figures and the log of requests.
void Dispatcher::note(const Exchange& exchange, int status) const {
  using Milliseconds = std::chrono::duration<double, std::milli>;
  const double ms = Milliseconds(std::chrono::steady_clock::now() - exchange.begun).count();
  const auto index = exchange.index < 0 ? routes_.size() : static_cast<std::size_t>(exchange.index);
  services_.metrics.count(metric_of_[index], status, ms);
  if (services_.access_log) {
    json::object line{{"request", exchange.request->id},
                      {"method", http::method_name(exchange.request->method)},
                      {"route", exchange.route ? exchange.route->name : "unknown"},
                      {"status", status},
                      {"ms", static_cast<std::int64_t>(ms * 1000) / 1000.0}};
    if (!exchange.who().id.is_nil()) line["user"] = exchange.who().id.text();
    log(LogLevel::kInfo, "request", std::move(line));
  }
}

}  // namespace hougu::api
