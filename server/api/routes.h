// The resources, one file each. routes.cc joins them in all_routes().
#pragma once

#include "api/route.h"

namespace hougu::api {
Routes session_routes();       // session.cc
Routes entity_routes();        // entities.cc
Routes organisation_routes();  // organisation.cc
Routes audit_routes();         // audit.cc
Routes live_routes();          // live.cc
Routes record_routes();        // records.cc: every entity the same way
Routes attachment_routes();    // attachments.cc
Routes import_routes();        // import.cc
Routes export_routes();        // export.cc
Routes label_routes();         // labels.cc
Routes ticket_routes();        // tickets.cc
Routes visit_routes();         // visits.cc
Routes portal_routes();        // portal.cc
Routes system_routes();        // system.cc: health, metrics, OpenAPI and its page
Routes page_routes();          // pages.cc: the web pages

// Reads ?view= where= search= sort= fields= after= deleted= of a list; limit is left alone. For
// lists, counts and exports.
Result<schema::ListQuery> list_query(const Call& call);
}  // namespace hougu::api
