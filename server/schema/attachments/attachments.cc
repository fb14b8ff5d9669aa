#include "schema/attachments/attachments.h"

#include <algorithm>
#include <set>

#include "base/text.h"

namespace hougu::attachments {
namespace {

constexpr std::string_view kColumns =
    "id, sha256, name, type, size, width, height, uploader_kind, uploader, ticket, entity, "
    "field, record, created_at";

constexpr store::Migration kMigrations[] = {
    {400, "attachments", R"(
CREATE TABLE attachment (
  id {id} NOT NULL PRIMARY KEY,
  sha256 {text} NOT NULL,
  name {text} NOT NULL,
  type {text} NOT NULL,
  size {int} NOT NULL,
  width {int} NOT NULL,
  height {int} NOT NULL,
  uploader_kind {int} NOT NULL,
  uploader {id} NOT NULL,
  ticket {id},
  entity {text},
  field {text},
  record {id},
  created_at {int} NOT NULL
);
CREATE INDEX attachment_by_content ON attachment (sha256);
CREATE INDEX attachment_by_record ON attachment (record);
CREATE INDEX attachment_unclaimed ON attachment (created_at) WHERE record IS NULL;
)"},
};

Attachment read_row(const store::Row& row) {
  Attachment a;
  a.id = row.id(0);
  a.sha256 = row.text(1);
  a.name = row.text(2);
  a.type = row.text(3);
  a.size = row.integer(4);
  a.width = row.integer(5);
  a.height = row.integer(6);
  a.uploader_kind = static_cast<store::ActorKind>(row.integer(7));
  a.uploader = row.id(8);
  a.ticket = row.optional_id(9);
  if (!row.is_null(10)) a.entity = row.text(10);
  if (!row.is_null(11)) a.field = row.text(11);
  a.record = row.optional_id(12);
  a.created_at = row.integer(13);
  return a;
}

std::string placeholders(std::size_t count) {
  std::string out;
  for (std::size_t i = 1; i <= count; ++i) {
    if (i > 1) out += ',';
    out += '$' + std::to_string(i);
  }
  return out;
}

Result<std::map<Id, Attachment>> find_many(store::Transaction& tx, std::span<const Id> ids) {
  constexpr std::size_t kBatch = 200;
  std::map<Id, Attachment> found;
  for (std::size_t at = 0; at < ids.size(); at += kBatch) {
    const auto part = ids.subspan(at, std::min(kBatch, ids.size() - at));
    const std::vector<store::Param> params(part.begin(), part.end());
    std::string sql = "SELECT ";
    sql.append(kColumns).append(" FROM attachment WHERE id IN (");
    sql.append(placeholders(part.size())).append(")");
    HOUGU_CHECK(tx.each(sql, params, [&](const store::Row& row) {
      Attachment a = read_row(row);
      found.emplace(a.id, std::move(a));
      return true;
    }));
  }
  return found;
}

bool may_give(const identity::Principal& who, const Attachment& a) {
  using store::ActorKind;
  if (who.kind == ActorKind::kSystem) return true;
  if (who.kind == ActorKind::kCustomer) {
    return a.uploader_kind == ActorKind::kCustomer && (!a.ticket || *a.ticket == who.id);
  }
  // A person and his API keys are one uploader.
  return a.uploader_kind != ActorKind::kCustomer && a.uploader == who.id;
}

bool accepted(const Accepts& accepts, const Attachment& a) {
  if (accepts.images_only && !a.is_image()) return false;
  if (accepts.types.empty()) return true;
  return std::any_of(accepts.types.begin(), accepts.types.end(), [&](const std::string& type) {
    if (type == "*/*" || type == a.type) return true;
    if (type.ends_with("/*")) {
      return a.type.starts_with(std::string_view(type).substr(0, type.size() - 1));
    }
    return type.starts_with('.') && folded(a.name).ends_with(folded(type));
  });
}

std::string element(std::string_view field, std::size_t index) {
  return std::string(field) + "[" + std::to_string(index) + "]";
}
}  // namespace

std::span<const store::Migration> attachment_migrations() { return kMigrations; }

Result<void> insert(store::Transaction& tx, const Attachment& a) {
  using store::Param;
  const auto text_or_null = [](const std::string& text) {
    return text.empty() ? Param(nullptr) : Param(std::string_view(text));
  };
  std::string sql = "INSERT INTO attachment (";
  sql.append(kColumns).append(") VALUES (").append(placeholders(14)).append(")");
  return tx.execute(
      sql, {a.id, std::string_view(a.sha256), std::string_view(a.name), std::string_view(a.type),
            a.size, a.width, a.height, static_cast<std::int64_t>(a.uploader_kind), a.uploader,
            a.ticket ? Param(*a.ticket) : Param(nullptr), text_or_null(a.entity),
            text_or_null(a.field), a.record ? Param(*a.record) : Param(nullptr), a.created_at});
}

Result<std::optional<Attachment>> find(store::Transaction& tx, const Id& id) {
  std::string sql = "SELECT ";
  sql.append(kColumns).append(" FROM attachment WHERE id = $1");
  return tx.first(sql, {id}, read_row);
}

json::object present(const Attachment& a) {
  const std::string url = "/api/v1/attachment/" + a.id.text();
  json::object out{
      {"id", a.id.text()}, {"name", a.name}, {"type", a.type}, {"size", a.size}, {"url", url}};
  if (a.is_image()) {
    out["thumbnail_url"] = url + "/thumbnail";
    out["width"] = a.width;
    out["height"] = a.height;
  }
  return out;
}

Result<std::map<Id, json::object>> present(store::Transaction& tx, std::span<const Id> ids) {
  HOUGU_TRY(const auto found, find_many(tx, ids));
  std::map<Id, json::object> out;
  for (const auto& [id, attachment] : found) out.emplace(id, present(attachment));
  return out;
}

Result<json::array> claim(store::Transaction& tx, const identity::Principal& who,
                          std::span<const Id> ids, std::string_view entity, const Id& record,
                          std::string_view field, const Accepts& accepts) {
  HOUGU_TRY(const auto found, find_many(tx, ids));
  json::array out;
  std::set<Id> seen;
  for (std::size_t i = 0; i < ids.size(); ++i) {
    if (!seen.insert(ids[i]).second) return invalid("attachment.repeated", element(field, i));
    const auto it = found.find(ids[i]);
    if (it == found.end()) return invalid("attachment.unknown", element(field, i));
    const Attachment& a = it->second;
    const bool mine = a.record == record && a.entity == entity && a.field == field;
    if (!mine) {
      if (a.record || !may_give(who, a)) return invalid("attachment.unknown", element(field, i));
      if (!accepted(accepts, a)) {
        return invalid("attachment.type", element(field, i), {{"name", a.name}});
      }
      HOUGU_TRY(const auto changed,
                tx.execute_counted("UPDATE attachment SET entity = $1, field = $2, record = $3 "
                                   "WHERE id = $4 AND record IS NULL",
                                   {entity, field, record, a.id}));
      if (changed != 1) return invalid("attachment.unknown", element(field, i));
    }
    out.push_back(present(a));
  }
  return out;
}

Result<std::int64_t> remove_unclaimed(store::Transaction& tx, Millis before) {
  return tx.execute_counted(
      "DELETE FROM attachment WHERE record IS NULL AND id IN (SELECT id FROM attachment "
      "WHERE record IS NULL AND created_at < $1 LIMIT 1000)",
      {before});
}

Result<std::vector<std::string>> needed(store::Transaction& tx,
                                        std::span<const std::string> sha256s) {
  constexpr std::size_t kBatch = 200;
  std::vector<std::string> out;
  for (std::size_t at = 0; at < sha256s.size(); at += kBatch) {
    const auto part = sha256s.subspan(at, std::min(kBatch, sha256s.size() - at));
    std::vector<store::Param> params;
    for (const auto& sha : part) params.emplace_back(std::string_view(sha));
    HOUGU_CHECK(tx.each("SELECT DISTINCT sha256 FROM attachment WHERE sha256 IN (" +
                            placeholders(part.size()) + ")",
                        params, [&](const store::Row& row) {
                          out.emplace_back(row.text(0));
                          return true;
                        }));
  }
  return out;
}
}  // namespace hougu::attachments
