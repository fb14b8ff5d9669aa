// Values that have rows of their own, and what else follows from a record's values.
#include <algorithm>

#include "schema/fields/reference_like.h"
#include "schema/write.h"
#include "store/search.h"

namespace hougu::schema {
namespace {

using store::quoted;

Result<void> write_links(Draft& draft, const FieldDefinition& field, const Draft::Part& part,
                         const Id& record, bool fresh) {
  const auto table = quoted(link_table(draft.ask.entity, field));
  if (!fresh)
    HOUGU_CHECK(draft.ask.tx.execute("DELETE FROM " + table + " WHERE owner = $1", {record}));
  const auto insert = "INSERT INTO " + table + " (owner, target, position) VALUES ($1, $2, $3)";
  for (std::size_t i = 0; i < part.ids.size(); ++i)
    HOUGU_CHECK(draft.ask.tx.execute(insert, {record, part.ids[i], static_cast<std::int64_t>(i)}));
  return {};
}

Result<void> write_rows(Draft& draft, const FieldDefinition& field, const Draft::Part& part,
                        const Id& record, bool fresh) {
  const auto table = quoted(child_table(draft.ask.entity, field));
  if (!fresh)
    HOUGU_CHECK(draft.ask.tx.execute("DELETE FROM " + table + " WHERE owner = $1", {record}));
  std::string names = "id, owner, position", values = "$1, $2, $3";
  int count = 3;
  for (const auto& child : field.fields) {
    for (const auto& column : columns_of(child)) {
      names += ", " + quoted(column.name);
      values += ", $" + std::to_string(++count);
    }
  }
  const auto insert = "INSERT INTO " + table + " (" + names + ") VALUES (" + values + ")";
  for (std::size_t i = 0; i < part.rows.size(); ++i) {
    std::vector<Cell> params = {*part.rows[i].id, record, static_cast<std::int64_t>(i)};
    params.insert(params.end(), part.rows[i].cells.begin(), part.rows[i].cells.end());
    HOUGU_CHECK(draft.ask.tx.execute(insert, std::span<const Cell>(params)));
  }
  return {};
}

json::value titled(const Draft& draft, const FieldDefinition& field, json::value value) {
  const auto kind = field.type->reference();
  if (kind == Reference::kNone || !value.is_object()) return value;
  if (const auto id = id_from(value))
    value.get_object()["title"] = json_text(draft.titles.title(kind, field.target, *id));
  return value;
}

json::array rows_value(const Draft& draft, const FieldDefinition& field,
                       const std::vector<ParsedRow>& rows) {
  json::array out;
  for (const auto& row : rows) {
    json::object values{{"id", json_text(row.id->text())}};
    std::size_t at = 0;
    for (const auto& child : field.fields) {
      const auto count = child.type->columns().size();
      if (!child.archived)
        values[child.name] = titled(
            draft, child, field_from(child, std::span<const Cell>(row.cells).subspan(at, count)));
      at += count;
    }
    out.push_back(std::move(values));
  }
  return out;
}

json::array ids_of(const json::value& value) {
  json::array out;
  if (value.is_object()) {
    if (const auto id = id_from(value)) out.push_back(json_text(id->text()));
  } else if (value.is_array()) {
    for (const auto& element : value.get_array())
      if (const auto id = id_from(element)) out.push_back(json_text(id->text()));
  }
  return out;
}

bool same_rows(const FieldDefinition& field, const json::value& a, const json::value& b) {
  const auto* left = a.if_array();
  const auto* right = b.if_array();
  if (left == nullptr || right == nullptr || left->size() != right->size()) return false;
  if (ids_of(a) != ids_of(b)) return false;
  for (std::size_t i = 0; i < left->size(); ++i) {
    for (const auto& child : field.fields) {
      const auto* x = (*left)[i].is_object() ? find((*left)[i].get_object(), child.name) : nullptr;
      const auto* y =
          (*right)[i].is_object() ? find((*right)[i].get_object(), child.name) : nullptr;
      if (!same_value(child, x ? *x : json::value(nullptr), y ? *y : json::value(nullptr)))
        return false;
    }
  }
  return true;
}
}  // namespace

bool same_value(const FieldDefinition& field, const json::value& a, const json::value& b) {
  if (field.type->storage() == Storage::kRows) return same_rows(field, a, b);
  if (field.type->reference() != Reference::kNone || field.type->files())
    return a.is_null() == b.is_null() && ids_of(a) == ids_of(b);
  return a == b;
}

json::value draft_value(Draft& draft, std::size_t number) {
  const auto& slot = draft.ask.plan().slots[number];
  const auto& field = draft.ask.field(slot);
  switch (field.type->storage()) {
    case Storage::kColumns:
      return titled(draft, field, field_from(field, draft.cells_of(slot)));
    case Storage::kLinks: {
      json::array out;
      for (const auto& id : draft.parts[static_cast<int>(number)].ids)
        out.push_back(titled(draft, field, reference(id)));
      return out;
    }
    case Storage::kRows:
      return rows_value(draft, field, draft.parts[static_cast<int>(number)].rows);
  }
  return nullptr;
}

Result<void> write_parts(Draft& draft, const Id& record, const std::vector<bool>& changed,
                         bool fresh) {
  const auto& slots = draft.ask.plan().slots;
  for (const auto& [number, part] : draft.parts) {
    const auto at = static_cast<std::size_t>(number);
    const auto& field = draft.ask.field(slots[at]);
    if (!changed[at]) continue;
    if (field.type->storage() == Storage::kLinks)
      HOUGU_CHECK(write_links(draft, field, part, record, fresh));
    if (field.type->storage() == Storage::kRows)
      HOUGU_CHECK(write_rows(draft, field, part, record, fresh));
  }
  return {};
}

void put_search_words(const Ask& ask, const Record& record) {
  if (ask.entity.search.empty()) return;
  std::vector<std::string> texts;
  for (const auto& name : ask.entity.search) {
    const auto* field = ask.entity.field(name);
    const auto* value = find(record.values, name);
    if (field != nullptr && value != nullptr && !value->is_null())
      field->type->search_texts(*field, *value, texts);
  }
  const std::vector<std::string_view> views(texts.begin(), texts.end());
  ask.tx.put_search(ask.entity.table(), record.id, store::search_document(views));
}
}  // namespace hougu::schema
