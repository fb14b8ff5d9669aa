#include "schema/exchange/references.h"

#include <algorithm>

#include "base/text.h"
#include "schema/fields/field_type.h"

namespace hougu::exchange {
namespace {
constexpr std::size_t kRemembered = 20'000;
constexpr std::size_t kMaxMany = 200;

// The parts of a cell that names several records.
std::vector<std::string> parts_of(std::string_view text) {
  std::string plain;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = next_code_point(text, at);
    const bool separates =
        c == U';' || c == U',' || c == U'\n' || c == U'\uff1b' || c == U'\uff0c' || c == U'\u3001';
    append_code_point(plain, separates ? U'\n' : c);
  }
  std::vector<std::string> parts;
  for (const auto part : split(plain, '\n')) {
    if (!trimmed(part).empty()) parts.emplace_back(trimmed(part));
  }
  return parts;
}

// What isn't there or may not be asked for is simply not found that way.
bool passable(const Error& error) {
  return error.kind == ErrorKind::kInvalid || error.kind == ErrorKind::kForbidden ||
         error.kind == ErrorKind::kNotFound || error.kind == ErrorKind::kMalformed;
}

// "KFR-35GW" names "Air conditioner KFR-35GW": the title or one field of it, never a part of a
// word.
bool names(const std::string& title, const std::string& text) {
  const std::string whole = folded(title), part = folded(text);
  return whole == part || whole.starts_with(part + " ") || whole.ends_with(" " + part);
}
}  // namespace

Result<json::value> References::find(store::Transaction& tx, const identity::Principal& who,
                                     const schema::FieldDefinition& field, std::string_view text) {
  const bool many = field.type->storage() == schema::Storage::kLinks;
  const auto parts = many ? parts_of(text) : std::vector<std::string>{std::string(text)};
  if (parts.size() > kMaxMany) return invalid("import.no_reference", field.name);
  json::array ids;
  for (const auto& part : parts) {
    const std::string key = field.name + '\n' + part;
    auto it = known_.find(key);
    if (it == known_.end()) {
      HOUGU_TRY(Found found, look_up(tx, who, field, part));
      if (known_.size() >= kRemembered) known_.clear();
      it = known_.emplace(key, std::move(found)).first;
    }
    if (it->second.ambiguous) {
      return invalid("import.ambiguous_reference", field.name, {{"text", part}});
    }
    if (it->second.id.empty()) return invalid("import.no_reference", field.name, {{"text", part}});
    ids.emplace_back(it->second.id);
  }
  if (many) return json::value(std::move(ids));
  return ids.front();
}

Result<References::Found> References::look_up(store::Transaction& tx,
                                              const identity::Principal& who,
                                              const schema::FieldDefinition& field,
                                              const std::string& text) {
  if (field.type->reference() != schema::Reference::kRecord &&
      field.type->storage() != schema::Storage::kLinks) {
    HOUGU_CHECK(load_names(tx));
    const auto& names = field.type->reference() == schema::Reference::kUser ? people_ : teams_;
    const auto [from, to] = names.equal_range(folded(text));
    std::set<std::string> ids;
    for (auto it = from; it != to; ++it) ids.insert(it->second);
    if (ids.size() > 1) return Found{{}, true};
    return ids.empty() ? Found{} : Found{*ids.begin()};
  }
  const auto* target = catalog_.entity(field.target);
  if (target == nullptr) return Found{};
  if (const auto id = Id::parse(text)) {
    HOUGU_TRY(const bool visible, records_.visible(tx, who, target->name, *id));
    return visible ? Found{id->text()} : Found{};
  }
  HOUGU_TRY(Found found, by_unique_field(tx, who, *target, text));
  if (!found.id.empty()) return found;
  return by_title(tx, who, *target, text);
}

Result<References::Found> References::by_unique_field(store::Transaction& tx,
                                                      const identity::Principal& who,
                                                      const schema::EntityDefinition& target,
                                                      const std::string& text) {
  for (const auto& field : target.fields) {
    const bool number = field.type->name() == "auto_number";
    if (field.archived || (!number && (!field.unique || field.managed))) continue;
    const auto value = field.type->from_text(field, text, {});
    if (!value.ok()) continue;
    const auto record = records_.find_by(tx, who, target.name, field.name, *value);
    if (!record.ok()) {
      if (passable(record.error())) continue;
      return record.error();
    }
    if (record->has_value()) return Found{(*record)->id.text()};
  }
  return Found{};
}

Result<References::Found> References::by_title(store::Transaction& tx,
                                               const identity::Principal& who,
                                               const schema::EntityDefinition& target,
                                               const std::string& text) {
  constexpr int kCandidates = 20;
  const auto items = records_.lookup(tx, who, target.name, text, kCandidates);
  if (!items.ok()) {
    if (passable(items.error())) return Found{};
    return items.error();
  }
  Found exact, partial;
  int exact_count = 0, partial_count = 0;
  for (const auto& item : *items) {
    if (!item.is_object()) continue;
    const std::string title(find_string(item.as_object(), "title").value_or(""));
    const std::string id(find_string(item.as_object(), "id").value_or(""));
    if (folded(title) == folded(text)) {
      ++exact_count;
      exact.id = id;
    } else if (names(title, text)) {
      ++partial_count;
      partial.id = id;
    }
  }
  if (exact_count == 1) return exact;
  if (exact_count > 1) return Found{{}, true};
  if (partial_count > 1) return Found{{}, true};
  return partial;
}

Result<void> References::load_names(store::Transaction& tx) {
  if (names_loaded_) return {};
  HOUGU_CHECK(tx.each("SELECT id, login, name FROM org_user WHERE active = $1", {true},
                      [&](const store::Row& row) {
                        const std::string id = row.id(0).text();
                        people_.emplace(folded(row.text(1)), id);
                        people_.emplace(folded(row.text(2)), id);
                        return true;
                      }));
  HOUGU_CHECK(tx.each("SELECT id, name, code FROM org_unit WHERE archived = $1", {false},
                      [&](const store::Row& row) {
                        const std::string id = row.id(0).text();
                        teams_.emplace(folded(row.text(1)), id);
                        if (!row.is_null(2)) teams_.emplace(folded(row.text(2)), id);
                        return true;
                      }));
  names_loaded_ = true;
  return {};
}
}  // namespace hougu::exchange
