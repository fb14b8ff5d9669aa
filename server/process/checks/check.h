// What the families of rules share: the index, the flows at each node, complaining.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "process/model/index.h"
#include "process/model/problem.h"
#include "process/model/xml.h"

namespace hougu::process {

class Check {
 public:
  Check(const Index& index, Problems& problems);

  const Index& index() const { return index_; }
  void complain(const char* code, const Item& item,
                std::map<std::string, std::string> params = {}) const;
  void warn(const char* code, const Item& item,
            std::map<std::string, std::string> params = {}) const;

  // Sequence flows that end or begin there.
  std::span<const Item* const> incoming(const Item& item) const;
  std::span<const Item* const> outgoing(const Item& item) const;
  // Boundary events on an activity.
  std::span<const Item* const> boundaries(const Item& item) const;
  const Item* target(const Item& flow) const;
  const Item* source(const Item& flow) const;
  const Item* referred(const Item& item, const char* attribute_name) const;
  // Children of that kind.
  std::vector<const Item*> inside(const Item& item, std::string_view kind) const;
  // Definitions of an event, own and referred ones.
  std::vector<const Item*> definitions(const Item& event) const;
  bool is_event_sub_process(const Item& item) const;
  // The process (or sub-process, choreography) whose flow elements it is among.
  const Item* scope(const Item& item) const { return index_.around(item, kinds::scopes); }

 private:
  using Links = std::unordered_map<const Item*, std::vector<const Item*>>;
  std::span<const Item* const> linked(const Links& links, const Item& item) const;
  const std::string& place(const Item& item) const;
  const Index& index_;
  Problems& problems_;
  Links incoming_{};
  Links outgoing_{};
  Links boundaries_{};
};

void check_names(const Check& check);       // ids, media types
void check_references(const Check& check);  // what each reference may mean
void check_flows(const Check& check);       // sequence flows
void check_gateways(const Check& check);
void check_events(const Check& check);    // which triggers are allowed where
void check_triggers(const Check& check);  // what each trigger needs
void check_links(const Check& check);     // link events and compensation handlers
void check_activities(const Check& check);
void check_sub_processes(const Check& check);
void check_loops(const Check& check);
void check_data(const Check& check);   // inputs, outputs and their sets
void check_items(const Check& check);  // item definitions that must agree
void check_collaborations(const Check& check);
}  // namespace hougu::process
