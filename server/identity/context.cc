#include "identity/context.h"

#include <algorithm>

#include "base/text.h"
#include "identity/sessions.h"
#include "store/events.h"

namespace hougu::identity {
namespace {

bool has_control_character(std::string_view text) {
  return std::any_of(text.begin(), text.end(), [](char c) {
    const auto byte = static_cast<unsigned char>(c);
    return byte < 0x20 || byte == 0x7f;
  });
}

}  // namespace

std::string changes_between(const json::object& before, const json::object& after) {
  json::array changes;
  for (const auto& [key, value] : after) {
    const json::value* old = before.if_contains(key);
    if (key == "version" || (old != nullptr && *old == value)) continue;
    changes.push_back({{"field", key}, {"old", old ? *old : json::value()}, {"new", value}});
  }
  return changes.empty() ? std::string() : json::serialize(changes);
}

Result<void> leave_event(const Context& context, std::string_view entity, std::string_view verb,
                         const Id& record, std::int64_t version, std::string_view changes,
                         const json::object& data) {
  const std::string type = std::string(entity) + "." + std::string(verb);
  const std::string facts = data.empty() ? std::string() : json::serialize(data);
  store::Event event;
  event.id = context.ids.next();
  event.type = type;
  event.entity = entity;
  event.record = record;
  event.version = version;
  event.at = context.now;
  event.actor_kind = context.who.kind;
  event.actor = context.who.api_key.value_or(context.who.id);
  event.actor_name = context.who.name;
  event.changes = changes;
  event.data = facts;
  if (context.sessions != nullptr) {
    context.tx.after_commit([sessions = context.sessions, kind = std::string(entity), record] {
      sessions->changed(kind, record);
    });
  }
  return store::append_event(context.tx, event);
}

std::optional<Id> reference_in(const json::value& value) {
  if (value.is_string()) return Id::parse(value.as_string());
  if (!value.is_object()) return std::nullopt;
  const auto id = find_string(value.as_object(), "id");
  return id ? Id::parse(*id) : std::nullopt;
}

json::value reference_json(const std::optional<Id>& id, std::string_view title) {
  if (!id) return nullptr;
  return json::object{{"id", id->text()}, {"title", title}};
}

json::value text_or_null(const store::Row& row, int column) {
  return row.is_null(column) ? json::value() : json::value(row.text(column));
}

json::value time_or_null(const store::Row& row, int column) {
  return row.is_null(column) ? json::value() : json::value(format_utc(row.integer(column)));
}

const json::value* Form::given(std::string_view name) const {
  const json::value* value = values_.if_contains(name);
  return value == nullptr || value->is_null() ? nullptr : value;
}

std::string Form::text(std::string_view name, std::size_t max_length, bool required) {
  const json::value* value = given(name);
  if (value != nullptr && !value->is_string()) {
    complain(name, "field.type");
    return {};
  }
  std::string text(value ? trimmed(std::string_view(value->as_string())) : std::string_view());
  if (text.empty()) {
    if (required) complain(name, "field.required");
  } else if (!valid_utf8(text) || has_control_character(text)) {
    complain(name, "field.characters");
  } else if (count_code_points(text) > max_length) {
    complain(name, "field.too_long", {{"max", std::to_string(max_length)}});
  }
  return text;
}

bool Form::boolean(std::string_view name, bool otherwise) {
  const json::value* value = given(name);
  if (value == nullptr) return otherwise;
  if (value->is_bool()) return value->as_bool();
  complain(name, "field.type");
  return otherwise;
}

std::optional<Id> Form::reference(std::string_view name) {
  const json::value* value = given(name);
  if (value == nullptr) return std::nullopt;
  const auto id = reference_in(*value);
  if (!id) complain(name, "field.reference");
  return id;
}

std::string Form::one_of(std::string_view name, const std::vector<std::string_view>& choices,
                         bool required) {
  std::string text = this->text(name, 100, required);
  if (!text.empty() && std::find(choices.begin(), choices.end(), text) == choices.end()) {
    complain(name, "field.choice");
  }
  return text;
}

std::vector<std::string> Form::texts(std::string_view name) {
  std::vector<std::string> texts;
  const json::value* value = given(name);
  if (value == nullptr) return texts;
  if (!value->is_array()) {
    complain(name, "field.type");
    return texts;
  }
  for (const auto& part : value->as_array()) {
    if (!part.is_string() || part.as_string().size() > 200) {
      complain(name, "field.type");
      return {};
    }
    std::string text(part.as_string());
    if (std::find(texts.begin(), texts.end(), text) == texts.end()) {
      texts.push_back(std::move(text));
    }
  }
  return texts;
}

std::vector<Id> Form::references(std::string_view name) {
  std::vector<Id> ids;
  const json::value* value = given(name);
  if (value == nullptr) return ids;
  if (!value->is_array() || value->as_array().size() > 1000) {
    complain(name, "field.type");
    return ids;
  }
  for (const auto& part : value->as_array()) {
    const auto id = reference_in(part);
    if (!id) {
      complain(name, "field.reference");
      return {};
    }
    if (std::find(ids.begin(), ids.end(), *id) == ids.end()) ids.push_back(*id);
  }
  return ids;
}

void Form::complain(std::string_view field, std::string code,
                    std::map<std::string, std::string> params) {
  complaints_.push_back({std::string(field), std::move(code), std::move(params)});
}

Result<void> Form::done() const {
  if (complaints_.empty()) return {};
  Error error{ErrorKind::kInvalid, "validation"};
  error.fields = complaints_;
  return error;
}

}  // namespace hougu::identity
