#include "schema/titles.h"

#include "base/text.h"
#include "schema/fields/reference_like.h"

namespace hougu::schema {
namespace {

constexpr std::size_t kMostPerQuery = 256;
constexpr std::size_t kLongestTitle = 120;
constexpr int kDeepest = 3;  // titles made of titles

std::string shortened(std::string text) {
  if (count_code_points(text) <= kLongestTitle) return text;
  std::size_t at = 0;
  for (std::size_t n = 0; n < kLongestTitle; ++n) next_code_point(text, at);
  text.resize(at);
  return text + "\u2026";
}

bool sees(const Catalog& catalog, const identity::Principal& who, const EntityDefinition& entity,
          int depth) {
  if (who.access->is_everything()) return true;
  const auto& grants = who.access->entity(entity.name);
  if (grants.read == identity::kNone) return false;
  for (const auto& name : entity.title) {
    if (grants.field(name) < identity::FieldRight::kRead) return false;
    const auto* field = entity.field(name);
    if (field == nullptr || field->target.empty() || depth >= kDeepest) continue;
    const auto* target = catalog.entity(field->target);
    if (target != nullptr && !sees(catalog, who, *target, depth + 1)) return false;
  }
  return true;
}
}  // namespace

bool sees_titles(const Catalog& catalog, const identity::Principal& who,
                 const EntityDefinition& entity) {
  return sees(catalog, who, entity, 0);
}

std::string id_list(const std::set<Id>& ids, std::vector<Cell>& params) {
  std::size_t room = 1;
  while (room < ids.size()) room *= 2;
  auto it = ids.begin();
  std::string text;
  for (std::size_t i = 0; i < room; ++i) {
    params.emplace_back(*it);
    if (std::next(it) != ids.end()) ++it;
    text += (i ? ", $" : "$") + std::to_string(params.size());
  }
  return text;
}

std::string Titles::group(Reference kind, std::string_view entity) {
  if (kind == Reference::kUser) return "user";
  if (kind == Reference::kTeam) return "team";
  return "r_" + std::string(entity);
}

void Titles::want(Reference kind, std::string_view entity, const Id& id) {
  auto name = group(kind, entity);
  if (found_.find(Key(name, id)) == found_.end()) wanted_[std::move(name)].insert(id);
}

Result<void> Titles::load() { return load_round(std::exchange(wanted_, {}), 0); }

Result<void> Titles::load_round(Wanted wanted, int depth) {
  for (const auto& [name, ids] : wanted) {
    for (auto it = ids.begin(); it != ids.end();) {
      std::set<Id> part;
      for (; it != ids.end() && part.size() < kMostPerQuery; ++it) part.insert(*it);
      if (name == "user" || name == "team") {
        HOUGU_CHECK(load_people(name, part));
      } else if (const auto* entity = ask_.catalog->entity(name.substr(2))) {
        HOUGU_CHECK(load_records(*entity, part, depth));
      }
    }
  }
  return {};
}

Result<void> Titles::load_people(const std::string& name, const std::set<Id>& ids) {
  std::vector<Cell> params;
  const auto list = id_list(ids, params);
  const std::string sql =
      (name == "user" ? "SELECT id, name, active FROM org_user WHERE id IN ("
                      : "SELECT id, name, NOT archived FROM org_unit WHERE id IN (") +
      list + ")";
  return ask_.tx.each(sql, std::span<const Cell>(params), [&](const store::Row& row) {
    found_[Key(name, row.id(0))] = {std::string(row.text(1)), row.boolean(2)};
    return true;
  });
}

Result<void> Titles::load_records(const EntityDefinition& entity, const std::set<Id>& ids,
                                  int depth) {
  std::string columns;
  struct Part {
    const FieldDefinition* field;
    int column;
    int count;
    identity::FieldRight right;
  };
  std::vector<Part> parts;
  const auto& grants = ask_.who.access->entity(entity.name);
  const bool hidden = restricted_ && grants.read == identity::kNone;
  int column = 2;
  for (const auto& name : entity.title) {
    const auto* field = entity.field(name);
    const auto right = restricted_ ? grants.field(name) : identity::FieldRight::kWrite;
    if (field == nullptr || right == identity::FieldRight::kNone || hidden) continue;
    const auto own = columns_of(*field);
    parts.push_back({field, column, static_cast<int>(own.size()), right});
    column += static_cast<int>(own.size());
    for (const auto& physical : own) columns += ", t." + store::quoted(physical.name);
  }
  std::vector<Cell> params;
  const auto list = id_list(ids, params);
  const std::string sql = "SELECT t.id, t.deleted_at" + columns + " FROM " +
                          store::quoted(entity.table()) + " t WHERE t.id IN (" + list + ")";
  // Values first: nested titles need another query.
  std::map<Id, std::vector<json::value>> rows;
  Wanted below;
  HOUGU_CHECK(ask_.tx.each(sql, std::span<const Cell>(params), [&](const store::Row& row) {
    const auto id = row.id(0);
    found_[Key("r_" + entity.name, id)] = {"", row.is_null(1)};
    auto& values = rows[id];
    for (const auto& part : parts) {
      auto value = field_from(row, *part.field, part.column);
      if (const auto kind = part.field->type->reference();
          kind != Reference::kNone && !value.is_null() && depth < kDeepest) {
        const auto target = *id_from(value);
        if (found_.find(Key(group(kind, part.field->target), target)) == found_.end())
          below[group(kind, part.field->target)].insert(target);
      }
      values.push_back(std::move(value));
    }
    return true;
  }));
  if (!below.empty()) HOUGU_CHECK(load_round(std::move(below), depth + 1));
  CellText how;
  how.locale = ask_.who.locale;
  how.time_zone = ask_.zone.name();
  for (auto& [id, values] : rows) {
    std::string text;
    for (std::size_t i = 0; i < parts.size(); ++i) {
      const auto& field = *parts[i].field;
      auto& value = values[i];
      if (value.is_null()) continue;
      if (field.type->reference() != Reference::kNone)
        value.get_object()["title"] =
            json_text(title(field.type->reference(), field.target, *id_from(value)));
      if (parts[i].right == identity::FieldRight::kMasked) value = field.type->masked(field, value);
      const auto piece = field.type->to_text(field, value, how);
      if (!piece.empty()) text += text.empty() ? piece : " " + piece;
    }
    found_[Key("r_" + entity.name, id)].title = shortened(std::move(text));
  }
  return {};
}

std::string_view Titles::title(Reference kind, std::string_view entity, const Id& id) const {
  const auto it = found_.find(Key(group(kind, entity), id));
  return it == found_.end() ? std::string_view() : std::string_view(it->second.title);
}

bool Titles::usable(Reference kind, std::string_view entity, const Id& id) const {
  const auto it = found_.find(Key(group(kind, entity), id));
  return it != found_.end() && it->second.usable;
}
}  // namespace hougu::schema
