// The customer's pages: no account, no cookies. A report needs nothing; a ticket opens by the
// signed token of its link. The files of these pages are in attachments.cc.
#include "service/tickets/portal.h"

#include "api/live_hub.h"
#include "api/routes.h"
#include "identity/organisation.h"
#include "schema/fields/divisions.h"

namespace hougu::api {
namespace {

constexpr Millis kMinute = 60'000;

// Portal switched off in the settings: its entrances are closed, links to tickets stay open.
Result<json::object> open_portal(Call& call) {
  HOUGU_TRY(auto organisation, identity::read_organisation(call.tx));
  if (const auto* portal = find_object(organisation, "portal");
      portal && !find_bool(*portal, "enabled").value_or(true))
    return forbidden("portal.disabled");
  return organisation;
}

Result<Answer> entrance(Call& call) {
  HOUGU_TRY(const auto organisation, identity::read_organisation(call.tx));
  json::object shown;
  for (const auto* member : {"name", "logo_url", "accent_color"})
    if (const auto* value = find(organisation, member)) shown[member] = *value;
  bool enabled = true;
  if (const auto* portal = find_object(organisation, "portal")) {
    enabled = find_bool(*portal, "enabled").value_or(true);
    for (const auto* member : {"phone", "welcome"})
      if (const auto* value = find(*portal, member)) shown[member] = *value;
  }
  auto answer = call.services.portal->choices(call.locale);
  answer["organisation"] = std::move(shown);
  answer["enabled"] = enabled;
  return Answer::ok(std::move(answer));
}

Result<Answer> device(Call& call) {
  HOUGU_CHECK(open_portal(call));
  HOUGU_TRY(auto card, call.services.portal->device(call.tx, call.params["qr_token"], call.locale));
  return Answer::ok(std::move(card));
}

Result<Answer> report(Call& call) {
  HOUGU_CHECK(open_portal(call));
  HOUGU_TRY(auto receipt, call.services.portal->report(call.tx, call.object(), call.locale));
  return Answer::created(std::move(receipt));
}

Result<Answer> find_ticket(Call& call) {
  const auto& body = call.object();
  HOUGU_TRY(auto found,
            call.services.portal->find(call.tx, find_string(body, "number").value_or(""),
                                       find_string(body, "phone").value_or("")));
  return Answer::ok(std::move(found));
}

Result<Answer> track(Call& call) {
  HOUGU_TRY(auto page, call.services.portal->track(call.tx, call.who, call.locale));
  return Answer::ok(std::move(page));
}

// A verb of the customer, answered by the page as it is afterwards.
Handler then_track(Result<void> (service::Portal::*verb)(store::Transaction&,
                                                         const identity::Principal&,
                                                         const json::object&)) {
  return [verb](Call& call) -> Result<Answer> {
    HOUGU_CHECK((call.services.portal->*verb)(call.tx, call.who, call.object()));
    return track(call);
  };
}

Result<Answer> divisions(Call&) {
  http::Response response;
  response.set("content-type", "application/json; charset=utf-8");
  response.set("cache-control", "public, max-age=86400");
  static const std::string kTree = json::serialize(schema::Divisions::all().tree());
  response.static_body = kTree;
  return Answer::raw(std::move(response));
}
}  // namespace

Routes portal_routes() {
  using service::Portal;
  const auto anyone = Access::anyone();
  const auto customer = Access::customer();
  const std::string by_token = "/portal/track/{token}";
  Routes routes;
  routes.push_back(read(Method::kGet, "/portal", anyone, "portal.entrance", entrance));
  routes.push_back(read(Method::kGet, "/portal/asset/{qr_token}", anyone, "portal.device", device)
                       .limited(60, kMinute));
  routes.push_back(read(Method::kGet, "/portal/divisions", anyone, "portal.divisions", divisions));
  routes.push_back(
      write(Method::kPost, "/portal/report", anyone, Body::open_json(), "portal.report", report)
          .limited(20, kMinute));
  routes.push_back(write(Method::kPost, "/portal/find", anyone,
                         Body::json({{"number", Type::kString, kRequired, 60},
                                     {"phone", Type::kString, kRequired, 40}}),
                         "portal.find", find_ticket)
                       .limited(5, kMinute));
  routes.push_back(read(Method::kGet, by_token, customer, "portal.track", track));
  routes.push_back(write(Method::kPost, by_token + "/message", customer, Body::open_json(),
                         "portal.message", then_track(&Portal::message))
                       .limited(20, kMinute));
  routes.push_back(write(Method::kPost, by_token + "/cancel", customer, Body::open_json(),
                         "portal.cancel", then_track(&Portal::cancel)));
  routes.push_back(write(Method::kPost, by_token + "/rating", customer, Body::open_json(),
                         "portal.rating", then_track(&Portal::rate)));
  routes.push_back(write(Method::kPost, by_token + "/preferred_time", customer, Body::open_json(),
                         "portal.preferred_time", then_track(&Portal::change_preferred_time)));
  return routes;
}
}  // namespace hougu::api
