// Variables, data associations and expressions.
#include "process/model/reader.h"
#include "process/model/xml.h"

namespace hougu::process {
namespace {
bool is_feel_language(const std::string& language) {
  return language.empty() || language.find("FEEL") != std::string::npos ||
         language.find("feel") != std::string::npos;
}
}  // namespace

// A data object is known by its own name, that of a reference to it, or its id.
std::string Reader::variable_of(const Item& item) const {
  if (item.kind == "dataObjectReference" || item.kind == "dataStoreReference") {
    const bool object = item.kind == "dataObjectReference";
    const Item* target =
        index_.find(attribute(item.node, object ? "dataObjectRef" : "dataStoreRef"));
    if (target && target->kind != item.kind) return variable_of(*target);
  }
  std::string name = attribute(item.node, "name");
  if (name.empty()) {
    if (const auto found = data_names_.find(item.id); found != data_names_.end()) {
      name = found->second;
    }
  }
  return name.empty() ? item.id : name;
}

std::string Reader::variable_of(std::string_view reference) const {
  const Item* item = index_.find(reference);
  return item ? variable_of(*item) : std::string(reference);
}

ExpressionPtr Reader::feel(const std::string& source, const std::string& element) {
  if (source.empty()) return {};
  Result<ExpressionPtr> compiled = Expression::compile(source, declared_);
  if (compiled.ok()) return *compiled;
  std::map<std::string, std::string> params = compiled.error().params;
  if (compiled.error().code == "bpmn.expression.name") {
    complain("bpmn.expression.name", element, std::move(params));
    return {};
  }
  params["text"] = source.substr(0, 200);
  params["reason"] = "@error." + compiled.error().code;
  complain("bpmn.expression.malformed", element, std::move(params));
  return {};
}

ExpressionPtr Reader::expression(const pugi::xml_node& node, const std::string& element) {
  if (!node) return {};
  const std::string language = attribute(node, "language");
  if (!is_feel_language(language)) {
    complain("bpmn.expression.language", element, {{"language", language.substr(0, 200)}});
    return {};
  }
  std::string source = text_of(node);
  if (!source.empty() && source[0] == '=') source.erase(0, 1);
  return feel(source, element);
}

ExpressionPtr Reader::condition(const pugi::xml_node& node, const std::string& element) {
  ExpressionPtr out = expression(node, element);
  if (out && out->type() != feel::TypeKind::kAny && out->type() != feel::TypeKind::kNull &&
      out->type() != feel::TypeKind::kBoolean) {
    complain("bpmn.expression.not_boolean", element, {{"text", out->source().substr(0, 200)}});
  }
  return out;
}

// The source of an association goes to its target, through the transformation or the assignments.
Assignment Reader::read_association(const pugi::xml_node& node, const std::string& element) {
  Assignment out;
  out.target = variable_of(std::string_view(text_of(child(node, "targetRef"))));
  if (const pugi::xml_node source = child(node, "sourceRef")) {
    out.source = variable_of(std::string_view(text_of(source)));
  }
  out.value = expression(child(node, "transformation"), element);
  if (const pugi::xml_node assigned = child(node, "assignment"); assigned && !out.value) {
    out.value = expression(child(assigned, "from"), element);
  }
  return out;
}

void Reader::read_data(const pugi::xml_node& node, Element& element) {
  for (const pugi::xml_node& one : node.children()) {
    if (is(one, "dataInputAssociation")) {
      element.inputs.push_back(read_association(one, element.id));
    } else if (is(one, "dataOutputAssociation")) {
      element.outputs.push_back(read_association(one, element.id));
    } else if (is(one, "property")) {
      const Item* item = index_.of(one);
      if (item) {
        element.properties.push_back(
            {variable_of(*item), feel(hougu_attribute(one, "value"), element.id), {}});
      }
    }
  }
}

void Reader::read_scope_data(const pugi::xml_node& node, Element& element) {
  if (element.kind == ElementKind::kProcess) read_data(node, element);
  for (const pugi::xml_node& one : node.children()) {
    if (!is(one, "dataObject")) continue;
    const Item* item = index_.of(one);
    if (item) {
      element.properties.push_back(
          {variable_of(*item), feel(hougu_attribute(one, "value"), element.id), {}});
    }
  }
}
}  // namespace hougu::process
