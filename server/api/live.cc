// Live updates: the event stream of a page, the one of a customer's page, and presence.
#include <charconv>

#include "api/live_hub.h"
#include "api/routes.h"

namespace hougu::api {
namespace {

http::Response event_stream(std::function<void(std::shared_ptr<http::EventStream>)> opened) {
  http::Response response;
  response.set("cache-control", "no-store");
  response.set("x-accel-buffering", "no");  // proxies hand each event on at once
  response.event_stream = std::move(opened);
  return response;
}

std::int64_t last_event(const http::Request& request) {
  const std::string_view text = request.header("last-event-id");
  std::int64_t value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return std::max<std::int64_t>(value, 0);
}

void open_stream(const std::shared_ptr<DirectCall>& call) {
  const std::int64_t last = last_event(*call->request);
  call->done(Answer::raw(event_stream([&hub = call->services.live, who = call->who,
                                       last](std::shared_ptr<http::EventStream> stream) {
    hub.open(who, std::move(stream), last);
  })));
}

Result<Answer> open_customer_stream(Call& call) {
  return Answer::raw(event_stream(
      [&hub = call.services.live, ticket = call.who.id](std::shared_ptr<http::EventStream> stream) {
        hub.watch("ticket", ticket, std::move(stream));
      }));
}

Result<Answer> set_presence(Call& call) {
  const json::object& body = call.object();
  const auto entity = find_string(body, "entity").value_or("");
  const auto state = find_string(body, "state").value_or("");
  const auto id = Id::parse(find_string(body, "id").value_or(""));
  if (state != "viewing" && state != "typing" && state != "left") {
    return invalid("field.choice", "state");
  }
  HOUGU_TRY(const bool visible, call.services.records.visible(call.tx, call.who, entity, *id));
  if (!visible) return not_found();
  call.services.live.set_presence(call.who, entity, *id, state);
  return Answer::none();
}

}  // namespace

Routes live_routes() {
  Routes routes;
  routes.push_back(
      direct(Method::kGet, "/live", Access::signed_in(), Body::none(), "live.open", open_stream));
  routes.push_back(read(Method::kGet, "/portal/track/{token}/live", Access::customer(),
                        "portal.live", open_customer_stream));
  // Nothing is stored, so a read is enough to see whether the person may know the record.
  Route presence =
      read(Method::kPost, "/presence", Access::signed_in(), "live.presence", set_presence);
  presence.body = Body::json({{"entity", Type::kString, kRequired, 50},
                              {"id", Type::kId, kRequired},
                              {"state", Type::kString, kRequired, 10}});
  routes.push_back(std::move(presence));
  return routes;
}

}  // namespace hougu::api
