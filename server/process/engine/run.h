// One command being handled. Members are grouped by family of elements, one file each.
#pragma once

#include <functional>
#include <optional>
#include <set>

#include "process/engine/engine.h"

namespace hougu::process {

class Run {
 public:
  Run(const Process& process, State& state, const Surroundings& around)
      : process_(process), state_(state), around_(around) {}

  Result<void> execute(const Command& command);
  std::vector<Event> take() { return std::move(events_); }

 private:
  // engine.cc: commands and the agenda
  Result<void> wake(const Command& command);
  Result<void> on_job(const Command& command);
  Result<void> repair(const Command& command);
  Result<void> start(const Command& command);
  Result<void> retry(const Command& command);
  void work_off();
  void too_many_steps();
  void step();
  void arrive(Key scope, FlowIndex flow);
  void run(Key key);
  void next(Key key);
  void settle();

  // run.cc: events, variables, expressions
  void emit(Event event);
  bool is_there(Key key) const { return state_.nodes.count(key) > 0; }
  const Node& node(Key key) const { return *state_.find(key); }
  const Element& element(Key key) const { return process_.elements[node(key).element]; }
  const Element& at(ElementIndex index) const { return process_.elements[index]; }
  // Enters an element; gives the node's key.
  Key enter(Key scope, ElementIndex element, Event details = {});
  void incident(Key key, Stage stage, std::string code, std::map<std::string, std::string> params);
  using Extra = std::function<std::optional<feel::Value>(const std::string&)>;
  feel::Value evaluate(const Expression& expression, Key scope, const Extra& extra = {});
  feel::Value lookup(const std::string& name, Key scope) const;
  // Into the nearest scope that has the variable, otherwise into the process.
  void assign(Key from, const Variables& variables);
  void set_local(Key key, Variables variables);
  std::string why() const;  // why the last evaluation gave null
  Variables visible(Key key) const;
  Variables assigned(const std::vector<Assignment>& assignments, Key scope);

  // flows.cc
  void finish(Key key);  // the work is done: results, then on
  void leave(Key key);
  void depart(Key key, const std::vector<FlowIndex>& flows);
  bool choose(Key key, std::vector<FlowIndex>& out);
  bool is_open(const Flow& flow, Key scope, std::string& nulls);

  // joins.cc
  bool is_join(const Element& element) const;
  void hold(Key scope, FlowIndex flow);
  bool try_join(Key scope, ElementIndex gateway);
  bool try_complex(Key scope, ElementIndex gateway);
  bool try_late_joins(Key scope);  // inclusive, and complex ones that reset
  void reset_done(Key scope, ElementIndex gateway);
  bool may_still_come(Key scope, ElementIndex gateway, const std::vector<FlowIndex>& awaited);

  // activities.cc
  void enter_activity(Key key);
  void work(Key key);
  void open_work(Key key, const std::string& kind, Variables variables);
  void script(Key key);
  void decide(Key key);
  bool send(Key key, const Trigger& trigger, Variables variables);

  // scopes.cc
  void begin_scope(Key key);
  void begin_ad_hoc(Key key);
  void scope_next(Key key);
  void ad_hoc_next(Key key);
  void complete_scope(Key key);
  void cancel(Key key);  // with everything inside
  void cancel_inside(Key scope, Key except = 0);
  void close_waits(Key key, const char* why);
  void close_starts(Key scope);  // waits of its event sub-processes
  void terminate(Key scope);
  void end_instance(Status status, const std::string& code);

  // loops.cc
  void begin_loop(Key key);
  void begin_multi_instance(Key key);
  void loop_progress(Key key);
  void start_inner(Key key, std::int64_t number);
  void inner_done(Key key);  // an instance is about to end
  bool loop_events(Key outer);
  void finish_loop(Key key);
  std::optional<feel::Value> loop_count(const Node& node, const std::string& name) const;

  // waits.cc
  bool open_waits(Key key, ElementIndex element);  // false: an incident
  bool open_wait(Key key, ElementIndex element, std::uint32_t trigger);
  void fire(Key wait, const Variables& variables);
  void fire_self(const Wait& wait, const Variables& variables);
  void fire_boundary(const Wait& wait, const Variables& variables);
  void fire_gateway(const Wait& wait, const Variables& variables);
  void fire_start(const Wait& wait, const Variables& variables);
  bool all_marked(const Wait& wait);
  void unmark(const Wait& wait);
  // Arms a timer again; false when it was the last time.
  bool rearm(const Wait& wait);
  void check_conditions();
  void close_wait(const Wait& wait, const char* why);

  // throwing.cc
  void throw_event(Key key);
  bool throw_trigger(Key key, const Trigger& trigger);  // false: the node is gone or waits
  void signal(const std::string& name, const Variables& variables);
  // Whether somebody caught it.
  bool raise(Key from, TriggerKind kind, const std::string& code, const Variables& variables);
  bool catch_at_boundary(Key key, TriggerKind kind, const std::string& code,
                         const Variables& variables);
  bool catch_inside(Key scope, Key from, TriggerKind kind, const std::string& code,
                    const Variables& variables);
  void link(Key key, const Trigger& trigger);
  void interrupt(Key activity, ElementIndex boundary, const Variables& variables);
  void begin_event_sub_process(Key scope, ElementIndex start, const Variables& variables);

  // compensation.cc
  bool compensate(Key key, const Trigger& trigger);
  void cancel_transaction(Key key);
  void compensation_next(Key key);
  void compensation_done(Key key);

  const Process& process_;
  State& state_;
  const Surroundings& around_;
  std::vector<Event> events_{};
  std::vector<feel::Diagnostic> diagnostics_{};
  bool pop_ = false;    // the next event ends the step
  bool dirty_ = false;  // variables have changed
};
}  // namespace hougu::process
