// The elements of a set of models, and the state of one evaluation over them.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "dmn/boxed.h"
#include "dmn/engine.h"
#include "dmn/types.h"

namespace hougu::dmn {

enum class ElementKind { kInput, kDecision, kKnowledge, kService };

struct Requirement {
  const Element* element = nullptr;
  std::string name;  // with the import's name before it
};

struct Element {
  ElementKind kind = ElementKind::kInput;
  std::string id;
  std::string name;
  pugi::xml_node node;
  std::size_t model = 0;
  feel::TypePtr type{};  // of the variable
  std::vector<Requirement> requirements{};
  BoxedPtr logic{};                          // of a decision
  BoxedCompiler::FunctionParts function{};   // of a knowledge model
  std::vector<const Element*> outputs{};     // of a service
  std::vector<const Element*> parameters{};  // of a service: inputs, then decisions
  feel::Value callable{};                    // of a knowledge model or service
  int height = 0;                            // of the graph below
};

struct Compiled {
  std::vector<ModelPtr> models{};
  std::vector<std::unique_ptr<ItemTypes>> types{};  // of each model
  std::vector<std::unique_ptr<Element>> elements{};
  std::vector<Problem> problems{};
  std::vector<BoxedPtr> tables{};

  const Element* find(ElementKind kind, std::string_view name) const;
};

// The values of one evaluation, each decision once.
class Session {
 public:
  Session(feel::Evaluation& run, Trace* trace) : run_(run), trace_(trace) {}
  void give(const Element* element, const feel::Value& value);
  feel::Value value(const Element& element);
  // The outputs of a service whose parameters were given.
  feel::Value outputs(const Element& service);

 private:
  feel::Value decide(const Element& decision);

  feel::Evaluation& run_;
  Trace* trace_;
  std::unordered_map<const Element*, feel::Value> values_{};
};

// Knowledge models and services as functions; they keep nothing alive: the engine outlives them.
feel::Value make_callable(const Element& element);
}  // namespace hougu::dmn
