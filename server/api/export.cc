// Lists as files.
#include "schema/exchange/export_file.h"

#include "api/incoming_file.h"
#include "api/routes.h"
#include "http/headers.h"
#include "identity/organisation.h"

namespace hougu::api {
namespace {

Result<Answer> export_list(Call& call) {
  exchange::ExportRequest wanted;
  HOUGU_TRY(wanted.query, list_query(call));
  const auto format = call.request.parameter("format").value_or("xlsx");
  if (format != "xlsx" && format != "csv") {
    return Error{ErrorKind::kMalformed, "query.format", "format"};
  }
  HOUGU_TRY(const auto organisation, identity::read_organisation(call.tx));
  wanted.xlsx = format == "xlsx";
  wanted.folder = spool_folder(call.services);
  wanted.locale = call.locale;
  wanted.time_zone = find_string(organisation, "time_zone").value_or("UTC");
  const auto catalog = call.services.schema.catalog();
  HOUGU_TRY(const auto file,
            exchange::export_records(call.tx, call.who, call.services.records, *catalog,
                                     call.services.messages, wanted, call.now));
  http::Response response;
  response.set("content-type", file.content_type)
      .set("content-disposition", http::content_disposition(file.name))
      .set("cache-control", "no-store");
  response.file = http::FileBody{file.path, true};
  return Answer::raw(std::move(response));
}
}  // namespace

Routes export_routes() {
  Routes routes;
  routes.push_back(
      read(Method::kGet, "/{entity}/export", Access::signed_in(), "record.export", export_list)
          .with_query({"format", "view", "where", "filter", "search", "sort", "fields"}));
  return routes;
}
}  // namespace hougu::api
