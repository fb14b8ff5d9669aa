// The web pages that are packed into the program. Each app has one page; its paths lead to it, and
// the page's own router does the rest.
#include "api/dispatch.h"
#include "api/page_headers.h"
#include "api/present.h"
#include "api/routes.h"
#include "http/headers.h"
#include "identity/roles.h"
#include "identity/sessions.h"

namespace hougu::api {
namespace {

constexpr std::array<std::string_view, 3> kApps{"desk", "field", "studio"};
constexpr std::array<std::string_view, 4> kPortalPaths{"s", "report", "track", "find"};

std::string_view first_segment(std::string_view path) { return path.substr(0, path.find('/')); }

bool looks_like_file(std::string_view path) {
  const auto slash = path.rfind('/');
  return path.find('.', slash == std::string_view::npos ? 0 : slash) != std::string_view::npos;
}

http::Response file_response(const StaticFile& file, const http::Request& request, int status) {
  http::Response response;
  response.status = status;
  add_page_headers(response, request, file);
  if (status == 200 && http::matches_etag(request.header("if-none-match"), file.etag)) {
    response.status = 304;
    return response;
  }
  response.set("content-type", std::string(file.content_type));
  const std::string_view accepted = request.header("accept-encoding");
  if (!file.br.empty() && http::accepts_encoding(accepted, "br")) {
    response.set("content-encoding", "br");
    response.static_body = file.br;
  } else if (!file.gzip.empty() && http::accepts_encoding(accepted, "gzip")) {
    response.set("content-encoding", "gzip");
    response.static_body = file.gzip;
  } else {
    response.static_body = file.identity;
  }
  return response;
}

http::Response redirect(std::string to) {
  http::Response response;
  response.status = 302;
  response.set("location", std::move(to));
  response.set("cache-control", "no-store");
  return response;
}

http::Response missing(const DirectCall& call) {
  return plain_error(404, "path_unknown", call.services.messages, call.locale, call.request->id);
}

// The page or file of a path without its leading slash.
http::Response page_response(const DirectCall& call, std::string_view path) {
  const http::Request& request = *call.request;
  const auto find = [&](const std::string& name) { return call.services.page(name); };
  const std::string_view app = first_segment(path);
  if (app == "api") return missing(call);
  if (std::find(kApps.begin(), kApps.end(), app) != kApps.end()) {
    if (path == app) return redirect("/" + std::string(app) + "/");
    if (const auto* file = find(std::string(path))) return file_response(*file, request, 200);
    const auto* page = looks_like_file(path) ? nullptr : find(std::string(app) + "/index.html");
    return page ? file_response(*page, request, 200) : missing(call);
  }
  if (!path.empty()) {
    const auto* file = find("portal/" + std::string(path));
    if (file != nullptr) return file_response(*file, request, 200);
  }
  const auto* page = looks_like_file(path) ? nullptr : find("portal/index.html");
  if (page == nullptr) return missing(call);
  const bool known = path.empty() ||
                     std::find(kPortalPaths.begin(), kPortalPaths.end(), app) != kPortalPaths.end();
  return file_response(*page, request, known ? 200 : 404);
}

void serve_page(const std::shared_ptr<DirectCall>& call) {
  call->done(Answer::raw(page_response(*call, call->params["path"])));
}

// "/" of somebody signed in is his first app.
void serve_root(const std::shared_ptr<DirectCall>& call) {
  const auto portal = [call] { call->done(Answer::raw(page_response(*call, ""))); };
  const auto token = call->request->cookie(kSessionCookie);
  if (!token || token->empty()) return portal();
  call->services.sessions.authenticate(*token, [call, portal](Result<identity::KnownIdentity> who) {
    if (!who.ok()) return portal();
    auto face = std::make_shared<std::string>();
    call->services.database.read_async(
        [face, known = *who](store::Transaction& tx) -> Result<void> {
          const auto& person = known->principal;
          HOUGU_TRY(const auto faces, identity::faces_of(tx, person.roles, *person.access));
          if (!faces.empty()) *face = faces.front().as_string();
          return {};
        },
        [call, portal, face](const Result<void>& result) {
          if (!result.ok() || face->empty()) return portal();
          call->done(Answer::raw(redirect("/" + *face + "/")));
        });
  });
}

}  // namespace

Routes page_routes() {
  const Access anyone = Access::anyone();
  Routes routes;
  routes.push_back(
      direct(Method::kGet, "//", anyone, Body::none(), "page.root", serve_root).undocumented());
  routes.push_back(
      direct(Method::kGet, "//{path*}", anyone, Body::none(), "page", serve_page).undocumented());
  return routes;
}

}  // namespace hougu::api
