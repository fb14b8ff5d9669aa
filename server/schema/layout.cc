#include "schema/layout.h"

#include <algorithm>
#include <set>

#include "schema/condition.h"
#include "schema/definition_reader.h"
#include "schema/expression/filter.h"
#include "schema/fields/choices.h"
#include "schema/reserved.h"

namespace hougu::schema {
namespace {

constexpr std::size_t kMostForms = 50, kMostViews = 100, kMostSections = 30, kMostColumns = 100;

bool known(const EntityDefinition& entity, std::string_view name) {
  return entity.field(name) != nullptr || system_field(name) != nullptr;
}

void check_field_names(const EntityDefinition& entity, const json::value* in,
                       const std::string& path, Faults& faults) {
  for (const auto& name : read_names(in, path, kMostColumns, faults))
    if (!known(entity, name)) faults.push_back({path, "definition.no_field", {{"name", name}}});
}

void check_keys(const json::object& in, std::string_view words, const std::string& path,
                Faults& faults) {
  for (const auto& member : in) {
    const std::string key = " " + std::string(member.key()) + " ";
    if (words.find(key) == std::string_view::npos)
      faults.push_back({path + "." + std::string(member.key()), "definition.unknown_key"});
  }
}

const json::object* named_part(const json::value& in, const std::string& path,
                               std::set<std::string>& names, Faults& faults) {
  if (!in.is_object()) {
    faults.push_back({path, "definition.object"});
    return nullptr;
  }
  const auto& object = in.get_object();
  const std::string name(find_string(object, "name").value_or(""));
  if (!plain_name(name, kLongestFieldName)) faults.push_back({path + ".name", "definition.name"});
  if (!names.insert(name).second) faults.push_back({path + ".name", "definition.repeated"});
  read_label(find(object, "label"), path + ".label", true, faults);
  return &object;
}

void check_sections(const EntityDefinition& entity, const json::value* sections,
                    const std::string& path, Faults& faults) {
  if (sections == nullptr || !sections->is_array() || sections->get_array().empty() ||
      sections->get_array().size() > kMostSections) {
    faults.push_back({path, "definition.sections"});
    return;
  }
  for (std::size_t i = 0; i < sections->get_array().size(); ++i) {
    const auto here = path + "[" + std::to_string(i) + "]";
    const auto& section = sections->get_array()[i];
    if (!section.is_object()) {
      faults.push_back({here, "definition.object"});
      continue;
    }
    read_label(find(section.get_object(), "label"), here + ".label", false, faults);
    read_flag(section.get_object(), "folded", here, faults);
    check_field_names(entity, find(section.get_object(), "fields"), here + ".fields", faults);
    check_keys(section.get_object(), " label fields folded ", here, faults);
  }
}

void check_when(const EntityDefinition& entity, const json::value* when, const std::string& path,
                Faults& faults) {
  if (when == nullptr || when->is_null()) return;
  const auto* object = when->if_object();
  const auto* field = object ? entity.field(find_string(*object, "field").value_or("")) : nullptr;
  const auto* value = object ? find(*object, "value") : nullptr;
  if (field == nullptr || value == nullptr) {
    faults.push_back({path, "definition.when"});
    return;
  }
  const bool choice = !field->choices.empty();
  if (choice && (!value->is_string() ||
                 find_choice(*field, std::string_view(value->get_string())) == nullptr))
    faults.push_back({path + ".value", "field.choice"});
}

void prune_names(const EntityDefinition& entity, json::value* names) {
  if (names == nullptr || !names->is_array()) return;
  auto& array = names->get_array();
  array.erase(std::remove_if(array.begin(), array.end(),
                             [&](const json::value& name) {
                               return name.is_string() &&
                                      !known(entity, std::string_view(name.get_string()));
                             }),
              array.end());
}
void check_filter(const Catalog& catalog, const EntityDefinition& entity, const json::value* filter,
                  const std::string& path, Faults& faults) {
  if (filter == nullptr || filter->is_null()) return;
  if (!filter->is_string()) {
    faults.push_back({path, "condition.malformed"});
    return;
  }
  const std::string_view source = filter->get_string();
  if (source.empty()) return;
  if (auto parsed = Filter::parse(catalog, entity, source, nullptr); !parsed.ok())
    faults.push_back({path, parsed.error().code, parsed.error().params});
}

}  // namespace

std::vector<FieldError> check_forms(const EntityDefinition& entity, const json::array& forms) {
  Faults faults;
  if (forms.size() > kMostForms)
    return {{"forms", "definition.too_many", {{"max", std::to_string(kMostForms)}}}};
  std::set<std::string> names;
  for (std::size_t i = 0; i < forms.size(); ++i) {
    const auto path = "forms[" + std::to_string(i) + "]";
    const auto* form = named_part(forms[i], path, names, faults);
    if (form == nullptr) continue;
    check_when(entity, find(*form, "when"), path + ".when", faults);
    check_sections(entity, find(*form, "sections"), path + ".sections", faults);
    check_keys(*form, " name label when sections ", path, faults);
  }
  return faults;
}

std::vector<FieldError> check_view(const Catalog& catalog, const EntityDefinition& entity,
                                   const json::value& view, const std::string& path) {
  Faults faults;
  std::set<std::string> names;
  const auto* object = named_part(view, path, names, faults);
  if (object == nullptr) return faults;
  check_field_names(entity, find(*object, "columns"), path + ".columns", faults);
  read_flag(*object, "default", path, faults);
  read_flag(*object, "personal", path, faults);
  check_keys(*object, " name label columns where filter sort default personal ", path, faults);
  if (const auto* where = find(*object, "where"); where != nullptr && !where->is_null()) {
    if (auto parsed = parse_condition(catalog, entity, *where, nullptr); !parsed.ok()) {
      const auto& error = parsed.error();
      faults.push_back({path + ".where" + (error.field.empty() ? "" : "." + error.field),
                        error.code, error.params});
    }
  }
  check_filter(catalog, entity, find(*object, "filter"), path + ".filter", faults);
  for (const auto& key : read_names(find(*object, "sort"), path + ".sort", kMostSortKeys, faults)) {
    const auto name = std::string_view(key).substr(key.starts_with("-") ? 1 : 0);
    const auto* field = entity.field(name);
    if (field == nullptr) field = system_field(name);
    if (field == nullptr || !field->type->sortable())
      faults.push_back({path + ".sort", "list.sort", {{"name", std::string(name)}}});
  }
  return faults;
}

std::vector<FieldError> check_views(const Catalog& catalog, const EntityDefinition& entity,
                                    const json::array& views) {
  Faults faults;
  if (views.size() > kMostViews)
    return {{"views", "definition.too_many", {{"max", std::to_string(kMostViews)}}}};
  std::set<std::string> names;
  for (std::size_t i = 0; i < views.size(); ++i) {
    const auto path = "views[" + std::to_string(i) + "]";
    auto found = check_view(catalog, entity, views[i], path);
    faults.insert(faults.end(), found.begin(), found.end());
    const auto* view = views[i].if_object();
    if (view != nullptr &&
        !names.insert(std::string(find_string(*view, "name").value_or(""))).second)
      faults.push_back({path + ".name", "definition.repeated"});
  }
  return faults;
}

void prune_forms(const EntityDefinition& entity, json::array& forms) {
  for (auto& form : forms) {
    auto* object = form.if_object();
    auto* sections = object ? object->if_contains("sections") : nullptr;
    if (sections == nullptr || !sections->is_array()) continue;
    for (auto& section : sections->get_array())
      if (section.is_object()) prune_names(entity, section.get_object().if_contains("fields"));
  }
}

void prune_views(const EntityDefinition& entity, json::array& views) {
  for (auto& view : views)
    if (view.is_object()) prune_names(entity, view.get_object().if_contains("columns"));
}

const json::object* find_view(const json::array& views, std::string_view name) {
  for (const auto& view : views) {
    const auto* object = view.if_object();
    if (object != nullptr && find_string(*object, "name").value_or("") == name) return object;
  }
  return nullptr;
}
}  // namespace hougu::schema
