#include "dmn/engine.h"

#include <algorithm>

#include "dmn/compiled.h"
#include "dmn/xml.h"
#include "feel/lexer.h"

namespace hougu::dmn {
namespace {
using feel::Value;
constexpr int kMaxHeight = 100;  // decisions upon decisions

struct Import {
  std::string name;
  std::size_t model;
};

// Reads the elements of all models and ties them together.
class Linker {
 public:
  explicit Linker(Compiled& out) : out_(out) {}

  Result<void> load(const ModelPtr& model, std::span<const ModelPtr> others) {
    out_.models.push_back(model);
    for (std::size_t i = 0; i < out_.models.size(); ++i) {
      imports_.emplace_back();
      const pugi::xml_node root = out_.models[i]->document().document_element();
      for (const pugi::xml_node& node : children(root, "import")) {
        const std::string_view type = node.attribute("importType").value();
        if (type.find("/DMN/") == std::string_view::npos) continue;  // no model of decisions
        HOUGU_TRY(const std::size_t at, model_of(node.attribute("namespace").value(), i, others));
        imports_[i].push_back({feel::normal_name(node.attribute("name").value()), at});
      }
    }
    return {};
  }

  Result<void> link() {
    for (std::size_t i = 0; i < out_.models.size(); ++i) read_types(i);
    for (std::size_t i = 0; i < out_.models.size(); ++i) read_elements(i);
    for (const auto& element : out_.elements) HOUGU_CHECK(read_requirements(*element));
    for (const auto& element : out_.elements) HOUGU_CHECK(measure(*element));
    for (const auto& element : out_.elements) {
      if (element->kind == ElementKind::kService) read_service(*element);
    }
    // Callables are made first: logic refers to them by value.
    for (const auto& element : out_.elements) compile_logic(*element);
    for (const auto& element : out_.elements) {
      if (element->kind == ElementKind::kKnowledge || element->kind == ElementKind::kService) {
        element->callable = make_callable(*element);
      }
    }
    return {};
  }

 private:
  Result<std::size_t> model_of(const std::string& space, std::size_t importer,
                               std::span<const ModelPtr> others) {
    for (std::size_t i = 0; i < out_.models.size(); ++i) {
      if (i != importer && out_.models[i]->model_namespace() == space) return i;
    }
    for (const ModelPtr& other : others) {
      if (other->model_namespace() == space && other != out_.models[importer]) {
        out_.models.push_back(other);
        return out_.models.size() - 1;
      }
    }
    return invalid("dmn.import_missing", {}, {{"namespace", space.substr(0, 200)}});
  }

  pugi::xml_node root(std::size_t model) const {
    return out_.models[model]->document().document_element();
  }

  void add_types(ItemTypes& types, std::size_t model, const std::string& prefix, int depth) {
    types.add(root(model), prefix);
    if (depth > 5) return;
    for (const Import& import : imports_[model]) {
      const std::string inner = import.name.empty() ? prefix : prefix + import.name + ".";
      add_types(types, import.model, inner, depth + 1);
    }
  }

  void read_types(std::size_t model) {
    out_.types.push_back(std::make_unique<ItemTypes>());
    add_types(*out_.types.back(), model, "", 0);
    out_.types.back()->resolve(out_.problems);
  }

  void read_elements(std::size_t model) {
    for (const pugi::xml_node& node : root(model).children()) {
      const std::string_view kind = local_name(node);
      auto element = std::make_unique<Element>();
      if (kind == "inputData") {
        element->kind = ElementKind::kInput;
      } else if (kind == "decision") {
        element->kind = ElementKind::kDecision;
      } else if (kind == "businessKnowledgeModel") {
        element->kind = ElementKind::kKnowledge;
      } else if (kind == "decisionService") {
        element->kind = ElementKind::kService;
      } else {
        continue;
      }
      element->id = node.attribute("id").value();
      element->name = feel::normal_name(node.attribute("name").value());
      element->node = node;
      element->model = model;
      element->type = out_.types[model]->type(child(node, "variable").attribute("typeRef").value());
      by_id_[std::to_string(model) + "#" + element->id] = element.get();
      out_.elements.push_back(std::move(element));
    }
  }

  // "#id" or "namespace#id"; nullptr when there is none. `prefix` is set to the import's name.
  const Element* target(const pugi::xml_node& node, std::size_t model, std::string* prefix) const {
    const std::string_view href = node.attribute("href").value();
    const std::size_t hash = href.find('#');
    const std::string_view space = hash == std::string_view::npos ? "" : href.substr(0, hash);
    const std::string id(hash == std::string_view::npos ? href : href.substr(hash + 1));
    if (space.empty() || space == out_.models[model]->model_namespace()) {
      const auto found = by_id_.find(std::to_string(model) + "#" + id);
      if (found != by_id_.end()) return found->second;
    }
    for (const Import& import : imports_[model]) {
      if (out_.models[import.model]->model_namespace() != space) continue;
      const auto found = by_id_.find(std::to_string(import.model) + "#" + id);
      if (found == by_id_.end()) continue;
      if (prefix != nullptr && !import.name.empty()) *prefix = import.name + ".";
      return found->second;
    }
    return nullptr;
  }

  Result<void> read_requirements(Element& element) {
    static constexpr struct {
      const char* group;
      const char* reference;
    } kKinds[] = {{"informationRequirement", "requiredInput"},
                  {"informationRequirement", "requiredDecision"},
                  {"knowledgeRequirement", "requiredKnowledge"}};
    for (const auto& kind : kKinds) {
      for (const pugi::xml_node& group : children(element.node, kind.group)) {
        const pugi::xml_node reference = child(group, kind.reference);
        if (!reference) continue;
        std::string prefix;
        const Element* found = target(reference, element.model, &prefix);
        if (found == nullptr) {
          return invalid(
              "dmn.reference", {},
              {{"element", element.name}, {"detail", reference.attribute("href").value()}});
        }
        element.requirements.push_back({found, prefix + found->name});
      }
    }
    return {};
  }

  // Heights by depth-first search; refuses cycles.
  Result<void> measure(Element& element) {
    if (element.height > 0) return {};
    if (std::find(path_.begin(), path_.end(), &element) != path_.end()) {
      std::string names;
      for (const Element* one : path_) names += one->name + " → ";
      return invalid("dmn.cycle", {}, {{"detail", (names + element.name).substr(0, 500)}});
    }
    if (path_.size() > kMaxHeight) return invalid("dmn.too_deep");
    path_.push_back(&element);
    int height = 0;
    for (const Requirement& requirement : element.requirements) {
      if (requirement.element == &element) continue;  // a recursive knowledge model
      auto* below = const_cast<Element*>(requirement.element);
      HOUGU_CHECK(measure(*below));
      height = std::max(height, below->height);
    }
    path_.pop_back();
    element.height = height + 1;
    return {};
  }

  void read_service(Element& service) {
    for (const pugi::xml_node& node : children(service.node, "outputDecision")) {
      if (const Element* found = target(node, service.model, nullptr)) {
        service.outputs.push_back(found);
      }
    }
    for (const char* kind : {"inputData", "inputDecision"}) {
      for (const pugi::xml_node& node : children(service.node, kind)) {
        if (const Element* found = target(node, service.model, nullptr)) {
          service.parameters.push_back(found);
        }
      }
    }
  }

  void compile_logic(Element& element) {
    feel::Environment environment;
    out_.types[element.model]->publish(environment);
    for (const Requirement& requirement : element.requirements) {
      const bool value = requirement.element->kind == ElementKind::kInput ||
                         requirement.element->kind == ElementKind::kDecision;
      environment.add(requirement.name, value ? requirement.element->type : nullptr);
    }
    BoxedCompiler compiler(*out_.types[element.model], element.name, out_.problems);
    if (element.kind == ElementKind::kDecision) {
      element.logic = compiler.compile(expression_child(element.node), environment);
    } else if (element.kind == ElementKind::kKnowledge) {
      element.function =
          compiler.function(child(element.node, "encapsulatedLogic"), environment, 0);
    }
    out_.tables.insert(out_.tables.end(), compiler.tables.begin(), compiler.tables.end());
  }

  Compiled& out_;
  std::vector<std::vector<Import>> imports_{};
  std::unordered_map<std::string, const Element*> by_id_{};
  std::vector<const Element*> path_{};
};
}  // namespace

const Element* Compiled::find(ElementKind kind, std::string_view name) const {
  const std::string wanted = feel::normal_name(name);
  for (const auto& element : elements) {
    if (element->kind == kind && element->model == 0 && element->name == wanted) {
      return element.get();
    }
  }
  return nullptr;
}

Engine::Engine(std::shared_ptr<Compiled> compiled) : compiled_(std::move(compiled)) {}
Engine::~Engine() = default;

Result<EnginePtr> Engine::compile(ModelPtr model, std::span<const ModelPtr> imports) {
  auto compiled = std::make_shared<Compiled>();
  Linker linker(*compiled);
  HOUGU_CHECK(linker.load(model, imports));
  HOUGU_CHECK(linker.link());
  return EnginePtr(new Engine(std::move(compiled)));
}

const std::vector<Problem>& Engine::problems() const { return compiled_->problems; }

std::vector<Finding> Engine::check() const {
  std::vector<Finding> out;
  for (const BoxedPtr& table : compiled_->tables) table->check(out);
  return out;
}

std::vector<std::pair<std::string, feel::TypePtr>> Engine::inputs() const {
  std::vector<std::pair<std::string, feel::TypePtr>> out;
  for (const auto& element : compiled_->elements) {
    if (element->kind == ElementKind::kInput && element->model == 0) {
      out.emplace_back(element->name, element->type);
    }
  }
  return out;
}

namespace {
std::vector<std::string> names_of(const Compiled& compiled, ElementKind kind) {
  std::vector<std::string> out;
  for (const auto& element : compiled.elements) {
    if (element->kind == kind && element->model == 0) out.push_back(element->name);
  }
  return out;
}

// Inputs of any model by name, decisions of the first one only.
void give_inputs(const Compiled& compiled, const Value& inputs, Session& session) {
  if (!inputs.is(feel::Kind::kContext)) return;
  for (const feel::ContextEntry& entry : inputs.context().entries) {
    const std::string name = feel::normal_name(entry.key);
    for (const auto& element : compiled.elements) {
      const bool input = element->kind == ElementKind::kInput;
      const bool decision = element->kind == ElementKind::kDecision && element->model == 0;
      if ((input || decision) && element->name == name) session.give(element.get(), entry.value);
    }
  }
}
}  // namespace

std::vector<std::string> Engine::decisions() const {
  return names_of(*compiled_, ElementKind::kDecision);
}
std::vector<std::string> Engine::services() const {
  return names_of(*compiled_, ElementKind::kService);
}

Result<Value> Engine::decide(std::string_view decision, const Value& inputs, feel::Evaluation& run,
                             Trace* trace) const {
  const Element* found = compiled_->find(ElementKind::kDecision, decision);
  if (found == nullptr) return not_found("dmn.no_decision");
  Session session(run, trace);
  give_inputs(*compiled_, inputs, session);
  return session.value(*found);
}

Result<Value> Engine::serve(std::string_view service, const Value& inputs, feel::Evaluation& run,
                            Trace* trace) const {
  const Element* found = compiled_->find(ElementKind::kService, service);
  if (found == nullptr) return not_found("dmn.no_service");
  Session session(run, trace);
  for (const Element* parameter : found->parameters) session.give(parameter, Value());
  give_inputs(*compiled_, inputs, session);
  return session.outputs(*found);
}
}  // namespace hougu::dmn
