// Instances in memory with a clock that is moved by hand: a host of the engine for trying a model
// before it is used, and for tests. Carries messages and signals, starts called processes, fires
// timers and start events; jobs are done by a handler. Deterministic. One thread.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "process/engine/engine.h"

namespace hougu::process {

struct Job {
  std::size_t instance = 0;
  Key key = 0;
  const Process* process = nullptr;
  const Element* element = nullptr;
  std::string kind{};
  Variables variables{};  // all that it can see
};

struct JobResult {
  enum class Kind { kDone, kLater, kError, kFailed, kNever };
  Kind kind = Kind::kDone;
  Variables variables{};
  std::string code{};  // of the BPMN error or the failure
  Millis after = 0;    // kLater: done after that time
};

class JobHandler {
 public:
  virtual ~JobHandler() = default;
  virtual JobResult run(const Job& job) = 0;
};

class Simulation {
 public:
  struct Instance {
    const Process* process = nullptr;
    State state{};
    Variables results{};     // of the process, when it has ended
    std::size_t parent = 0;  // instance that called it, when parent_node isn't 0
    Key parent_node = 0;
    std::size_t depth = 0;
  };

  // Start events with timers of the model's processes are armed when `armed`.
  Simulation(DefinitionsPtr definitions, JobHandler& handler, Millis now, bool armed = true);

  // Runs until nothing moves at this moment; from a start event that was triggered when `element`
  // names one. Errors as of the engine; bpmn.call.missing {process}.
  Result<std::size_t> start(const std::string& process, Variables variables,
                            const std::string& element = {});
  Result<void> send(std::size_t instance, Command command);
  void message(const std::string& name, const std::string& correlation, Variables variables);
  void signal(const std::string& name, Variables variables);
  // Moves the clock; everything due until then happens in its order.
  void advance(Millis by);
  // When the next timer or job is due.
  std::optional<Millis> next_due() const;
  bool has_jobs_under_way() const { return !later_.empty(); }

  Millis now() const { return now_; }
  const std::vector<Instance>& instances() const { return instances_; }
  const std::vector<Event>& history() const { return history_; }

 private:
  struct Message {
    std::string name;
    std::string correlation;
    Variables variables;
  };
  struct Posted {  // work that an event left
    enum class Kind { kWork, kMessage, kSignal, kCommand };
    Kind kind;
    std::size_t instance = 0;
    Command command{};
    Message message{};
    Event event{};  // kWork, kSignal
  };
  struct Later {
    Millis due;
    std::size_t instance;
    Command command;
  };
  struct Armed {  // a timer of a start event
    const Process* process;
    ElementIndex element;
    Millis due;
    Duration every;
    std::int64_t times;
  };

  Result<void> handle(std::size_t instance, const Command& command);
  void follow(std::size_t instance, const Event& event);
  void finished(std::size_t instance, const Event& event);
  void work_off();
  void do_work(const Posted& posted);
  void call(std::size_t instance, const Event& event);
  bool deliver(const Message& message);
  void broadcast(std::size_t from, const std::string& name, const Variables& variables);
  std::size_t create(const Process& process, std::size_t parent, Key node, std::size_t depth);
  void fire_due();

  DefinitionsPtr definitions_;
  JobHandler& handler_;
  Millis now_;
  std::vector<Instance> instances_{};
  std::vector<Event> history_{};
  std::deque<Posted> posted_{};
  std::vector<Message> undelivered_{};
  std::vector<Later> later_{};
  std::vector<Armed> armed_{};
};
}  // namespace hougu::process
