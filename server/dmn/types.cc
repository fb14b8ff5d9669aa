#include "dmn/types.h"

#include <algorithm>

#include "base/text.h"
#include "dmn/xml.h"
#include "feel/lexer.h"

namespace hougu::dmn {
namespace {
using feel::Type;
using feel::TypeKind;
using feel::TypePtr;
constexpr int kMaxDepth = 60;

class AllowedValues final : public feel::Constraint {
 public:
  explicit AllowedValues(feel::ExpressionPtr tests) : tests_(std::move(tests)) {}
  bool allows(const feel::Value& value) const override {
    feel::Limits limits;
    limits.steps = 2'000;  // for each value of a list, perhaps
    feel::Evaluation run(nullptr, limits);
    return tests_->test(run, {}, value).is_true();
  }

 private:
  feel::ExpressionPtr tests_;
};

std::string text_content(const pugi::xml_node& node) {
  std::string out;
  for (const pugi::xml_node& part : node.children()) out += part.value();
  return std::string(trimmed(out));
}

// "feel:number" of older models.
std::string_view without_prefix(std::string_view name) {
  const std::size_t colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}
}  // namespace

void ItemTypes::add(const pugi::xml_node& definitions, const std::string& prefix) {
  for (const pugi::xml_node& node : children(definitions, "itemDefinition")) {
    const std::string name = feel::normal_name(node.attribute("name").value());
    if (!name.empty()) sources_[prefix + name] = {node, prefix};
  }
}

void ItemTypes::resolve(std::vector<Problem>& problems) {
  for (const auto& source : sources_) named(source.first, "", problems, 0);
}

TypePtr ItemTypes::named(const std::string& name, const std::string& prefix,
                         std::vector<Problem>& problems, int depth) {
  for (const std::string& full : {prefix + name, name}) {
    if (const auto known = types_.find(full); known != types_.end()) return known->second;
    const auto source = sources_.find(full);
    if (source == sources_.end()) continue;
    if (depth > kMaxDepth || std::find(open_.begin(), open_.end(), full) != open_.end()) {
      return feel::basic_type(TypeKind::kAny);
    }
    open_.push_back(full);
    TypePtr made = build(source->second.node, source->second.prefix, problems, depth + 1);
    open_.pop_back();
    types_[full] = made;
    return made;
  }
  if (TypePtr basic = feel::named_type(without_prefix(name))) return basic;
  problems.push_back({"dmn.unknown_type", prefix + name});
  return feel::basic_type(TypeKind::kAny);
}

TypePtr ItemTypes::build(const pugi::xml_node& node, const std::string& prefix,
                         std::vector<Problem>& problems, int depth) {
  Type type;
  const auto components = children(node, "itemComponent");
  const pugi::xml_node function = child(node, "functionItem");
  if (depth > kMaxDepth) return feel::basic_type(TypeKind::kAny);
  if (!components.empty()) {
    type.kind = TypeKind::kContext;
    for (const pugi::xml_node& component : components) {
      type.members.emplace_back(feel::normal_name(component.attribute("name").value()),
                                build(component, prefix, problems, depth + 1));
    }
  } else if (function) {
    type.kind = TypeKind::kFunction;
    for (const pugi::xml_node& parameter : children(function, "parameters")) {
      type.parameters.push_back(
          named(parameter.attribute("typeRef").value(), prefix, problems, depth + 1));
    }
    const std::string result = function.attribute("outputTypeRef").value();
    if (!result.empty()) type.result = named(result, prefix, problems, depth + 1);
  } else {
    const std::string reference = feel::normal_name(text_content(child(node, "typeRef")));
    if (!reference.empty()) type = *named(reference, prefix, problems, depth + 1);
  }
  const bool collection = std::string_view(node.attribute("isCollection").value()) == "true";
  const auto constrain = [&](Type& to, const char* element) {
    const std::string text = text_of(child(node, element));
    if (trimmed(text).empty()) return;
    feel::CompileOptions options;
    options.unary_tests = true;
    auto tests = feel::compile(text, feel::Environment{}, options);
    if (tests.ok()) {
      to.constraint = std::make_shared<AllowedValues>(*std::move(tests));
    } else {
      problems.push_back({tests.error().code, node.attribute("name").value()});
    }
  };
  constrain(type, "allowedValues");
  if (!collection) constrain(type, "typeConstraint");
  auto made = std::make_shared<const Type>(std::move(type));
  if (!collection) return made;
  Type list;
  list.kind = TypeKind::kList;
  list.element = std::move(made);
  constrain(list, "typeConstraint");
  return std::make_shared<const Type>(std::move(list));
}

TypePtr ItemTypes::type(std::string_view reference) const {
  const std::string name = feel::normal_name(reference);
  if (name.empty()) return nullptr;
  if (const auto found = types_.find(name); found != types_.end()) return found->second;
  TypePtr basic = feel::named_type(without_prefix(name));
  return basic && basic->kind == TypeKind::kAny ? nullptr : basic;
}

void ItemTypes::publish(feel::Environment& environment) const {
  for (const auto& type : types_) environment.add_type(type.first, type.second);
}
}  // namespace hougu::dmn
