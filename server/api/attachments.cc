// Files: taken in for everybody who may write, and served where the record that has them may be
// read.
#include "schema/attachments/attachments.h"

#include <unistd.h>

#include "api/incoming_file.h"
#include "api/routes.h"
#include "http/headers.h"
#include "identity/organisation.h"
#include "schema/attachments/sniff.h"
#include "schema/attachments/uploads.h"
#include "service/tickets/portal.h"

namespace hougu::api {
namespace {
using attachments::Attachment;

constexpr Millis kMinute = 60'000;
constexpr Millis kHour = 3'600'000;
// A form around the file needs a little more.
constexpr std::uint64_t kFormOverhead = 64 * 1024;

void take_in(const std::shared_ptr<DirectCall>& call, attachments::Upload upload) {
  auto file = incoming_file(*call);
  if (!file.ok()) return call->done(std::move(file).error());
  upload.path = std::move(file->path);
  upload.raw_name = std::move(file->name);
  call->services.uploads->submit(std::move(upload), [call](Result<Attachment> stored) {
    if (!stored.ok()) return call->done(std::move(stored).error());
    call->done(Answer::created(attachments::present(*stored)));
  });
}

void upload(const std::shared_ptr<DirectCall>& call) {
  attachments::Upload upload;
  upload.uploader_kind = call->who.kind;
  upload.uploader = call->who.id;
  take_in(call, std::move(upload));
}

void portal_upload(const std::shared_ptr<DirectCall>& call) {
  attachments::Upload upload;
  upload.uploader_kind = store::ActorKind::kCustomer;
  upload.images_only = true;
  upload.max_bytes = attachments::kMaxPortalUpload;
  take_in(call, std::move(upload));
}

Result<Attachment> found(store::Transaction& tx, const Id& id) {
  HOUGU_TRY(auto attachment, attachments::find(tx, id));
  if (!attachment) return not_found("attachment.not_found");
  return std::move(*attachment);
}

// The rights on the record and the field that have the file; before, only its uploader sees it.
Result<Attachment> readable(Call& call, const Id& id) {
  HOUGU_TRY(auto file, found(call.tx, id));
  if (!file.record) {
    const bool own =
        file.uploader_kind != store::ActorKind::kCustomer && file.uploader == call.who.id;
    if (!own) return not_found("attachment.not_found");
    return file;
  }
  if (file.entity == "setting") return file;  // the organisation's logo
  HOUGU_TRY(const bool visible,
            call.services.records.visible(call.tx, call.who, file.entity, *file.record));
  const auto right = call.who.access->entity(file.entity).field(file.field);
  if (!visible || right < identity::FieldRight::kRead) return not_found("attachment.not_found");
  return file;
}

// Nothing that is served here may act: never HTML or SVG, no scripts, no requests of its own.
http::Response file_response(const http::Request& request, const Attachment& file,
                             const std::string& path, std::string_view type,
                             std::string_view etag) {
  http::Response response;
  const bool pdf = type == "application/pdf";  // browsers don't show one inside a sandbox
  response                                     // nosniff is on every answer
      .set("content-security-policy",
           std::string("default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'self'") +
               (pdf ? "" : "; sandbox"))
      .set("cross-origin-resource-policy", "same-origin")
      .set("cache-control", "private, max-age=600")
      .set("etag", "\"" + std::string(etag) + "\"");
  if (http::matches_etag(request.header("if-none-match"), response.headers.back().second)) {
    response.status = 304;
    return response;
  }
  const bool text = type.starts_with("text/");
  response.set("content-type", std::string(type) + (text ? "; charset=utf-8" : ""))
      .set("content-disposition",
           http::content_disposition(file.name, !attachments::may_be_inline(type)));
  response.file = http::FileBody{path};
  return response;
}

Result<Answer> served(Call& call, const Attachment& file) {
  const auto& files = call.services.uploads->files();
  if (!files.has(file.sha256)) return not_found("attachment.not_found");
  return Answer::raw(file_response(call.request, file, files.path(file.sha256), file.type,
                                   file.sha256.substr(0, 32)));
}

// Pictures in a small size; other files have none.
Result<Answer> served_thumbnail(Call& call, const Attachment& file, std::string_view size) {
  if (!file.is_image()) return not_found("attachment.no_thumbnail");
  if (!size.empty() && size != "256" && size != "1024") {
    return Error{ErrorKind::kMalformed, "query.size", "size"};
  }
  const int pixels = size == "1024" ? 1024 : 256;
  const std::string path = call.services.uploads->files().thumbnail_path(file.sha256, pixels);
  if (::access(path.c_str(), R_OK) != 0) return served(call, file);
  return Answer::raw(file_response(call.request, file, path, "image/webp",
                                   file.sha256.substr(0, 32) + "-" + std::to_string(pixels)));
}

Result<Answer> get_file(Call& call) {
  HOUGU_TRY(const auto id, call.id());
  HOUGU_TRY(const auto file, readable(call, id));
  return served(call, file);
}

Result<Answer> get_thumbnail(Call& call) {
  HOUGU_TRY(const auto id, call.id());
  HOUGU_TRY(const auto file, readable(call, id));
  return served_thumbnail(call, file, call.request.parameter("size").value_or(""));
}

// Pictures of the ticket that the customer may see.
Result<Answer> get_tracked(Call& call) {
  HOUGU_TRY(const auto id, call.id());
  HOUGU_TRY(const auto file, found(call.tx, id));
  if (!file.record) return not_found("attachment.not_found");
  HOUGU_TRY(const bool shown, call.services.portal->shows_file(call.tx, call.who, file.entity,
                                                               *file.record, file.field));
  if (!shown) return not_found("attachment.not_found");
  const auto size = call.request.parameter("size");
  return size ? served_thumbnail(call, file, *size) : served(call, file);
}

// Of the product whose code was scanned.
Result<Answer> get_device_picture(Call& call) {
  HOUGU_TRY(const auto id, call.services.portal->device_picture(call.tx, call.params["qr_token"]));
  HOUGU_TRY(const auto file, found(call.tx, id));
  return served_thumbnail(call, file, "256");
}

Result<Answer> get_logo(Call& call) {
  HOUGU_TRY(const auto organisation, identity::read_organisation(call.tx));
  const auto logo = Id::parse(find_string(organisation, "logo").value_or(""));
  if (!logo) return not_found("attachment.not_found");
  HOUGU_TRY(const auto file, found(call.tx, *logo));
  if (!file.is_image()) return not_found("attachment.not_found");
  return served_thumbnail(call, file, "256");
}
}  // namespace

Routes attachment_routes() {
  const Access signed_in = Access::signed_in();
  Routes routes;
  routes.push_back(direct(Method::kPost, "/attachment", signed_in,
                          Body::raw(attachments::kMaxUpload + kFormOverhead, true),
                          "attachment.upload", upload));
  routes.push_back(read(Method::kGet, "/attachment/{id}", signed_in, "attachment.get", get_file));
  routes.push_back(read(Method::kGet, "/attachment/{id}/thumbnail", signed_in,
                        "attachment.thumbnail", get_thumbnail)
                       .with_query({"size"}));
  routes.push_back(direct(Method::kPost, "/portal/attachment", Access::anyone(),
                          Body::raw(attachments::kMaxPortalUpload + kFormOverhead, true),
                          "portal.upload", portal_upload)
                       .limited(60, kHour));
  routes.push_back(read(Method::kGet, "/portal/track/{token}/attachment/{id}", Access::customer(),
                        "portal.attachment", get_tracked)
                       .with_query({"size"}));
  routes.push_back(read(Method::kGet, "/portal/asset/{qr_token}/picture", Access::anyone(),
                        "portal.device_picture", get_device_picture)
                       .limited(60, kMinute));
  routes.push_back(read(Method::kGet, "/portal/logo", Access::anyone(), "portal.logo", get_logo));
  return routes;
}
}  // namespace hougu::api
