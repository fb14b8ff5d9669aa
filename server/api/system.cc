// Health, metrics, the description of the API and the page to read it.
#include "api/live_hub.h"
#include "api/metrics.h"
#include "api/openapi.h"
#include "api/page_headers.h"
#include "api/routes.h"
#include "http/server.h"

namespace hougu::api {
namespace {

void healthz(const std::shared_ptr<DirectCall>& call) {
  call->done(Answer::ok(json::object{{"status", "ok"}, {"version", call->services.version}}));
}

// Ready: definitions are loaded, the database takes writes, and not too much waits for it.
void readyz(const std::shared_ptr<DirectCall>& call) {
  const auto health = call->services.database.health();
  const bool ready = health.writable && call->services.schema.catalog() != nullptr;
  Answer answer = Answer::ok(
      json::object{{"status", ready ? "ready" : "unavailable"}, {"queued", health.queued}});
  if (!ready) answer.status = 503;
  call->done(std::move(answer));
}

bool is_local(std::string_view address) {
  return address == "::1" || address.starts_with("127.") || address.starts_with("::ffff:127.");
}

void metrics(const std::shared_ptr<DirectCall>& call) {
  Services& services = call->services;
  if (!services.public_metrics && !is_local(call->request->remote_address)) {
    return call->done(forbidden());
  }
  const auto health = services.database.health();
  const auto http = services.http_metrics ? services.http_metrics() : http::ServerMetrics{};
  const auto number = [](auto value) { return static_cast<double>(value); };
  const std::vector<Metrics::Gauge> gauges{
      {"hougu_db_queue", "Verbs waiting for the database.", "gauge", number(health.queued)},
      {"hougu_db_writable", "1 while the database takes writes.", "gauge",
       health.writable ? 1.0 : 0.0},
      {"hougu_db_commits_total", "Commits.", "counter", number(health.commits)},
      {"hougu_db_verbs_total", "Verbs committed.", "counter", number(health.verbs)},
      {"hougu_db_retries_total", "Verbs that were run again.", "counter", number(health.retries)},
      {"hougu_event_streams", "Open event streams.", "gauge",
       number(services.metrics.event_streams.load())},
      {"hougu_events_sent_total", "Events sent to streams.", "counter",
       number(services.metrics.events_sent.load())},
      {"hougu_http_connections_total", "Accepted connections.", "counter",
       number(http.connections)},
      {"hougu_http_open_connections", "Open connections.", "gauge", number(http.open_connections)},
      {"hougu_http_received_bytes_total", "Bytes received.", "counter", number(http.bytes_in)},
      {"hougu_http_sent_bytes_total", "Bytes sent.", "counter", number(http.bytes_out)},
      {"hougu_http_refused_total", "Requests refused before they reached a route.", "counter",
       number(http.refused)}};
  http::Response response;
  response.body = services.metrics.text(gauges);
  response.set("content-type", "text/plain; version=0.0.4; charset=utf-8");
  response.set("cache-control", "no-store");
  call->done(Answer::raw(std::move(response)));
}

void describe(const std::shared_ptr<DirectCall>& call) {
  const auto catalog = call->services.schema.catalog();
  http::Response response;
  response.body =
      json::serialize(openapi_document(all_routes(), *catalog, call->services, call->locale));
  response.set("content-type", "application/json; charset=utf-8");
  response.set("cache-control", "no-cache");
  call->done(Answer::raw(std::move(response)));
}

// {{key}} in the page is the text of that message.
std::string with_texts(std::string_view page, const Messages& messages, Locale locale) {
  std::string out;
  for (std::size_t at = 0; at < page.size();) {
    const auto open = page.find("{{", at);
    const auto close = open == std::string_view::npos ? open : page.find("}}", open);
    if (close == std::string_view::npos) return out.append(page.substr(at));
    out.append(page.substr(at, open - at));
    out += messages.text(locale, page.substr(open + 2, close - open - 2));
    at = close + 2;
  }
  return out;
}

DirectHandler docs_file(std::string name, std::string content_type) {
  return [name = std::move(name),
          content_type = std::move(content_type)](const std::shared_ptr<DirectCall>& call) {
    const Services& services = call->services;
    const std::string_view file = services.docs_file ? services.docs_file(name) : "";
    if (file.empty()) return call->done(not_found("path_unknown"));
    http::Response response;
    response.body = with_texts(file, services.messages, call->locale);
    response.set("content-type", content_type);
    response.set("cache-control", "no-cache");
    add_security_headers(response, *call->request, "");
    call->done(Answer::raw(std::move(response)));
  };
}

}  // namespace

Routes system_routes() {
  const Access anyone = Access::anyone();
  const auto page = [&](std::string path, std::string_view name, DirectHandler handler) {
    return direct(Method::kGet, std::move(path), anyone, Body::none(), name, std::move(handler))
        .undocumented();
  };
  Routes routes;
  routes.push_back(page("//healthz", "health", healthz));
  routes.push_back(page("//readyz", "ready", readyz));
  routes.push_back(page("//metrics", "metrics", metrics));
  routes.push_back(page("//api/openapi.json", "openapi", describe).limited(120, 60'000));
  routes.push_back(page("//api/docs", "docs", docs_file("docs.html", "text/html; charset=utf-8")));
  routes.push_back(
      page("//api/docs.js", "docs.js", docs_file("docs.js", "text/javascript; charset=utf-8")));
  return routes;
}

}  // namespace hougu::api
