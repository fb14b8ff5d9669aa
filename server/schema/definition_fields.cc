#include <algorithm>
#include <set>

#include "base/text.h"
#include "schema/calendar.h"
#include "schema/definition_reader.h"
#include "schema/fields/decimal_like.h"
#include "schema/fields/fields.h"
#include "schema/reserved.h"

namespace hougu::schema {

bool valid_pattern(std::string_view pattern);  // fields/text_field.cc

namespace {

constexpr std::size_t kMostFields = 200, kMostChildFields = 40, kMostChoices = 500;

constexpr std::string_view kFlags[] = {"required", "unique",   "core",
                                       "managed",  "archived", "personal"};

bool choice_value(std::string_view value) {
  if (value.empty() || value.size() > 40) return false;
  return std::all_of(value.begin(), value.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           c == '-' || c == '.';
  });
}

std::vector<Choice> read_choices(const json::value& in, const std::string& path, Faults& faults) {
  std::vector<Choice> out;
  if (!in.is_array() || in.get_array().empty() || in.get_array().size() > kMostChoices) {
    faults.push_back({path, "definition.choices"});
    return out;
  }
  std::set<std::string> seen;
  for (std::size_t i = 0; i < in.get_array().size(); ++i) {
    const auto here = path + "[" + std::to_string(i) + "]";
    const auto& element = in.get_array()[i];
    if (!element.is_object()) {
      faults.push_back({here, "definition.object"});
      continue;
    }
    const auto& object = element.get_object();
    Choice choice;
    choice.value = find_string(object, "value").value_or("");
    if (!choice_value(choice.value)) faults.push_back({here + ".value", "definition.choice_value"});
    if (!seen.insert(choice.value).second)
      faults.push_back({here + ".value", "definition.repeated"});
    choice.label = read_label(find(object, "label"), here + ".label", true, faults);
    const auto color = find_string(object, "color").value_or("");
    if (!color.empty() && color[0] != '#' && !plain_name(color, 20))
      faults.push_back({here + ".color", "definition.color"});
    if (!color.empty() && color[0] == '#' && color.size() != 7)
      faults.push_back({here + ".color", "definition.color"});
    choice.color = color;
    choice.archived = read_flag(object, "archived", here, faults);
    for (const auto& member : object) {
      const std::string_view key = member.key();
      if (key != "value" && key != "label" && key != "color" && key != "archived")
        faults.push_back({here + "." + std::string(key), "definition.unknown_key"});
    }
    out.push_back(std::move(choice));
  }
  return out;
}

bool one_of(std::string_view words, std::string_view word) {
  for (const auto candidate : split(words, ' '))
    if (candidate == word) return true;
  return false;
}

// Checks one setting and puts it where it belongs. False: not of this kind.
bool read_setting(const Setting& setting, const json::value& in, const std::string& path,
                  FieldDefinition& field, Faults& faults) {
  using Kind = Setting::Kind;
  std::string ignored;
  const auto text = [&]() -> std::string_view {
    return in.is_string() ? std::string_view(in.get_string()) : std::string_view();
  };
  switch (setting.kind) {
    case Kind::kInteger:
      if (!in.is_int64() || in.get_int64() < setting.low || in.get_int64() > setting.high)
        return false;
      break;
    case Kind::kDecimal:
      if (!decimal_from(in)) return false;
      break;
    case Kind::kDate:
      if (!parse_day(text()) && !relative_day(text(), Day{2000, 1, 1})) return false;
      break;
    case Kind::kPattern:
      if (text().empty() || text().size() > 500 || !valid_utf8(text()) || !valid_pattern(text()))
        return false;
      break;
    case Kind::kBoolean:
      if (!in.is_bool()) return false;
      break;
    case Kind::kText:
      if (text().empty() || text().size() > 100 || !usable_text(text(), ignored)) return false;
      break;
    case Kind::kTexts:
      if (!in.is_array() || in.get_array().size() > 50) return false;
      for (const auto& element : in.get_array())
        if (!element.is_string() || element.get_string().size() > 100 ||
            !usable_text(std::string_view(element.get_string()), ignored))
          return false;
      break;
    case Kind::kOneOf:
      if (text().empty() || !one_of(setting.words, text())) return false;
      break;
    case Kind::kChoices:
      field.choices = read_choices(in, path, faults);
      return true;
    case Kind::kEntity:
      if (!plain_name(text(), kLongestEntityName)) return false;
      field.target = text();
      return true;
    case Kind::kFields:
      field.fields = read_fields(&in, path, true, faults);
      return true;
  }
  field.settings[setting.name] = in;
  return true;
}

void read_settings(const json::object& in, const std::string& path, FieldDefinition& field,
                   Faults& faults) {
  for (const auto& setting : field.type->settings()) {
    const auto here = path + "." + std::string(setting.name);
    const auto* value = find(in, setting.name);
    if (value == nullptr || value->is_null()) {
      if (setting.required) faults.push_back({here, "definition.missing"});
    } else if (!read_setting(setting, *value, here, field, faults)) {
      faults.push_back({here, "definition.setting"});
    }
  }
}

void check_keys(const json::object& in, const std::string& path, const FieldDefinition& field,
                Faults& faults) {
  for (const auto& member : in) {
    const std::string_view key = member.key();
    bool known =
        key == "name" || key == "type" || key == "label" || key == "help" || key == "default";
    for (const auto flag : kFlags) known = known || key == flag;
    for (const auto& setting : field.type->settings()) known = known || key == setting.name;
    if (!known) faults.push_back({path + "." + std::string(key), "definition.unknown_key"});
  }
}

// The default is a value of the field, or a word for one ("$me", "$today").
void read_default(const json::object& in, const std::string& path, FieldDefinition& field,
                  Faults& faults) {
  const auto* value = find(in, "default");
  if (value == nullptr || value->is_null()) return;
  const auto here = path + ".default";
  const auto type = field.type->name();
  const std::string_view word =
      value->is_string() ? std::string_view(value->get_string()) : std::string_view();
  field.default_value = *value;
  if (word.starts_with("$")) {
    const bool day = (type == "date" && relative_day(word, Day{2000, 1, 1})) ||
                     (type == "date_time" && word == "$now");
    if (day || (type == "user" && word == "$me")) return;
  }
  if (field.type->storage() != Storage::kColumns || field.type->files() ||
      !field.type->written_by_people()) {
    faults.push_back({here, "definition.no_default"});
    return;
  }
  std::vector<Cell> cells(field.type->columns().size(), nullptr);
  std::deque<std::string> texts;
  std::vector<Id> ids;
  Parsing parsing{cells, texts, faults, here};
  parsing.ids = &ids;
  field.type->parse(field, *value, parsing);
}

void check_flags(const FieldDefinition& field, const std::string& path, bool inside,
                 Faults& faults) {
  if (field.unique && (inside || !field.type->unique_allowed()))
    faults.push_back({path + ".unique", "definition.not_unique"});
  if (inside && !field.type->in_child_table())
    faults.push_back({path + ".type", "definition.not_in_child_table"});
  if (inside && (field.core || field.managed))
    faults.push_back({path, "definition.not_in_child_table"});
  if (field.required && !field.type->written_by_people())
    faults.push_back({path + ".required", "definition.never_written"});
}

FieldDefinition read_field(const json::value& in, const std::string& path, bool inside,
                           Faults& faults) {
  FieldDefinition field;
  if (!in.is_object()) {
    faults.push_back({path, "definition.object"});
    return field;
  }
  const auto& object = in.get_object();
  field.name = find_string(object, "name").value_or("");
  if (!plain_name(field.name, kLongestFieldName))
    faults.push_back({path + ".name", "definition.name"});
  else if (reserved_field_name(field.name))
    faults.push_back({path + ".name", "definition.reserved"});
  field.type = find_field_type(find_string(object, "type").value_or(""));
  if (field.type == nullptr) {
    faults.push_back({path + ".type", "definition.type"});
    return field;
  }
  field.label = read_label(find(object, "label"), path + ".label", true, faults);
  field.help = read_label(find(object, "help"), path + ".help", false, faults);
  field.required = read_flag(object, "required", path, faults);
  field.unique = read_flag(object, "unique", path, faults);
  field.core = read_flag(object, "core", path, faults);
  field.managed = read_flag(object, "managed", path, faults);
  field.archived = read_flag(object, "archived", path, faults);
  field.personal = read_flag(object, "personal", path, faults);
  check_flags(field, path, inside, faults);
  check_keys(object, path, field, faults);
  const auto before = faults.size();
  read_settings(object, path, field, faults);
  if (faults.size() != before) return field;  // what follows relies on the settings
  field.type->check(field, path, faults);
  if (faults.size() == before) read_default(object, path, field, faults);
  return field;
}
}  // namespace

std::vector<FieldDefinition> read_fields(const json::value* in, const std::string& path,
                                         bool inside, Faults& faults) {
  std::vector<FieldDefinition> out;
  if (in == nullptr || !in->is_array() || in->get_array().empty()) {
    faults.push_back({path, "definition.no_fields"});
    return out;
  }
  const auto& array = in->get_array();
  const auto most = inside ? kMostChildFields : kMostFields;
  if (array.size() > most) {
    faults.push_back({path, "definition.too_many", {{"max", std::to_string(most)}}});
    return out;
  }
  std::set<std::string> columns;
  for (std::size_t i = 0; i < array.size(); ++i) {
    const auto here = path + "[" + std::to_string(i) + "]";
    auto field = read_field(array[i], here, inside, faults);
    if (field.type == nullptr) continue;
    // two fields may not meet in one column either ("place_code" beside the address "place")
    std::vector<std::string> names = {field.name};
    for (const auto& column : field.type->columns())
      if (!column.suffix.empty()) names.push_back(field.name + std::string(column.suffix));
    for (auto& name : names)
      if (!columns.insert(std::move(name)).second)
        faults.push_back({here + ".name", "definition.repeated"});
    out.push_back(std::move(field));
  }
  return out;
}

json::object field_json(const FieldDefinition& field) {
  json::object out;
  out["name"] = json_text(field.name);
  out["type"] = json_text(field.type->name());
  if (!field.target.empty()) out["entity"] = json_text(field.target);
  const bool flags[] = {field.required, field.unique,   field.core,
                        field.managed,  field.archived, field.personal};
  for (std::size_t i = 0; i < std::size(flags); ++i)
    if (flags[i]) out[kFlags[i]] = true;
  if (!field.default_value.is_null()) out["default"] = field.default_value;
  out["label"] = label_json(field.label);
  if (!field.help.zh.empty() || !field.help.en.empty()) out["help"] = label_json(field.help);
  for (const auto& member : field.settings) out[member.key()] = member.value();
  if (!field.choices.empty()) {
    json::array choices;
    for (const auto& choice : field.choices) {
      json::object one{{"value", json_text(choice.value)}, {"label", label_json(choice.label)}};
      if (!choice.color.empty()) one["color"] = json_text(choice.color);
      if (choice.archived) one["archived"] = true;
      choices.push_back(std::move(one));
    }
    out["choices"] = std::move(choices);
  }
  if (!field.fields.empty()) {
    json::array fields;
    for (const auto& child : field.fields) fields.push_back(field_json(child));
    out["fields"] = std::move(fields);
  }
  return out;
}
}  // namespace hougu::schema
