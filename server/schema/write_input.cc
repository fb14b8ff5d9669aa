// From values in API form to cells: rights, defaults, parsing, references, files.
#include <algorithm>

#include "schema/attachments/attachments.h"
#include "schema/fields/reference_like.h"
#include "schema/write.h"

namespace hougu::schema {
namespace {

bool empty_value(const json::value& value) {
  return value.is_null() || (value.is_string() && value.get_string().empty());
}

// The words that a default may be ("$today", "$now", "$me").
json::value default_of(const Ask& ask, const FieldDefinition& field) {
  const auto& value = field.default_value;
  if (!value.is_string() || !value.get_string().starts_with("$")) return value;
  const std::string_view word = value.get_string();
  const auto type = field.type->name();
  if (type == "user" && word == "$me") {
    const bool person =
        ask.who.kind == store::ActorKind::kUser || ask.who.kind == store::ActorKind::kApiKey;
    return person ? json::value(json_text(ask.who.id.text())) : json::value(nullptr);
  }
  if (type == "date_time" && word == "$now") return json_text(format_utc(ask.now));
  if (type == "date")
    if (const auto day = relative_day(word, ask.zone.day_at(ask.now)))
      return json_text(day_text(*day));
  return value;
}

// Gives ids to new rows and refuses those that aren't the record's.
void settle_rows(Draft& draft, const FieldDefinition& field, std::vector<ParsedRow>& rows,
                 const json::value* before) {
  std::set<Id> present, seen;
  if (before != nullptr && before->is_array())
    for (const auto& row : before->get_array())
      if (const auto id = id_from(row)) present.insert(*id);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const bool given = rows[i].id.has_value();
    if (given && (present.count(*rows[i].id) == 0 || !seen.insert(*rows[i].id).second))
      draft.faults.push_back({field.name + "[" + std::to_string(i) + "].id", "field.reference"});
    if (!given) rows[i].id = draft.ask.core.ids.next();
  }
}

void parse_value(Draft& draft, std::size_t number, const json::value& in, const Record* before,
                 std::string_view today) {
  const auto& slot = draft.ask.plan().slots[number];
  const auto& field = draft.ask.field(slot);
  draft.given[number] = true;
  const json::value* present = before ? find(before->values, field.name) : nullptr;
  const bool own_place = field.type->storage() != Storage::kColumns || field.type->files();
  auto* part = own_place ? &draft.parts[static_cast<int>(number)] : nullptr;
  if (empty_value(in)) {
    if (field.required) draft.faults.push_back({field.name, "field.required"});
    return;
  }
  Parsing parsing{draft.cells_of(slot), draft.texts, draft.faults, field.name};
  parsing.before = present != nullptr && !present->is_null() ? present : nullptr;
  parsing.today = today;
  if (part != nullptr) {
    parsing.ids = &part->ids;
    parsing.rows = &part->rows;
  }
  const auto faults = draft.faults.size();
  field.type->parse(field, in, parsing);
  if (draft.faults.size() != faults) return;
  if (part != nullptr && field.type->storage() == Storage::kRows)
    settle_rows(draft, field, part->rows, present);
  const bool nothing =
      part ? part->ids.empty() && part->rows.empty() : is_null(draft.cells_of(slot)[0]);
  if (field.required && nothing) draft.faults.push_back({field.name, "field.required"});
}

// Where a reference of the draft stands, to complain about it.
struct Named {
  const FieldDefinition* field;
  Id id;
  std::string path;
  bool kept;  // it was there before and may stay, whatever has become of its target
};

void collect_ids(const json::value* value, std::set<Id>& out) {
  if (value == nullptr) return;
  if (value->is_object()) {
    if (const auto id = id_from(*value)) out.insert(*id);
    for (const auto& member : value->get_object()) collect_ids(&member.value(), out);
  } else if (value->is_array()) {
    for (const auto& element : value->get_array()) collect_ids(&element, out);
  }
}

std::vector<Named> references_of(Draft& draft, const Record* before) {
  std::vector<Named> out;
  const auto& slots = draft.ask.plan().slots;
  for (std::size_t i = 0; i < slots.size(); ++i) {
    const auto& field = draft.ask.field(slots[i]);
    const auto kind = field.type->reference();
    if (!draft.given[i] || (kind == Reference::kNone && field.type->storage() == Storage::kColumns))
      continue;
    std::set<Id> present;
    if (before != nullptr) collect_ids(find(before->values, field.name), present);
    if (kind != Reference::kNone && slots[i].count == 1) {
      const auto* id = std::get_if<Id>(&draft.cells_of(slots[i])[0]);
      if (id != nullptr && present.count(*id) == 0) out.push_back({&field, *id, field.name, false});
    } else if (kind != Reference::kNone) {
      for (const auto& id : draft.parts[static_cast<int>(i)].ids)
        out.push_back({&field, id, field.name, present.count(id) != 0});
    } else if (field.type->storage() == Storage::kRows) {
      const auto& rows = draft.parts[static_cast<int>(i)].rows;
      for (std::size_t row = 0; row < rows.size(); ++row) {
        std::size_t at = 0;
        for (const auto& child : field.fields) {
          const auto* id = child.type->reference() == Reference::kNone
                               ? nullptr
                               : std::get_if<Id>(&rows[row].cells[at]);
          if (id != nullptr)
            out.push_back({&child, *id, field.name + "[" + std::to_string(row) + "]." + child.name,
                           present.count(*id) != 0});
          at += child.type->columns().size();
        }
      }
    }
  }
  return out;
}

// Of these records of one entity, those that the person may not see.
Result<std::set<Id>> invisible(const Ask& ask, const EntityDefinition& target,
                               const std::set<Id>& ids) {
  std::set<Id> hidden;
  const auto rule = read_rule(*ask.catalog, target, ask.who);
  if (rule.unlimited()) return hidden;
  hidden = ids;
  if (rule.impossible()) return hidden;
  SqlText sql;
  std::vector<Cell> params;
  const auto list = id_list(ids, params);
  sql.params = std::move(params);
  sql << "SELECT t.id FROM " << store::quoted(target.table()) << " t WHERE t.id IN (" << list
      << ") AND ";
  write_rule(rule, target, "t", sql);
  HOUGU_CHECK(ask.tx.each(sql.text, std::span<const Cell>(sql.params), [&](const store::Row& row) {
    hidden.erase(row.id(0));
    return true;
  }));
  return hidden;
}

Result<void> check_visibility(Draft& draft, const std::vector<Named>& named) {
  std::map<std::string, std::set<Id>> by_target;
  for (const auto& reference : named)
    if (!reference.field->target.empty() && !reference.kept)
      by_target[reference.field->target].insert(reference.id);
  for (const auto& [target, ids] : by_target) {
    const auto* entity = draft.ask.catalog->entity(target);
    if (entity == nullptr) continue;
    HOUGU_TRY(const auto hidden, invisible(draft.ask, *entity, ids));
    for (const auto& reference : named)
      if (!reference.kept && reference.field->target == target && hidden.count(reference.id) != 0)
        draft.faults.push_back({reference.path, "field.reference"});
  }
  return {};
}
}  // namespace

Result<void> check_input(const Ask& ask, const Values& values, const Note& note) {
  std::vector<FieldError> faults;
  for (const auto& member : values) {
    const std::string_view key = member.key();
    const auto* field = ask.entity.field(key);
    if (field == nullptr) {
      const bool system = system_field(key) != nullptr;
      faults.push_back({std::string(key), system ? "field.read_only" : "field.unknown"});
    } else if (field->archived) {
      faults.push_back({std::string(key), "field.archived"});
    } else if (!note.managed && (field->managed || !field->type->written_by_people())) {
      faults.push_back({std::string(key), "field.managed"});
    } else if (ask.grants.field(key) < identity::FieldRight::kWrite) {
      return field_forbidden(std::string(key));
    }
  }
  return no_faults(faults);
}

void add_defaults(const Ask& ask, Values& values) {
  for (const auto& slot : ask.plan().slots) {
    const auto& field = ask.field(slot);
    if (field.default_value.is_null() || values.contains(field.name)) continue;
    if (auto value = default_of(ask, field); !value.is_null())
      values[field.name] = std::move(value);
  }
}

void parse_values(Draft& draft, const Values& values, const Record* before) {
  const auto& ask = draft.ask;
  const auto today = day_text(ask.zone.day_at(ask.now));
  std::size_t known = 0;
  for (std::size_t i = 0; i < ask.plan().slots.size(); ++i) {
    const auto& field = ask.field(ask.plan().slots[i]);
    if (const auto* in = find(values, field.name)) {
      ++known;
      parse_value(draft, i, *in, before, today);
    } else if (before == nullptr && field.required) {
      draft.faults.push_back({field.name, "field.required"});
    }
  }
  if (known == values.size()) return;
  // a hook put something there that isn't a field
  for (const auto& member : values)
    if (ask.plan().slot(ask.entity, member.key()) == nullptr)
      draft.faults.push_back({std::string(member.key()), "field.unknown"});
}

Result<void> check_references(Draft& draft, const Record* before) {
  const auto named = references_of(draft, before);
  if (named.empty()) return {};
  for (const auto& reference : named)
    draft.titles.want(reference.field->type->reference(), reference.field->target, reference.id);
  HOUGU_CHECK(draft.titles.load());
  for (const auto& reference : named)
    if (!reference.kept && !draft.titles.usable(reference.field->type->reference(),
                                                reference.field->target, reference.id))
      draft.faults.push_back({reference.path, "field.reference"});
  if (!draft.faults.empty() || draft.ask.who.access->is_everything()) return {};
  return check_visibility(draft, named);
}

Result<void> claim_files(Draft& draft, const Id& record, const Record*) {
  const auto& slots = draft.ask.plan().slots;
  for (auto& [number, part] : draft.parts) {
    const auto& slot = slots[static_cast<std::size_t>(number)];
    const auto& field = draft.ask.field(slot);
    if (!field.type->files() || part.ids.empty()) continue;
    attachments::Accepts accepts{field.type->images_only(), {}};
    if (const auto* types = find_array(field.settings, "accept"))
      for (const auto& type : *types) accepts.types.emplace_back(type.get_string());
    HOUGU_TRY(auto files, attachments::claim(draft.ask.tx, draft.ask.who, part.ids,
                                             draft.ask.entity.name, record, field.name, accepts));
    const json::value value = field.type->single_file() && !files.empty()
                                  ? json::value(std::move(files[0]))
                                  : json::value(std::move(files));
    draft.cells_of(slot)[0] = std::string_view(draft.texts.emplace_back(json::serialize(value)));
  }
  return {};
}

Result<void> no_faults(std::vector<FieldError>& faults) {
  if (faults.empty()) return {};
  Error error = invalid("validation");
  error.fields = std::move(faults);
  return error;
}
}  // namespace hougu::schema
