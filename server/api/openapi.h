// The description of the API (OpenAPI 3.1), made from the route table and the entity definitions.
#pragma once

#include "api/route.h"
#include "schema/definition.h"

namespace hougu::api {

// Routes "/{entity}…" are written out for each entity, with its own schemas ("customer" as it comes
// out, "customer_input" as it goes in). Summaries in `locale`.
json::object openapi_document(const Routes& routes, const schema::Catalog& catalog,
                              const Services& services, Locale locale);

}  // namespace hougu::api
