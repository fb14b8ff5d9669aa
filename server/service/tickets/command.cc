// Reading of verb bodies.
#include <algorithm>

#include "base/text.h"
#include "service/tickets/tickets.h"

namespace hougu::service {

Result<std::string> optional_text(const json::object& command, std::string_view field,
                                  std::size_t max_code_points) {
  const auto* value = find(command, field);
  if (!value || value->is_null()) return std::string();
  const auto* string = value->if_string();
  if (!string) return invalid("field.wrong_type", std::string(field));
  const auto text = trimmed({string->data(), string->size()});
  if (text.find('\0') != std::string_view::npos)
    return invalid("field.control_character", std::string(field));
  if (count_code_points(text) > max_code_points)
    return invalid("field.too_long", std::string(field),
                   {{"max", std::to_string(max_code_points)}});
  return std::string(text);
}

Result<std::string> required_text(const json::object& command, std::string_view field,
                                  std::size_t max_code_points) {
  HOUGU_TRY(auto text, optional_text(command, field, max_code_points));
  if (text.empty()) return invalid("field.required", std::string(field));
  return text;
}

Result<void> only_members(const json::object& command,
                          std::initializer_list<std::string_view> known) {
  for (const auto& member : command) {
    const std::string_view key(member.key().data(), member.key().size());
    if (std::find(known.begin(), known.end(), key) == known.end())
      return invalid("field.unknown", std::string(key));
  }
  return {};
}

Result<std::optional<Id>> optional_id(const json::object& command, std::string_view field) {
  const auto* value = find(command, field);
  if (!value || value->is_null()) return std::optional<Id>();
  auto text = find_string(command, field);
  if (const auto* object = value->if_object()) text = find_string(*object, "id");
  const auto id = text ? Id::parse(*text) : std::nullopt;
  if (!id) return invalid("field.invalid_reference", std::string(field));
  return id;
}

Result<schema::Record> as_seen(schema::Records& records, store::Transaction& tx,
                               const identity::Principal& who, std::string_view entity,
                               schema::Record record) {
  const auto id = record.id;
  auto seen = records.seen(tx, who, entity, std::move(record));
  if (seen.ok() || seen.error().kind != ErrorKind::kNotFound) return seen;
  schema::Record hidden;
  hidden.id = id;
  hidden.values["id"] = id.text();
  hidden.values["_hidden"] = true;
  return hidden;
}
}  // namespace hougu::service
