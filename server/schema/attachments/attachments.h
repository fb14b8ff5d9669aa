// Files of records as rows: who brought them, what they are, which record took them. The bytes lie
// in file_store.h; uploads.h brings them there. An attachment never changes once it is inserted,
// but for being claimed by one record.
#pragma once

#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/id.h"
#include "base/json.h"
#include "base/result.h"
#include "identity/principal.h"
#include "store/database.h"
#include "store/migrations.h"

namespace hougu::attachments {

std::span<const store::Migration> attachment_migrations();

struct Attachment {
  Id id;
  std::string sha256;                  // of the stored bytes, lower-case hex
  std::string name;                    // cleaned (sniff.h)
  std::string type;                    // sniffed: "image/jpeg"
  std::int64_t size = 0;               // bytes
  std::int64_t width = 0, height = 0;  // raster images only, else 0
  store::ActorKind uploader_kind = store::ActorKind::kSystem;
  Id uploader;                // nil for customers without a ticket yet
  std::optional<Id> ticket;   // the ticket whose tracking link the customer came by
  std::string entity, field;  // of the record that took it; empty while unclaimed
  std::optional<Id> record;
  Millis created_at = 0;

  bool is_image() const { return width > 0; }
};

Result<void> insert(store::Transaction& tx, const Attachment& attachment);
Result<std::optional<Attachment>> find(store::Transaction& tx, const Id& id);

// What the API shows: {"id","name","type","size","url"}, of images also "thumbnail_url", "width",
// "height". The addresses are paths of this server.
json::object present(const Attachment& attachment);
// The same for many at once (one query per 200). Ids without a row are left out.
Result<std::map<Id, json::object>> present(store::Transaction& tx, std::span<const Id> ids);

// Which files a field takes.
struct Accepts {
  bool images_only = false;
  std::vector<std::string> types{};  // "image/*", "application/pdf", ".pdf"; empty: all
};

// Gives the files to a record, inside the verb that writes the record, and returns their API form
// in the order of `ids`: what the field shows. An id that the record's field already has is fine.
// Anybody may only give away what he uploaded himself (customers: what came in by their ticket's
// link, or without one); the system may give away all. Errors: kInvalid "attachment.unknown" for
// ids that don't exist, belong to another record or another person (the three can't be told apart),
// "attachment.repeated", "attachment.type" {name}.
Result<json::array> claim(store::Transaction& tx, const identity::Principal& who,
                          std::span<const Id> ids, std::string_view entity, const Id& record,
                          std::string_view field, const Accepts& accepts = {});

// Rows that nobody claimed and that are older than `before` go; at most 1,000 at once. Returns how
// many. Their bytes go by Sweep (sweep.h) when no row is left that needs them.
Result<std::int64_t> remove_unclaimed(store::Transaction& tx, Millis before);
// Those of `sha256s` that some row still needs.
Result<std::vector<std::string>> needed(store::Transaction& tx,
                                        std::span<const std::string> sha256s);
}  // namespace hougu::attachments
