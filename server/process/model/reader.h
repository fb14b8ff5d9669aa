// Reads processes out of a document; one file per family of elements.
#pragma once

#include <set>
#include <string>
#include <unordered_map>
#include <vector>

#include "process/model/compile.h"
#include "process/model/index.h"

namespace hougu::process {

class Reader {
 public:
  Reader(const Index& index, const CompileOptions& options, Problems& problems);
  ProcessPtr read_process(const Item& item);
  // A global task as a process of one activity.
  ProcessPtr read_global_task(const Item& item);

 private:
  struct Late {  // references to elements that come later
    ElementIndex element;
    std::size_t trigger;
    std::string activity;
  };

  void complain(const char* code, std::string element, std::map<std::string, std::string> params);
  // Elements and flows inside of a scope, depth first.
  void read_scope(const pugi::xml_node& node, ElementIndex scope);
  ElementIndex add(const pugi::xml_node& node, ElementKind kind, ElementIndex parent);
  ElementIndex place_of(const Element& element) const {
    return static_cast<ElementIndex>(&element - process_.elements.data());
  }
  void read_flow(const pugi::xml_node& node);
  void connect();
  void connect_boundaries();
  void find_starts(ElementIndex scope, const std::vector<ElementIndex>& members);
  void listen(ElementIndex at);
  void read_lanes(const pugi::xml_node& node);

  // events
  void read_event(const pugi::xml_node& node, Element& element);
  Trigger read_trigger(const pugi::xml_node& definition, const std::string& element);
  void read_timer(const pugi::xml_node& definition, const std::string& element, Trigger& trigger);
  void add_trigger(Element& element, const pugi::xml_node& definition);
  std::string link_target(const pugi::xml_node& definition) const;
  std::string message_name(const std::string& reference) const;
  // activities
  void read_activity(const pugi::xml_node& node, Element& element);
  void read_script(const pugi::xml_node& node, Element& element);
  void read_messages(const pugi::xml_node& node, Element& element);
  void read_loop(const pugi::xml_node& node, Element& element);
  void read_multi_instance(const pugi::xml_node& node, Element& element, Loop& loop);
  // data
  void read_data(const pugi::xml_node& node, Element& element);
  void read_scope_data(const pugi::xml_node& node, Element& element);
  Assignment read_association(const pugi::xml_node& node, const std::string& element);
  std::string variable_of(std::string_view reference) const;
  std::string variable_of(const Item& item) const;
  // The FEEL expression of an element; null with a complaint when it is none, null when empty.
  ExpressionPtr expression(const pugi::xml_node& node, const std::string& element);
  ExpressionPtr condition(const pugi::xml_node& node, const std::string& element);
  ExpressionPtr feel(const std::string& source, const std::string& element);

  const Index& index_;
  const CompileOptions& options_;
  Problems& problems_;
  std::set<std::string> declared_{};
  std::unordered_map<std::string, std::string> data_names_{};    // by id of the data object
  std::unordered_map<std::string, std::string> link_targets_{};  // by id of the source
  Process process_{};
  std::vector<Late> late_{};
  std::vector<std::pair<ElementIndex, std::string>> attached_{};  // boundary event, activity id
  std::vector<std::pair<ElementIndex, std::string>> defaults_{};  // element, id of the flow
  std::vector<std::tuple<FlowIndex, std::string, std::string>> ends_{};
  std::unordered_map<std::string, std::string> associations_{};  // source id, target id
};
}  // namespace hougu::process
