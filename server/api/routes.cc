#include "api/routes.h"

#include <iterator>

namespace hougu::api {

Routes all_routes() {
  Routes all;
  for (auto* resource :
       {session_routes, entity_routes, organisation_routes, audit_routes, live_routes,
        record_routes, attachment_routes, import_routes, export_routes, label_routes, ticket_routes,
        visit_routes, portal_routes, system_routes, page_routes}) {
    Routes routes = resource();
    std::move(routes.begin(), routes.end(), std::back_inserter(all));
  }
  return all;
}

}  // namespace hougu::api
