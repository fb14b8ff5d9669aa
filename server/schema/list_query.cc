#include "schema/list_query.h"

#include <algorithm>

#include "base/hash.h"
#include "base/text.h"
#include "schema/fields/reference_like.h"
#include "schema/layout.h"
#include "store/search.h"

namespace hougu::schema {
namespace {

constexpr std::size_t kLongestSearch = 200;

bool never_null(const FieldDefinition& field) {
  return system_field(field.name) == &field && field.name != "created_by" &&
         field.name != "updated_by" && field.name != "deleted_at";
}

Result<SortKey> sort_key(const Ask& ask, std::string_view text) {
  SortKey key;
  if (text.starts_with("-")) {
    key.descending = true;
    text.remove_prefix(1);
  }
  key.field = ask.entity.field(text);
  if (key.field == nullptr) key.field = system_field(text);
  if (key.field == nullptr || key.field->archived || !key.field->type->sortable())
    return invalid("list.sort", "sort", {{"name", std::string(text)}});
  if (!may_read_field(ask.who, ask.entity, *key.field)) return field_forbidden(std::string(text));
  key.nullable = !never_null(*key.field);
  return key;
}

Result<std::vector<SortKey>> sort_keys(const Ask& ask, const std::vector<std::string>& names) {
  if (names.size() > kMostSortKeys)
    return invalid("list.sort", "sort", {{"max", std::to_string(kMostSortKeys)}});
  std::vector<SortKey> keys;
  for (const auto& name : names) {
    HOUGU_TRY(auto key, sort_key(ask, name));
    const bool repeated = std::any_of(
        keys.begin(), keys.end(), [&](const SortKey& other) { return other.field == key.field; });
    if (!repeated) keys.push_back(key);
  }
  return keys;
}

Result<std::vector<FieldSlot>> chosen_slots(const Ask& ask, const std::vector<std::string>& names) {
  if (names.empty()) return ask.plan().slots;
  for (const auto& name : names)
    if (system_field(name) == nullptr && ask.plan().slot(ask.entity, name) == nullptr)
      return invalid("list.field", "fields", {{"name", name}});
  std::vector<FieldSlot> out;
  for (const auto& slot : ask.plan().slots)
    if (std::find(names.begin(), names.end(), ask.field(slot).name) != names.end())
      out.push_back(slot);
  return out;
}

// A search looks into all search fields at once: who may not read one of them could find out its
// words.
Result<void> check_search(const Ask& ask) {
  for (const auto& name : ask.entity.search) {
    const auto* field = ask.entity.field(name);
    if (field != nullptr && !may_read_field(ask.who, ask.entity, *field))
      return field_forbidden(name);
  }
  return {};
}

Result<void> add_filter(const Ask& ask, std::string_view source, PreparedList& list) {
  HOUGU_TRY(auto filter, Filter::parse(*ask.catalog, ask.entity, source, &ask.who));
  HOUGU_TRY(auto bound, bind_filter(std::move(filter), ask.asking()));
  list.filters.push_back(std::move(bound));
  return {};
}

std::string signature(const Ask& ask, const PreparedList& list) {
  std::string text = ask.entity.name + (list.words.empty() ? "" : "?");
  for (const auto& key : list.sort) text += (key.descending ? " -" : " +") + key.field->name;
  return text;
}

// Against typing errors and cursors of other lists; a forged one can do no harm, its values are
// only compared with.
std::string check_mark(const std::string& text) {
  return sha256_hex("cursor " + text).substr(0, 8);
}

bool fits_column(const FieldDefinition& field, const json::value& value) {
  if (value.is_null()) return true;
  switch (field.type->columns()[0].type) {
    case store::ColumnType::kId:
      return id_from(value).has_value() && value.is_string();
    case store::ColumnType::kInteger:
      return value.is_int64();
    case store::ColumnType::kBoolean:
      return value.is_bool();
    case store::ColumnType::kText:
      return value.is_string();
    default:
      return false;
  }
}
}  // namespace

Result<std::optional<json::object>> view_named(const Ask& ask, std::string_view name) {
  if (const auto* view = find_view(ask.entity.views, name)) return std::optional(*view);
  HOUGU_TRY(const auto text,
            ask.tx.first("SELECT definition FROM view_personal WHERE person = $1 AND entity = $2 "
                         "AND name = $3",
                         {ask.who.id, std::string_view(ask.entity.name), name},
                         [](const store::Row& row) { return std::string(row.text(0)); }));
  if (!text) return std::optional<json::object>();
  HOUGU_TRY(auto value, parse_json(*text));
  if (!value.is_object()) return internal("a personal view is no object");
  return std::optional(std::move(value.get_object()));
}

Result<PreparedList> prepare_list(const Ask& ask, const ListQuery& query, identity::Scope scope) {
  PreparedList list;
  if (scope == identity::kNone && !ask.who.access->is_everything()) return forbidden();
  list.rule = make_rule(*ask.catalog, ask.entity, ask.who, scope);
  list.limit = std::clamp(query.limit, 1, 1'000);
  list.deleted = query.deleted;
  if (query.deleted) {
    if (ask.grants.remove == identity::kNone) return forbidden();
    list.bin = make_rule(*ask.catalog, ask.entity, ask.who, ask.grants.remove);
  }
  std::vector<std::string> sort = query.sort;
  if (!query.view.empty()) {
    HOUGU_TRY(const auto view, view_named(ask, query.view));
    if (!view) return invalid("list.view", "view", {{"name", query.view}});
    if (const auto* where = find(*view, "where"); where != nullptr && !where->is_null()) {
      HOUGU_TRY(auto part, parse_condition(*ask.catalog, ask.entity, *where, &ask.who));
      list.where.parts.push_back(std::move(part));
    }
    if (const auto source = find_string(*view, "filter"); source && !source->empty())
      HOUGU_CHECK(add_filter(ask, *source, list));
    if (const auto* names = find_array(*view, "sort"); names != nullptr && sort.empty())
      for (const auto& name : *names) sort.emplace_back(name.get_string());
  }
  if (query.where && !query.where->is_null()) {
    HOUGU_TRY(auto part, parse_condition(*ask.catalog, ask.entity, *query.where, &ask.who));
    list.where.parts.push_back(std::move(part));
  }
  if (!query.filter.empty()) HOUGU_CHECK(add_filter(ask, query.filter, list));
  if (query.search.size() > kLongestSearch * 4 ||
      (valid_utf8(query.search) && count_code_points(query.search) > kLongestSearch))
    return invalid("list.search_too_long", "search", {{"max", std::to_string(kLongestSearch)}});
  if (!valid_utf8(query.search)) return invalid("field.encoding", "search");
  if (!trimmed(query.search).empty()) {
    HOUGU_CHECK(check_search(ask));
    HOUGU_TRY(list.words, store::search_query_for(ask.tx, ask.entity.table(), query.search));
    // only signs: no word, nothing to find
    if (list.words.empty())
      list.where.parts.push_back({Condition::Kind::kOr, {}, {}});
    else if (query.sort.empty())
      sort.clear();
  }
  if (sort.empty() && list.words.empty()) sort.emplace_back("-created_at");
  HOUGU_TRY(list.sort, sort_keys(ask, sort));
  HOUGU_TRY(list.slots, chosen_slots(ask, query.fields));
  if (!query.after.empty()) {
    HOUGU_TRY(auto position, decode_cursor(ask, list, query.after));
    list.after = std::move(position);
  }
  return list;
}

std::string encode_cursor(const Ask& ask, const PreparedList& list, const Position& position) {
  json::array parts;
  for (const auto& value : position.values) parts.push_back(value);
  parts.push_back(position.rid);
  const auto text = json::serialize(parts);
  return base64url(check_mark(signature(ask, list) + text) + text);
}

Result<Position> decode_cursor(const Ask& ask, const PreparedList& list, std::string_view cursor) {
  const Error refused{ErrorKind::kMalformed, "list.cursor", "after"};
  std::string bytes;
  if (cursor.size() > 65'536 || !from_base64url(cursor, bytes) || bytes.size() < 10) return refused;
  const auto text = bytes.substr(8);
  if (bytes.substr(0, 8) != check_mark(signature(ask, list) + text)) return refused;
  auto parsed = parse_json(text);
  if (!parsed.ok() || !parsed->is_array()) return refused;
  auto& array = parsed->get_array();
  if (array.size() != list.sort.size() + 1 || !array.back().is_int64()) return refused;
  Position position;
  for (std::size_t i = 0; i < list.sort.size(); ++i) {
    if (!fits_column(*list.sort[i].field, array[i])) return refused;
    position.values.push_back(std::move(array[i]));
  }
  position.rid = array.back().get_int64();
  return position;
}
}  // namespace hougu::schema
