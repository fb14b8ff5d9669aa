// Imports: a table comes in, its columns are shown, the import runs and tells how far it is.
#include "api/incoming_file.h"
#include "api/routes.h"
#include "http/headers.h"
#include "schema/attachments/sniff.h"
#include "schema/exchange/import_runner.h"

namespace hougu::api {
namespace {

void upload_table(const std::shared_ptr<DirectCall>& call) {
  auto entity = call->request->parameter("entity");
  if (!entity || entity->empty()) {
    return call->done(Error{ErrorKind::kMalformed, "query.entity", "entity"});
  }
  auto file = incoming_file(*call);
  if (!file.ok()) return call->done(std::move(file).error());
  exchange::ImportRunner::Table table;
  table.path = std::move(file->path);
  table.file_name = attachments::clean_file_name(file->name, "");
  table.entity = std::move(*entity);
  table.who = call->who;
  table.who.locale = call->locale;
  call->services.imports->prepare(std::move(table), [call](Result<json::object> answer) {
    if (!answer.ok()) return call->done(std::move(answer).error());
    call->done(Answer::created(std::move(*answer)));
  });
}

Result<Answer> start_import(Call& call) {
  HOUGU_TRY(const auto id, call.id());
  identity::Principal who = call.who;
  who.locale = call.locale;
  HOUGU_TRY(auto state, call.services.imports->begin(call.tx, who, id, call.object()));
  return Answer::accepted(std::move(state));
}

Result<Answer> get_import(Call& call) {
  HOUGU_TRY(const auto id, call.id());
  HOUGU_TRY(auto state, call.services.imports->state(call.tx, call.who, id, call.locale));
  return Answer::ok(std::move(state));
}

// Direct, because on SQLite a transaction would wait until the import that it is to stop has ended.
void cancel_import(const std::shared_ptr<DirectCall>& call) {
  const auto id = Id::parse(call->params["id"]);
  if (!id) return call->done(not_found());
  auto& imports = *call->services.imports;
  imports.stop(call->who, *id);
  auto state = std::make_shared<json::object>();
  call->services.database.write_async(
      [&imports, call, id = *id, state](store::Transaction& tx) -> Result<void> {
        HOUGU_TRY(*state, imports.cancel(tx, call->who, id));
        return {};
      },
      [call, state](Result<void> done) {
        if (!done.ok()) return call->done(std::move(done).error());
        call->done(Answer::ok(std::move(*state)));
      });
}

Result<Answer> get_result(Call& call) {
  HOUGU_TRY(const auto id, call.id());
  HOUGU_TRY(const auto path, call.services.imports->result_path(call.tx, call.who, id));
  http::Response response;
  response.set("content-type", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")
      .set("content-disposition",
           http::content_disposition(
               call.services.messages.text(call.locale, "import.result.sheet") + ".xlsx"))
      .set("cache-control", "no-store");
  response.file = http::FileBody{path};
  return Answer::raw(std::move(response));
}
}  // namespace

Routes import_routes() {
  const Access may_import = Access::system("import.run");
  constexpr std::uint64_t kFormOverhead = 64 * 1024;
  Routes routes;
  routes.push_back(direct(Method::kPost, "/import", may_import,
                          Body::raw(exchange::kMaxTableBytes + kFormOverhead, true),
                          "import.upload", upload_table)
                       .with_query({"entity"}));
  routes.push_back(write(Method::kPost, "/import/{id}/start", may_import,
                         Body::json({{"sheet", Type::kString, false, 200},
                                     {"mapping", Type::kObject, kRequired},
                                     {"mode", Type::kString, kRequired, 20},
                                     {"match", Type::kArray},
                                     {"on_error", Type::kString, false, 20}}),
                         "import.start", start_import));
  routes.push_back(read(Method::kGet, "/import/{id}", may_import, "import.get", get_import));
  routes.push_back(
      read(Method::kGet, "/import/{id}/result", may_import, "import.result", get_result));
  routes.push_back(direct(Method::kDelete, "/import/{id}", may_import, Body::none(),
                          "import.cancel", cancel_import));
  return routes;
}
}  // namespace hougu::api
