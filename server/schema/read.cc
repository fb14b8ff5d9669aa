// Rows to records: API form, link and child tables, titles, and what the person may see of them.
#include <algorithm>

#include "schema/fields/reference_like.h"
#include "schema/records_core.h"
#include "schema/titles.h"

namespace hougu::schema {
namespace {

Cell cell_from(const store::Row& row, store::ColumnType type, int column) {
  if (row.is_null(column)) return nullptr;
  switch (type) {
    case store::ColumnType::kId:
      return row.id(column);
    case store::ColumnType::kInteger:
      return row.integer(column);
    case store::ColumnType::kReal:
      return row.real(column);
    case store::ColumnType::kBoolean:
      return row.boolean(column);
    case store::ColumnType::kText:
    case store::ColumnType::kJson:
      return row.text(column);
  }
  return nullptr;
}

json::value person(const store::Row& row, int column) {
  if (row.is_null(column)) return nullptr;
  const auto id = row.id(column);
  return id.is_nil() ? json::value(nullptr) : json::value(reference(id));
}

// Every reference in a value, as (field that says where it leads, object {"id","title"}).
template <typename Visit>
void each_reference(const FieldDefinition& field, json::value& value, const Visit& visit) {
  if (value.is_null()) return;
  if (field.type->reference() != Reference::kNone) {
    if (value.is_object()) visit(field, value.get_object());
    if (!value.is_array()) return;
    for (auto& element : value.get_array()) visit(field, element.get_object());
  } else if (field.type->storage() == Storage::kRows && value.is_array()) {
    for (auto& row : value.get_array())
      for (const auto& child : field.fields)
        if (auto* cell = row.get_object().if_contains(child.name))
          each_reference(child, *cell, visit);
  }
}

bool leads_somewhere(const FieldDefinition& field) {
  return field.type->reference() != Reference::kNone || field.type->storage() == Storage::kRows;
}

const FieldDefinition& person_field() {
  static const FieldDefinition& kField = *system_field("created_by");
  return kField;
}

template <typename Visit>
void each_reference(const Ask& ask, Record& record, std::span<const FieldSlot> slots,
                    const Visit& visit) {
  for (const std::string_view key : {"created_by", "updated_by"})
    if (auto* value = record.values.if_contains(key)) each_reference(person_field(), *value, visit);
  for (const auto& slot : slots) {
    const auto& field = ask.field(slot);
    if (!leads_somewhere(field)) continue;
    if (auto* value = record.values.if_contains(field.name)) each_reference(field, *value, visit);
  }
}

struct Owners {
  std::map<Id, json::array> of;
  std::string list;
  std::vector<Cell> params;

  explicit Owners(const std::vector<Record>& records) {
    std::set<Id> ids;
    for (const auto& record : records) {
      ids.insert(record.id);
      of.emplace(record.id, json::array());
    }
    list = id_list(ids, params);
  }
};

Result<void> load_links(const Ask& ask, const FieldDefinition& field, Owners& owners) {
  const auto sql = "SELECT owner, target FROM " + store::quoted(link_table(ask.entity, field)) +
                   " WHERE owner IN (" + owners.list + ") ORDER BY owner, position, target";
  return ask.tx.each(sql, std::span<const Cell>(owners.params), [&](const store::Row& row) {
    owners.of[row.id(0)].push_back(reference(row.id(1)));
    return true;
  });
}

Result<void> load_rows(const Ask& ask, const FieldDefinition& field, Owners& owners) {
  std::string sql = "SELECT owner, id";
  for (const auto& child : field.fields)
    for (const auto& column : columns_of(child)) sql += ", " + store::quoted(column.name);
  sql += " FROM " + store::quoted(child_table(ask.entity, field)) + " WHERE owner IN (" +
         owners.list + ") ORDER BY owner, position, id";
  return ask.tx.each(sql, std::span<const Cell>(owners.params), [&](const store::Row& row) {
    json::object values{{"id", json_text(row.id(1).text())}};
    int column = 2;
    for (const auto& child : field.fields) {
      if (!child.archived) values[child.name] = field_from(row, child, column);
      column += static_cast<int>(child.type->columns().size());
    }
    owners.of[row.id(0)].push_back(std::move(values));
    return true;
  });
}
}  // namespace

json::object reference(const Id& id) { return {{"id", json_text(id.text())}, {"title", ""}}; }

json::value field_from(const FieldDefinition& field, std::span<const Cell> cells) {
  if (cells.empty() || is_null(cells[0])) return nullptr;
  return field.type->present(field, cells);
}

json::value field_from(const store::Row& row, const FieldDefinition& field, int column) {
  constexpr std::size_t kMostColumns = 4;
  Cell cells[kMostColumns];
  const auto columns = field.type->columns();
  for (std::size_t i = 0; i < columns.size(); ++i)
    cells[i] = cell_from(row, columns[i].type, column + static_cast<int>(i));
  return field_from(field, std::span<const Cell>(cells, columns.size()));
}

Stored stored_from(const Ask& ask, const store::Row& row, std::span<const FieldSlot> slots) {
  Stored out;
  out.rid = row.integer(kRid);
  out.record.id = row.id(kId);
  out.record.version = row.integer(kVersion);
  out.deleted = !row.is_null(kDeletedAt);
  auto& values = out.record.values;
  values.reserve(slots.size() + 8);
  values["id"] = json_text(out.record.id.text());
  values["version"] = out.record.version;
  values["created_at"] = json_text(format_utc(row.integer(kCreatedAt)));
  values["created_by"] = person(row, kCreatedBy);
  values["updated_at"] = json_text(format_utc(row.integer(kUpdatedAt)));
  values["updated_by"] = person(row, kUpdatedBy);
  if (out.deleted) values["deleted_at"] = json_text(format_utc(row.integer(kDeletedAt)));
  int column = kSystemColumns;
  for (const auto& slot : slots) {
    const auto& field = ask.field(slot);
    values[field.name] = field_from(row, field, column);
    column += slot.count;
  }
  return out;
}

Result<void> load_parts(const Ask& ask, std::vector<Record>& records,
                        std::span<const FieldSlot> slots) {
  if (records.empty() || !(ask.plan().has_links || ask.plan().has_rows)) return {};
  for (const auto& slot : slots) {
    const auto& field = ask.field(slot);
    const auto storage = field.type->storage();
    if (storage == Storage::kColumns) continue;
    Owners owners(records);
    HOUGU_CHECK(storage == Storage::kLinks ? load_links(ask, field, owners)
                                           : load_rows(ask, field, owners));
    for (auto& record : records) record.values[field.name] = std::move(owners.of[record.id]);
  }
  return {};
}

Result<void> fill_titles(const Ask& ask, std::vector<Record>& records,
                         std::span<const FieldSlot> slots, bool limited) {
  Titles titles(ask, limited);
  for (auto& record : records)
    each_reference(ask, record, slots, [&](const FieldDefinition& field, json::object& value) {
      if (const auto id = id_from(json::value(value)))
        titles.want(field.type->reference(), field.target, *id);
    });
  HOUGU_CHECK(titles.load());
  for (auto& record : records)
    each_reference(ask, record, slots, [&](const FieldDefinition& field, json::object& value) {
      if (const auto id = id_from(json::value(value)))
        value["title"] = json_text(titles.title(field.type->reference(), field.target, *id));
    });
  return {};
}

Result<std::optional<Stored>> load(const Ask& ask, const Id& id) {
  const auto& slots = ask.plan().slots;
  HOUGU_TRY(auto found, ask.tx.first(ask.plan().get_sql, {id}, [&](const store::Row& row) {
    return stored_from(ask, row, slots);
  }));
  if (!found) return std::optional<Stored>();
  std::vector<Record> one;
  one.push_back(std::move(found->record));
  HOUGU_CHECK(load_parts(ask, one, slots));
  HOUGU_CHECK(fill_titles(ask, one, slots, false));
  found->record = std::move(one[0]);
  return found;
}

Result<bool> row_fits(const Ask& ask, const RowRule& rule, const Record& record) {
  if (!fits(rule, record.values)) return false;
  if (rule.via == nullptr) return true;
  const auto parent = record.reference(rule.via->name);
  if (!parent) return false;
  HOUGU_TRY(const Ask above, ask_for(ask, rule.parent->name, ask.who));
  HOUGU_TRY(const auto found,
            ask.tx.first(above.plan().get_sql, {*parent}, [&](const store::Row& row) {
              return stored_from(above, row, above.plan().slots);
            }));
  if (!found || found->deleted) return false;
  return row_fits(above, *rule.parent_rule, found->record);
}

Result<Stored> load_visible(const Ask& ask, const Id& id, bool deleted) {
  HOUGU_TRY(auto found, load(ask, id));
  if (!found || found->deleted != deleted) return not_found();
  const auto rule = make_rule(*ask.catalog, ask.entity, ask.who, ask.grants.read);
  HOUGU_TRY(const bool visible, row_fits(ask, rule, found->record));
  if (!visible) return not_found();
  return std::move(*found);
}

std::optional<json::value> restricted_value(const Ask& ask, const FieldDefinition& field,
                                            const json::value& value) {
  switch (ask.grants.field(field.name)) {
    case identity::FieldRight::kNone:
      return std::nullopt;
    case identity::FieldRight::kMasked:
      return value.is_null() ? value : field.type->masked(field, value);
    default:
      return value;
  }
}

Result<void> restrict_records(const Ask& ask, std::vector<Record>& records,
                              std::span<const FieldSlot> slots) {
  if (ask.who.access->is_everything()) return {};
  bool titles = false;
  for (const auto& slot : slots) {
    const auto& field = ask.field(slot);
    if (leads_somewhere(field) && !titles) {
      const auto limited = [&](const FieldDefinition& each) {
        const auto* target = ask.catalog->entity(each.target);
        return target != nullptr && !sees_titles(*ask.catalog, ask.who, *target);
      };
      titles = limited(field) || std::any_of(field.fields.begin(), field.fields.end(), limited);
    }
    if (ask.grants.field(field.name) >= identity::FieldRight::kRead) continue;
    for (auto& record : records) {
      auto* value = record.values.if_contains(field.name);
      if (value == nullptr) continue;
      if (auto seen = restricted_value(ask, field, *value))
        *value = std::move(*seen);
      else
        record.values.stable_erase(field.name);
    }
  }
  return titles ? fill_titles(ask, records, slots, true) : Result<void>();
}

Result<Record> restricted(const Ask& ask, Record record) {
  if (ask.who.access->is_everything()) return record;
  std::vector<Record> one;
  one.push_back(std::move(record));
  HOUGU_CHECK(restrict_records(ask, one, ask.plan().slots));
  return std::move(one[0]);
}
}  // namespace hougu::schema
