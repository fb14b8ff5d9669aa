// Lists, counts, exports, look-ups.
#include "base/text.h"
#include "schema/list_query.h"
#include "schema/titles.h"

namespace hougu::schema {
namespace {

constexpr std::int64_t kCountedMost = 10'000;
// Rows of each() in one statement: where no index gives the order, every statement sorts all rows.
constexpr int kRowsAtOnce = 2'000;

// Rows into records as the person may see them, link tables and titles included.
Result<std::vector<Record>> finished(const Ask& ask, std::vector<Listed>& rows,
                                     const PreparedList& list) {
  std::vector<Record> records;
  records.reserve(rows.size());
  for (auto& row : rows) records.push_back(std::move(row.stored.record));
  HOUGU_CHECK(load_parts(ask, records, list.slots));
  HOUGU_CHECK(fill_titles(ask, records, list.slots, false));
  HOUGU_CHECK(restrict_records(ask, records, list.slots));
  return records;
}

Result<Page> page_of(const Ask& ask, const PreparedList& list) {
  HOUGU_TRY(auto rows, run_list(ask, list));
  Page page;
  const auto limit = static_cast<std::size_t>(list.limit);
  if (rows.size() > limit) {
    rows.resize(limit);
    page.next = encode_cursor(ask, list, rows.back().position);
  }
  HOUGU_TRY(page.records, finished(ask, rows, list));
  return page;
}

// What helps to tell records of the same title apart: the first other text that is searched.
std::string hint_of(const Ask& ask, const Record& record) {
  for (const auto& name : ask.entity.search) {
    const auto& title = ask.entity.title;
    if (std::find(title.begin(), title.end(), name) != title.end()) continue;
    const auto* field = ask.entity.field(name);
    const auto* value = find(record.values, name);
    if (field == nullptr || value == nullptr || value->is_null()) continue;
    CellText how;
    how.locale = ask.who.locale;
    if (auto text = field->type->to_text(*field, *value, how); !text.empty()) return text;
  }
  return {};
}

// Active users, units that aren't archived: by a part of the name, or of the login or code.
Result<json::array> lookup_people(store::Transaction& tx, bool users, std::string_view typed,
                                  int limit) {
  const std::string hint = users ? "login" : "code";
  std::string sql = "SELECT id, name, " + hint + " FROM ";
  sql += users ? "org_user WHERE active" : "org_unit WHERE NOT archived";
  std::vector<Cell> params;
  const auto part = folded(trimmed(typed));
  if (!part.empty()) {
    params.emplace_back(std::string_view(part));
    sql += " AND (replace(lower(name), $1, '') <> lower(name) OR (" + hint +
           " IS NOT NULL AND replace(lower(" + hint + "), $1, '') <> lower(" + hint + ")))";
  }
  sql += " ORDER BY name, id LIMIT " + std::to_string(limit);
  json::array items;
  HOUGU_CHECK(tx.each(sql, std::span<const Cell>(params), [&](const store::Row& row) {
    items.push_back(json::object{
        {"id", json_text(row.id(0).text())},
        {"title", json_text(row.text(1))},
        {"hint", row.is_null(2) ? json::value("") : json::value(json_text(row.text(2)))}});
    return true;
  }));
  return items;
}
}  // namespace

Result<Page> Records::list(store::Transaction& tx, const identity::Principal& who,
                           const ListQuery& query) {
  HOUGU_TRY(const Ask ask, make_ask(*core_, tx, who, query.entity));
  HOUGU_TRY(const auto list, prepare_list(ask, query, ask.grants.read));
  return page_of(ask, list);
}

Result<std::int64_t> Records::count(store::Transaction& tx, const identity::Principal& who,
                                    const ListQuery& query) {
  HOUGU_TRY(const Ask ask, make_ask(*core_, tx, who, query.entity));
  HOUGU_TRY(const auto list, prepare_list(ask, query, ask.grants.read));
  return count_list(ask, list, kCountedMost);
}

Result<void> Records::each(store::Transaction& tx, const identity::Principal& who,
                           const ListQuery& query, const std::function<bool(const Record&)>& row) {
  HOUGU_TRY(const Ask ask, make_ask(*core_, tx, who, query.entity));
  const auto scope =
      ask.grants.read == identity::kNone ? identity::Scope{identity::kNone} : ask.grants.exporting;
  HOUGU_TRY(auto list, prepare_list(ask, query, scope));
  // What one may export and read.
  if (!list.bin) list.bin = read_rule(*ask.catalog, ask.entity, who);
  list.limit = kRowsAtOnce;
  list.complete = true;
  // By row number is newest first as well, and needs no index on created_at.
  if (query.sort.empty() && query.view.empty()) list.sort.clear();
  for (;;) {
    HOUGU_TRY(auto rows, run_list(ask, list));
    const bool more = rows.size() > static_cast<std::size_t>(kRowsAtOnce);
    if (more) rows.resize(kRowsAtOnce);
    if (more) list.after = rows.back().position;
    HOUGU_TRY(const auto records, finished(ask, rows, list));
    for (const auto& record : records)
      if (!row(record)) return {};
    if (!more) return {};
  }
}

namespace {
// What a field with a column of its own is compared with, for those who may see all; nullopt when
// only a list can answer, or say what is wrong.
std::optional<Cell> compared_with(const Ask& ask, const FieldDefinition* field,
                                  const json::value& value, std::deque<std::string>& kept) {
  const bool variable = value.is_string() && value.get_string().starts_with("$");
  if (!ask.who.access->is_everything() || field == nullptr || field->archived || variable)
    return std::nullopt;
  const auto& type = *field->type;
  Cell cell;
  const bool plain = type.storage() == Storage::kColumns &&
                     (type.operators(*field) & bit(Operator::kEq)) != 0 &&
                     type.operand(*field, value, cell, kept);
  return plain ? std::optional(cell) : std::nullopt;
}

Result<std::optional<Record>> newest_with(const Ask& ask, const FieldDefinition& field,
                                          const Cell& value) {
  // "+": by the index on the field, whatever the planner thinks of the one on created_at
  const auto sql =
      "SELECT t.id FROM " + store::quoted(ask.entity.table()) + " t WHERE " +
      column_text("t", field, Operator::kEq) +
      " = $1 AND t.deleted_at IS NULL ORDER BY +t.created_at DESC, +t.rid DESC LIMIT 1";
  HOUGU_TRY(const auto id,
            ask.tx.first(sql, {value}, [](const store::Row& row) { return row.id(0); }));
  if (!id) return std::optional<Record>();
  HOUGU_TRY(auto stored, load(ask, *id));
  if (!stored) return std::optional<Record>();
  return std::optional(std::move(stored->record));
}
}  // namespace

Result<std::optional<Record>> Records::find_by(store::Transaction& tx,
                                               const identity::Principal& who,
                                               std::string_view entity, std::string_view field,
                                               const json::value& value) {
  HOUGU_TRY(const Ask ask, make_ask(*core_, tx, who, entity));
  std::deque<std::string> kept;
  const auto* definition = ask.entity.field(field);
  if (const auto cell = compared_with(ask, definition, value, kept))
    return newest_with(ask, *definition, *cell);
  ListQuery query;
  query.entity = entity;
  query.where = json::object{{"field", json_text(field)}, {"op", "eq"}, {"value", value}};
  query.limit = 1;
  HOUGU_TRY(auto page, list(tx, who, query));
  if (page.records.empty()) return std::optional<Record>();
  return std::optional(std::move(page.records[0]));
}

Result<json::array> Records::lookup(store::Transaction& tx, const identity::Principal& who,
                                    std::string_view entity, std::string_view typed, int limit) {
  limit = std::clamp(limit, 1, 50);
  if (!valid_utf8(typed) || typed.size() > 800) return invalid("field.encoding", "q");
  if (entity == "user" || entity == "team") {
    const bool staff = who.kind != store::ActorKind::kCustomer;
    if (!staff) return forbidden();
    return lookup_people(tx, entity == "user", typed, limit);
  }
  ListQuery query;
  query.entity = entity;
  query.search = typed;
  query.limit = limit;
  HOUGU_TRY(const Ask ask, make_ask(*core_, tx, who, entity));
  query.fields = ask.entity.title;
  query.fields.insert(query.fields.end(), ask.entity.search.begin(), ask.entity.search.end());
  HOUGU_TRY(const auto page, list(tx, who, query));
  Titles titles(ask, true);
  for (const auto& record : page.records) titles.want(Reference::kRecord, entity, record.id);
  HOUGU_CHECK(titles.load());
  json::array items;
  for (const auto& record : page.records)
    items.push_back(
        json::object{{"id", json_text(record.id.text())},
                     {"title", json_text(titles.title(Reference::kRecord, entity, record.id))},
                     {"hint", json_text(hint_of(ask, record))}});
  return items;
}
}  // namespace hougu::schema
