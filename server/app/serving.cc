#include "app/serving.h"

#include <chrono>
#include <thread>

#include "api/dispatch.h"
#include "api/live_hub.h"
#include "api/metrics.h"
#include "api/routes.h"
#include "app/housekeeping.h"
#include "app/version.h"
#include "app/web_assets.h"
#include "base/log.h"
#include "http/server.h"
#include "identity/organisation.h"
#include "identity/passwords.h"
#include "identity/rate_limiter.h"
#include "identity/sessions.h"
#include "identity/sign_in.h"
#include "schema/attachments/uploads.h"
#include "schema/exchange/import_runner.h"
#include "service/assets/assets.h"
#include "service/tickets/portal.h"
#include "service/tickets/ticket_views.h"
#include "service/tickets/tickets.h"
#include "service/tickets/visits.h"

namespace hougu::app {
namespace {

// The pages in the form in which the API takes them; sorted by path like the packed table.
class Pages {
 public:
  Pages() {
    for (const WebAsset& asset : web_assets()) {
      files_.emplace(asset.path, api::StaticFile{asset.content_type, asset.etag, asset.identity,
                                                 asset.gzip, asset.br, asset.immutable});
    }
  }
  const api::StaticFile* find(std::string_view path) const {
    const auto at = files_.find(path);
    return at == files_.end() ? nullptr : &at->second;
  }

 private:
  std::map<std::string_view, api::StaticFile> files_;
};

struct Listen {
  std::string address;
  std::uint16_t port = 0;
};

// "127.0.0.1:8080", "[::1]:8080", ":8080" (all addresses).
Result<Listen> listen_from(const std::string& text) {
  const auto wrong = [&] {
    return invalid("config.value", "listen", {{"name", "listen"}, {"value", text}});
  };
  const auto colon = text.rfind(':');
  if (colon == std::string::npos) return wrong();
  Listen listen{text.substr(0, colon), 0};
  if (listen.address.starts_with('[') && listen.address.ends_with(']')) {
    listen.address = listen.address.substr(1, listen.address.size() - 2);
  }
  if (listen.address.empty()) listen.address = "0.0.0.0";
  int port = 0;
  for (const char c : text.substr(colon + 1)) {
    if (c < '0' || c > '9' || (port = port * 10 + (c - '0')) > 65535) return wrong();
  }
  if (colon + 1 == text.size()) return wrong();
  listen.port = static_cast<std::uint16_t>(port);
  return listen;
}

}  // namespace

// In the order in which the parts rest upon each other.
struct Serving::Parts {
  Opened& opened;
  Listen listen;
  schema::Records records{*opened.schema, opened.clock, opened.ids};
  service::Tickets tickets{*opened.database, *opened.schema, records, opened.clock, opened.ids};
  service::Visits visits{records, tickets, opened.clock};
  service::TicketViews views{records, tickets, opened.clock};
  service::Portal portal{*opened.schema,  records,      tickets,
                         opened.messages, opened.clock, opened.secret};
  std::unique_ptr<attachments::FileStore> files;
  std::unique_ptr<attachments::Uploads> uploads;
  std::unique_ptr<exchange::ImportRunner> imports;
  identity::RateLimiter limiter;
  identity::PasswordWorker passwords{opened.config.integer("password_threads")};
  identity::Sessions sessions{*opened.database, opened.clock, opened.ids, opened.secret};
  identity::SignIn sign_in{*opened.database, passwords, sessions, opened.clock, opened.ids};
  api::Metrics metrics;
  api::LiveHub live{*opened.database, *opened.schema, records, opened.clock, metrics};
  Pages pages;
  api::Services services{*opened.database, *opened.schema,  records, passwords,
                         sessions,         sign_in,         limiter, opened.clock,
                         opened.ids,       opened.messages, live,    metrics};
  Housekeeping housekeeping{*opened.database, opened.clock};
  std::unique_ptr<api::Dispatcher> dispatcher;
  std::unique_ptr<http::Server> server;
  std::shared_ptr<void> subscription;  // to changed settings

  explicit Parts(Opened& with) : opened(with) {}

  Result<void> start();
  Result<void> open_files();
  void fill_services();
  Result<void> read_settings(store::Transaction& tx);
  http::ServerOptions server_options() const;
};

// Dates are those of the organisation's zone, whoever changes it and on whichever node.
Result<void> Serving::Parts::read_settings(store::Transaction& tx) {
  HOUGU_TRY(const auto organisation, identity::read_organisation(tx));
  const auto zone = find_string(organisation, "time_zone").value_or("Asia/Shanghai");
  HOUGU_CHECK(records.set_time_zone(zone));
  service::TicketSettings settings = *tickets.settings();
  settings.time_zone = zone;
  tickets.configure(std::move(settings));
  return {};
}

Result<void> Serving::Parts::open_files() {
  const std::string& data = opened.config.text("data");
  HOUGU_TRY(files, attachments::FileStore::open(data));
  uploads =
      std::make_unique<attachments::Uploads>(*opened.database, *files, opened.clock, opened.ids);
  imports = std::make_unique<exchange::ImportRunner>(
      *opened.database, *opened.schema, records, opened.clock, opened.ids, opened.messages, data);
  return imports->start();
}

void Serving::Parts::fill_services() {
  services.tickets = &tickets;
  services.visits = &visits;
  services.ticket_views = &views;
  services.portal = &portal;
  services.uploads = uploads.get();
  services.imports = imports.get();
  services.data_folder = opened.config.text("data");
  services.public_url = opened.config.text("public_url");
  services.version = kVersion;
  services.access_log = opened.config.flag("access_log");
  services.public_metrics = opened.config.flag("public_metrics");
  services.secret = opened.secret;
  services.page = [this](std::string_view path) { return pages.find(path); };
  services.docs_file = [](std::string_view name) {
    const auto* file = find_resource("api/" + std::string(name));
    return file ? file->bytes : std::string_view();
  };
  services.http_metrics = [this] { return server ? server->metrics() : http::ServerMetrics{}; };
  services.customer_of_token = [this](store::Transaction& tx, std::string_view token, Millis) {
    return portal.customer_of(tx, token);
  };
  services.add_permitted["ticket"] = [this](const identity::Principal& who,
                                            schema::Record& record) {
    tickets.add_permitted(who, record);
  };
  services.add_permitted["visit"] = [this](const identity::Principal& who, schema::Record& record) {
    visits.add_permitted(who, record);
  };
}

http::ServerOptions Serving::Parts::server_options() const {
  http::ServerOptions options;
  options.address = listen.address;
  options.port = listen.port;
  options.threads = opened.config.integer("threads");
  options.max_connections = opened.config.integer("max_connections");
  options.trusted_proxies = opened.config.list("trusted_proxies");
  options.spool_folder = opened.config.in_data("spool");
  options.error_text = [this](std::string_view code, std::string_view accept_language) {
    const std::string key = "error." + std::string(code);
    return opened.messages.has(key) ? opened.messages.text(locale_from(accept_language), key)
                                    : std::string();
  };
  return options;
}

Result<void> Serving::Parts::start() {
  HOUGU_TRY(listen, listen_from(opened.config.text("listen")));
  service::register_asset_hooks(records);
  HOUGU_CHECK(opened.database->read([this](store::Transaction& tx) { return read_settings(tx); }));
  HOUGU_CHECK(open_files());
  fill_services();
  subscription = opened.database->on_events([this](const store::CommittedEvent& event) {
    if (event.entity != "setting") return;
    opened.database->read_async(
        [this](store::Transaction& tx) { return read_settings(tx); },
        [](const Result<void>& done) {
          if (done.ok()) return;
          log(LogLevel::kWarning, "settings can't be read", {{"cause", done.error().cause}});
        });
  });
  dispatcher = std::make_unique<api::Dispatcher>(services, api::all_routes());
  HOUGU_TRY(server,
            http::Server::start(
                server_options(),
                [this](std::shared_ptr<const http::Request> request, http::Respond respond) {
                  dispatcher->handle(std::move(request), std::move(respond));
                },
                [this](const http::Request& request) { return dispatcher->body_policy(request); }));
  return {};
}

Serving::Serving(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}

Serving::~Serving() = default;

Result<std::unique_ptr<Serving>> Serving::start(Opened& opened) {
  auto parts = std::make_unique<Parts>(opened);
  HOUGU_CHECK(parts->start());
  return std::unique_ptr<Serving>(new Serving(std::move(parts)));
}

std::string Serving::address() const {
  const std::string& host = parts_->listen.address;
  const std::string shown = host == "0.0.0.0"                     ? "127.0.0.1"
                            : host.find(':') != std::string::npos ? "[" + host + "]"
                                                                  : host;
  return "http://" + shown + ":" + std::to_string(parts_->server->port());
}

bool Serving::stop() {
  using namespace std::chrono;
  const auto grace = seconds(parts_->opened.config.integer("stop_seconds"));
  const auto until = steady_clock::now() + grace;
  parts_->server->stop(static_cast<int>(milliseconds(grace).count()));
  // Verbs whose client is gone are still finished.
  while (parts_->dispatcher->in_flight() > 0) {
    if (steady_clock::now() > until + seconds(5)) return false;
    std::this_thread::sleep_for(milliseconds(5));
  }
  return true;
}

}  // namespace hougu::app
