// Signing in and out, and what belongs to the signed-in person.
#include "api/dispatch.h"
#include "api/routes.h"
#include "http/headers.h"
#include "identity/organisation.h"
#include "identity/roles.h"
#include "identity/sessions.h"
#include "identity/sign_in.h"
#include "identity/units.h"
#include "identity/users.h"

namespace hougu::api {
namespace {

constexpr std::size_t kMaxPreferences = 32 * 1024;

std::string session_cookie(const http::Request& request, std::string_view token,
                           std::int64_t max_age) {
  http::CookieOptions options;
  options.secure = request.secure;
  options.max_age_seconds = max_age;
  return http::set_cookie(kSessionCookie, token, options);
}

Result<json::array> units_of(store::Transaction& tx, const identity::Principal& who) {
  json::array units;
  HOUGU_TRY(const auto all, identity::list_units(tx));
  for (const auto& unit : all) {
    const auto id = Id::parse(unit.at("id").as_string());
    if (!id || std::find(who.teams.begin(), who.teams.end(), *id) == who.teams.end()) continue;
    units.push_back({{"id", unit.at("id")}, {"name", unit.at("name")}, {"kind", unit.at("kind")}});
  }
  return units;
}

// What GET /session and a successful sign-in answer.
Result<json::object> session_json(store::Transaction& tx, const Services& services,
                                  const identity::Principal& who, Millis now) {
  HOUGU_TRY(const auto user, identity::read_user(tx, who.id));
  HOUGU_TRY(auto organisation, identity::read_organisation(tx));
  HOUGU_TRY(auto preferences, identity::read_preferences(tx, who.id));
  HOUGU_TRY(auto faces, identity::faces_of(tx, who.roles, *who.access));
  HOUGU_TRY(auto units, units_of(tx, who));
  json::array rights;
  for (const auto& right : who.access->system_rights()) rights.push_back(json::value(right));
  organisation.erase("logo");
  organisation.erase("portal");
  return json::object{
      {"user",
       {{"id", user.at("id")},
        {"name", user.at("name")},
        {"login", user.at("login")},
        {"locale", user.at("locale")},
        {"avatar_color", identity::avatar_color(who.id)},
        {"must_change_password", user.at("must_change_password")}}},
      {"csrf_token", who.session ? json::value(identity::csrf_token(services.secret, *who.session))
                                 : json::value()},
      {"roles", user.at("roles")},
      {"faces", std::move(faces)},
      {"system", std::move(rights)},
      {"units", std::move(units)},
      {"organisation", std::move(organisation)},
      {"preferences", std::move(preferences)},
      {"server_time", format_utc(now)}};
}

Result<Answer> get_session(Call& call) {
  HOUGU_TRY(auto session, session_json(call.tx, call.services, call.who, call.now));
  return Answer::ok(std::move(session));
}

// Reads the new session like any other, which also puts it into the cache.
void answer_signed_in(const std::shared_ptr<DirectCall>& call, const std::string& token) {
  Services& services = call->services;
  services.sessions.authenticate(token, [call, token](Result<identity::KnownIdentity> known) {
    if (!known.ok()) return call->done(std::move(known).error());
    auto answer = std::make_shared<Answer>();
    call->services.database.read_async(
        [call, answer, identity = *known](store::Transaction& tx) -> Result<void> {
          HOUGU_TRY(auto body, session_json(tx, call->services, identity->principal, call->now));
          *answer = Answer::ok(std::move(body));
          return {};
        },
        [call, answer, token](Result<void> result) {
          if (!result.ok()) return call->done(std::move(result).error());
          answer->headers.emplace_back(
              "set-cookie", session_cookie(*call->request, token, identity::kMaxSession / 1000));
          call->done(std::move(*answer));
        });
  });
}

void sign_in(const std::shared_ptr<DirectCall>& call) {
  const json::object& body = call->body.as_object();
  identity::SignIn::Attempt attempt{std::string(find_string(body, "login").value_or("")),
                                    std::string(find_string(body, "password").value_or("")),
                                    call->request->remote_address,
                                    std::string(call->request->header("user-agent"))};
  call->services.sign_in.sign_in(std::move(attempt), [call](Result<identity::NewSession> session) {
    if (!session.ok()) return call->done(std::move(session).error());
    answer_signed_in(call, session->token);
  });
}

Result<Answer> sign_out(Call& call) {
  if (!call.who.session) return forbidden("session.needed");
  HOUGU_CHECK(identity::end_session(call.organisation(), *call.who.session));
  Answer answer = Answer::none();
  answer.headers.emplace_back("set-cookie", session_cookie(call.request, "", 0));
  return answer;
}

void change_password(const std::shared_ptr<DirectCall>& call) {
  if (!call->who.session) return call->done(forbidden("session.needed"));
  const json::object& body = call->body.as_object();
  call->services.sign_in.change_password(
      call->who, std::string(find_string(body, "old").value_or("")),
      std::string(find_string(body, "new").value_or("")), [call](Result<void> result) {
        if (!result.ok()) {
          return call->done(std::move(result).error());
        }
        call->done(Answer::none());
      });
}

Result<Answer> put_preferences(Call& call) {
  if (json::serialize(call.body).size() > kMaxPreferences) {
    return Error{ErrorKind::kTooLarge, "json.too_large"};
  }
  HOUGU_CHECK(identity::set_preferences(call.organisation(), call.who.id, call.object()));
  return Answer::ok(call.body);
}

}  // namespace

Routes session_routes() {
  const Access anyone = Access::anyone(), signed_in = Access::signed_in();
  Routes routes;
  routes.push_back(direct(Method::kPost, "/session", anyone,
                          Body::json({{"login", Type::kString, kRequired, 200},
                                      {"password", Type::kString, kRequired, 512}}),
                          "session.sign_in", sign_in)
                       .limited(60, 60'000));
  routes.push_back(read(Method::kGet, "/session", signed_in, "session.get", get_session));
  routes.push_back(
      write(Method::kDelete, "/session", signed_in, Body::none(), "session.sign_out", sign_out));
  routes.push_back(direct(Method::kPut, "/session/password", signed_in,
                          Body::json({{"old", Type::kString, kRequired, 512},
                                      {"new", Type::kString, kRequired, 512}}),
                          "session.password", change_password)
                       .limited(20, 60'000));
  routes.push_back(write(Method::kPut, "/session/preferences", signed_in,
                         Body::open_json({{"locale", Type::kString}}, 2 * kMaxPreferences),
                         "session.preferences", put_preferences));
  return routes;
}

}  // namespace hougu::api
